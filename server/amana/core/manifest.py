"""The manifest: the organisation's signed word on what is in a summary's files (docs/FILES.md).

It is a file of JSON with two members: `manifest`, to be read by people, and `signed`, a compact JWS
of that very object by the server's receipt key. Its `typ` is its own, so that neither a receipt nor
a key set can be given out as a manifest, nor a manifest as one of them.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from amana.core import jws
from amana.core.encoding import day_decode, hex_decode, is_integer, is_text, json_decode
from amana.core.keyset import MAX_ORG_CHARS, KeySet, verify_server
from amana.core.receipt import SigningKey
from amana.core.refusal import Refusal
from amana.core.tiers import LEVELS, TIERS

VERSION: Final = 1
TYPE: Final = "amana/1/manifest"
MAX_BYTES: Final = 4 * 1024 * 1024
MAX_FILES: Final = 15
RELEASE_BYTES: Final = 16

_RELEASE: Final = b"amana/1/release/name"
_FILE: Final = frozenset({"manifest", "signed"})
_NAME: Final = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+){1,19}", re.ASCII)
_MAX_NAME: Final = 100
_MAX_INTEGER: Final = 2**53 - 1
_MAX_TEXT: Final = 1000
_MAX_LIST: Final = 50_000


@dataclass(frozen=True)
class Words:
    """The same in Arabic and English."""

    ar: str
    en: str


@dataclass(frozen=True)
class Entry:
    """A file: its name without a folder, its length in bytes, its SHA-256 (32 bytes)."""

    name: str
    length: int
    sha256: bytes


@dataclass(frozen=True)
class Counts:
    """How many rows, totals and parts of rows by type there are, how many of them are withheld, and
    how many reports are in the rows that are shown.

    `reports_counted` are the reports that the table was made of, None where that is not told.
    """

    rows: int
    rows_withheld: int
    totals: int
    totals_withheld: int
    types: int
    types_withheld: int
    reports_shown: int
    reports_counted: int | None


@dataclass(frozen=True)
class Manifest:
    """What is said of the files of one summary.

    `rules` are the thresholds by name, `earlier_rules` those of weeks, by their Mondays, that are
    told under others. `untold` are Mondays of weeks that are not told of. `release` names the
    release (`release_name`); None for what does not leave the organisation. `not_counted` says why
    `counts.reports_counted` is not told.
    """

    org: str
    made: date
    software: str
    tier: str
    first: date
    last: date
    area: str
    rules: Mapping[str, int]
    counts: Counts
    withheld: Words
    not_counted: Words | None
    earlier_rules: Mapping[date, Mapping[str, int]]
    untold: tuple[date, ...]
    revised: tuple[str, ...]
    release: bytes | None
    files: tuple[Entry, ...]


def release_name(digest: bytes, server_secret: bytes) -> bytes:
    """How a release is named outside: 16 bytes that only the server can make of its digest.

    The digest itself stays inside. What is withheld can be guessed, and a digest over it would say
    which guess is right.
    """
    return hmac.new(server_secret, _RELEASE + digest, hashlib.sha256).digest()[:RELEASE_BYTES]


def encode_manifest(manifest: Manifest, key: SigningKey) -> bytes:
    """Sign a manifest and write its file."""
    payload = _payload(manifest)
    return _file(payload, jws.sign({**key.header, "typ": TYPE}, payload, key.key))


def parse_manifest(data: bytes, key_set: KeySet) -> Manifest:
    """Read a manifest's file under the receipt keys of a key set.

    Refuses, in this order, at `length`, `json` (file, parts, header), `kid`, `signature`, `schema`
    (payload), `check` (what people read is not what was signed).
    """
    if len(data) > MAX_BYTES:
        raise Refusal("length")
    try:
        given = json_decode(data)
    except ValueError as error:
        raise Refusal("json") from error
    if not isinstance(given, dict) or set(given) != _FILE or not isinstance(given["signed"], str):
        raise Refusal("json")
    payload = verify_server(given["signed"], TYPE, key_set)
    manifest = _read(payload)
    if data != _file(payload, given["signed"]):
        raise Refusal("check")
    return manifest


def _file(payload: object, signed: str) -> bytes:
    text = json.dumps({"manifest": payload, "signed": signed}, ensure_ascii=False, indent=1)
    return f"{text}\n".encode()


def _payload(manifest: Manifest) -> dict[str, Any]:
    reason = manifest.not_counted
    return {
        "v": VERSION,
        "org": manifest.org,
        "made": manifest.made.isoformat(),
        "software": manifest.software,
        "tier": manifest.tier,
        "from": manifest.first.isoformat(),
        "to": manifest.last.isoformat(),
        "area": manifest.area,
        "rules": dict(manifest.rules),
        "counts": asdict(manifest.counts),
        "why": {
            "withheld": asdict(manifest.withheld),
            "reports_not_counted": asdict(reason) if reason else None,
        },
        "earlier_rules": {
            week.isoformat(): dict(rules) for week, rules in manifest.earlier_rules.items()
        },
        "untold": [week.isoformat() for week in manifest.untold],
        "revised": list(manifest.revised),
        "release": manifest.release.hex() if manifest.release is not None else None,
        "files": [
            {"name": file.name, "length": file.length, "sha256": file.sha256.hex()}
            for file in manifest.files
        ],
    }


def _read(payload: object) -> Manifest:
    try:
        manifest = _manifest(payload)
    except (KeyError, TypeError, ValueError) as error:
        raise Refusal("schema") from error
    if payload != _payload(manifest):
        raise Refusal("schema")
    return manifest


def _manifest(given: Any) -> Manifest:  # noqa: ANN401
    if _integer(given["v"]) != VERSION:
        raise ValueError("another version")
    release, reason = given["release"], given["why"]["reports_not_counted"]
    manifest = Manifest(
        org=_text(given["org"], MAX_ORG_CHARS),
        made=day_decode(given["made"]),
        software=_text(given["software"]),
        tier=_one_of(given["tier"], TIERS),
        first=day_decode(given["from"]),
        last=day_decode(given["to"]),
        area=_one_of(given["area"], LEVELS),
        rules=_rules(given["rules"]),
        counts=_counts(given["counts"]),
        withheld=_words(given["why"]["withheld"]),
        not_counted=None if reason is None else _words(reason),
        earlier_rules={
            day_decode(week): _rules(rules) for week, rules in _items(given["earlier_rules"])
        },
        untold=tuple(day_decode(each) for each in _list(given["untold"], _MAX_LIST)),
        revised=tuple(_text(each) for each in _list(given["revised"], _MAX_LIST)),
        release=None if release is None else _bytes(release, RELEASE_BYTES),
        files=tuple(_entry(each) for each in _list(given["files"], MAX_FILES)),
    )
    if len({file.name for file in manifest.files}) < len(manifest.files) or not manifest.files:
        raise ValueError("no file, or one twice")
    return manifest


def _rules(given: object) -> dict[str, int]:
    return {_text(name): _integer(value) for name, value in _items(given)}


def _counts(given: Mapping[str, Any]) -> Counts:
    counted = given["reports_counted"]
    return Counts(
        rows=_integer(given["rows"]),
        rows_withheld=_integer(given["rows_withheld"]),
        totals=_integer(given["totals"]),
        totals_withheld=_integer(given["totals_withheld"]),
        types=_integer(given["types"]),
        types_withheld=_integer(given["types_withheld"]),
        reports_shown=_integer(given["reports_shown"]),
        reports_counted=None if counted is None else _integer(counted),
    )


def _words(given: Mapping[str, Any]) -> Words:
    return Words(_text(given["ar"]), _text(given["en"]))


def _entry(given: Mapping[str, Any]) -> Entry:
    name = _text(given["name"], _MAX_NAME)
    if not _NAME.fullmatch(name):
        raise ValueError("not a file's plain name")
    return Entry(name, _integer(given["length"]), _bytes(given["sha256"], 32))


def _items(value: object) -> list[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return list(value.items())


def _list(value: object, longest: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > longest:
        raise ValueError("not a list, or too long")
    return value


def _text(value: object, longest: int = _MAX_TEXT) -> str:
    if not is_text(value, longest):
        raise ValueError("not a text")
    return str(value)


def _one_of(value: object, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError("not known")
    return str(value)


def _integer(value: Any) -> int:  # noqa: ANN401
    if not is_integer(value) or not 0 <= value <= _MAX_INTEGER:
        raise ValueError("not a number of things")
    return int(value)


def _bytes(text: str, length: int) -> bytes:
    data = hex_decode(text)
    if len(data) != length:
        raise ValueError("another length")
    return data
