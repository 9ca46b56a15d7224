"""What the reporter app looks like to somebody who looks at the phone: its name, its icon, and the
ordinary page that leaving in a hurry leads to.

`data/appearance.json` is the default. `appearance.json` in the organisation's folder overrides it
entry by entry; see docs/RUNBOOK.md.
"""

import hashlib
import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from amana.organisation import OrganisationError

FILE = "appearance.json"
MAX_ICON = 16 * 1024
"""Bytes: an icon is fetched on the same bad network as everything else."""

MAX_LINES = 40

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = struct.Struct(">8s8sII")
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


@dataclass(frozen=True)
class Icon:
    """A picture of the operator's; `sizes` as a manifest says it."""

    body: bytes
    ending: str
    content_type: str
    sizes: str

    @property
    def address(self) -> str:
        """Its path, which holds its hash: it may be kept for ever."""
        return f"/icon-{hashlib.sha256(self.body).hexdigest()[:10]}.{self.ending}"


@dataclass(frozen=True)
class Appearance:
    """The page's title, the colour of the browser's bar, the icon if it is not the built one.

    `outside` is where leaving leads when the network works; empty for the ordinary page itself,
    whose `lines` are its title and its paragraphs, in `language`.
    """

    title: str
    colour: str
    icon: Icon | None
    outside: str
    language: str
    lines: tuple[str, ...]

    @classmethod
    def load(cls, home: Path) -> "Appearance":
        """The default and the folder's own entries; `OrganisationError` names one that is wrong."""
        default = json.loads((resources.files("amana") / "data/appearance.json").read_text("utf-8"))
        entries = _merged(default, _read(home / FILE))
        leaving = entries["exit"]
        return cls(
            title=_text(entries["title"], 40, "title"),
            colour=_matching(entries["colour"], _COLOUR, "colour"),
            icon=_icon(home, entries["icon"]),
            outside=_address(leaving["address"]),
            language=_matching(leaving["language"], _LANGUAGE, "exit.language"),
            lines=_lines(leaving["lines"]),
        )

    @property
    def ordinary(self) -> str:
        """The ordinary page's content as markup."""
        title, *paragraphs = map(escape, self.lines)
        body = "".join(f"<p>{text}</p>" for text in paragraphs)
        return f'<main lang="{self.language}" dir="auto"><h1>{title}</h1>{body}</main>'


def _read(file: Path) -> object:
    try:
        return json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise OrganisationError(f"{FILE} is not JSON") from error


def _merged(default: Mapping[str, Any], own: object, name: str = "") -> dict[str, Any]:
    """Entry by entry; one that the default does not have is a mistake."""
    if not isinstance(own, dict):
        raise _wrong(name or "the file", "an object")
    for unknown in own.keys() - default.keys():
        raise _wrong(f"{name}.{unknown}".lstrip("."), "an entry that there is")
    return {
        key: _merged(value, own.get(key, {}), key)
        if isinstance(value, dict)
        else own.get(key, value)
        for key, value in default.items()
    }


def _text(value: object, longest: int, name: str) -> str:
    if isinstance(value, str) and 1 <= len(value) <= longest and value.isprintable():
        return value
    raise _wrong(name, f"a line of 1 to {longest} characters")


def _matching(value: object, form: re.Pattern[str], name: str) -> str:
    if isinstance(value, str) and form.fullmatch(value):
        return value
    raise _wrong(name, f"of the form {form.pattern}")


def _lines(value: object) -> tuple[str, ...]:
    if isinstance(value, list) and 2 <= len(value) <= MAX_LINES:
        return tuple(_text(line, 400, "exit.lines") for line in value)
    raise _wrong("exit.lines", f"a list of a title and 1 to {MAX_LINES - 1} paragraphs")


def _address(value: object) -> str:
    """Empty, or a web address of somebody else's."""
    if value == "":
        return ""
    address = _text(value, 400, "exit.address")
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname and " " not in address:
        return address
    raise _wrong("exit.address", "empty or an address that begins with https://")


def _icon(home: Path, value: object) -> Icon | None:
    if value == "":
        return None
    name = _text(value, 100, "icon")
    file = home / name
    if Path(name).name != name or not file.is_file():
        raise _wrong("icon", f"the name of a file beside {FILE}")
    body = file.read_bytes()
    if len(body) > MAX_ICON:
        raise _wrong("icon", f"a file of at most {MAX_ICON} bytes")
    return _picture(body)


def _picture(body: bytes) -> Icon:
    if body.startswith(_PNG) and len(body) > _PNG_HEAD.size:
        *_, width, height = _PNG_HEAD.unpack_from(body)
        return Icon(body, "png", "image/png", f"{width}x{height}")
    if b"<svg" in body:
        return Icon(body, "svg", "image/svg+xml", "any")
    raise _wrong("icon", "a PNG or an SVG picture")


def _wrong(name: str, wanted: str) -> OrganisationError:
    return OrganisationError(f"{FILE}: {name} is not {wanted}")
