"""The report as it stands inside an envelope: strict JSON (PROTOCOL section 4)."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from amana.core.encoding import (
    b64decode,
    day_decode,
    is_integer,
    is_text,
    json_decode,
    json_encode,
)
from amana.core.envelope import MAX_REPORT_BYTES
from amana.core.mailbox import SECRET_BYTES
from amana.core.refusal import Refusal
from amana.core.vocabulary import Vocabulary, check_answers

VERSION: Final = 1
CORRECTION: Final = "correct"
"""A follow-up that is a whole report, in the place of the first."""
SAYINGS: Final = ("reply", "no_longer_true", "withdraw")
"""Follow-ups that say something of the first report: no kind, and at most a note."""
MAX_NOTE_CHARS: Final = 500

_REQUIRED: Final = frozenset({"v", "lang", "app", "answers"})
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
    if members.get("follows") in SAYINGS:
        _check_saying(members)
    else:
        check_answers(members.get("kind"), members["answers"], vocabulary)
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
    if "follows" in report and "mailbox" not in report:
        raise Refusal("schema")
    return report


def _check_saying(members: Mapping[str, Any]) -> None:
    answers = members["answers"]
    if "kind" in members or not isinstance(answers, dict) or not answers.keys() <= {"note"}:
        raise Refusal("schema")
    if "note" in answers and not is_text(answers["note"], MAX_NOTE_CHARS):
        raise Refusal("schema")
    if members["follows"] == "reply" and not answers:
        raise Refusal("schema")


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _check_text(value: object, read: Callable[[str], object]) -> None:
    if not isinstance(value, str):
        raise Refusal("schema")
    try:
        read(value)
    except ValueError as error:
        raise Refusal("schema") from error


def _kind(text: str) -> str:
    return text  # which kinds there are is the vocabulary's business


def _follows(text: str) -> str:
    if text not in (CORRECTION, *SAYINGS):
        raise ValueError("not a follow-up")
    return text


def _mailbox(text: str) -> bytes:
    data = b64decode(text)
    if len(data) != SECRET_BYTES:
        raise ValueError("a mailbox has 32 bytes")
    return data


_OPTIONAL: Final[Mapping[str, Callable[[str], object]]] = {
    "kind": _kind,
    "made": day_decode,
    "follows": _follows,
    "mailbox": _mailbox,
}
