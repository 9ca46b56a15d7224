"""The key set: an organisation's keys, signed by its root (PROTOCOL section 3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from amana.core import jws, keys
from amana.core.encoding import b64decode, b64encode, day_decode, hex_decode, is_integer, is_text
from amana.core.refusal import Refusal

VERSION: Final = 1
TYPE: Final = "amana/1/keyset"
MAX_ORG_CHARS: Final = 200

_PRINT_BYTES: Final = 32
_HEADER: Final = frozenset({"alg", "typ", "jwk"})
_PAYLOAD: Final = frozenset({"v", "org", "issued", "desk", "receipt", "roots", "origins"})
_DESK: Final = frozenset({"kid", "pub", "from", "until"})
_SERVER_HEADER: Final = frozenset({"alg", "typ", "kid"})
_ORIGIN: Final = re.compile(r"https?://[a-z0-9.:\[\]-]{1,250}", re.ASCII)


@dataclass(frozen=True)
class DeskKey:
    """A desk key: kid (8 bytes), pub (1216), and the days it was meant for."""

    kid: bytes
    pub: bytes
    from_: date
    until: date


@dataclass(frozen=True)
class KeySet:
    """A verified key set. Reports are sealed to the last entry of `desk`."""

    org: str
    issued: date
    desk: tuple[DeskKey, ...]
    receipt: tuple[dict[str, str], ...]
    roots: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


def sign_key_set(payload: KeySet, root_private_jwk: Mapping[str, Any]) -> str:
    """The key set as a compact JWS under the root key.

    Raises `Refusal("schema")` for a key set that `verify_key_set` would not take, `ValueError` for
    what is no private P-256 JWK.
    """
    key = jws.private_key(root_private_jwk)
    written = _write(payload)
    _read(written)
    header = {"alg": jws.ALGORITHM, "typ": TYPE, "jwk": jws.public_part(root_private_jwk)}
    return jws.sign(header, written, key)


def verify_key_set(text: str, root_print: str) -> KeySet:
    """Read a key set under a pinned root print.

    Refuses, in this order, at `json` (parts, header), `pin`, `signature`, `schema` (payload).
    """
    parts = jws.split(text)
    header = parts.header
    well_formed = (
        set(header) == _HEADER
        and header["alg"] == jws.ALGORITHM
        and header["typ"] == TYPE
        and jws.is_public_jwk(header["jwk"])
    )
    if not well_formed:
        raise Refusal("json")
    if jws.thumbprint(header["jwk"]) != root_print:
        raise Refusal("pin")
    return _read(jws.verify(parts, header["jwk"]))


def verify_server(text: str, type_: str, key_set: KeySet) -> object:
    """The JSON payload of what the server signed as of this type with one of its receipt keys.

    Refuses, in this order, at `json` (parts, header), `kid`, `signature`, `schema` (no JSON).
    """
    parts = jws.split(text)
    header = parts.header
    well_formed = (
        set(header) == _SERVER_HEADER and header["alg"] == jws.ALGORITHM and header["typ"] == type_
    )
    if not well_formed:
        raise Refusal("json")
    for jwk in key_set.receipt:
        if jws.thumbprint(jwk) == header["kid"]:
            return jws.verify(parts, jwk)
    raise Refusal("kid")


def root_print(public_jwk: Mapping[str, Any]) -> str:
    """The root print: the key's JWK thumbprint, 43 characters of base64url."""
    return jws.thumbprint(public_jwk)


def digits(print_: bytes) -> str:
    """A 32-byte print as people read it out: six groups of five digits, separated by spaces."""
    if len(print_) != _PRINT_BYTES:
        raise ValueError("a print has 32 bytes")
    groups = (int.from_bytes(print_[at : at + 5], "big") % 100000 for at in range(0, 30, 5))
    return " ".join(f"{group:05d}" for group in groups)


def _write(key_set: KeySet) -> dict[str, Any]:
    return {
        "v": VERSION,
        "org": key_set.org,
        "issued": key_set.issued.isoformat(),
        "desk": [
            {
                "kid": key.kid.hex(),
                "pub": b64encode(key.pub),
                "from": key.from_.isoformat(),
                "until": key.until.isoformat(),
            }
            for key in key_set.desk
        ],
        "receipt": [dict(jwk) for jwk in key_set.receipt],
        "roots": list(key_set.roots),
        "origins": list(key_set.origins),
    }


def _read(payload: object) -> KeySet:
    try:
        return _key_set(_object(payload, _PAYLOAD))
    except (TypeError, ValueError) as error:
        raise Refusal("schema") from error


def _key_set(payload: Mapping[str, Any]) -> KeySet:
    if not is_integer(payload["v"]) or payload["v"] != VERSION:
        raise ValueError("another version")
    if not is_text(payload["org"], MAX_ORG_CHARS):
        raise ValueError("the organisation has no name")
    desk, receipt = _list(payload["desk"]), _list(payload["receipt"])
    if not desk or not receipt or not all(jws.is_public_jwk(jwk) for jwk in receipt):
        raise ValueError("a desk key and a receipt key at least")
    return KeySet(
        org=payload["org"],
        issued=day_decode(payload["issued"]),
        desk=tuple(_desk_key(_object(key, _DESK)) for key in desk),
        receipt=tuple(receipt),
        roots=tuple(_root(root) for root in _list(payload["roots"])),
        origins=tuple(_origin(origin) for origin in _list(payload["origins"])),
    )


def _desk_key(key: Mapping[str, Any]) -> DeskKey:
    kid, pub = hex_decode(key["kid"]), b64decode(key["pub"])
    if len(pub) != keys.PUBLIC_BYTES or keys.kid(pub) != kid:
        raise ValueError("the kid is another key's")
    return DeskKey(kid, pub, day_decode(key["from"]), day_decode(key["until"]))


def _root(text: str) -> str:
    if len(b64decode(text)) != _PRINT_BYTES:
        raise ValueError("not a root print")
    return text


def _origin(text: str) -> str:
    if not _ORIGIN.fullmatch(text):
        raise ValueError("not an origin")
    return text


def _object(value: object, members: frozenset[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != members:
        raise ValueError("other members")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value
