"""Claims: by opening, renewed, over by themselves, taken over with a reason that is recorded."""

from typing import Any

import pytest

from .conftest import Desk

MINUTE = 60


def claim(desk: Desk, envelope: str, who: str, taking: str | None = None) -> dict[str, Any]:
    answer = desk.call("PUT", f"/api/v1/envelopes/{envelope}/claim", who, json={"taking": taking})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def release(desk: Desk, envelope: str, who: str) -> None:
    answer = desk.call("DELETE", f"/api/v1/envelopes/{envelope}/claim", who)
    assert answer.status_code == 204


def claims(desk: Desk) -> dict[str, str]:
    found = desk.get("/api/v1/claims", "reviewer").get_json()["claims"]
    return {each["id"]: each["member"] for each in found}


def taken(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows("SELECT member, subject FROM audit WHERE act = 'took'")


def test_who_opens_first_has_it_and_the_other_is_told_whose_it_is(desk: Desk) -> None:
    first, second = desk.receive(2)
    assert claim(desk, first, "reviewer") == {"member": "reviewer", "is_mine": True}
    assert claim(desk, first, "administrator") == {"member": "reviewer", "is_mine": False}
    assert claim(desk, second, "administrator") == {"member": "administrator", "is_mine": True}
    assert claims(desk) == {first: "reviewer", second: "administrator"}


def test_a_claim_lasts_while_it_is_renewed_and_five_minutes_longer(desk: Desk) -> None:
    (envelope,) = desk.receive()
    claim(desk, envelope, "reviewer")
    for _ in range(3):
        desk.watch.forward(seconds=4 * MINUTE)
        assert claim(desk, envelope, "reviewer")["is_mine"]
    desk.watch.forward(seconds=5 * MINUTE - 1)
    assert claims(desk) == {envelope: "reviewer"}
    assert not claim(desk, envelope, "administrator")["is_mine"]
    desk.watch.forward(seconds=1)
    assert claims(desk) == {}
    assert claim(desk, envelope, "administrator")["is_mine"]


def test_a_claim_is_given_up_by_its_holder_only(desk: Desk) -> None:
    (envelope,) = desk.receive()
    claim(desk, envelope, "reviewer")
    release(desk, envelope, "administrator")
    assert claims(desk) == {envelope: "reviewer"}
    release(desk, envelope, "reviewer")
    assert claims(desk) == {}


def test_taking_one_over_says_why_and_is_recorded(desk: Desk) -> None:
    (envelope,) = desk.receive()
    claim(desk, envelope, "reviewer")
    assert claim(desk, envelope, "administrator", "absent")["is_mine"]
    assert claims(desk) == {envelope: "administrator"}
    assert taken(desk) == [("administrator", f"{envelope} absent reviewer")]


def test_nothing_is_recorded_of_a_claim_that_was_taken_from_nobody(desk: Desk) -> None:
    (envelope,) = desk.receive()
    assert claim(desk, envelope, "reviewer", "urgent")["is_mine"]
    assert claim(desk, envelope, "reviewer", "urgent")["is_mine"]
    assert taken(desk) == []


def test_what_is_over_leaves_no_row(desk: Desk) -> None:
    first, second = desk.receive(2)
    claim(desk, first, "reviewer")
    desk.watch.forward(seconds=5 * MINUTE)
    claim(desk, second, "reviewer")
    assert desk.rows("SELECT count(*) FROM claims") == [(1,)]


@pytest.mark.parametrize("body", [{}, {"taking": "because"}, {"taking": 1}, [], "urgent"])
def test_another_reason_is_refused(desk: Desk, body: object) -> None:
    (envelope,) = desk.receive()
    answer = desk.call("PUT", f"/api/v1/envelopes/{envelope}/claim", "reviewer", json=body)
    assert answer.get_json()["error"]["code"] == "invalid"
    assert claims(desk) == {}


def test_an_envelope_that_is_not_there_cannot_be_claimed(desk: Desk) -> None:
    answer = desk.call(
        "PUT", f"/api/v1/envelopes/{'0' * 64}/claim", "reviewer", json={"taking": None}
    )
    assert answer.get_json()["error"]["code"] == "not_found"


def test_an_assessment_is_saved_whoever_has_the_claim(desk: Desk) -> None:
    (envelope,) = desk.receive()
    claim(desk, envelope, "reviewer")
    assert desk.assess(envelope, {"decision": "hold"}, who="administrator").status_code == 201
