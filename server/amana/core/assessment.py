"""What a reviewer's decision may say in the clear: codes, areas, days and grades, nothing else.

An assessment is the only thing about a report that the server can read, so its form is closed:
exactly the fields of the vocabulary's `assessment`, no free text, no community (a subdistrict is
the finest place), no moment finer than a day. `ref` and the version are the server's own.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from amana.core.encoding import day_decode, hex_decode, is_integer, json_decode
from amana.core.envelope import ID_BYTES
from amana.core.places import Areas
from amana.core.refusal import Refusal
from amana.core.summary import week_start
from amana.core.vocabulary import AssessmentField, Vocabulary

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
"""A day outside is a slip of the keyboard in the year; the core has no clock to ask for more."""

SERVER_FIELDS: Final = frozenset({"ref"})
FACTS: Final = frozenset(
    {
        "kind",
        "adm3",
        "place_precision",
        "day",
        "time_precision",
        "category",
        "severity",
        "verification",
    }
)
REQUIRED: Final[Mapping[str, frozenset[str]]] = {
    "accept": FACTS,
    "merge": FACTS | {"event_id"},  # merging with nothing is not a merge
}
"""What a decision needs besides itself; every other decision needs nothing."""

MAX_VERSION: Final = 999_999_999
"""The newest version that can have been seen."""

_CARRIED: Final = frozenset({"id", "version", "member", "assessment"})
_EVENT_ID: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)


@dataclass(frozen=True)
class Carried:
    """An assessment made away from the server.

    `id` is the envelope's (32 bytes), `version` the newest that was seen (0 for none), `member` the
    name of who decided, `fields` what `check_assessment` answered.
    """

    id: bytes
    version: int
    member: str
    fields: Mapping[str, Any]


def parse_carried(line: bytes, vocabulary: Vocabulary, areas: Areas) -> Carried:
    """An assessment from its line of JSON.

    Refuses at `json` and `schema`: a line has four members, so one that still holds the report is
    none.
    """
    try:
        given = json_decode(line)
    except ValueError as error:
        raise Refusal("json") from error
    if not isinstance(given, dict) or given.keys() != _CARRIED:
        raise Refusal("schema")
    version, member, fields = given["version"], given["member"], given["assessment"]
    if not isinstance(member, str) or not isinstance(fields, dict):
        raise Refusal("schema")
    if not is_integer(version) or not 0 <= version <= MAX_VERSION:
        raise Refusal("schema")
    checked = check_assessment(fields, vocabulary, areas)
    return Carried(_envelope_id(given["id"]), version, member, checked)


def check_assessment(
    fields: Mapping[str, object], vocabulary: Vocabulary, areas: Areas
) -> dict[str, Any]:
    """The assessment as it is kept, in the vocabulary's order; `Refusal("schema")` if it is none.

    A day known to the week only is moved to the week's Monday, and flags are put in the
    vocabulary's order, so that one decision has one form. Fields without a value must be absent.
    A field whose codes hang on the kind is refused while no kind is given.
    """
    known = {field.code: field for field in vocabulary.assessment}
    if not fields.keys() <= known.keys() - SERVER_FIELDS:
        raise Refusal("schema")
    cleaned: dict[str, Any] = {
        code: _CHECKS[field.type](fields[code], _codes(field, fields, vocabulary), areas)
        for code, field in known.items()
        if code in fields
    }
    if not _is_complete(cleaned):
        raise Refusal("schema")
    if cleaned.get("time_precision") == "week" and "day" in cleaned:
        cleaned["day"] = week_start(day_decode(cleaned["day"])).isoformat()
    return cleaned


def _envelope_id(value: object) -> bytes:
    try:
        identity = hex_decode(value if isinstance(value, str) else "not text")
    except ValueError as error:
        raise Refusal("schema") from error
    if len(identity) != ID_BYTES:
        raise Refusal("schema")
    return identity


def _is_complete(cleaned: Mapping[str, Any]) -> bool:
    decision = cleaned.get("decision")
    return decision is not None and REQUIRED.get(decision, frozenset()) <= cleaned.keys()


def _codes(
    field: AssessmentField, fields: Mapping[str, object], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The codes the field may hold under the kind given, or under any kind when none is."""
    kind = fields.get("kind")
    if isinstance(kind, str) and kind in field.values:
        return field.values[kind]
    sets = set(field.values.values())
    if len(sets) != 1 or len(field.kinds) != len(vocabulary.kinds):
        raise Refusal("schema")
    return sets.pop()


def _choice(value: object, codes: tuple[str, ...], _areas: Areas) -> str:
    if not isinstance(value, str) or value not in codes:
        raise Refusal("schema")
    return value


def _multi(value: object, codes: tuple[str, ...], areas: Areas) -> list[str]:
    if not isinstance(value, list):
        raise Refusal("schema")
    chosen = [_choice(code, codes, areas) for code in value]
    if not chosen or len(set(chosen)) != len(chosen):
        raise Refusal("schema")
    return sorted(chosen, key=codes.index)


def _subdistrict(value: object, _codes: tuple[str, ...], areas: Areas) -> str:
    if not isinstance(value, str) or not areas.exists(value):
        raise Refusal("schema")
    return value


def _day(value: object, _codes: tuple[str, ...], _areas: Areas) -> str:
    try:
        day = day_decode(value if isinstance(value, str) else "")
    except ValueError as error:
        raise Refusal("schema") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refusal("schema")
    return day.isoformat()


def _event_id(value: object, _codes: tuple[str, ...], _areas: Areas) -> str:
    if not isinstance(value, str) or not _EVENT_ID.fullmatch(value):
        raise Refusal("schema")
    return value


_CHECKS: Final[Mapping[str, Callable[[object, tuple[str, ...], Areas], object]]] = {
    "choice": _choice,
    "band": _choice,
    "multi": _multi,
    "pcode": _subdistrict,
    "date": _day,
    "id": _event_id,
}
