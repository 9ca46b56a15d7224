"""Members: passphrase to keys, the wrapped seed, grants, prints (PROTOCOL sections 3 and 8)."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amana.core import keys
from amana.core.refusal import Refusal

SALT_BYTES: Final = 16
NONCE_BYTES: Final = 12
WRAPPED_BYTES: Final = NONCE_BYTES + keys.SEED_BYTES + keys.TAG_BYTES
GRANT_BYTES: Final = keys.ENC_BYTES + keys.SEED_BYTES + keys.TAG_BYTES
PRINT_BYTES: Final = 32
MEMORY_KIB: Final = 64 * 1024
PASSES: Final = 3

_SECRET_BYTES: Final = 32
_AUTH: Final = b"amana/1/member/auth"
_WRAP: Final = b"amana/1/member/wrap"
_AUTH_HASH: Final = b"amana/1/member/auth-hash"
_SEED: Final = b"amana/1/member/seed"
_SALT: Final = b"amana/1/member/salt"
_PRINT: Final = b"amana/1/member/print"
_GRANT: Final = b"amana/1/grant"


@dataclass(frozen=True)
class MemberSecrets:
    """What a passphrase gives: `auth` (32 bytes) is sent to sign in, `wrap` (32) never is."""

    auth: bytes
    wrap: bytes


def stretch(passphrase: str, salt: bytes) -> bytes:
    """The 32-byte `okm` of a passphrase (NFKC) and a 16-byte salt: Argon2id, 64 MiB, 3 passes."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a member's salt has 16 bytes")
    argon2id = Argon2id(
        salt=salt, length=_SECRET_BYTES, iterations=PASSES, lanes=1, memory_cost=MEMORY_KIB
    )
    return argon2id.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8"))


def derive(okm: bytes) -> MemberSecrets:
    """Part `okm` into what is sent and what stays."""
    return MemberSecrets(auth=_hkdf(okm, _AUTH), wrap=_hkdf(okm, _WRAP))


def auth_hash(auth: bytes) -> bytes:
    """What the server keeps of `auth`, 32 bytes."""
    return hashlib.sha256(_AUTH_HASH + auth).digest()


def wrap_seed(seed: bytes, wrap: bytes, nonce: bytes) -> bytes:
    """Wrap a member's seed: `nonce (12) || ct (48)`. The nonce must never serve twice."""
    if len(nonce) != NONCE_BYTES:
        raise ValueError("a nonce has 12 bytes")
    return nonce + AESGCM(wrap).encrypt(nonce, seed, _SEED + keys.public_key(seed))


def unwrap_seed(wrapped: bytes, wrap: bytes, public: bytes) -> bytes:
    """The member's seed.

    Refuses at `length` when it is not 60 bytes, at `open` for another passphrase or public key.
    """
    if len(wrapped) != WRAPPED_BYTES:
        raise Refusal("length")
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    try:
        return AESGCM(wrap).decrypt(nonce, sealed, _SEED + public)
    except InvalidTag as error:
        raise Refusal("open") from error


def grant(desk_seed: bytes, kid: bytes, public: bytes) -> bytes:
    """Seal a desk key's seed to a member's or the recovery public key, 1168 bytes."""
    return keys.hpke_seal(public, _GRANT + kid, desk_seed)


def open_grant(sealed: bytes, kid: bytes, member_seed: bytes) -> bytes:
    """The desk seed in a grant.

    Refuses at `length` when it is not 1168 bytes, at `open` for another seed or kid, at `kid` when
    the seed inside is not that desk key's.
    """
    if len(sealed) != GRANT_BYTES:
        raise Refusal("length")
    seed = keys.hpke_open(member_seed, _GRANT + kid, sealed)
    if keys.kid(keys.public_key(seed)) != kid:
        raise Refusal("kid")
    return seed


def decoy_salt(server_secret: bytes, name: str) -> bytes:
    """The salt answered for a name that nobody has: always the same 16 bytes, like a real one."""
    mac = hmac.new(server_secret, _SALT + name.encode("utf-8"), hashlib.sha256)
    return mac.digest()[:SALT_BYTES]


def member_print(public: bytes) -> bytes:
    """The 32-byte print of a member's key; people see its `keyset.digits`."""
    return hashlib.sha256(_PRINT + public).digest()


def _hkdf(okm: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_SECRET_BYTES, salt=b"", info=info).derive(okm)
