"""Fields of the wire: text of one spelling in JSON, exact values in Python.

Each says its pattern in the API's description too, so what a schema promises is what it takes.
A refused value is never repeated: `Invalid` carries no words.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError, fields

from amana.core.digits import to_latin
from amana.core.encoding import (
    NAME,
    b64decode,
    b64encode,
    day_decode,
    hex_decode,
    is_name,
    is_text,
)
from amana.core.factors import CODE_DIGITS

MAX_NAME_CHARS = 100
MAX_NEW_NAME_CHARS = 64

_COUNT = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_BASE64URL = "[A-Za-z0-9_-]"
# The last character of a group that is cut short carries two or four bits that must be zero.
_BASE64URL_ENDS = ("", f"{_BASE64URL}[AQgw]", f"{_BASE64URL}{{2}}[AEIMQUYcgkosw048]")


class Invalid(ValidationError):
    """A value was refused."""

    def __init__(self) -> None:
        super().__init__("refused")


class Hex(fields.Field[bytes]):
    """So many bytes as lower-case hexadecimal."""

    def __init__(self, length: int, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("metadata", {"pattern": f"^[0-9a-f]{{{2 * length}}}$"})
        super().__init__(**options)
        self._length = length

    def _serialize(self, value: bytes | None, *_: object, **__: object) -> str | None:
        return None if value is None else value.hex()

    def _deserialize(self, value: object, *_: object, **__: object) -> bytes:
        try:
            data = hex_decode(value if isinstance(value, str) else "not text")
        except ValueError as error:
            raise Invalid from error
        if len(data) != self._length:
            raise Invalid
        return data


class Base64url(fields.Field[bytes]):
    """So many bytes as base64url without padding."""

    def __init__(self, length: int, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("metadata", {"pattern": base64url_pattern(length)})
        super().__init__(**options)
        self._length = length

    def _serialize(self, value: bytes | None, *_: object, **__: object) -> str | None:
        return None if value is None else b64encode(value)

    def _deserialize(self, value: object, *_: object, **__: object) -> bytes:
        try:
            data = b64decode(value if isinstance(value, str) else "not text")
        except ValueError as error:
            raise Invalid from error
        if not self._fits(len(data)):
            raise Invalid
        return data

    def _fits(self, length: int) -> bool:
        return length == self._length


class ShortBase64url(Base64url):
    """Between one byte and so many as base64url without padding."""

    def __init__(self, longest: int, **options: Any) -> None:  # noqa: ANN401
        whole, rest = divmod(longest, 3)
        limits = {
            "minLength": 2,
            "maxLength": 4 * whole + (0, 2, 3)[rest],
            "pattern": f"^(?:{_BASE64URL}{{4}})*(?:{_BASE64URL_ENDS[1]}|{_BASE64URL_ENDS[2]})?$",
        }
        super().__init__(longest, metadata=limits, **options)

    def _fits(self, length: int) -> bool:
        return 1 <= length <= self._length


class OneTimeCode(fields.Field[str]):
    """Six digits as a person types them, Latin, Arabic-Indic or Persian; Latin in Python."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        super().__init__(metadata={"pattern": f"^[{_DIGITS}]{{{CODE_DIGITS}}}$"}, **options)

    def _deserialize(self, value: object, *_: object, **__: object) -> str:
        code = to_latin(value) if isinstance(value, str) else ""
        if len(code) != CODE_DIGITS or not (code.isascii() and code.isdecimal()):
            raise Invalid
        return code


class Day(fields.Field[date]):
    """A UTC date, `YYYY-MM-DD`."""

    def _serialize(self, value: date | None, *_: object, **__: object) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(self, value: object, *_: object, **__: object) -> date:
        try:
            return day_decode(value if isinstance(value, str) else "not text")
        except ValueError as error:
            raise Invalid from error


class Count(fields.Field[int]):
    """A whole number in an address: ASCII digits without sign, space or leading zero."""

    def __init__(self, at_least: int, at_most: int, **options: Any) -> None:  # noqa: ANN401
        options.setdefault("metadata", {"minimum": at_least, "maximum": at_most})
        super().__init__(**options)
        self._range = range(at_least, at_most + 1)

    def _deserialize(self, value: object, *_: object, **__: object) -> int:
        if not isinstance(value, str) or not _COUNT.fullmatch(value):
            raise Invalid
        if int(value) not in self._range:
            raise Invalid
        return int(value)


class MemberName(fields.Field[str]):
    """A member's name, compared as it is: 1 to 100 characters, none of them a control."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        pattern = "^[^\\u0000-\\u001f\\u007f-\\u009f]+$"
        limits = {"minLength": 1, "maxLength": MAX_NAME_CHARS, "pattern": pattern}
        super().__init__(metadata=limits, **options)

    def _deserialize(self, value: object, *_: object, **__: object) -> str:
        if not isinstance(value, str) or not is_text(value, MAX_NAME_CHARS):
            raise Invalid
        if any(unicodedata.category(character) == "Cc" for character in value):
            raise Invalid
        return value


class NewName(fields.Field[str]):
    """A name to be given: 1 to 64 characters, none a control or unseen, no space at either end."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        limits = {"minLength": 1, "maxLength": MAX_NEW_NAME_CHARS, "pattern": NAME.pattern}
        super().__init__(metadata=limits, **options)

    def _deserialize(self, value: object, *_: object, **__: object) -> str:
        if not isinstance(value, str) or not is_name(value, MAX_NEW_NAME_CHARS):
            raise Invalid
        return value


OPENAPI_TYPES: Mapping[type[fields.Field[Any]], tuple[str, str | None]] = {
    Hex: ("string", None),
    Base64url: ("string", None),
    ShortBase64url: ("string", None),
    OneTimeCode: ("string", None),
    Day: ("string", "date"),
    Count: ("integer", None),
    MemberName: ("string", None),
    NewName: ("string", None),
}
"""How the API's description names these fields: type and format."""


def base64url_pattern(length: int) -> str:
    """What so many bytes look like."""
    whole, rest = divmod(length, 3)
    return f"^{_BASE64URL}{{{4 * whole}}}{_BASE64URL_ENDS[rest]}$"
