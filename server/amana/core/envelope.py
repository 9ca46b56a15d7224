"""The envelope: one report, padded to a size class and sealed to a desk key (PROTOCOL section 5).

"AMN" 0x01 | kid (8) | enc (1120) | ct (class + 16)
plaintext = u32 length || report || zeros, filled up to a size class
info      = "amana/1/report" || kid
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from amana.core import keys
from amana.core.refusal import Refusal

CLASSES: Final = (1024, 2048, 4096, 8192, 16384)
"""Lengths of a padded report in bytes."""

MAX_REPORT_BYTES: Final = 15 * 1024
ID_BYTES: Final = 32

_MAGIC: Final = b"AMN\x01"
_INFO: Final = b"amana/1/report"
_LENGTH_BYTES: Final = 4
_ENC_AT: Final = len(_MAGIC) + keys.KID_BYTES
_CT_AT: Final = _ENC_AT + keys.ENC_BYTES

LENGTHS: Final = tuple(_CT_AT + size + keys.TAG_BYTES for size in CLASSES)
"""Lengths of an envelope in bytes: 2172, 3196, 5244, 9340, 17532."""


@dataclass(frozen=True)
class Envelope:
    """A parsed envelope: kid (8 bytes), enc (1120), ct (class + 16)."""

    kid: bytes
    enc: bytes
    ct: bytes


def seal(report: bytes, desk_public: bytes) -> bytes:
    """Seal an encoded report to a desk key; the bytes differ each time.

    Raises `Refusal("length")` for a report of more than 15360 bytes.
    """
    kid = keys.kid(desk_public)
    return _MAGIC + kid + keys.hpke_seal(desk_public, _INFO + kid, pad(report))


def parse(envelope: bytes) -> Envelope:
    """Read the outside of an envelope, all that a server can check: `length`, then `version`."""
    if len(envelope) not in LENGTHS:
        raise Refusal("length")
    if not envelope.startswith(_MAGIC):
        raise Refusal("version")
    return Envelope(envelope[len(_MAGIC) : _ENC_AT], envelope[_ENC_AT:_CT_AT], envelope[_CT_AT:])


def open_envelope(envelope: bytes, seeds: Mapping[bytes, bytes]) -> bytes:
    """The encoded report inside, with the desk seeds by kid at hand.

    Refuses at `length`, `version`, `kid`, `open` or `padding`. The report itself is not yet read:
    `report.parse_report` does that.
    """
    parsed = parse(envelope)
    if parsed.kid not in seeds:
        raise Refusal("kid")
    sealed = parsed.enc + parsed.ct
    return unpad(keys.hpke_open(seeds[parsed.kid], _INFO + parsed.kid, sealed))


def envelope_id(envelope: bytes) -> bytes:
    """The 32-byte id of an envelope, its SHA-256."""
    return hashlib.sha256(envelope).digest()


def pad(report: bytes) -> bytes:
    """Fill a report up to the smallest size class that holds it and its length."""
    if len(report) > MAX_REPORT_BYTES:
        raise Refusal("length")
    framed = len(report).to_bytes(_LENGTH_BYTES, "big") + report
    return framed.ljust(_class_for(len(report)), b"\0")


def unpad(padded: bytes) -> bytes:
    """The report inside a padded plaintext; `Refusal("padding")` for what `pad` does not make."""
    end = _LENGTH_BYTES + int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if end > len(padded) or _class_for(end - _LENGTH_BYTES) != len(padded) or any(padded[end:]):
        raise Refusal("padding")
    return padded[_LENGTH_BYTES:end]


def _class_for(length: int) -> int:
    return next(size for size in CLASSES if size >= _LENGTH_BYTES + length)
