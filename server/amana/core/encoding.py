"""Strict readings of base64url, hexadecimal, days and JSON: one spelling for each value.

The parsers accept exactly what their counterparts write, so that no two byte strings mean the same
thing. They raise `ValueError`; the caller knows which layer of the protocol that is.
"""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NoReturn

_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})*", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CONTROLS: Final = "\\u0000-\\u001f\\u007f-\\u009f"
# What is not seen, or turns what stands beside it; the two joiners of letters may stand inside.
_UNSEEN: Final = "\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff"
NAME: Final = re.compile(
    f"^[^\\s{_CONTROLS}{_UNSEEN}\\u200c\\u200d]"
    f"([^{_CONTROLS}{_UNSEEN}]*[^\\s{_CONTROLS}{_UNSEEN}\\u200c\\u200d])?$"
)
"""A name to be given: no character is a control or unseen, and no space is at either end."""


def b64encode(data: bytes) -> str:
    """Write bytes as base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def b64decode(text: str) -> bytes:
    """Read base64url; `ValueError` for padding, foreign characters or stray bits at the end."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if b64encode(data) != text:
        raise ValueError("not canonical base64url")
    return data


def hex_decode(text: str) -> bytes:
    """Read lower-case hexadecimal; `ValueError` for anything else, spaces and capitals included."""
    if not _HEX.fullmatch(text):
        raise ValueError("not lower-case hexadecimal")
    return bytes.fromhex(text)


def day_decode(text: str) -> date:
    """Read a day, `YYYY-MM-DD` in ASCII digits, year 0001 to 9999; else `ValueError`."""
    if not _DAY.fullmatch(text):
        raise ValueError("not a day")
    return date.fromisoformat(text)


def json_encode(value: Mapping[str, Any]) -> bytes:
    """Write JSON as compact UTF-8; `ValueError` for what JSON or UTF-8 cannot hold."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def json_decode(data: bytes) -> object:
    """Read UTF-8 JSON strictly.

    Raises `ValueError` for other bytes, a byte order mark, `NaN`, a member that stands twice in an
    object, and nesting deeper than the interpreter follows.
    """
    try:
        decoded: object = json.loads(
            data.decode("utf-8"), object_pairs_hook=_members_once, parse_constant=_no_constant
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return decoded


def is_text(value: object, longest: int) -> bool:
    """Whether a value is text of 1 to `longest` code points, without lone surrogates."""
    return (
        isinstance(value, str)
        and 1 <= len(value) <= longest
        and not any("\ud800" <= character <= "\udfff" for character in value)
    )


def is_name(value: object, longest: int) -> bool:
    """Whether a value is text as in `is_text` that may be given as a `NAME`."""
    return is_text(value, longest) and NAME.fullmatch(str(value)) is not None


def is_integer(value: object) -> bool:
    """Whether a JSON value is an integer; `true` and `1.0` are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def _members_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError("a member stands twice")
        members[name] = value
    return members


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("not a JSON number")
