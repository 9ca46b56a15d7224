"""The libraries give the numbers that others published (tests/vectors/published/)."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from amana.core import keys

PUBLISHED = Path(__file__).parents[2] / "vectors" / "published"
AEADS = {1: AEAD.AES_128_GCM, 2: AEAD.AES_256_GCM, 3: AEAD.CHACHA20_POLY1305}
KEY_BYTES = {1: 16, 2: 32, 3: 32}
X_WING, HKDF_SHA256, AES_256_GCM = 0x647A, 1, 2

Numbers = Mapping[str, Any]


def published(name: str) -> list[Any]:
    vectors = json.loads((PUBLISHED / name).read_text("utf-8"))["vectors"]
    assert vectors
    return list(vectors)


def hexes(vector: Numbers, *names: str) -> list[bytes]:
    return [bytes.fromhex(vector[name]) for name in names]


def key_schedule(vector: Numbers, secret: bytes, info: bytes) -> tuple[bytes, bytes]:
    """HPKE's key and base nonce in base mode with HKDF-SHA256, by RFC 9180 section 5.1.

    Written out here so that a published shared secret can be followed to a ciphertext.
    """
    ids = (vector["kem_id"], vector["kdf_id"], vector["aead_id"])
    suite = b"HPKE" + b"".join(one.to_bytes(2, "big") for one in ids)

    def extract(salt: bytes, label: bytes, ikm: bytes) -> bytes:
        return HKDF.extract(SHA256(), salt, b"HPKE-v1" + suite + label + ikm)

    def expand(prk: bytes, label: bytes, context: bytes, length: int) -> bytes:
        labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
        return HKDFExpand(SHA256(), length, labelled).derive(prk)

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    prk = extract(secret, b"secret", b"")
    size = KEY_BYTES[vector["aead_id"]]
    return expand(prk, b"key", context, size), expand(prk, b"base_nonce", context, 12)


def x_wing_private(seed: bytes) -> MLKEM768X25519PrivateKey:
    expanded = hashlib.shake_256(seed).digest(96)
    return MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )


@pytest.mark.parametrize("vector", published("xwing.json"))
def test_x_wing_public_keys_come_from_their_seeds_as_published(vector: Numbers) -> None:
    seed, public = hexes(vector, "seed", "pk")
    assert keys.public_key(seed) == public


@pytest.mark.parametrize("vector", published("xwing.json"))
def test_x_wing_opens_what_was_sealed_under_the_published_shared_secret(vector: Numbers) -> None:
    seed, enc, secret = hexes(vector, "seed", "ct", "ss")
    suite = {"kem_id": X_WING, "kdf_id": HKDF_SHA256, "aead_id": AES_256_GCM}
    key, nonce = key_schedule(suite, secret, b"amana")
    sealed = enc + AESGCM(key).encrypt(nonce, b"report", None)
    assert keys.hpke_open(seed, b"amana", sealed) == b"report"


@pytest.mark.parametrize("vector", published("hpke-rfc9180.json"))
def test_hpke_opens_the_first_message_of_rfc_9180(vector: Numbers) -> None:
    private, public = hexes(vector, "skRm", "pkRm")
    key = X25519PrivateKey.from_private_bytes(private)
    assert key.public_key().public_bytes_raw() == public
    assert first_message(vector, KEM.X25519, key) == bytes.fromhex(vector["encryptions"][0]["pt"])


@pytest.mark.parametrize("vector", published("hpke-x-wing.json"))
def test_hpke_with_x_wing_opens_the_first_message_of_its_draft(vector: Numbers) -> None:
    seed, public = hexes(vector, "skRm", "pkRm")
    assert keys.public_key(seed) == public
    opened = first_message(vector, KEM.MLKEM768_X25519, x_wing_private(seed))
    assert opened == bytes.fromhex(vector["encryptions"][0]["pt"])


@pytest.mark.parametrize(
    "vector", [*published("hpke-rfc9180.json"), *published("hpke-x-wing.json")]
)
def test_the_key_schedule_written_out_above_is_the_published_one(vector: Numbers) -> None:
    secret, info, key, nonce = hexes(vector, "shared_secret", "info", "key", "base_nonce")
    assert key_schedule(vector, secret, info) == (key, nonce)


def first_message(
    vector: Numbers, kem: KEM, private: X25519PrivateKey | MLKEM768X25519PrivateKey
) -> bytes:
    """Open the first encryption with the library's own test door: the public one takes no aad."""
    suite = Suite(kem, KDF.HKDF_SHA256, AEADS[vector["aead_id"]])
    enc, info = hexes(vector, "enc", "info")
    ct, aad = hexes(vector["encryptions"][0], "ct", "aad")
    return openssl.hpke._decrypt_with_aad(suite, enc + ct, private, info, aad)
