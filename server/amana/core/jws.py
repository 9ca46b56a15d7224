"""Compact JWS with ES256 and a fixed header: the one form of signature in the protocol.

Headers carry exactly the members that the caller names, so nothing in them can choose an algorithm,
a key or an extension. joserfc signs and verifies (RFC 7515, RFC 7518).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from joserfc import jws as jose
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from amana.core.encoding import b64decode, b64encode, is_text, json_decode, json_encode
from amana.core.refusal import Refusal

ALGORITHM: Final = "ES256"
_COORDINATE_BYTES: Final = 32
_PUBLIC_MEMBERS: Final = ("crv", "kty", "x", "y")
"""In the order that RFC 7638 hashes them."""


@dataclass(frozen=True)
class Parts:
    """A JWS of the right form whose signature is not yet checked."""

    text: str
    header: Mapping[str, Any]
    payload: bytes


def sign(header: Mapping[str, Any], payload: Mapping[str, Any], key: ECKey) -> str:
    """Sign a JSON payload; the header is written as it is given."""
    return jose.serialize_compact(dict(header), json_encode(payload), key, algorithms=[ALGORITHM])


def split(text: str) -> Parts:
    """Take a JWS apart: three parts of base64url, the first a JSON object; refuses at `json`."""
    try:
        encoded_header, encoded_payload, encoded_signature = text.split(".")
        header = json_decode(b64decode(encoded_header))
        payload = b64decode(encoded_payload)
        b64decode(encoded_signature)
    except ValueError as error:
        raise Refusal("json") from error
    if not isinstance(header, dict):
        raise Refusal("json")
    return Parts(text, header, payload)


def verify(parts: Parts, public_jwk: Mapping[str, Any]) -> object:
    """The JSON payload, once the signature holds under the key.

    Refuses at `signature`, then at `schema` for a payload that is not strict JSON.
    """
    try:
        key = ECKey.import_key(dict(public_jwk))
        jose.deserialize_compact(parts.text, key, algorithms=[ALGORITHM])
    except (JoseError, ValueError) as error:
        raise Refusal("signature") from error
    try:
        return json_decode(parts.payload)
    except ValueError as error:
        raise Refusal("schema") from error


def is_public_jwk(value: object) -> bool:
    """Whether a value is a P-256 public JWK of exactly crv, kty, x, y with 32-byte coordinates."""
    return (
        isinstance(value, dict)
        and set(value) == set(_PUBLIC_MEMBERS)
        and value["crv"] == "P-256"
        and value["kty"] == "EC"
        and _is_coordinate(value["x"])
        and _is_coordinate(value["y"])
    )


def private_key(jwk: Mapping[str, Any]) -> ECKey:
    """A private P-256 JWK made ready to sign, once; `ValueError` for anything else."""
    try:
        is_p256 = is_public_jwk(public_part(jwk))
        key = ECKey.import_key(dict(jwk))
    except (JoseError, KeyError, TypeError) as error:
        raise ValueError("not a P-256 key") from error
    if not is_p256 or not key.is_private:
        raise ValueError("not a private P-256 key")
    return key


def public_part(jwk: Mapping[str, Any]) -> dict[str, str]:
    """The public members of a P-256 JWK, private or public."""
    return {name: jwk[name] for name in _PUBLIC_MEMBERS}


def thumbprint(public_jwk: Mapping[str, Any]) -> str:
    """The JWK thumbprint (RFC 7638, SHA-256) in base64url, 43 characters."""
    return b64encode(hashlib.sha256(json_encode(public_part(public_jwk))).digest())


def _is_coordinate(value: object) -> bool:
    if not is_text(value, 43):
        return False
    try:
        return len(b64decode(str(value))) == _COORDINATE_BYTES
    except ValueError:
        return False
