"""Codes and security keys: what holds, and that whatever else is given is refused and no more."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core import factors
from amana.core.encoding import b64decode, b64encode
from amana.core.factors import Assertion, Attestation
from amana.core.refusal import Refusal
from tests.server.desk.authenticator import Authenticator

SECRET = b"12345678901234567890"
RFC_6238 = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
"""The published codes of appendix B for SHA-1, their last six digits."""

HANDLE = bytes(range(32))
KEY = Authenticator()


def made() -> Attestation:
    answer = KEY.make(b64encode(HANDLE))
    return Attestation(b64decode(answer["client_data"]), b64decode(answer["attestation"]))


def signed() -> Assertion:
    answer = KEY.sign(b64encode(HANDLE))
    return Assertion(**{name: b64decode(value) for name, value in answer.items()})


def test_codes_are_those_of_the_published_examples() -> None:
    for moment, code in RFC_6238.items():
        assert factors.step_of(SECRET, code, moment) == moment // 30


@pytest.mark.parametrize("off", [-2, 2])
def test_a_code_of_a_step_that_is_further_off_is_none(off: int) -> None:
    assert factors.step_of(SECRET, "005924", 1234567890 + 30 * off) is None


def test_a_sealed_secret_opens_for_its_member_at_its_server_only() -> None:
    sealed = factors.seal_secret(b"server", "amal", SECRET, bytes(12))
    assert len(sealed) == factors.SEALED_BYTES
    assert factors.open_secret(b"server", "amal", sealed) == SECRET
    for server, name, given_ in (
        (b"another", "amal", sealed),
        (b"server", "rima", sealed),
        (b"server", "amal", sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(Refusal, match="open"):
            factors.open_secret(server, name, given_)


def test_a_key_signs_for_the_origin_at_which_it_was_made() -> None:
    key = factors.read_attestation(made(), HANDLE)
    assert (key.origin, key.credential) == (KEY.origin, KEY.credential)
    answer = signed()
    assert factors.check_assertion(key, answer, HANDLE) == KEY.counter
    with pytest.raises(Refusal, match="signature"):
        factors.check_assertion(replace(key, origin="https://evil.example"), answer, HANDLE)
    with pytest.raises(Refusal, match="signature"):
        factors.check_assertion(key, answer, bytes(32))


places = st.integers(0, 10_000)
cut = st.integers(0, 300)
others = st.integers(1, 255)


@given(st.sampled_from(["client_data", "attestation"]), places, others, cut)
def test_an_attestation_that_was_changed_or_cut_is_refused_or_makes_a_key_and_never_breaks(
    part: str, place: int, other: int, kept: int
) -> None:
    answer = made()
    whole = bytearray(getattr(answer, part))
    whole[place % len(whole)] ^= other
    for changed in (bytes(whole), bytes(whole[:kept])):
        with contextlib.suppress(Refusal):
            factors.read_attestation(replace(answer, **{part: changed}), HANDLE)


@given(st.sampled_from(["client_data", "authenticator_data", "signature"]), places, others, cut)
def test_an_assertion_that_was_changed_or_cut_is_refused(
    part: str, place: int, other: int, kept: int
) -> None:
    key, answer = factors.read_attestation(made(), HANDLE), signed()
    whole = bytearray(getattr(answer, part))
    whole[place % len(whole)] ^= other
    for changed in (bytes(whole), bytes(whole[: min(kept, len(whole) - 1)])):
        with pytest.raises(Refusal, match="signature"):
            factors.check_assertion(key, replace(answer, **{part: changed}), HANDLE)


@given(st.binary(max_size=200), st.binary(max_size=400))
def test_bytes_that_no_browser_made_are_refused(client_data: bytes, attestation: bytes) -> None:
    with pytest.raises(Refusal, match="signature"):
        factors.read_attestation(Attestation(client_data, attestation), HANDLE)
