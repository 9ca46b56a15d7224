"""Members, desk keys, grants and sessions, on both engines."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from amana import store
from amana.core.keyset import DeskKey
from amana.store.grants import Grant
from amana.store.members import Member
from amana.store.sessions import Session

DAY = date(2031, 3, 7)
KEY = DeskKey(b"desk-key", bytes(1216), DAY, DAY)
RIMA = Member("rima", "reviewer", bytes(16), bytes(32), bytes(1216), bytes(60))
TOKEN = bytes(32)
NOW, IDLE_END, END = 1_000_000, 1_001_800, 1_043_200

pytestmark = pytest.mark.usefixtures("opened_store")


@pytest.fixture
def rima(opened_store: str) -> Member:
    with store.writing():
        return replace(RIMA, id=store.members.add(RIMA, DAY))


@pytest.fixture
def signed_in(rima: Member) -> Member:
    with store.writing():
        store.sessions.start(TOKEN, rima.id, NOW, IDLE_END, END)
    return rima


def test_a_member_is_found_by_name_and_by_id(rima: Member) -> None:
    assert store.members.get("rima") == rima == store.members.by_id(rima.id)
    assert store.members.everyone() == [rima]


@pytest.mark.parametrize("name", ["Rima", "rima ", "r%", ""])
def test_a_name_that_is_only_like_a_members_is_nobodys(rima: Member, name: str) -> None:
    assert store.members.get(name) is None


@pytest.mark.usefixtures("rima")
def test_two_members_cannot_have_one_name() -> None:
    with pytest.raises(IntegrityError), store.writing():
        store.members.add(RIMA, DAY)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(RIMA, role="root"),
        replace(RIMA, name=""),
        replace(RIMA, salt=bytes(15)),
        replace(RIMA, auth_hash=bytes(31)),
        replace(RIMA, public_key=bytes(1215)),
        replace(RIMA, wrapped_seed=bytes(32)),
    ],
)
def test_the_database_itself_refuses_a_member_of_another_form(wrong: Member) -> None:
    with pytest.raises(IntegrityError), store.writing():
        store.members.add(wrong, DAY)


def test_a_desk_key_is_known_with_its_grant_to_the_recovery_key() -> None:
    with store.writing():
        store.desk_keys.add(KEY, recovery_grant=bytes(1168))
    assert store.desk_keys.known() == {KEY.kid}
    assert store.desk_keys.recovery_grants() == {KEY.kid: bytes(1168)}


@pytest.mark.parametrize("grant", [b"", bytes(1167)])
def test_the_database_itself_refuses_a_desk_key_that_cannot_be_recovered(grant: bytes) -> None:
    with pytest.raises(IntegrityError), store.writing():
        store.desk_keys.add(KEY, recovery_grant=grant)


def test_a_grant_belongs_to_its_member_and_its_key(rima: Member) -> None:
    with store.writing():
        store.desk_keys.add(KEY, recovery_grant=bytes(1168))
        store.grants.add(KEY.kid, rima.id, bytes(1168))
    assert store.grants.of(rima.id) == [Grant(KEY.kid, bytes(1168))]
    assert store.grants.of(rima.id + 1) == []
    assert (store.grants.holders(KEY.kid), store.grants.holders(b"no such.")) == (1, 0)


def test_a_grant_of_an_unknown_key_is_refused(rima: Member) -> None:
    with pytest.raises(IntegrityError), store.writing():
        store.grants.add(b"unknown.", rima.id, bytes(1168))


def test_a_session_is_its_members_until_it_is_left_unused(signed_in: Member) -> None:
    assert store.sessions.find(TOKEN, IDLE_END - 1) == Session(signed_in, IDLE_END, END)
    assert store.sessions.find(TOKEN, IDLE_END) is None


@pytest.mark.usefixtures("signed_in")
def test_a_session_that_is_used_lasts_longer_but_never_past_its_end() -> None:
    with store.writing():
        store.sessions.touch(TOKEN, END)
        store.sessions.touch(TOKEN, END + 1)
    assert store.sessions.find(TOKEN, END - 1) is not None
    assert store.sessions.find(TOKEN, END) is None


@pytest.mark.usefixtures("signed_in")
def test_a_session_that_was_ended_has_no_holder_and_may_be_ended_again() -> None:
    with store.writing():
        store.sessions.end(TOKEN)
        store.sessions.end(TOKEN)
    assert store.sessions.find(TOKEN, NOW) is None


def test_starting_a_session_forgets_those_that_are_over(signed_in: Member) -> None:
    with store.writing():
        store.sessions.start(b"\x01" * 32, signed_in.id, IDLE_END, IDLE_END + 1, END + 1)
    assert store.sessions.find(TOKEN, NOW) is None


@pytest.mark.usefixtures("signed_in")
def test_a_token_that_was_never_given_opens_nothing() -> None:
    assert store.sessions.find(b"\x01" * 32, NOW) is None
