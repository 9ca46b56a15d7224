"""Second factors: what proves that it is the member, beside the passphrase (PROTOCOL section 8).

A security key signs a challenge (WebAuthn level 2), or six digits follow from a shared secret and
the time (TOTP, RFC 6238). The challenge is the handle that the browser was given for this one
proof: 32 random bytes, of which the server keeps the hash.

    kept    = SHA-256("amana/1/member/handle" || handle)
    sealed  = nonce (12) || AES-256-GCM(key, nonce, secret (20), aad = label || name)
    key     = HKDF-SHA256(server secret, salt = "", info = label, 32)
    label   = "amana/1/member/totp"
"""

import base64
import hashlib
import struct
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import parse_client_data_json
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    RegistrationCredential,
)

from amana.core.encoding import b64encode
from amana.core.refusal import Refusal

Kind = Literal["webauthn", "totp"]
KINDS: Final[tuple[Kind, ...]] = ("webauthn", "totp")
ID_BYTES: Final = 16
HANDLE_BYTES: Final = 32
SECRET_BYTES: Final = 20
"""The length that RFC 4226 recommends, 160 bits."""
NONCE_BYTES: Final = 12
SEALED_BYTES: Final = NONCE_BYTES + SECRET_BYTES + 16
MAX_CREDENTIAL_BYTES: Final = 1023
MAX_PUBLIC_BYTES: Final = 1024
MAX_ORIGIN_CHARS: Final = 255
CODE_DIGITS: Final = 6
STEP_SECONDS: Final = 30
STEPS_A_DAY: Final = 24 * 3600 // STEP_SECONDS
DRIFT_STEPS: Final = 1
"""How many steps a phone's clock may be off, either way."""

_TOTP: Final = b"amana/1/member/totp"
_HANDLE: Final = b"amana/1/member/handle"
_ALGORITHMS: Final = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
_UNREADABLE: Final = (
    *(WebAuthnException, InvalidTag, ValueError, TypeError, LookupError, AttributeError),
    *(OverflowError, struct.error, RecursionError),
)
"""What the libraries raise for bytes that are no answer of an authenticator."""


@dataclass(frozen=True)
class Key:
    """A security key as it is kept: at which origin it was made, what it signs with.

    `credential` is its name, 1 to 1023 bytes; `public_key` a COSE key; `counter` the number of its
    last signature, 0 for a key that does not count.
    """

    origin: str
    credential: bytes
    public_key: bytes
    counter: int


@dataclass(frozen=True)
class Attestation:
    """What a browser answers when it has made a key."""

    client_data: bytes
    attestation: bytes


@dataclass(frozen=True)
class Assertion:
    """What a browser answers when a key has signed."""

    credential: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes


def handle_hash(handle: bytes) -> bytes:
    """What the server keeps of a handle, 32 bytes."""
    return hashlib.sha256(_HANDLE + handle).digest()


def read_attestation(answer: Attestation, challenge: bytes) -> Key:
    """The key that a browser made for this challenge.

    Whose make the key is, is not asked. It belongs to the origin that the browser names: at another
    one, a look-alike's too, no browser lets it sign. Refuses at `signature`.
    """
    try:
        origin = parse_client_data_json(answer.client_data).origin
        made = verify_registration_response(
            credential=RegistrationCredential(
                id="",  # the attested data say which it is
                raw_id=b"",
                response=AuthenticatorAttestationResponse(answer.client_data, answer.attestation),
            ),
            expected_challenge=challenge,
            expected_rp_id=_host_of(origin),
            expected_origin=origin,
            supported_pub_key_algs=_ALGORITHMS,
        )
    except _UNREADABLE as error:
        raise Refusal("signature") from error
    key = Key(origin, made.credential_id, made.credential_public_key, made.sign_count)
    if not _is_storable(key):
        raise Refusal("length")
    return key


def check_assertion(key: Key, answer: Assertion, challenge: bytes) -> int:
    """The number of a key's signature of this challenge; `Refusal` at `signature`.

    Refused too when the number is not beyond the last one: somebody may have copied the key.
    """
    try:
        proven = verify_authentication_response(
            credential=AuthenticationCredential(
                id=b64encode(answer.credential),
                raw_id=answer.credential,
                response=AuthenticatorAssertionResponse(
                    answer.client_data, answer.authenticator_data, answer.signature
                ),
            ),
            expected_challenge=challenge,
            expected_rp_id=_host_of(key.origin),
            expected_origin=key.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.counter,
        )
    except _UNREADABLE as error:
        raise Refusal("signature") from error
    return proven.new_sign_count


def seal_secret(server_secret: bytes, name: str, secret: bytes, nonce: bytes) -> bytes:
    """Seal a member's secret for codes, 48 bytes. The nonce must never serve twice."""
    if (len(secret), len(nonce)) != (SECRET_BYTES, NONCE_BYTES):
        raise ValueError("a secret has 20 bytes and a nonce 12")
    return nonce + AESGCM(_key(server_secret)).encrypt(nonce, secret, _TOTP + name.encode())


def open_secret(server_secret: bytes, name: str, sealed: bytes) -> bytes:
    """A member's secret; `Refusal` at `open` for another's, another server's or a changed one."""
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(_key(server_secret)).decrypt(nonce, body, _TOTP + name.encode())
    except InvalidTag as error:
        raise Refusal("open") from error


def step_of(secret: bytes, code: str, now: int) -> int | None:
    """The time step whose code this is, among the present one and its neighbours; None for none."""
    counter = pyotp.HOTP(base32(secret))
    present = now // STEP_SECONDS
    steps = range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1)
    fitting = [step for step in steps if counter.verify(code, step)]
    return max(fitting, default=None)


def base32(secret: bytes) -> str:
    """A secret as people type it into their phone."""
    return base64.b32encode(secret).decode("ascii")


def phone_address(secret: bytes, name: str) -> str:
    """The `otpauth:` address that a phone reads off the screen. It names the member and nobody
    else: a phone that is searched must not say where its owner works."""
    return pyotp.TOTP(base32(secret)).provisioning_uri(name=name)


def _is_storable(key: Key) -> bool:
    return (
        1 <= len(key.credential) <= MAX_CREDENTIAL_BYTES
        and 1 <= len(key.public_key) <= MAX_PUBLIC_BYTES
        and len(key.origin) <= MAX_ORIGIN_CHARS
    )


def _host_of(origin: str) -> str:
    host = urlsplit(origin).hostname
    if host is None:
        raise ValueError("an origin names a host")
    return host


def _key(server_secret: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=_TOTP).derive(server_secret)
