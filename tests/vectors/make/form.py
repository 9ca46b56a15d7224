"""What a vector file is, and the keys that the vectors share (they protect nothing)."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from amana.core import keys
from amana.core.encoding import b64encode

Json = dict[str, Any]
Piece = str | Mapping[str, str | int]


@dataclass(frozen=True)
class Vector:
    """A file to be: `folder/name.json`. A sealed one differs each time it is made."""

    folder: str
    name: str
    make: Callable[[], Json]
    sealed: bool = False

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.name}.json"


def fill(byte: int, count: int) -> Piece:
    return {"fill": f"{byte:02x}", "count": count}


def joined(pieces: Iterable[Piece]) -> bytes:
    """The bytes that pieces stand for."""
    return b"".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> bytes:
    if isinstance(piece, str):
        return bytes.fromhex(piece)
    return bytes.fromhex(str(piece["fill"])) * int(piece["count"])


def fixed_bytes(label: str, length: int = 32) -> bytes:
    """Bytes that look random and are the same each time."""
    return hashlib.shake_256(b"amana test vectors: " + label.encode()).digest(length)


def fixed_jwk(label: str) -> dict[str, str]:
    """A private P-256 JWK that is the same each time."""
    private = derive_private_key(int.from_bytes(fixed_bytes(label), "big") >> 1, SECP256R1())
    numbers = private.private_numbers()
    point = numbers.public_numbers
    return {
        "crv": "P-256",
        "kty": "EC",
        "x": b64encode(point.x.to_bytes(32, "big")),
        "y": b64encode(point.y.to_bytes(32, "big")),
        "d": b64encode(numbers.private_value.to_bytes(32, "big")),
    }


DESK_SEED = fixed_bytes("desk")
DESK_PUBLIC = keys.public_key(DESK_SEED)
DESK_KID = keys.kid(DESK_PUBLIC)
OLDER_DESK_SEED = fixed_bytes("older desk")
OLDER_DESK_PUBLIC = keys.public_key(OLDER_DESK_SEED)
OLDER_DESK_KID = keys.kid(OLDER_DESK_PUBLIC)
MEMBER_SEED = fixed_bytes("member")
MEMBER_PUBLIC = keys.public_key(MEMBER_SEED)
ROOT = fixed_jwk("root")
RECEIPT = fixed_jwk("receipt")
