"""Who may pass which door: every address, method and role, nobody, and a session that ended."""

import re
from typing import Any

import pytest

from amana.desk.doors import DOORS, OPEN_ENDPOINTS

from .conftest import (
    JOINING,
    LETTER,
    ROLES,
    SAFETY,
    SEALED_NOTE,
    SEALED_VIEWS,
    Desk,
    address_of,
    join,
)

OPEN = {
    "GET /healthz",
    "POST /api/v1/salts",
    "POST /api/v1/sessions",
    "POST /api/v1/members",
    "POST /api/v1/sessions/factor",
}
WAITING = {
    "DELETE /api/v1/sessions/current",
    "GET /api/v1/members/me",
    "GET /api/v1/factors",
    "POST /api/v1/factors",
    "POST /api/v1/factors/challenges",
}
"""What a member may do before being let in."""
MEMBERS = {
    "GET /api/v1/members/me",
    "GET /api/v1/summaries",
    "POST /api/v1/summaries/package",
    "POST /api/v1/factors/{id}/removal",
}
BEFORE_FACTOR = {
    "DELETE /api/v1/sessions/current",
    "GET /api/v1/factors",
    "POST /api/v1/factors",
    "POST /api/v1/factors/challenges",
}
"""What a member may do who has to add a second factor first."""
READERS = {
    "GET /api/v1/queue",
    "POST /api/v1/parcels",
    "GET /api/v1/envelopes/{id}/assessments",
    "POST /api/v1/envelopes/{id}/assessments",
    "POST /api/v1/envelopes/{id}/notes",
    "GET /api/v1/members/me/views",
    "PUT /api/v1/members/me/views",
    "POST /api/v1/mailboxes",
    "PUT /api/v1/mailboxes/{id}",
    "GET /api/v1/events",
    "GET /api/v1/events/{id}",
    "GET /api/v1/claims",
    "PUT /api/v1/envelopes/{id}/claim",
    "DELETE /api/v1/envelopes/{id}/claim",
}
TOKENS = {"GET /api/v1/bi/summary.csv", "GET /api/v1/bi/summary.json"}
"""What programs may do, and no member."""
ADMINISTRATORS = {
    "GET /api/v1/audit",
    "GET /api/v1/tokens",
    "POST /api/v1/tokens",
    "DELETE /api/v1/tokens/{id}",
    "GET /api/v1/cases/{id}",
    "POST /api/v1/cases",
    "GET /api/v1/members",
    "POST /api/v1/invitations",
    "POST /api/v1/members/{id}/grants",
    "DELETE /api/v1/members/{id}/sessions",
    "DELETE /api/v1/members/{id}",
}
"""The same as the table of doors, written down a second time on purpose."""

BODIES: dict[str, Any] = {
    "POST /api/v1/salts": {"name": "reviewer"},
    "POST /api/v1/sessions": {"name": "reviewer", "auth": "A" * 43},
    "POST /api/v1/sessions/factor": {"handle": "A" * 43, "code": "000000"},
    "POST /api/v1/factors": {"handle": "A" * 43, "code": "000000"},
    "POST /api/v1/factors/challenges": {"kind": "webauthn"},
    "POST /api/v1/factors/{id}/removal": {"auth": "A" * 43},
    "POST /api/v1/tokens": {"name": "somebody", "tier": "public"},
    "POST /api/v1/cases": {"ids": ["0" * 64]},
    "POST /api/v1/parcels": {"ids": ["0" * 64]},
    "POST /api/v1/summaries/package": {"from": "2031-03-03", "to": "2031-03-09"},
    "POST /api/v1/envelopes/{id}/assessments": SAFETY,
    "POST /api/v1/envelopes/{id}/notes": SEALED_NOTE,
    "PUT /api/v1/members/me/views": SEALED_VIEWS,
    "PUT /api/v1/envelopes/{id}/claim": {"taking": None},
    "POST /api/v1/mailboxes": {"ids": ["0" * 32]},
    "PUT /api/v1/mailboxes/{id}": {"letter": LETTER},
    "POST /api/v1/members": JOINING,
    "POST /api/v1/invitations": {"name": "somebody", "role": "reviewer"},
    "POST /api/v1/members/{id}/grants": {"key_print": "0" * 64, "grants": []},
}
QUERIES = {
    "GET /api/v1/bi/summary.json": "?from=2031-03-03&to=2031-03-09",
    "GET /api/v1/bi/summary.csv": "?from=2031-03-03&to=2031-03-09",
    "GET /api/v1/summaries": "?from=2031-03-03&to=2031-03-09",
}


def name_of(method: str, path: str) -> str:
    return f"{method} {re.sub('<[^>]+>', '{id}', path)}"


ADDRESSES = {name_of(door.method, door.path): address_of(door.path) for door in DOORS}


def knock(desk: Desk, door: str, who: str | None) -> str | None:
    """The error code that a well-formed request is answered with, None when it is done."""
    method, _ = door.split(" ")
    address = ADDRESSES[door] + QUERIES.get(door, "")
    answer = desk.call(method, address, who, json=BODIES.get(door), headers={"If-Match": '"0"'})
    return answer.get_json()["error"]["code"] if answer.status_code >= 400 else None


def test_the_table_of_doors_is_the_one_that_was_agreed() -> None:
    found = {name_of(door.method, door.path): door.who for door in DOORS}
    assert {name_of(door.method, door.path) for door in DOORS if door.waits} == WAITING
    assert found == (
        dict.fromkeys(OPEN, None)
        | dict.fromkeys(MEMBERS | BEFORE_FACTOR, frozenset(ROLES))
        | dict.fromkeys(READERS, frozenset({"reviewer", "administrator"}))
        | dict.fromkeys(ADMINISTRATORS, frozenset({"administrator"}))
        | dict.fromkeys(TOKENS, frozenset())
    )
    assert {name_of(door.method, door.path) for door in DOORS if door.by_token} == TOKENS


def test_every_address_of_the_application_is_in_the_table(desk: Desk) -> None:
    addresses = {rule.endpoint for rule in desk.app.url_map.iter_rules()}
    assert addresses == {f"api.{door.view.__name__}" for door in DOORS} | OPEN_ENDPOINTS


@pytest.mark.parametrize("tier", ["partners", "public"])
def test_only_coordinators_and_administrators_take_out_what_leaves(
    desk: Desk, tier: str, subtests: pytest.Subtests
) -> None:
    door = "POST /api/v1/summaries/package"
    may = {name_of(each.method, each.path): each.who_outside for each in DOORS if each.who_outside}
    assert may == {door: frozenset({"coordinator", "administrator"})}
    asked = BODIES[door] | {"tier": tier, "from": "2031-02-17", "to": "2031-02-23"}
    for who, status in (("reviewer", 403), ("coordinator", 200), ("administrator", 200)):
        with subtests.test(who):
            answer = desk.post(ADDRESSES[door], who, json=asked)
            assert answer.status_code == status
            assert desk.rows("SELECT count(*) FROM audit WHERE act = 'exported'") == [
                ({"reviewer": 0, "coordinator": 1, "administrator": 2}[who],)
            ]


def test_an_address_that_is_not_in_the_table_opens_to_nobody(desk: Desk) -> None:
    desk.app.add_url_rule("/forgotten", "forgotten", lambda: "open")
    for who in (None, *ROLES):
        assert desk.get("/forgotten", who).status_code == 403


def expected(door: str, who: str | None) -> set[str | None]:
    """The error codes, None for none, that a well-formed request may be answered with."""
    if door in OPEN:
        return {None, "wrong_passphrase", "too_many_tries", "not_found", "not_signed_in"}
    if who is None or door in TOKENS:
        return {"not_signed_in"}
    if door in READERS and who == "coordinator":
        return {"forbidden"}
    if door in ADMINISTRATORS and who != "administrator":
        return {"forbidden"}
    return {None, "not_found", "wrong_passphrase"}


def test_every_door_opens_to_exactly_its_roles(desk: Desk, subtests: pytest.Subtests) -> None:
    desk.receive()
    for door in sorted(OPEN | MEMBERS | BEFORE_FACTOR | READERS | ADMINISTRATORS | TOKENS):
        for who in (None, *ROLES):
            with subtests.test(f"{who} at {door}"):
                desk.tokens.clear()  # one of the doors ends the session
                assert knock(desk, door, who) in expected(door, who)


@pytest.mark.parametrize("role", ROLES)
def test_a_member_who_was_not_let_in_sees_their_own_keys_and_may_leave(
    desk: Desk, role: str, subtests: pytest.Subtests
) -> None:
    join(desk, "newcomer", role)
    for door in sorted(MEMBERS | BEFORE_FACTOR | READERS | ADMINISTRATORS):
        with subtests.test(door):
            desk.tokens.pop("newcomer", None)  # one of the doors ends the session
            said = {None, "not_found"} if door in WAITING else {"forbidden"}
            assert knock(desk, door, "newcomer") in said


def test_a_member_who_has_to_add_a_second_factor_passes_the_doors_for_that_and_no_other(
    demanding: Desk, subtests: pytest.Subtests
) -> None:
    assert {name_of(door.method, door.path) for door in DOORS if door.before_factor} == (
        BEFORE_FACTOR
    )
    for door in sorted(MEMBERS | BEFORE_FACTOR | READERS | ADMINISTRATORS):
        with subtests.test(door):
            demanding.tokens.clear()
            closed = knock(demanding, door, "administrator") == "factor_required"
            assert closed == (door not in BEFORE_FACTOR)


def test_no_door_for_members_opens_with_a_session_that_has_ended(
    desk: Desk, subtests: pytest.Subtests
) -> None:
    for who in ROLES:
        desk.token(who)
    desk.watch.forward(hours=12)
    for door in sorted(MEMBERS | BEFORE_FACTOR | READERS | ADMINISTRATORS):
        for who in ROLES:
            with subtests.test(f"{who} at {door}"):
                assert knock(desk, door, who) == "not_signed_in"


def test_any_other_method_is_refused(desk: Desk, subtests: pytest.Subtests) -> None:
    taken = {address: set[str]() for address in ADDRESSES.values()}
    for door in DOORS:
        taken[address_of(door.path)] |= {door.method, "HEAD"}
    for path, methods in taken.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - methods:
            with subtests.test(f"{method} {path}"):
                answer = desk.call(method, path)
                assert answer.status_code == 405
                assert answer.get_json()["error"]["code"] == "method_not_allowed"


UNKNOWN = (
    "/api/v1/nothing",
    "/api/v1/envelopes/xyz/assessments",
    f"/api/v1/envelopes/{'A' * 64}/assessments",
    f"/api/v1/envelopes/{'0' * 63}/assessments",
    "/api/v1/queue/",
    "//api/v1/queue",
    "/assets/nothing.js",
    "/sw.js",
    "/../../etc/passwd",
)


def test_an_unknown_address_is_not_found_in_the_one_error_form(
    desk: Desk, subtests: pytest.Subtests
) -> None:
    said = {"error": {"code": "not_found", "message": "There is nothing here."}}
    for path in UNKNOWN:
        with subtests.test(path):
            answer = desk.get(path, "administrator")
            assert (answer.status_code, answer.get_json()) == (404, said)


def test_health_is_told_to_everybody(desk: Desk) -> None:
    assert desk.get("/healthz").get_json() == {"status": "ok"}
