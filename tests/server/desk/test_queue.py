"""The queue in pages, and parcels of sealed reports."""

import json
from typing import Any

import pytest

from amana import store
from amana.core.parcel import MAX_BYTES, Record, parse_parcel
from amana.desk import queue
from tests.server.conftest import make_envelope

from .conftest import NOON, SAFETY, Desk

STATES = ("waiting", "assessed", "all")


def page(desk: Desk, query: str = "") -> dict[str, Any]:
    answer = desk.get(f"/api/v1/queue{query}", "reviewer")
    assert answer.status_code == 200
    body: dict[str, Any] = answer.get_json()
    return body


def ids(page: dict[str, Any]) -> list[str]:
    return [envelope["id"] for envelope in page["envelopes"]]


def test_an_empty_queue_is_one_empty_page(desk: Desk) -> None:
    assert page(desk) == {"envelopes": [], "next": None, "total": None}


def test_a_queued_report_shows_what_the_server_knows_and_no_bytes(desk: Desk) -> None:
    (id_,) = desk.receive()
    assert page(desk)["envelopes"] == [
        {
            "id": id_,
            "kid": b"desk-key".hex(),
            "day": "2031-03-12",
            "length": 2172,
            "parked": True,
            "version": 0,
            "latest": None,
        }
    ]


def test_pages_are_newest_first_and_together_hold_each_report_once(desk: Desk) -> None:
    received = [id_ for _ in range(7) for id_ in desk.receive()]
    first = page(desk, "?limit=3")
    second = page(desk, f"?limit=3&before={first['next']}")
    third = page(desk, f"?limit=3&before={second['next']}")
    assert ids(first) + ids(second) + ids(third) == received[::-1]
    assert third["next"] is None


def test_a_page_that_ends_exactly_at_the_last_report_has_no_next(desk: Desk) -> None:
    desk.receive(3)
    assert page(desk, "?limit=3")["next"] is None


def test_an_assessed_report_leaves_the_waiting_and_joins_the_assessed(desk: Desk) -> None:
    (waiting,), (assessed,) = desk.receive(), desk.receive()
    desk.assess(assessed, SAFETY)
    assert ids(page(desk, "?state=waiting")) == [waiting]
    assert ids(page(desk, "?state=assessed")) == [assessed]
    assert ids(page(desk, "?state=all")) == [assessed, waiting]
    assert page(desk, "?state=assessed")["envelopes"][0]["version"] == 1


def test_a_page_says_how_many_there_are_in_all_when_it_is_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = [id_ for _ in range(5) for id_ in desk.receive()]
    desk.assess(received[0], SAFETY)
    totals = {state: page(desk, f"?limit=2&count=true&state={state}")["total"] for state in STATES}
    assert totals == {"waiting": 4, "assessed": 1, "all": 5}
    assert page(desk, "?limit=2")["total"] is None
    monkeypatch.setattr(queue, "MAX_COUNT", 3)
    assert page(desk, "?state=all&count=true")["total"] == 3


REFUSED_QUESTIONS = (
    "state=open",
    "state=",
    "limit=0",
    "limit=101",
    "limit=-1",
    "limit=1e2",
    "limit=%D9%A5",
    "limit=5_0",
    "limit=%205",
    "limit=",
    "before=x",
    "before=-1",
    "before=99999999999999999999",
    "page=2",
    "state=waiting&extra=",
    "decision=hold",
    "state=all&mine=true",
    "state=assessed&decision=burn",
    "state=assessed&verification=",
    "state=assessed&flag=gbv%20child",
    "state=assessed&mine=1",
    "count=yes",
)


def test_a_question_of_another_form_is_invalid(desk: Desk, subtests: pytest.Subtests) -> None:
    for query in REFUSED_QUESTIONS:
        with subtests.test(query):
            answer = desk.get(f"/api/v1/queue?{query}", "reviewer")
            assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "invalid")


def parcel(desk: Desk, wanted: list[str]) -> list[bytes]:
    answer = desk.post("/api/v1/parcels", "reviewer", json={"ids": wanted})
    assert (answer.status_code, answer.content_type) == (200, "application/octet-stream")
    records = parse_parcel(answer.data)
    assert all(isinstance(record, Record) for record in records)
    return [record.body for record in records if isinstance(record, Record)]


def test_a_parcel_holds_the_wanted_bytes_in_the_order_asked_for(desk: Desk) -> None:
    envelopes = [make_envelope(number) for number in range(3)]
    with desk.app.app_context(), store.writing():
        put = store.envelopes.put(envelopes, NOON.date())
    wanted = [put[2].id.hex(), put[0].id.hex()]
    assert parcel(desk, wanted) == [envelopes[2], envelopes[0]]


def test_what_is_not_held_is_left_out(desk: Desk) -> None:
    held, deleted = desk.receive(2)
    with desk.app.app_context(), store.writing():
        store.envelopes.delete(bytes.fromhex(deleted))
    assert len(parcel(desk, ["0" * 64, deleted, held])) == 1
    assert parcel(desk, ["0" * 64]) == []


def test_an_id_asked_for_twice_is_sent_once(desk: Desk) -> None:
    (id_,) = desk.receive()
    assert len(parcel(desk, [id_, id_])) == 1


def test_a_parcel_of_the_largest_reports_ends_before_a_mebibyte_and_the_rest_can_be_asked_for(
    desk: Desk,
) -> None:
    largest = [make_envelope(number, length=17532) for number in range(64)]
    with desk.app.app_context(), store.writing():
        wanted = [put.id.hex() for put in store.envelopes.put(largest, NOON.date())]
    first = parcel(desk, wanted)
    assert first == largest[: len(first)]
    assert MAX_BYTES - 17538 < 4 + len(first) * 17538 <= MAX_BYTES
    assert first + parcel(desk, wanted[len(first) :]) == largest


REFUSED_WISHES: tuple[object, ...] = (
    {},
    {"ids": []},
    {"ids": ["0" * 64] * 65},
    {"ids": ["0" * 62]},
    {"ids": ["A" * 64]},
    {"ids": [1]},
    {"ids": [None]},
    {"ids": "0" * 64},
    {"ids": ["0" * 64], "all": True},
    [],
    None,
    "ids",
)


def test_a_wish_of_another_form_is_invalid(desk: Desk, subtests: pytest.Subtests) -> None:
    for wish in REFUSED_WISHES:
        with subtests.test(repr(wish)[:40]):
            answer = desk.post(
                "/api/v1/parcels",
                "reviewer",
                data=json.dumps(wish),
                content_type="application/json",
            )
            assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "invalid")


HELD = {"decision": "hold", "flags": ["gbv", "child"]}
CONFIRMED = SAFETY | {"verification": "v4"}


@pytest.fixture
def assessed(desk: Desk) -> dict[str, str]:
    """Ids by what was decided of them; one more waits."""
    names = ("held", "accepted", "alone", "signed", "spam", "waiting")
    ids_ = dict(zip(names, desk.receive(len(names)), strict=True))
    desk.assess(ids_["held"], HELD)
    desk.assess(ids_["accepted"], SAFETY, who="administrator")
    desk.assess(ids_["alone"], CONFIRMED)
    desk.assess(ids_["signed"], CONFIRMED)
    desk.assess(ids_["signed"], CONFIRMED, seen=1, who="administrator")
    desk.assess(ids_["spam"], {"decision": "reject_spam"})
    return ids_


def test_a_queued_report_says_what_its_newest_assessment_says_in_short(
    desk: Desk, assessed: dict[str, str]
) -> None:
    latest = {each["id"]: each["latest"] for each in page(desk, "?state=all")["envelopes"]}
    assert latest[assessed["waiting"]] is None
    held = {"decision": "hold", "verification": None, "flags": ["gbv", "child"]}
    assert latest[assessed["held"]] == held | {"member": "reviewer"}
    accepted = {"decision": "accept", "flags": []}
    alone = accepted | {"verification": "v3", "member": "reviewer"}
    assert latest[assessed["alone"]] == alone
    signed = accepted | {"verification": "v4", "member": "administrator"}
    assert latest[assessed["signed"]] == signed


CHOSEN = {
    "decision=hold": {"held"},
    "flag=child": {"held"},
    "flag=personal_data": set(),
    f"verification={SAFETY['verification']}": {"accepted"},
    "verification=v3": {"alone"},
    "verification=v4": {"signed"},
    "verification=alone": {"alone"},
    "mine=true": {"held", "alone", "spam"},
    "mine=false": {"held", "accepted", "alone", "signed", "spam"},
    "mine=true&decision=accept": {"alone"},
    "decision=hold&flag=gbv&mine=true": {"held"},
    "decision=hold&verification=v4": set(),
}


def test_those_assessed_can_be_chosen_by_what_was_decided(
    desk: Desk, assessed: dict[str, str], subtests: pytest.Subtests
) -> None:
    for choice, wanted in CHOSEN.items():
        with subtests.test(choice):
            found = page(desk, f"?state=assessed&{choice}")
            assert set(ids(found)) == {assessed[name] for name in wanted}
            assert found["next"] is None


def test_a_page_of_chosen_reports_looks_at_so_many_and_no_report_is_left_out_on_the_way(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.envelopes, "LOOKED_AT", 3)
    received = [id_ for _ in range(10) for id_ in desk.receive()]
    for number, id_ in enumerate(received):
        desk.assess(id_, HELD if number % 4 == 1 else {"decision": "reject_spam"})
    found: list[str] = []
    pages, query = 0, "?state=assessed&decision=hold&limit=1"
    cursor: str | None = ""
    while cursor is not None:
        answer = page(desk, query + (f"&before={cursor}" if cursor else ""))
        found, cursor, pages = found + ids(answer), answer["next"], pages + 1
    assert found == [received[9], received[5], received[1]]
    assert pages > 3
