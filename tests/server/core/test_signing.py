"""Signing takes right keys only and makes only what verifying takes."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from amana.core import keyset, receipt
from amana.core.encoding import b64decode
from amana.core.refusal import Refusal
from tests.vectors.make import form
from tests.vectors.make.jose import public

DAY = date(2031, 3, 7)
KEY_SET = keyset.KeySet(
    org="منظمة",
    issued=DAY,
    desk=(keyset.DeskKey(form.DESK_KID, form.DESK_PUBLIC, DAY, DAY),),
    receipt=(public(form.RECEIPT),),
    roots=(),
    origins=("https://amana.example",),
)
WRONG_KEYS: list[dict[str, Any]] = [
    {},
    public(form.ROOT),
    {**form.ROOT, "crv": "P-384"},
    {**form.ROOT, "kty": "oct"},
    {**form.ROOT, "x": form.RECEIPT["x"]},
    {**form.ROOT, "d": 1},
]


def header_of(jws: str) -> Any:
    return json.loads(b64decode(jws.split(".")[0]))


def test_verify_gives_what_was_signed_in_a_key_set() -> None:
    jws = keyset.sign_key_set(KEY_SET, form.ROOT)
    assert keyset.verify_key_set(jws, keyset.root_print(form.ROOT)) == KEY_SET


def test_the_header_of_a_key_set_has_three_members_and_no_private_one() -> None:
    header = header_of(keyset.sign_key_set(KEY_SET, form.ROOT))
    assert header == {"alg": "ES256", "typ": "amana/1/keyset", "jwk": public(form.ROOT)}


def test_the_header_of_a_receipt_has_three_members() -> None:
    jws = receipt.sign_receipt([], DAY, receipt.SigningKey(form.RECEIPT))
    kid = keyset.root_print(form.RECEIPT)
    assert header_of(jws) == {"alg": "ES256", "typ": "amana/1/receipt", "kid": kid}


@pytest.mark.parametrize(
    "wrong",
    [
        {"desk": ()},
        {"receipt": ()},
        {"receipt": (form.RECEIPT,)},
        {"org": ""},
        {"roots": ("x",)},
        {"origins": ("https://amana.example/path",)},
        {"desk": (keyset.DeskKey(form.OLDER_DESK_KID, form.DESK_PUBLIC, DAY, DAY),)},
    ],
)
def test_a_key_set_that_nobody_would_take_is_not_signed(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="schema"):
        keyset.sign_key_set(replace(KEY_SET, **wrong), form.ROOT)


@pytest.mark.parametrize("jwk", WRONG_KEYS)
def test_only_a_private_p256_key_signs(jwk: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="."):
        receipt.SigningKey(jwk)
    with pytest.raises(ValueError, match="."):
        keyset.sign_key_set(KEY_SET, jwk)


def test_a_print_is_six_groups_of_five_digits() -> None:
    assert keyset.digits(bytes(32)) == "00000 00000 00000 00000 00000 00000"
    print_ = (100_000 * 7 + 42).to_bytes(5, "big") + b"\xff" * 27
    assert keyset.digits(print_).split()[0] == "00042"
    assert keyset.digits(print_).split()[1] == f"{(2**40 - 1) % 100_000:05d}"


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_print_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        keyset.digits(bytes(length))
