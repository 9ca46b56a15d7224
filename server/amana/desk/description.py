"""The form of an assessment in the words of JSON Schema, for the API's description.

It says what `core.assessment.check_assessment` takes, from the same vocabulary: a variant for each
decision that needs facts, and one for those that do not, by kind and without a kind. What is
described is taken and what is taken is described; tests hold both ways.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from amana.core import keys
from amana.core.assessment import FIRST_DAY, LAST_DAY, REQUIRED, SERVER_FIELDS
from amana.core.places import Areas
from amana.core.vocabulary import AssessmentField, Vocabulary
from amana.store.tables import NOTE_BYTES

from . import fields

YEARS = "^20"
"""`FIRST_DAY` to `LAST_DAY`, as a pattern."""
NOTE = "note"
"""The member of an assessment that is no code: why it was decided so, sealed."""
SUBDISTRICT = {"$ref": "#/components/schemas/Subdistrict"}


_SEALED = {
    "type": "object",
    "properties": {
        "kid": {"type": "string", "pattern": f"^[0-9a-f]{{{2 * keys.KID_BYTES}}}$"},
        "sealed": {"type": "string", "pattern": fields.base64url_pattern(NOTE_BYTES)},
    },
    "required": ["kid", "sealed"],
    "additionalProperties": False,
}


def describe_subdistrict(areas: Areas) -> dict[str, Any]:
    """A subdistrict's P-code."""
    return {"type": "string", "enum": sorted(areas.adm3)}


def describe_assessment(vocabulary: Vocabulary) -> dict[str, Any]:
    """A decision on one report."""
    return {"anyOf": list(_variants(vocabulary))}


def _variants(vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    decisions = tuple(vocabulary.options["decision"])
    others = tuple(decision for decision in decisions if decision not in REQUIRED)
    for kind in vocabulary.kinds:
        for decision, needed in REQUIRED.items():
            yield _variant(vocabulary, kind, (decision,), sorted(needed))
        yield _variant(vocabulary, kind, others, ["kind"])
    yield _variant(vocabulary, None, others, [])


def _variant(
    vocabulary: Vocabulary, kind: str | None, decisions: Sequence[str], needed: Sequence[str]
) -> dict[str, Any]:
    properties = {
        field.code: _describe(field, kind or field.kinds[0])
        for field in vocabulary.assessment
        if field.code not in SERVER_FIELDS and _is_open(field, kind, vocabulary)
    }
    properties["decision"] = {"enum": list(decisions)}
    properties[NOTE] = _SEALED
    if kind is not None:
        properties["kind"] = {"const": kind}
    return {
        "type": "object",
        "properties": properties,
        "required": ["decision", *needed],
        "additionalProperties": False,
    }


def _is_open(field: AssessmentField, kind: str | None, vocabulary: Vocabulary) -> bool:
    """Whether the field may stand in an assessment of this kind, or of no kind."""
    if kind is not None:
        return kind in field.kinds
    is_common = len(field.kinds) == len(vocabulary.kinds) and len(set(field.values.values())) == 1
    return is_common and field.code != "kind"


def _describe(field: AssessmentField, kind: str) -> dict[str, Any]:
    codes = list(field.values[kind])
    forms: dict[str, dict[str, Any]] = {
        "id": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
        "pcode": SUBDISTRICT,
        "date": {
            "type": "string",
            "format": "date",
            "pattern": YEARS,
            "description": f"{FIRST_DAY} to {LAST_DAY}; moved to its Monday if known to the week.",
        },
        "multi": {
            "type": "array",
            "items": {"enum": codes},
            "minItems": 1,
            "uniqueItems": True,
        },
    }
    return forms.get(field.type, {"enum": codes})
