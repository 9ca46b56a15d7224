"""Second factors and challenges, on both engines."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from amana import store
from amana.store.factors import Challenge, Factor
from amana.store.members import Member

DAY = date(2031, 3, 7)
RIMA = Member("rima", "reviewer", bytes(16), bytes(32), bytes(1216), bytes(60))
KEY = Factor(bytes(16), "webauthn", DAY, 4, "https://desk.example", b"credential", b"public key")
CODES = Factor(b"\x01" * 16, "totp", DAY, 70, secret=bytes(48))
HANDLE = bytes(32)

pytestmark = pytest.mark.usefixtures("opened_store")


@pytest.fixture
def rima(opened_store: str) -> int:
    """A member with a security key and codes."""
    with store.writing():
        member_id = store.members.add(RIMA, DAY)
        store.factors.add(member_id, KEY)
        store.factors.add(member_id, CODES)
    return member_id


def test_a_members_factors_come_back_as_they_were_kept(rima: int) -> None:
    assert store.factors.of(rima) == [KEY, CODES] == store.factors.hold(rima)
    assert store.factors.count(rima) == 2
    assert store.factors.of(rima + 1) == []


@pytest.mark.parametrize(
    "wrong",
    [
        replace(KEY, kind="sms"),
        replace(KEY, credential=None),
        replace(KEY, public_key=None),
        replace(KEY, origin=None),
        replace(KEY, secret=bytes(48)),
        replace(CODES, secret=None),
        replace(CODES, secret=bytes(47)),
        replace(CODES, counter=-1),
        replace(CODES, id=bytes(15)),
    ],
)
def test_the_database_itself_refuses_a_factor_of_another_form(wrong: Factor) -> None:
    with store.writing():
        member_id = store.members.add(RIMA, DAY)
    with pytest.raises(IntegrityError), store.writing():
        store.factors.add(member_id, wrong)


def test_the_database_itself_refuses_a_credential_that_is_somebodys(rima: int) -> None:
    with store.writing():
        other = store.members.add(replace(RIMA, name="amal"), DAY)
    with pytest.raises(IntegrityError), store.writing():
        store.factors.add(other, replace(KEY, id=b"\x02" * 16))


def test_a_counter_only_grows(rima: int) -> None:
    with store.writing():
        moved = [store.factors.advance(KEY.id, number) for number in (4, 3, 5, 5, 0)]
    assert moved == [False, False, True, False, False]


def test_a_challenge_is_its_members_for_its_purpose_until_its_moment_and_closes_once(
    rima: int,
) -> None:
    challenge = Challenge(rima, "sign_in")
    with store.writing():
        store.factors.ask(HANDLE, challenge, now=100, expires_at=400)
    assert store.factors.asked(HANDLE, ["sign_in"], 399) == challenge
    assert store.factors.asked(HANDLE, ["webauthn", "totp"], 399) is None
    assert store.factors.asked(HANDLE, ["sign_in"], 400) is None
    with store.writing():
        assert [store.factors.take(HANDLE), store.factors.take(HANDLE)] == [True, False]


def test_nothing_of_a_second_factor_is_left_of_a_member_who_was_removed(rima: int) -> None:
    with store.writing():
        store.factors.ask(HANDLE, Challenge(rima, "sign_in"), now=100, expires_at=400)
        store.members.remove(rima)
    for table in ("factors", "challenges"):
        assert store.db.session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
