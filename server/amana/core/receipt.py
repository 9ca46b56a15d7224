"""The receipt: the server's signed word that it holds these very bytes (PROTOCOL section 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from amana.core import jws
from amana.core.encoding import day_decode, hex_decode, is_integer
from amana.core.envelope import ID_BYTES
from amana.core.keyset import KeySet, verify_server
from amana.core.refusal import Refusal

VERSION: Final = 1
TYPE: Final = "amana/1/receipt"
STATES: Final = ("stored", "known", "parked")

_PAYLOAD: Final = frozenset({"v", "day", "envelopes"})
_ENTRY: Final = frozenset({"id", "length", "state"})


@dataclass(frozen=True)
class Received:
    """One envelope that the server holds: id (32 bytes), length in bytes, state of `STATES`."""

    id: bytes
    length: int
    state: str


@dataclass(frozen=True)
class Receipt:
    """A verified receipt."""

    day: date
    envelopes: tuple[Received, ...]


class SigningKey:
    """A receipt key with all that does not change from receipt to receipt worked out once."""

    def __init__(self, private_jwk: Mapping[str, Any]) -> None:
        """Take a private P-256 JWK; `ValueError` for anything else."""
        self.key = jws.private_key(private_jwk)
        self.header = {"alg": jws.ALGORITHM, "typ": TYPE, "kid": jws.thumbprint(private_jwk)}


def sign_receipt(entries: Sequence[Received], day: date, key: SigningKey) -> str:
    """Sign what is held, in the parcel's order. Only after the durable commit."""
    payload = {
        "v": VERSION,
        "day": day.isoformat(),
        "envelopes": [
            {"id": entry.id.hex(), "length": entry.length, "state": entry.state}
            for entry in entries
        ],
    }
    return jws.sign(key.header, payload, key.key)


def verify_receipt(text: str, key_set: KeySet) -> Receipt:
    """Read a receipt under the receipt keys of a key set.

    Refuses, in this order, at `json` (parts, header), `kid`, `signature`, `schema` (payload).
    """
    return _read(verify_server(text, TYPE, key_set))


def _read(payload: object) -> Receipt:
    try:
        return _receipt(payload)
    except (TypeError, ValueError) as error:
        raise Refusal("schema") from error


def _receipt(payload: object) -> Receipt:
    if not isinstance(payload, dict) or set(payload) != _PAYLOAD:
        raise ValueError("other members")
    if not is_integer(payload["v"]) or payload["v"] != VERSION:
        raise ValueError("another version")
    if not isinstance(payload["envelopes"], list):
        raise TypeError("not a list")
    return Receipt(
        day_decode(payload["day"]), tuple(_received(entry) for entry in payload["envelopes"])
    )


def _received(entry: object) -> Received:
    if not isinstance(entry, dict) or set(entry) != _ENTRY:
        raise ValueError("other members")
    id_ = hex_decode(entry["id"])
    if len(id_) != ID_BYTES or entry["state"] not in STATES:
        raise ValueError("not an envelope that is held")
    if not is_integer(entry["length"]) or entry["length"] < 0:
        raise ValueError("not a length")
    return Received(id_, entry["length"], entry["state"])
