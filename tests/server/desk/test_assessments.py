"""Assessments over the wire: appended, versioned, sent again, in conflict."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from .conftest import SAFETY, Desk

MERGE = SAFETY | {"decision": "merge", "event_id": "0123456789abcdef"}


def code(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]["code"]


def versions(desk: Desk, envelope: str) -> list[dict[str, Any]]:
    answer = desk.get(f"/api/v1/envelopes/{envelope}/assessments", "reviewer")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["assessments"]
    return found


def test_a_report_without_an_assessment_has_no_versions(desk: Desk) -> None:
    (envelope,) = desk.receive()
    assert versions(desk, envelope) == []


def test_an_assessment_is_answered_with_what_the_server_adds(desk: Desk) -> None:
    (envelope,) = desk.receive()
    answer = desk.assess(envelope, MERGE | {"flags": ["child"]})
    assert answer.status_code == 201
    kept = answer.get_json()
    assert bytes.fromhex(kept.pop("ref"))
    assert kept == MERGE | {
        "flags": ["child"],
        "version": 1,
        "member": "reviewer",
        "assessed": "2031-03-12",
        "hour": 12,
    }
    assert [one | {"ref": ""} for one in versions(desk, envelope)] == [kept | {"ref": ""}]


def test_versions_are_appended_and_listed_oldest_first(desk: Desk) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, SAFETY)
    desk.watch.forward(days=1)
    desk.tokens.clear()
    answer = desk.assess(envelope, {"decision": "hold"}, seen=1, who="administrator")
    assert (answer.status_code, answer.get_json()["version"]) == (201, 2)
    first, second = versions(desk, envelope)
    assert (first["version"], first["member"], first["assessed"]) == (1, "reviewer", "2031-03-12")
    assert (second["version"], second["decision"], second["assessed"]) == (2, "hold", "2031-03-13")
    assert first["ref"] != second["ref"]


def test_a_day_known_to_the_week_is_kept_as_its_monday(desk: Desk) -> None:
    (envelope,) = desk.receive()
    answer = desk.assess(envelope, SAFETY | {"time_precision": "week", "day": "2031-03-09"})
    assert answer.get_json()["day"] == "2031-03-03"


@pytest.mark.parametrize("seen", [0, 2, 7])
def test_deciding_on_another_version_than_the_newest_is_a_conflict(desk: Desk, seen: int) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, SAFETY)
    answer = desk.assess(envelope, SAFETY | {"severity": "5"}, seen, "administrator")
    assert code(answer) == (409, "conflict")
    assert len(versions(desk, envelope)) == 1


def test_the_same_assessment_sent_again_is_answered_again_and_kept_once(desk: Desk) -> None:
    (envelope,) = desk.receive()
    first = desk.assess(envelope, SAFETY | {"time_precision": "week"})
    again = desk.assess(envelope, dict(reversed(SAFETY.items())) | {"time_precision": "week"})
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    assert len(versions(desk, envelope)) == 1


@pytest.mark.parametrize(
    ("content", "who"),
    [(SAFETY | {"severity": "5"}, "reviewer"), (SAFETY, "administrator")],
    ids=["other content", "other member"],
)
def test_a_resend_that_differs_is_a_conflict(desk: Desk, content: dict[str, Any], who: str) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, SAFETY)
    assert code(desk.assess(envelope, content, 0, who)) == (409, "conflict")


def test_a_resend_after_a_newer_version_is_a_conflict(desk: Desk) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, SAFETY)
    desk.assess(envelope, {"decision": "hold"}, 1, "administrator")
    assert code(desk.assess(envelope, SAFETY)) == (409, "conflict")


def test_the_same_content_on_the_newest_version_is_a_new_version(desk: Desk) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, SAFETY)
    assert desk.assess(envelope, SAFETY, seen=1).get_json()["version"] == 2


def test_of_members_who_decide_at_the_same_moment_one_is_kept(desk: Desk) -> None:
    (envelope,) = desk.receive()
    for who in ("reviewer", "administrator"):
        desk.token(who)

    def decide(number: int) -> int:
        who = ("reviewer", "administrator")[number % 2]
        return desk.assess(envelope, SAFETY | {"severity": str(number + 1)}, 0, who).status_code

    with ThreadPoolExecutor(5) as pool:
        statuses = sorted(pool.map(decide, range(5)))
    assert statuses == [201, 409, 409, 409, 409]
    assert len(versions(desk, envelope)) == 1


def test_the_same_assessment_sent_five_times_at_once_is_kept_once(desk: Desk) -> None:
    (envelope,) = desk.receive()
    desk.token("reviewer")
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: desk.assess(envelope, SAFETY), range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.data for answer in answers}) == 1
    assert len(versions(desk, envelope)) == 1


def test_a_report_that_was_never_received_is_not_found(desk: Desk) -> None:
    assert code(desk.assess("0" * 64, SAFETY)) == (404, "not_found")
    answer = desk.get(f"/api/v1/envelopes/{'0' * 64}/assessments", "reviewer")
    assert code(answer) == (404, "not_found")


def test_without_a_version_nothing_is_kept(desk: Desk) -> None:
    (envelope,) = desk.receive()
    answer = desk.post(f"/api/v1/envelopes/{envelope}/assessments", "reviewer", json=SAFETY)
    assert code(answer) == (428, "version_required")
    assert versions(desk, envelope) == []


REFUSED_TAGS = ("0", '"x"', 'W/"0"', "*", '"0", "1"', '"00"', '"-1"', '""', '"٠"', '"1000000000"')


def test_a_version_of_another_form_is_a_bad_request(desk: Desk, subtests: pytest.Subtests) -> None:
    (envelope,) = desk.receive()
    for tag in REFUSED_TAGS:
        with subtests.test(tag):
            answer = desk.post(
                f"/api/v1/envelopes/{envelope}/assessments",
                "reviewer",
                json=SAFETY,
                headers={"If-Match": tag.encode().decode("latin-1")},
            )
            assert code(answer) == (400, "bad_request")
    assert versions(desk, envelope) == []


REFUSED_CONTENTS: tuple[dict[str, Any], ...] = (
    {},
    {"decision": "accept"},
    {"decision": "maybe"},
    {"decision": "hold", "note": "نص حر"},
    {"decision": "hold", "ref": "0123456789abcdef"},
    {"decision": "hold", "version": 3},
    {"decision": "hold", "flags": []},
    {"decision": "hold", "severity": 3},
    {"decision": "hold", "severity": None},
    SAFETY | {"category": "fear"},
    SAFETY | {"adm3": "SY0602"},
    SAFETY | {"adm3": "C3575"},
    SAFETY | {"households": "hh1"},
    SAFETY | {"day": "2031-02-30"},
    {key: SAFETY[key] for key in SAFETY if key != "verification"},
    SAFETY | {"decision": "merge"},
)


def test_what_is_no_assessment_is_invalid_and_not_kept(
    desk: Desk, subtests: pytest.Subtests
) -> None:
    (envelope,) = desk.receive()
    for content in REFUSED_CONTENTS:
        with subtests.test(repr(content)):
            assert code(desk.assess(envelope, content)) == (422, "invalid")
    assert versions(desk, envelope) == []


def events(desk: Desk, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.get(f"/api/v1/events{query}", "reviewer").get_json()[
        "events"
    ]
    return found


def test_events_are_told_with_how_many_reports_they_have(desk: Desk) -> None:
    first, second, held = desk.receive(3)
    desk.assess(first, SAFETY | {"event_id": MERGE["event_id"]})
    desk.assess(second, MERGE)
    desk.assess(held, {"decision": "hold"})
    assert events(desk) == [
        {
            "event_id": MERGE["event_id"],
            "kind": "safety",
            "category": "arson",
            "adm3": "SY060200",
            "day": "2031-03-05",
            "severity": "3",
            "verification": "v1",
            "reports": 2,
        }
    ]


def test_an_event_is_told_by_its_reports_the_best_verified_first_with_every_version(
    desk: Desk,
) -> None:
    weak, strong, elsewhere = desk.receive(3)
    desk.assess(weak, {"decision": "hold"})
    desk.assess(weak, MERGE, 1)
    desk.assess(strong, MERGE | {"verification": "v2"})
    desk.assess(elsewhere, SAFETY | {"event_id": "f" * 16})
    answer = desk.get(f"/api/v1/events/{MERGE['event_id']}", "reviewer")
    found = answer.get_json()["reports"]
    assert [each["envelope"]["id"] for each in found] == [strong, weak]
    assert [each["verification"] for each in found] == ["v2", MERGE["verification"]]
    decisions = [version["decision"] for version in found[1]["assessments"]]
    assert (decisions, found[1]["envelope"]["version"]) == (["hold", "merge"], 2)
    assert set(found[0]) == {"envelope", "verification", "assessments"}


def test_a_report_that_does_not_count_is_of_no_event(desk: Desk) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, MERGE | {"flags": ["gbv"]})
    answer = desk.get(f"/api/v1/events/{MERGE['event_id']}", "reviewer")
    assert code(answer) == (404, "not_found")


def test_events_are_narrowed_to_a_kind_and_a_district(desk: Desk) -> None:
    (envelope,) = desk.receive()
    desk.assess(envelope, MERGE)
    assert len(events(desk, "?kind=safety&adm2=SY0602")) == 1
    assert events(desk, "?kind=shelter") == []
    assert events(desk, "?adm2=SY1002") == []


def test_events_of_no_kind_or_no_district_are_invalid(
    desk: Desk, subtests: pytest.Subtests
) -> None:
    for query in ("kind=", "kind=fire", "adm2=SY06", "adm2=SY0699", "of=1"):
        with subtests.test(query):
            answer = desk.get(f"/api/v1/events?{query}", "reviewer")
            assert code(answer) == (422, "invalid")
