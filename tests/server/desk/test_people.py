"""People: one link makes one member, who is let in by the key that was compared, and can go."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from amana import store
from amana.core import keys, members
from amana.core.encoding import b64encode
from amana.desk.limits import OF_ALL

from .conftest import (
    DESK_SEED,
    JOINING,
    SEALED_VIEWS,
    Desk,
    invite,
    join,
    joining,
    number_of,
    seed_of,
)

KID = keys.kid(keys.public_key(DESK_SEED))
GRANT = {"kid": KID.hex(), "sealed": b64encode(bytes(members.GRANT_BYTES))}


def outcome(answer: TestResponse) -> tuple[int, str]:
    body = answer.get_json(silent=True) or {}
    return answer.status_code, str(body.get("error", {}).get("code", ""))


def let_in(
    desk: Desk, number: int, name: str, grants: list[Any] | None = None, who: str = "administrator"
) -> TestResponse:
    """Let a member in by the key that this name's browser made."""
    key_print = members.member_print(keys.public_key(seed_of(name))).hex()
    given = {"key_print": key_print, "grants": [GRANT] if grants is None else grants}
    return desk.post(f"/api/v1/members/{number}/grants", who, json=given)


def remove(desk: Desk, name: str, who: str = "administrator") -> TestResponse:
    return desk.call("DELETE", f"/api/v1/members/{number_of(desk, name)}", who)


def people(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = desk.get("/api/v1/members", "administrator").get_json()
    return found


def person(desk: Desk, name: str) -> dict[str, Any]:
    return next(each for each in people(desk)["members"] if each["name"] == name)


def acts(desk: Desk) -> list[tuple[Any, ...]]:
    query = "SELECT member, act, subject FROM audit WHERE act NOT LIKE 'signed%' ORDER BY seq"
    return desk.rows(query)


def test_only_the_hash_of_an_invitations_token_is_stored(desk: Desk) -> None:
    token = invite(desk, "newcomer")
    ((stored,),) = desk.rows("SELECT token_hash FROM invitations")
    assert bytes(stored).hex() not in token
    assert len(bytes(stored)) == 32
    assert people(desk)["invitations"] == [{"name": "newcomer", "role": "reviewer"}]


def test_who_joins_is_a_member_without_grants_who_waits(desk: Desk) -> None:
    join(desk, "newcomer", "coordinator")
    found = person(desk, "newcomer")
    assert (found["role"], found["is_waiting"], found["kids"]) == ("coordinator", True, [])
    assert found["public_key"] == b64encode(keys.public_key(seed_of("newcomer")))
    own = desk.get("/api/v1/members/me", "newcomer").get_json()
    assert (own["is_waiting"], own["grants"]) == (True, [])
    assert people(desk)["invitations"] == []


def test_a_token_makes_one_member_and_its_own_request_sent_again_is_answered_again(
    desk: Desk,
) -> None:
    given = joining("newcomer", invite(desk, "newcomer"))
    first, again = (desk.post("/api/v1/members", json=given) for _ in range(2))
    assert (first.status_code, first.get_json()) == (again.status_code, again.get_json())
    assert first.get_json() == {"name": "newcomer", "role": "reviewer"}
    other = given | {"public_key": b64encode(keys.public_key(seed_of("thief")))}
    assert outcome(desk.post("/api/v1/members", json=other)) == (404, "not_found")
    other = given | {"auth": "B" * 42 + "A"}
    assert outcome(desk.post("/api/v1/members", json=other)) == (404, "not_found")
    assert desk.rows("SELECT count(*) FROM members WHERE name = 'newcomer'") == [(1,)]


def test_requests_with_one_token_at_the_same_moment_make_one_member(desk: Desk) -> None:
    token, together = invite(desk, "newcomer"), Barrier(8)

    def one(number: int) -> int:
        given = joining(f"browser {number}", token)
        together.wait()
        return desk.post("/api/v1/members", json=given).status_code

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(one, range(8)))
    assert sorted(codes) == [201, *[404] * 7]


def test_unknown_used_and_old_tokens_are_one_answer(desk: Desk) -> None:
    used = joining("newcomer", invite(desk, "newcomer"))
    desk.post("/api/v1/members", json=used)
    old = joining("late", invite(desk, "late"))
    desk.watch.forward(hours=48)
    desk.tokens.clear()
    said = [
        desk.post("/api/v1/members", json=given)
        for given in (JOINING, used | {"auth": "A" * 43}, used, old)
    ]
    assert {outcome(each) for each in said} == {(404, "not_found")}
    assert len({each.data for each in said}) == 1


def test_an_invitation_lasts_until_48_hours_are_over(desk: Desk) -> None:
    given = joining("late", invite(desk, "late"))
    desk.watch.forward(hours=47, minutes=59)
    assert desk.post("/api/v1/members", json=given).status_code == 201


def test_a_second_invitation_of_a_name_ends_the_first(desk: Desk) -> None:
    first, second = invite(desk, "newcomer"), invite(desk, "newcomer", "coordinator")
    given = joining("newcomer", first)
    assert outcome(desk.post("/api/v1/members", json=given)) == (404, "not_found")
    answer = desk.post("/api/v1/members", json=joining("newcomer", second))
    assert answer.get_json()["role"] == "coordinator"


def test_wrong_tokens_are_counted_and_keep_nobody_out_who_was_invited(desk: Desk) -> None:
    given = joining("newcomer", invite(desk, "newcomer"))
    said = [outcome(desk.post("/api/v1/members", json=JOINING)) for _ in range(OF_ALL[0] + 1)]
    assert said[-2:] == [(404, "not_found"), (429, "too_many_tries")]
    assert desk.post("/api/v1/members", json=given).status_code == 201


def test_bytes_that_nobody_can_seal_to_are_no_key(desk: Desk) -> None:
    given = joining("newcomer", invite(desk, "newcomer"))
    for public in (b"\xff" * 1216, keys.public_key(DESK_SEED)[:-32] + bytes(32)):
        refused = desk.post("/api/v1/members", json=given | {"public_key": b64encode(public)})
        assert outcome(refused) == (422, "invalid")
    assert desk.post("/api/v1/members", json=given).status_code == 201


@pytest.mark.parametrize(
    "name",
    ["", " x", "x ", "a\nb", "x" * 65, "\u2003x", None]
    + ["\u200b", "administrator\u200b", "a\u202eb", "\u2067a", "\u200d", "a\u200c"],
)
def test_a_name_that_could_not_be_typed_again_is_refused(desk: Desk, name: str | None) -> None:
    given = {"name": name, "role": "reviewer"}
    answer = desk.post("/api/v1/invitations", "administrator", json=given)
    assert outcome(answer) == (422, "invalid")


def test_names_that_members_have_or_had_are_not_given_again(desk: Desk) -> None:
    remove(desk, "coordinator")
    for name in ("reviewer", "coordinator"):
        given = {"name": name, "role": "reviewer"}
        answer = desk.post("/api/v1/invitations", "administrator", json=given)
        assert outcome(answer) == (409, "conflict")


def test_who_was_let_in_holds_what_was_granted_and_opens_the_queue(desk: Desk) -> None:
    number = join(desk, "newcomer")
    assert outcome(desk.get("/api/v1/queue", "newcomer")) == (403, "forbidden")
    assert let_in(desk, number, "newcomer").status_code == 204
    assert desk.get("/api/v1/members/me", "newcomer").get_json()["grants"] == [GRANT]
    assert desk.get("/api/v1/queue", "newcomer").status_code == 200
    assert person(desk, "newcomer")["kids"] == [KID.hex()]
    assert let_in(desk, number, "newcomer").status_code == 204
    assert acts(desk)[-2:] == [
        ("administrator", "granted", f"{KID.hex()} newcomer"),
        ("administrator", "let_in", "newcomer"),
    ]


def test_a_coordinator_is_let_in_without_a_grant_and_never_with_one(desk: Desk) -> None:
    number = join(desk, "newcomer", "coordinator")
    assert outcome(let_in(desk, number, "newcomer")) == (422, "invalid")
    assert let_in(desk, number, "newcomer", []).status_code == 204
    week = "/api/v1/summaries?from=2031-03-03&to=2031-03-09"
    assert desk.get(week, "newcomer").status_code == 200
    assert desk.get("/api/v1/members/me", "newcomer").get_json()["grants"] == []


def test_whoever_opens_reports_is_not_let_in_without_a_key(desk: Desk) -> None:
    number = join(desk, "newcomer")
    assert outcome(let_in(desk, number, "newcomer", [])) == (422, "invalid")
    assert person(desk, "newcomer")["is_waiting"]


def test_a_key_that_was_put_in_the_place_of_the_compared_one_gets_no_grant(desk: Desk) -> None:
    number = join(desk, "newcomer")
    assert outcome(let_in(desk, number, "thief")) == (409, "conflict")
    assert person(desk, "newcomer")["is_waiting"]
    assert desk.rows("SELECT count(*) FROM grants") == [(2,)]


def test_a_grant_of_a_desk_key_that_nobody_knows_is_refused(desk: Desk) -> None:
    number = join(desk, "newcomer")
    unknown = GRANT | {"kid": "ab" * 8}
    assert outcome(let_in(desk, number, "newcomer", [GRANT, unknown])) == (404, "not_found")
    assert person(desk, "newcomer")["is_waiting"]
    assert outcome(let_in(desk, 999, "newcomer")) == (404, "not_found")


def test_a_member_who_is_signed_out_everywhere_may_sign_in_again(desk: Desk) -> None:
    desk.token("reviewer")
    number = number_of(desk, "reviewer")
    for _ in range(2):
        ended = desk.call("DELETE", f"/api/v1/members/{number}/sessions", "administrator")
        assert ended.status_code == 204
    assert outcome(desk.get("/api/v1/queue", "reviewer")) == (401, "not_signed_in")
    assert desk.get("/api/v1/queue", "administrator").status_code == 200
    assert desk.sign_in("reviewer").status_code == 201
    assert acts(desk)[-1] == ("administrator", "ended_sessions", "reviewer")


def test_who_was_removed_has_no_session_grant_claim_or_key_left(desk: Desk) -> None:
    (envelope,) = desk.receive()
    claim = f"/api/v1/envelopes/{envelope}/claim"
    assert desk.call("PUT", claim, "reviewer", json={"taking": None}).status_code == 200
    headers = {"If-Match": '"0"'}
    views = "/api/v1/members/me/views"
    put = desk.call("PUT", views, "reviewer", json=SEALED_VIEWS, headers=headers)
    assert put.status_code == 200
    assert remove(desk, "reviewer").status_code == 204
    assert outcome(desk.get("/api/v1/queue", "reviewer")) == (401, "not_signed_in")
    assert outcome(desk.sign_in("reviewer")) == outcome(desk.sign_in("ghost"))
    for table in ("grants", "sessions", "claims", "views"):
        query = f"SELECT count(*) FROM {table} JOIN members m ON m.id = member_id"
        assert desk.rows(f"{query} WHERE m.name = 'reviewer'") == [(0,)]
    ((standing, *kept),) = desk.rows(
        "SELECT standing, salt, auth_hash, wrapped_seed FROM members WHERE name = 'reviewer'"
    )
    assert (standing, [bytes(each) for each in kept]) == (
        "removed",
        [bytes(16), bytes(32), bytes(60)],
    )
    assert acts(desk)[-1] == ("administrator", "member_removed", "reviewer")


def test_the_tokens_that_a_removed_member_made_are_revoked_and_no_others(desk: Desk) -> None:
    let_in(desk, join(desk, "second", "administrator"), "second")
    theirs, other = (
        [make_token(desk, who, name) for name in ("sheet", "screen")]
        for who in ("second", "administrator")
    )
    assert [told_of(desk, each) for each in (*theirs, *other)] == [200] * 4
    assert remove(desk, "second").status_code == 204
    assert [told_of(desk, each) for each in (*theirs, *other)] == [401, 401, 200, 200]
    assert acts(desk)[-3:] == [
        ("administrator", "member_removed", "second"),
        ("administrator", "token_revoked", "internal sheet"),
        ("administrator", "token_revoked", "internal screen"),
    ]


def make_token(desk: Desk, who: str, name: str) -> str:
    """A token of the inside that an administrator makes."""
    made = desk.post("/api/v1/tokens", who, json={"name": name, "tier": "internal"})
    token: str = made.get_json()["token"]
    return token


def told_of(desk: Desk, token: str) -> int:
    """How a program is answered that asks with it."""
    figures = "/api/v1/bi/summary.csv?from=2031-03-03&to=2031-03-09"
    return desk.get(figures, headers={"Authorization": f"Bearer {token}"}).status_code


def test_the_links_that_a_removed_member_made_are_worth_nothing(desk: Desk) -> None:
    let_in(desk, join(desk, "second", "administrator"), "second")
    asked = {"name": "friend", "role": "reviewer"}
    token = desk.post("/api/v1/invitations", "second", json=asked).get_json()["token"]
    remove(desk, "second")
    answer = desk.post("/api/v1/members", json=joining("friend", token))
    assert outcome(answer) == (404, "not_found")


def test_what_a_removed_member_assessed_keeps_the_name(desk: Desk) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, {"decision": "hold"})
    remove(desk, "reviewer")
    path = f"/api/v1/envelopes/{envelope}/assessments"
    (version,) = desk.get(path, "administrator").get_json()["assessments"]
    assert version["member"] == "reviewer"


def test_the_salt_of_a_removed_member_is_that_of_a_name_nobody_has(desk: Desk) -> None:
    before = desk.post("/api/v1/salts", json={"name": "reviewer"}).get_json()
    remove(desk, "reviewer")
    first, again = (desk.post("/api/v1/salts", json={"name": "reviewer"}) for _ in range(2))
    assert first.get_json() == again.get_json() != before


def test_the_desk_key_must_be_renewed_once_somebody_who_held_it_is_gone(desk: Desk) -> None:
    remove(desk, "coordinator")
    assert not people(desk)["must_renew"]
    remove(desk, "reviewer")
    assert people(desk)["must_renew"]
    with desk.app.app_context(), store.writing():
        store.desk_keys.renewed(b"newerkey")
    assert not people(desk)["must_renew"]


def test_nobody_removes_themselves(desk: Desk) -> None:
    number = join(desk, "second", "administrator")
    let_in(desk, number, "second")
    assert outcome(remove(desk, "second", "second")) == (409, "still_needed")
    assert remove(desk, "second").status_code == 204


def test_nobody_removes_the_last_administrator_or_the_last_holder(desk: Desk) -> None:
    join(desk, "waiting", "administrator")
    with desk.app.app_context(), store.writing():
        needed = {one.name: store.members.is_needed(one) for one in store.members.everyone()}
        query = "DELETE FROM grants WHERE member_id = (SELECT id FROM members WHERE name = :name)"
        store.db.session.execute(text(query), {"name": "administrator"})
        last_holder = store.members.get("reviewer")
        assert last_holder is not None
        assert store.members.is_needed(last_holder)
    assert needed == {
        "reviewer": False,
        "coordinator": False,
        "administrator": True,
        "waiting": False,
    }
    assert outcome(remove(desk, "reviewer")) == (409, "still_needed")


def test_of_two_administrators_who_remove_each_other_one_stays(desk: Desk) -> None:
    number = join(desk, "second", "administrator")
    let_in(desk, number, "second")
    other = number_of(desk, "administrator")
    desk.token("second")
    together = Barrier(2)

    def one(case: tuple[str, int]) -> int:
        together.wait()
        return desk.call("DELETE", f"/api/v1/members/{case[1]}", case[0]).status_code

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(one, [("second", other), ("administrator", number)]))
    assert codes.count(204) == 1
    query = "SELECT count(*) FROM members WHERE role = 'administrator' AND standing = 'let_in'"
    assert desk.rows(query) == [(1,)]


def test_what_happens_to_people_is_in_the_record(desk: Desk) -> None:
    number = join(desk, "newcomer")
    let_in(desk, number, "newcomer")
    remove(desk, "newcomer")
    assert acts(desk) == [
        ("administrator", "invited", "reviewer newcomer"),
        ("newcomer", "joined", ""),
        ("administrator", "granted", f"{KID.hex()} newcomer"),
        ("administrator", "let_in", "newcomer"),
        ("administrator", "member_removed", "newcomer"),
    ]
