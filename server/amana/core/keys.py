"""X-Wing keys and HPKE as this protocol uses them: suite 0x647a, HKDF-SHA256, AES-256-GCM.

A private key is its 32-byte seed. X-Wing (draft-connolly-cfrg-xwing-kem) expands it with SHAKE256
into the 64-byte seed of ML-KEM-768 and the 32 bytes of X25519. The associated data stays empty.
"""

import hashlib
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from amana.core.refusal import Refusal

SEED_BYTES: Final = 32
PUBLIC_BYTES: Final = 1216
ENC_BYTES: Final = 1120
TAG_BYTES: Final = 16
KID_BYTES: Final = 8

_MLKEM_PUBLIC_BYTES: Final = 1184
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def public_key(seed: bytes) -> bytes:
    """The 1216-byte public key of a seed: ML-KEM-768 (1184) || X25519 (32)."""
    mlkem, x25519 = _expand(seed)
    return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def kid(public: bytes) -> bytes:
    """The 8-byte name of a public key: the first bytes of its SHA-256."""
    return hashlib.sha256(public).digest()[:KID_BYTES]


def is_public_key(public: bytes) -> bool:
    """Whether these bytes can be sealed to."""
    try:
        hpke_seal(public, b"", b"")
    except ValueError:
        return False
    return True


def hpke_seal(public: bytes, info: bytes, plaintext: bytes) -> bytes:
    """Seal to a public key: `enc (1120) || ct (plaintext + 16)`, different each time.

    Raises `ValueError` when the public key is not 1216 bytes of a possible key.
    """
    return _SUITE.encrypt(plaintext, _recipient(public), info)


def hpke_open(seed: bytes, info: bytes, sealed: bytes) -> bytes:
    """Open `enc || ct` with a seed; `Refusal("open")` when key, info or a single bit is another."""
    key = MLKEM768X25519PrivateKey(*_expand(seed))
    try:
        return _SUITE.decrypt(sealed, key, info)
    except InvalidTag as error:
        raise Refusal("open") from error


def _recipient(public: bytes) -> MLKEM768X25519PublicKey:
    if len(public) != PUBLIC_BYTES:
        raise ValueError("an X-Wing public key has 1216 bytes")
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
    )


def _expand(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(seed) != SEED_BYTES:
        raise ValueError("an X-Wing seed has 32 bytes")
    expanded = hashlib.shake_256(seed).digest(96)
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )
