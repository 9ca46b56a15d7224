"""Compact JWS of any header and payload, right or wrong, with signatures that stay the same."""

from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from amana.core.encoding import b64decode, b64encode
from tests.vectors.make.reports import text


def public(jwk: Mapping[str, str]) -> dict[str, str]:
    return {name: jwk[name] for name in ("crv", "kty", "x", "y")}


def signed(header: object, payload: object, jwk: Mapping[str, str]) -> str:
    """A JWS; header and payload are JSON values, or text that is taken as it stands."""
    signing_input = f"{_part(header)}.{_part(payload)}"
    return f"{signing_input}.{b64encode(signature(signing_input, jwk))}"


def signature(signing_input: str, jwk: Mapping[str, str]) -> bytes:
    r, s = decode_dss_signature(signature_der(signing_input, jwk))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def signature_der(signing_input: str, jwk: Mapping[str, str]) -> bytes:
    ecdsa = ECDSA(SHA256(), deterministic_signing=True)
    return _private(jwk).sign(signing_input.encode(), ecdsa)


def with_signature(jws: str, made: bytes) -> str:
    return jws.rpartition(".")[0] + "." + b64encode(made)


def flipped(jws: str) -> str:
    """The same JWS with one bit of its signature changed."""
    made = bytearray(b64decode(jws.rpartition(".")[2]))
    made[10] ^= 0x01
    return with_signature(jws, bytes(made))


def _part(value: object) -> str:
    return b64encode((value if isinstance(value, str) else text(value)).encode())


def _private(jwk: Mapping[str, str]) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(b64decode(jwk["d"]), "big"), SECP256R1())
