"""Vectors of the envelope: length, version, kid, open, padding, and what is inside (section 5)."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from amana.core import envelope, keys
from amana.core.encoding import json_encode
from tests.vectors.make.form import (
    DESK_KID,
    DESK_PUBLIC,
    DESK_SEED,
    OLDER_DESK_KID,
    OLDER_DESK_PUBLIC,
    OLDER_DESK_SEED,
    Json,
    Vector,
    fill,
    fixed_bytes,
)
from tests.vectors.make.reports import FULL, report

SEEDS = {DESK_KID: DESK_SEED}
MAGIC = b"AMN\x01"
REPORT = json_encode(report())
X25519_AT = 4 + 8 + 1088
CT_AT = 4 + 8 + 1120


def vectors() -> Iterator[Vector]:
    yield from _accepted()
    yield from _outside()
    yield from _not_opened()
    yield from _padding()
    yield from _inside()


def sealed(padded: bytes, label: bytes = b"amana/1/report", kid: bytes = DESK_KID) -> bytes:
    """An envelope around any plaintext, as a hostile or broken client might make it."""
    return MAGIC + kid + keys.hpke_seal(DESK_PUBLIC, label + kid, padded)


def framed(report_bytes: bytes, size: int, length: int | None = None, filler: int = 0) -> bytes:
    length = len(report_bytes) if length is None else length
    return (length.to_bytes(4, "big") + report_bytes).ljust(size, bytes((filler,)))


def _accept(name: str, about: str, report_bytes: bytes, public: bytes = DESK_PUBLIC) -> Vector:
    def make() -> Json:
        made = envelope.seal(report_bytes, public)
        return {
            "about": about,
            "envelope": made.hex(),
            "seeds": {kid.hex(): seed.hex() for kid, seed in _both().items()},
            "report": report_bytes.decode(),
            "id": envelope.envelope_id(made).hex(),
        }

    return Vector("envelope", f"accept-{name}", make, sealed=True)


def _both() -> dict[bytes, bytes]:
    return {OLDER_DESK_KID: OLDER_DESK_SEED, DESK_KID: DESK_SEED}


def _refuse(
    layer: str,
    name: str,
    about: str,
    make_bytes: Callable[[], bytes],
    seeds: Mapping[bytes, bytes] = SEEDS,
) -> Vector:
    def make() -> Json:
        return {
            "about": about,
            "envelope": make_bytes().hex(),
            "seeds": {kid.hex(): seed.hex() for kid, seed in seeds.items()},
            "refused": layer,
        }

    return Vector("envelope", f"refuse-{layer}-{name}", make, sealed=True)


def _of_length(length: int) -> bytes:
    """A valid report of exactly that many bytes, by spaces at its end."""
    return json_encode(report(answers=FULL["safety"])).ljust(length, b" ")


def _accepted() -> Iterator[Vector]:
    for size in envelope.CLASSES[:-1]:
        yield _accept(f"class-{size}", "The report fills its class.", _of_length(size - 4))
        yield _accept(
            f"one-over-class-{size}",
            "One byte more takes the next class.",
            _of_length(size - 3),
        )
    yield _accept("largest", "The largest report.", _of_length(envelope.MAX_REPORT_BYTES))
    yield _accept(
        "older-key", "Sealed to a desk key that is no longer the last.", REPORT, OLDER_DESK_PUBLIC
    )


def _outside() -> Iterator[Vector]:
    lengths = {
        "empty": b"",
        "opening-only": MAGIC,
        "one-short": fixed_bytes("short", 2171),
        "one-long": fixed_bytes("long", 2173),
        "plaintext-class": fixed_bytes("class", 1024),
        "twice": fixed_bytes("twice", 2 * 2172),
        "largest-and-one": fixed_bytes("largest", 17533),
    }
    for name, made in lengths.items():
        yield Vector("envelope", f"refuse-length-{name}", _plain("length", made))
    openings = {"2": b"AMN\x02", "0": b"AMN\x00", "parcel": b"AMP\x01", "small-letters": b"amn\x01"}
    for name, opening in openings.items():
        made = opening + DESK_KID + fixed_bytes("outside", 2160)
        yield Vector("envelope", f"refuse-version-{name}", _plain("version", made))
    yield Vector(
        "envelope",
        "refuse-kid-unknown",
        _plain("kid", MAGIC + OLDER_DESK_KID + fixed_bytes("outside", 2160)),
    )
    yield _refuse(
        "kid", "none-at-hand", "No seed at hand.", lambda: envelope.seal(REPORT, DESK_PUBLIC), {}
    )


_ABOUT = {
    "length": "An envelope has one of five lengths.",
    "version": "An envelope opens with AMN 0x01.",
    "kid": "There is no such desk key at hand.",
}


def _plain(layer: str, made: bytes) -> Callable[[], Json]:
    return lambda: {
        "about": _ABOUT[layer],
        "envelope": made.hex(),
        "seeds": {DESK_KID.hex(): DESK_SEED.hex()},
        "refused": layer,
    }


def _flipped(at: int, bit: int) -> bytes:
    made = bytearray(envelope.seal(REPORT, DESK_PUBLIC))
    made[at] ^= bit
    return bytes(made)


def _mixed() -> bytes:
    one, two = (envelope.seal(REPORT, DESK_PUBLIC) for _ in range(2))
    return one[:CT_AT] + two[CT_AT:]


def _low_order() -> bytes:
    made = envelope.seal(REPORT, DESK_PUBLIC)
    return made[:X25519_AT] + bytes(32) + made[CT_AT:]


def _not_opened() -> Iterator[Vector]:
    flips = {
        "ml-kem-part": (12, 0x01, "A bit of the ML-KEM ciphertext is another."),
        "x25519-part": (X25519_AT, 0x01, "A bit of the X25519 share is another."),
        "x25519-top": (CT_AT - 1, 0x80, "The bit that X25519 itself does not look at is another."),
        "text": (CT_AT, 0x01, "A bit of the ciphertext is another."),
        "tag": (-1, 0x01, "A bit of the tag is another."),
    }
    for name, (at, bit, about) in flips.items():
        yield _refuse("open", f"bit-in-{name}", about, partial(_flipped, at, bit))
    padded = envelope.pad(REPORT)
    yield _refuse(
        "open",
        "other-seed",
        "The seed at hand is not that key's.",
        lambda: envelope.seal(REPORT, DESK_PUBLIC),
        {DESK_KID: OLDER_DESK_SEED},
    )
    yield _refuse(
        "open",
        "kid-exchanged",
        "The kid was replaced by another one at hand.",
        lambda: MAGIC + OLDER_DESK_KID + envelope.seal(REPORT, DESK_PUBLIC)[12:],
        _both(),
    )
    yield _refuse(
        "open",
        "label-of-a-grant",
        "The label is a grant's.",
        lambda: sealed(padded, b"amana/1/grant"),
    )
    yield _refuse(
        "open",
        "info-without-kid",
        "The info lacks the kid.",
        lambda: MAGIC + DESK_KID + keys.hpke_seal(DESK_PUBLIC, b"amana/1/report", padded),
    )
    yield _refuse("open", "two-halves", "Two envelopes' halves.", _mixed)
    yield _refuse("open", "share-of-zeros", "The X25519 share is the zero point.", _low_order)
    yield Vector(
        "envelope",
        "refuse-open-random",
        lambda: {
            "about": "Random bytes behind a right opening.",
            "envelope": [(MAGIC + DESK_KID).hex(), fill(0x5A, 2160)],
            "seeds": {DESK_KID.hex(): DESK_SEED.hex()},
            "refused": "open",
        },
    )


def _padding() -> Iterator[Vector]:
    cases = {
        "length-one-past-the-end": ("The length runs past the end.", framed(REPORT, 1024, 1021)),
        "length-of-all-ones": ("The length runs past the end.", framed(REPORT, 1024, 0xFFFFFFFF)),
        "length-little-endian": (
            "The length is written in the other byte order.",
            framed(REPORT, 1024, int.from_bytes(len(REPORT).to_bytes(4, "little"), "big")),
        ),
        "filler-of-spaces": ("Filler is zeros.", framed(REPORT, 1024, filler=0x20)),
        "last-byte-not-zero": ("Filler is zeros.", framed(REPORT, 1023) + b"\x01"),
        "length-one-short": (
            "What follows the report is not zero.",
            framed(REPORT, 1024, len(REPORT) - 1),
        ),
        "class-too-large": ("A smaller class would have done.", framed(REPORT, 2048)),
        "largest-class-too-large": ("A smaller class would have done.", framed(REPORT, 16384)),
        "empty-in-second-class": ("A smaller class would have done.", bytes(2048)),
    }
    for name, (about, padded) in cases.items():
        yield _refuse("padding", name, about, partial(sealed, padded))


def _inside() -> Iterator[Vector]:
    yield _refuse("json", "empty", "A report of no bytes.", lambda: sealed(bytes(1024)))
    yield _refuse(
        "json", "not-json", "The report is not JSON.", lambda: sealed(framed(b"report", 1024))
    )
    yield _refuse(
        "schema",
        "kind-unknown",
        "The report is of no known kind.",
        lambda: sealed(framed(json_encode(report() | {"kind": "rumour"}), 1024)),
    )
    yield _refuse(
        "schema",
        "15361-bytes",
        "A report larger than any may be.",
        lambda: sealed(framed(_of_length(envelope.MAX_REPORT_BYTES + 1), 16384)),
    )
