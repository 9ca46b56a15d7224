"""The report as it stands inside an envelope: strict JSON (PROTOCOL section 4)."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from amana.core.encoding import (
    b64decode,
    day_decode,
    hex_decode,
    is_integer,
    json_decode,
    json_encode,
)
from amana.core.envelope import ID_BYTES, MAX_REPORT_BYTES
from amana.core.refusal import Refusal
from amana.core.vocabulary import Vocabulary, check_answers

VERSION: Final = 1

_REQUIRED: Final = frozenset({"v", "kind", "lang", "app", "answers"})
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}", re.ASCII)
_BUILD_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,32}", re.ASCII)


def encode_report(report: Mapping[str, Any]) -> bytes:
    """Write a report as compact UTF-8 JSON.

    Refuses at `json` what UTF-8 or JSON cannot hold and at `schema` more than 15360 bytes. Whether
    the answers fit the vocabulary is for `check_answers`, before.
    """
    try:
        encoded = json_encode(report)
    except ValueError as error:
        raise Refusal("json") from error
    if len(encoded) > MAX_REPORT_BYTES:
        raise Refusal("schema")
    return encoded


def parse_report(encoded: bytes, vocabulary: Vocabulary) -> dict[str, Any]:
    """Read a report: `json` for other bytes, `schema` for another form, size, code or type."""
    if len(encoded) > MAX_REPORT_BYTES:
        raise Refusal("schema")
    try:
        report = json_decode(encoded)
    except ValueError as error:
        raise Refusal("json") from error
    members = _members(report)
    check_answers(members["kind"], members["answers"], vocabulary)
    return members


def _members(report: object) -> dict[str, Any]:
    if not isinstance(report, dict) or not _REQUIRED <= set(report) <= _REQUIRED | set(_OPTIONAL):
        raise Refusal("schema")
    well_formed = (
        is_integer(report["v"])
        and report["v"] == VERSION
        and _matches(_LANGUAGE, report["lang"])
        and _matches(_BUILD_ID, report["app"])
    )
    if not well_formed:
        raise Refusal("schema")
    for name, read in _OPTIONAL.items():
        if name in report:
            _check_text(report[name], read)
    return report


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _check_text(value: object, read: Callable[[str], object]) -> None:
    if not isinstance(value, str):
        raise Refusal("schema")
    try:
        read(value)
    except ValueError as error:
        raise Refusal("schema") from error


def _id(text: str) -> bytes:
    data = hex_decode(text)
    if len(data) != ID_BYTES:
        raise ValueError("an envelope id has 32 bytes")
    return data


def _mailbox(text: str) -> bytes:
    data = b64decode(text)
    if not data:
        raise ValueError("a mailbox is not empty")
    return data


_OPTIONAL: Final[Mapping[str, Callable[[str], object]]] = {
    "made": day_decode,
    "follows": _id,
    "mailbox": _mailbox,
}
