"""Vectors of the parcel: whole, broken in one record, broken as a whole (PROTOCOL section 6)."""

from collections.abc import Iterator, Sequence
from itertools import chain

from amana.core.envelope import envelope_id
from amana.core.parcel import MAX_BYTES
from tests.vectors.make.form import Json, Piece, Vector, fill, joined

OPENING = b"AMP\x01".hex()
RECORD_AROUND = 1 + 4 + 1
"""Bytes of a record beside its body and stamp."""

Pieces = Sequence[Piece]


def vectors() -> Iterator[Vector]:
    for name, about, records in [*_accepted(), *_spoiled(), *_cut(), *_too_many()]:
        yield _taken(name, about, records)
    yield from _refused()


Made = tuple[Pieces, Json]
"""A record's bytes and what its reader says about it."""


def body(length: int = 2172, filler: int = 0xA5) -> Pieces:
    """What a server takes for an envelope: an opening and a length."""
    return (b"AMN\x01".hex(), fill(filler, length - 4))


def good(length: int = 2172, filler: int = 0xA5, stamp: bytes = b"") -> Made:
    whole = body(length, filler)
    entry = {"id": envelope_id(joined(whole)).hex(), "length": length, "stamp": stamp.hex()}
    return record(1, length, whole, stamp), entry


def record(type_: int, length: int, whole: Pieces, stamp: bytes = b"") -> Pieces:
    head = bytes((type_,)) + length.to_bytes(4, "big")
    return (head.hex(), *whole, (bytes((len(stamp),)) + stamp).hex())


def bad(layer: str, pieces: Pieces) -> Made:
    return pieces, {"refused": layer}


def _taken(name: str, about: str, records: Sequence[Made]) -> Vector:
    return Vector(
        "parcel",
        name,
        lambda: {
            "about": about,
            "parcel": [OPENING, *chain.from_iterable(pieces for pieces, _ in records)],
            "records": [entry for _, entry in records if entry],
        },
    )


Case = tuple[str, str, Sequence[Made]]


def _accepted() -> Iterator[Case]:
    yield "accept-no-records", "A parcel of no records is well-formed.", []
    yield "accept-one", "One envelope.", [good()]
    lengths = (2172, 3196, 5244, 9340, 17532)
    yield "accept-every-length", "One envelope of each length.", [good(one) for one in lengths]
    yield "accept-twice", "The same envelope twice is two records.", [good(), good()]
    yield "accept-64", "64 records.", [good(filler=at) for at in range(64)]
    yield "accept-stamp-of-1-byte", "A stamp is carried.", [good(stamp=b"\x07"), good()]
    yield (
        "accept-stamp-of-16-bytes",
        "A stamp has up to 16 bytes.",
        [good(stamp=bytes(range(16))), good()],
    )


def _spoiled() -> Iterator[Case]:
    types = {"0": 0, "2": 2, "255": 255}
    for name, type_ in types.items():
        spoiled = bad("type", record(type_, 2172, body()))
        yield (
            f"record-type-{name}",
            "An unknown type spoils its own record only.",
            [good(), spoiled, good(filler=1)],
        )
    yield (
        "record-type-without-body",
        "An unknown type may have no body.",
        [bad("type", record(9, 0, ())), good()],
    )
    full = MAX_BYTES - 4 - 2 * RECORD_AROUND - 2172
    yield (
        "record-type-up-to-1-mib",
        "A parcel has 1 MiB at most: this one has that.",
        [bad("type", record(2, full, (fill(0, full),))), good()],
    )
    lengths = {"one-short": 2171, "one-long": 2173, "of-another-class": 3195, "opening-only": 4}
    for name, length in lengths.items():
        spoiled = bad("length", record(1, length, body(length)))
        yield f"record-length-{name}", "No envelope has that length.", [spoiled, good()]
    empty = bad("length", record(1, 0, ()))
    yield "record-length-empty", "No envelope is empty.", [empty, good()]
    yield (
        "record-length-before-version",
        "Length is looked at before version.",
        [bad("length", record(1, 2171, (fill(0, 2171),))), good()],
    )
    openings = {"2": "414d4e02", "parcel": OPENING, "zeros": "00000000"}
    for name, opening in openings.items():
        spoiled = bad("version", record(1, 2172, (opening, fill(0xA5, 2168))))
        yield f"record-version-{name}", "No envelope opens like that.", [good(), spoiled, good()]


def _cut() -> Iterator[Case]:
    """Parcels that end inside their second record; the first is kept."""
    about = "The parcel ends inside its second record; the first is kept."
    cuts: dict[str, Pieces] = {
        "behind-type": ("01",),
        "in-length": ("01000008",),
        "behind-length": ("010000087c",),
        "in-body": ("010000087c", *body(2171)),
        "behind-body": ("010000087c", *body()),
        "in-stamp": ("010000087c", *body(), "1000112233"),
        "last-byte-of-stamp": ("010000087c", *body(), "020a"),
        "length-of-all-ones": ("01ffffffff", *body(), "00"),
        "unknown-type": ("0200000010", fill(0, 15)),
    }
    for name, pieces in cuts.items():
        yield f"record-truncated-{name}", about, [good(), bad("truncated", pieces)]
    for length in (17, 255):
        stamped = record(1, 2172, body(), bytes(length))
        yield (
            f"record-truncated-stamp-of-{length}",
            "A stamp has 16 bytes at most; nothing behind it is read.",
            [good(), bad("truncated", stamped), (good(filler=1)[0], {})],
        )
    yield (
        "record-truncated-first",
        "The parcel ends inside its only record.",
        [bad("truncated", ("01",))],
    )


def _too_many() -> Iterator[Case]:
    full = [good(filler=at) for at in range(64)]
    beyond = good(filler=0x80)[0]
    yield "record-too_many-65", "64 records are read.", [*full, bad("too_many", beyond)]
    yield (
        "record-too_many-67",
        "The first record beyond the 64th is the last entry.",
        [*full, bad("too_many", beyond), (beyond, {}), (beyond, {})],
    )
    yield (
        "record-too_many-one-byte",
        "What stands behind 64 records is too many, whole or not.",
        [*full, bad("too_many", ("01",))],
    )
    unknown = bad("type", record(2, 0, ()))
    yield (
        "record-too_many-refused-ones-count",
        "A refused record is one of the 64.",
        [*[unknown] * 64, bad("too_many", beyond)],
    )


def _refused() -> Iterator[Vector]:
    openings = {
        "empty": "",
        "three-bytes": "414d50",
        "envelope": b"AMN\x01".hex(),
        "2": "414d5002",
        "small-letters": b"amp\x01".hex(),
        "html": b"<!doctype html>".hex(),
        "byte-order-mark": "efbbbf" + OPENING,
    }
    for name, opening in openings.items():
        yield _whole("version", name, "A parcel opens with AMP 0x01.", [opening])
    full = MAX_BYTES - 4 - RECORD_AROUND + 1
    above: Pieces = [OPENING, *record(2, full, (fill(0, full),))]
    yield _whole("length", "1-mib-and-a-byte", "A parcel has 1 MiB at most.", above)
    zeros: Pieces = [fill(0, MAX_BYTES + 1)]
    yield _whole("length", "before-version", "Length is looked at before version.", zeros)


def _whole(layer: str, name: str, about: str, pieces: Pieces) -> Vector:
    return Vector(
        "parcel",
        f"refuse-{layer}-{name}",
        lambda: {"about": about, "parcel": list(pieces), "refused": layer},
    )
