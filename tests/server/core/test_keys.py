"""What the key functions refuse to begin with."""

from collections.abc import Callable

import pytest

from amana.core import envelope, keys, members, parcel, recovery, report
from amana.core.refusal import Refusal
from tests.vectors.make import form

ENVELOPE = b"AMN\x01".ljust(2172, b"\0")


@pytest.mark.parametrize(
    "call",
    [
        lambda: keys.public_key(bytes(31)),
        lambda: keys.hpke_seal(form.DESK_PUBLIC[:-1], b"", b""),
        lambda: keys.hpke_seal(b"\xff" * 1216, b"", b""),
        lambda: members.stretch("x", bytes(15)),
        lambda: members.wrap_seed(bytes(32), bytes(32), bytes(11)),
        lambda: recovery.split(bytes(31), 2, 3),
        lambda: recovery.split(bytes(32), 1, 3),
        lambda: recovery.split(bytes(32), 4, 3),
        lambda: recovery.split(bytes(32), 2, 17),
    ],
)
def test_an_impossible_argument_is_a_value_error(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="."):
        call()


def test_a_report_that_is_too_large_is_not_sealed() -> None:
    with pytest.raises(Refusal, match="length"):
        envelope.seal(bytes(envelope.MAX_REPORT_BYTES + 1), form.DESK_PUBLIC)


def test_a_report_that_is_too_large_is_not_encoded() -> None:
    with pytest.raises(Refusal, match="schema"):
        report.encode_report({"note": "x" * envelope.MAX_REPORT_BYTES})


@pytest.mark.parametrize("value", ["\ud800", float("nan")])
def test_what_json_cannot_hold_is_not_encoded(value: object) -> None:
    with pytest.raises(Refusal, match="json"):
        report.encode_report({"note": value})


@pytest.mark.parametrize(
    ("layer", "records"),
    [
        ("too_many", [ENVELOPE] * 65),
        ("length", [ENVELOPE[:-1]]),
        ("length", [b"AMN\x01".ljust(17532, b"\0")] * 60),
        ("version", [b"AMN\x02" + ENVELOPE[4:]]),
        ("type", [parcel.Record(2, ENVELOPE)]),
        ("truncated", [parcel.Record(1, ENVELOPE, bytes(17))]),
    ],
)
def test_a_parcel_that_would_be_refused_is_not_encoded(
    layer: str, records: list[bytes | parcel.Record]
) -> None:
    with pytest.raises(Refusal, match=layer):
        parcel.encode_parcel(records)


def test_the_same_report_is_sealed_differently_each_time() -> None:
    assert envelope.seal(b"", form.DESK_PUBLIC) != envelope.seal(b"", form.DESK_PUBLIC)


def test_made_up_salts_look_like_real_ones_and_stay_the_same() -> None:
    one = members.decoy_salt(b"secret", "nobody")
    assert len(one) == members.SALT_BYTES
    assert one == members.decoy_salt(b"secret", "nobody")
    assert one != members.decoy_salt(b"secret", "nobody else")
    assert one != members.decoy_salt(b"another secret", "nobody")


def test_recovery_shares_are_33_words() -> None:
    assert [len(share.split()) for share in recovery.split(bytes(32), 2, 3)] == [33, 33, 33]
