"""The parcel: what travels, by network, file or stick (PROTOCOL section 6).

"AMP" 0x01 | n x ( u8 type | u32 length | body | u8 stamp length | stamp (0 to 16) )
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from amana.core import envelope
from amana.core.refusal import Layer, Refusal

MAX_BYTES: Final = 1024 * 1024
MAX_RECORDS: Final = 64
MAX_STAMP_BYTES: Final = 16
ENVELOPE: Final = 0x01

_MAGIC: Final = b"AMP\x01"
_LENGTH_BYTES: Final = 4


@dataclass(frozen=True)
class Record:
    """A whole record. What `parse_parcel` gives is an envelope by its length and version."""

    type: int
    body: bytes
    stamp: bytes = b""


@dataclass(frozen=True)
class Broken:
    """A record that is refused, and at which layer; its neighbours are not touched by it."""

    error: Layer


def encode_parcel(records: Iterable[Record | bytes]) -> bytes:
    """Write a parcel; bytes stand for an envelope without a stamp.

    Refuses what `parse_parcel` would refuse: `too_many` records, `length` beyond 1 MiB, an unknown
    `type`, a body that is not an envelope (`length`, `version`), a stamp of over 16 bytes
    (`truncated`).
    """
    whole = [
        record if isinstance(record, Record) else Record(ENVELOPE, record) for record in records
    ]
    if len(whole) > MAX_RECORDS:
        raise Refusal("too_many")
    parcel = _MAGIC + b"".join(_encode_record(record) for record in whole)
    if len(parcel) > MAX_BYTES:
        raise Refusal("length")
    return parcel


def parse_parcel(parcel: bytes) -> list[Record | Broken]:
    """Read a parcel's records in order; what is wrong with one is said in its place.

    A record that is cut short, or whose stamp is too long, is the last entry (`truncated`); so is
    the first beyond the 64th (`too_many`): nothing behind either is read. The whole parcel is
    refused at `length` beyond 1 MiB and at `version` without the opening bytes.
    """
    if len(parcel) > MAX_BYTES:
        raise Refusal("length")
    if not parcel.startswith(_MAGIC):
        raise Refusal("version")
    return list(_records(parcel))


def _encode_record(record: Record) -> bytes:
    if len(record.stamp) > MAX_STAMP_BYTES:
        raise Refusal("truncated")
    checked = _check(record)
    if isinstance(checked, Broken):
        raise Refusal(checked.error)
    return b"".join(
        (
            bytes((record.type,)),
            len(record.body).to_bytes(_LENGTH_BYTES, "big"),
            record.body,
            bytes((len(record.stamp),)),
            record.stamp,
        )
    )


def _records(parcel: bytes) -> Iterator[Record | Broken]:
    at = len(_MAGIC)
    for _ in range(MAX_RECORDS):
        if at == len(parcel):
            return
        record = _record_at(parcel, at)
        if record is None:
            yield Broken("truncated")
            return
        yield _check(record)
        at += 1 + _LENGTH_BYTES + len(record.body) + 1 + len(record.stamp)
    if at < len(parcel):
        yield Broken("too_many")


def _record_at(parcel: bytes, at: int) -> Record | None:
    body_at = at + 1 + _LENGTH_BYTES
    stamp_length_at = body_at + int.from_bytes(parcel[at + 1 : body_at], "big")
    if body_at > len(parcel) or stamp_length_at >= len(parcel):
        return None
    stamp_at = stamp_length_at + 1
    end = stamp_at + parcel[stamp_length_at]
    if end > len(parcel) or end - stamp_at > MAX_STAMP_BYTES:
        return None
    return Record(parcel[at], parcel[body_at:stamp_length_at], parcel[stamp_at:end])


def _check(record: Record) -> Record | Broken:
    if record.type != ENVELOPE:
        return Broken("type")
    try:
        envelope.parse(record.body)
    except Refusal as refusal:
        return Broken(refusal.layer)
    return record
