"""What members do is recorded as they do it, without a word of what they read or wrote."""

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from amana import store
from amana.core.audit import Act, verify

from .conftest import LETTER, NOON, SAFETY, Desk

WEEK = "?from=2031-03-03&to=2031-03-09"


def acts(desk: Desk) -> list[tuple[str, str, str]]:
    """Who, what and to what, oldest first."""
    return [
        (member, act, subject)
        for member, act, subject in desk.rows("SELECT member, act, subject FROM audit ORDER BY seq")
    ]


def record(desk: Desk, question: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = desk.get(f"/api/v1/audit{question}", "administrator").get_json()
    return answer


def test_every_act_is_recorded_once_with_its_member_and_what_it_was_done_to(desk: Desk) -> None:
    first, second = desk.receive(2)
    desk.post("/api/v1/parcels", "reviewer", json={"ids": [second, "0" * 64, first]})
    desk.assess(first, SAFETY)
    desk.assess(first, {"decision": "hold"}, seen=1, who="administrator")
    week = {"from": "2031-03-03", "to": "2031-03-09"}
    desk.post("/api/v1/summaries/package", "coordinator", json=week)
    desk.call("DELETE", "/api/v1/sessions/current", "reviewer")
    assert acts(desk) == [
        ("reviewer", "signed_in", ""),
        ("reviewer", "opened", f"{second[:8]} {first[:8]}"),
        ("reviewer", "assessed", f"{first} 1 accept"),
        ("administrator", "signed_in", ""),
        ("administrator", "assessed", f"{first} 2 hold"),
        ("coordinator", "signed_in", ""),
        ("coordinator", "exported", "2031-03-03 2031-03-09"),
        ("reviewer", "signed_out", ""),
    ]
    with desk.app.app_context():
        assert verify(store.audit.chain()).seq == 8


def test_what_was_refused_or_sent_again_or_only_looked_at_is_not_recorded(desk: Desk) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, SAFETY)
    before = acts(desk)
    assert desk.assess(envelope, SAFETY).status_code == 201
    assert desk.assess(envelope, {"decision": "hold"}).status_code == 409
    assert desk.sign_in("reviewer", bytes(32)).status_code == 401
    for path in ("/api/v1/queue", f"/api/v1/summaries{WEEK}", "/api/v1/events"):
        assert desk.get(path, "reviewer").status_code == 200
    assert desk.post("/api/v1/parcels", "reviewer", json={"ids": ["0" * 64]}).status_code == 200
    assert acts(desk) == before


def test_nothing_tells_who_wrote_to_which_mailbox(desk: Desk) -> None:
    desk.receive()
    desk.token("reviewer")
    before = acts(desk)
    put = desk.call(
        "PUT",
        f"/api/v1/mailboxes/{'0' * 32}",
        "reviewer",
        json={"letter": LETTER},
        headers={"If-Match": '"0"'},
    )
    assert put.status_code == 200
    assert desk.post("/api/v1/mailboxes", "reviewer", json={"ids": ["0" * 32]}).status_code == 200
    assert acts(desk) == before


def test_administrators_read_it_newest_first_page_by_page_with_days_and_no_hours(
    desk: Desk,
) -> None:
    for who in ("reviewer", "coordinator", "administrator"):
        desk.token(who)
    first = record(desk, "?limit=2")
    assert first["entries"][0] == {
        "seq": 3,
        "day": NOON.date().isoformat(),
        "member": "administrator",
        "act": "signed_in",
        "subject": "",
    }
    second = record(desk, f"?limit=2&before={first['next']}")
    assert [entry["seq"] for entry in first["entries"] + second["entries"]] == [3, 2, 1]
    assert second["next"] is None
    assert date.fromisoformat(second["entries"][0]["day"]) == NOON.date()


def test_the_record_is_read_by_member_and_by_act(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, {"decision": "hold"})
    desk.assess(envelope, {"decision": "refer"}, seen=1, who="administrator")
    numbers = dict(desk.rows("SELECT name, id FROM members"))
    wanted = {
        f"member={numbers['reviewer']}": ["assessed", "signed_in"],
        "act=assessed": ["assessed", "assessed"],
        f"act=assessed&member={numbers['administrator']}": ["assessed"],
        f"member={numbers['coordinator']}": [],
    }
    monkeypatch.setattr(store.audit, "LOOKED_AT", 2)
    for question, acts_ in wanted.items():
        found: list[str] = []
        cursor = ""
        while cursor is not None:
            page = record(desk, f"?{question}&limit=1{cursor}")
            found += [entry["act"] for entry in page["entries"]]
            cursor = page["next"] and f"&before={page['next']}"
        assert (question, found) == (question, acts_)
    refused = {
        "act=burn": 422,
        "act=": 422,
        "member=": 422,
        "member=reviewer": 422,
        "member=99999999999": 422,
    }
    for question, status in (refused | {"member=99": 404}).items():
        assert desk.get(f"/api/v1/audit?{question}", "administrator").status_code == status


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_act_has_words_at_the_desk_to_choose_it_and_to_read_it(lang: str) -> None:
    path = Path(__file__).parents[3] / f"client/desk/languages/{lang}.json"
    texts = json.loads(path.read_text("utf-8"))
    assert [key[4:] for key in texts if key.startswith("act_")] == list(get_args(Act))
    assert [act for act in get_args(Act) if f"record_{act}" not in texts] == []
