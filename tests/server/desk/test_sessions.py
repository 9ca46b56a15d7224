"""Signing in and out, and how long a session lasts."""

import hashlib

import pytest

from amana.core import members
from amana.core.encoding import b64decode, b64encode

from .conftest import Desk, auth_of


def error_of(response: object) -> str:
    return str(response.get_json()["error"]["code"])  # type: ignore[attr-defined]


def test_a_member_gets_the_salt_they_were_given(desk: Desk) -> None:
    answer = desk.post("/api/v1/salts", json={"name": "reviewer"})
    assert answer.status_code == 200
    assert b64decode(answer.get_json()["salt"]) == b"reviewersssssss" + b"s"


def test_a_name_that_nobody_has_gets_a_salt_that_stays_the_same(desk: Desk) -> None:
    first, again, other, real = (
        desk.post("/api/v1/salts", json={"name": name})
        for name in ("ghost", "ghost", "spirit", "reviewer")
    )
    assert first.get_json() == again.get_json() != other.get_json()
    assert (first.status_code, first.headers) == (real.status_code, real.headers)


def test_signing_in_answers_a_token_and_the_members_own_keys(desk: Desk) -> None:
    answer = desk.sign_in("reviewer")
    assert answer.status_code == 201
    signed_in = answer.get_json()
    assert len(b64decode(signed_in["token"])) == 32
    assert signed_in["expires_in"] == 12 * 3600
    member = signed_in["member"]
    assert (member["name"], member["role"]) == ("reviewer", "reviewer")
    assert len(b64decode(member["public_key"])) == 1216
    assert len(b64decode(member["wrapped_seed"])) == 60
    ((kid, grant),) = [(grant["kid"], grant["sealed"]) for grant in member["grants"]]
    assert (len(bytes.fromhex(kid)), len(b64decode(grant))) == (8, members.GRANT_BYTES)
    assert desk.get("/api/v1/members/me", "reviewer").get_json() == member


def test_a_coordinator_has_no_grant(desk: Desk) -> None:
    assert desk.get("/api/v1/members/me", "coordinator").get_json()["grants"] == []


def test_only_the_tokens_hash_is_stored(desk: Desk) -> None:
    token = b64decode(desk.token("reviewer"))
    ((stored,),) = desk.rows("SELECT token_hash FROM sessions")
    assert bytes(stored) == hashlib.sha256(token).digest()


def test_every_session_has_a_token_of_its_own(desk: Desk) -> None:
    tokens = {desk.sign_in("reviewer").get_json()["token"] for _ in range(3)}
    assert len(tokens) == 3


@pytest.mark.parametrize(("name", "auth"), [("reviewer", b"x" * 32), ("ghost", b"x" * 32)])
def test_a_wrong_passphrase_and_an_unknown_name_are_one_answer(
    desk: Desk, name: str, auth: bytes
) -> None:
    answer = desk.sign_in(name, auth)
    assert (answer.status_code, error_of(answer)) == (401, "wrong_passphrase")
    assert answer.get_json() == desk.sign_in("nobody", auth_of("reviewer")).get_json()


def test_a_wrong_passphrase_and_an_unknown_name_take_the_same_statements(desk: Desk) -> None:
    with desk.statements() as for_a_member:
        desk.sign_in("reviewer", b"x" * 32)
    with desk.statements() as for_nobody:
        desk.sign_in("ghost", b"x" * 32)
    assert for_a_member == for_nobody != []


def test_nothing_hashes_to_the_hash_that_unknown_names_are_compared_with(desk: Desk) -> None:
    assert desk.sign_in("ghost", bytes(32)).status_code == 401


def test_signing_out_ends_this_session_and_no_other(desk: Desk) -> None:
    other = desk.sign_in("reviewer").get_json()["token"]
    assert desk.call("DELETE", "/api/v1/sessions/current", "reviewer").status_code == 204
    assert desk.get("/api/v1/members/me", "reviewer").status_code == 401
    desk.tokens["reviewer"] = other
    assert desk.get("/api/v1/members/me", "reviewer").status_code == 200


def test_a_session_that_is_used_lasts_beyond_half_an_hour(desk: Desk) -> None:
    for _ in range(4):
        assert desk.get("/api/v1/members/me", "reviewer").status_code == 200
        desk.watch.forward(minutes=29)
    assert desk.get("/api/v1/members/me", "reviewer").status_code == 200


def test_a_session_that_is_not_used_for_half_an_hour_is_over(desk: Desk) -> None:
    assert desk.get("/api/v1/members/me", "reviewer").status_code == 200
    desk.watch.forward(minutes=30)
    answer = desk.get("/api/v1/members/me", "reviewer")
    assert (answer.status_code, error_of(answer)) == (401, "not_signed_in")


def test_a_session_is_over_after_twelve_hours_however_busy(desk: Desk) -> None:
    desk.token("reviewer")
    for _ in range(47):
        desk.watch.forward(minutes=15)
        assert desk.get("/api/v1/members/me", "reviewer").status_code == 200
    desk.watch.forward(minutes=14, seconds=59)
    assert desk.get("/api/v1/members/me", "reviewer").status_code == 200
    desk.watch.forward(seconds=1)
    assert desk.get("/api/v1/members/me", "reviewer").status_code == 401


def test_requests_within_a_minute_write_nothing(desk: Desk) -> None:
    desk.get("/api/v1/members/me", "reviewer")
    desk.watch.forward(seconds=59)
    with desk.statements() as statements:
        desk.get("/api/v1/members/me", "reviewer")
    assert statements
    assert [one for one in statements if not one.startswith(("SELECT", "BEGIN"))] == []


def test_sessions_whose_time_is_over_are_forgotten_when_somebody_signs_in(desk: Desk) -> None:
    desk.token("reviewer")
    desk.watch.forward(hours=1)
    desk.token("administrator")
    assert desk.rows("SELECT count(*) FROM sessions") == [(1,)]


NO_TOKENS = (
    "",
    "Bearer",
    "Bearer ",
    "Bearer !!!",
    f"Bearer {b64encode(b'x' * 32)}",
    f"Bearer {b64encode(b'x' * 31)}",
    f"Bearer {b64encode(b'x' * 32)}=",
    f"Basic {b64encode(b'reviewer:x')}",
    "Bearer " + "ب" * 43,
    f"Token {b64encode(b'x' * 32)}",
)


def test_anything_but_a_living_token_is_nobody(desk: Desk, subtests: pytest.Subtests) -> None:
    desk.token("reviewer")
    for header in NO_TOKENS:
        with subtests.test(header):
            given = {"Authorization": header.encode().decode("latin-1")}
            answer = desk.get("/api/v1/members/me", headers=given)
            assert (answer.status_code, error_of(answer)) == (401, "not_signed_in")


def test_a_token_in_the_address_or_in_a_cookie_is_worth_nothing(desk: Desk) -> None:
    token = desk.token("reviewer")
    for answer in (
        desk.get(f"/api/v1/members/me?token={token}"),
        desk.get("/api/v1/members/me", headers={"Cookie": f"token={token}"}),
    ):
        assert answer.status_code == 401
