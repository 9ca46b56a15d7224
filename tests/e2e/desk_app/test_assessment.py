"""The assessment: what is suggested, what is sent, what a colleague does meanwhile; its summary."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser as Chromium

from amana.core.envelope import envelope_id, seal
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import (
    ACCEPTED,
    Held,
    choose,
    form,
    put,
    sample_report,
    sent_by,
    versions,
    window,
)
from tests.e2e.servers import REVIEWER, SECOND, Site


def test_a_report_suggests_everything_but_the_judgement(reviewer: Desk, held: Held) -> None:
    reviewer.open(envelope_id(held.burned))
    form(reviewer).wait_for()
    assert form(reviewer).locator("input:checked").count() == 0
    choose(reviewer, {"decision": "accept"})
    chosen = (
        form(reviewer)
        .locator("select")
        .evaluate_all(
            "(all) => Object.fromEntries(all.map("
            "(one) => [one.closest('[data-field]').dataset.field, one.value]))"
        )
    )
    expected = {"kind": "safety", "adm3": "SY060200", "category": "arson", "homes": "b6_20"}
    assert expected.items() <= chosen.items()
    judged = "[data-field={}] input:checked"
    for field in ("severity", "verification"):
        assert form(reviewer).locator(judged.format(field)).count() == 0


def test_only_coded_fields_leave_the_browser(reviewer: Desk, site: Site, held: Held) -> None:
    reviewer.open(envelope_id(held.hostile))
    with reviewer.page.expect_request(
        lambda request: request.method == "POST" and request.url.endswith("/assessments")
    ) as request:
        reviewer.assess(
            {
                "decision": "accept",
                "adm3": "SY060200",
                "place_precision": "adm3",
                "day": "2026-11-20",
                "severity": "1",
                "verification": "v1",
            }
        )
    body: dict[str, Any] = request.value.post_data_json or {}
    assert {name: value for name, value in body.items() if name != "event_id"} == {
        "decision": "accept",
        "kind": "safety",
        "adm3": "SY060200",
        "place_precision": "adm3",
        "day": "2026-11-20",
        "time_precision": "day",
        "category": "other",
        "severity": "1",
        "verification": "v1",
        "source_reliability": "F",
        "info_credibility": "6",
    }
    assert request.value.headers["if-match"] == '"0"'
    assert [row["version"] for row in versions(site, held.hostile)] == [1]


def test_a_rejected_report_leaves_nothing_but_the_decision(
    reviewer: Desk, site: Site, held: Held
) -> None:
    reviewer.open(envelope_id(held.not_json))
    with reviewer.page.expect_request("**/assessments") as request:
        reviewer.assess({"decision": "reject_spam"})
    assert request.value.post_data_json == {"decision": "reject_spam"}
    assert form(reviewer).locator("[data-field=decision] [data-option=accept]").count() == 0


def test_what_is_missing_is_named_and_nothing_is_sent(reviewer: Desk, held: Held) -> None:
    sent = sent_by(reviewer.page)
    reviewer.open(envelope_id(held.sheltered))
    reviewer.act("save")
    reviewer.page.locator("[data-part=missing]").wait_for()
    choose(reviewer, {"decision": "accept"})
    reviewer.act("save")
    assert reviewer.page.locator("[data-part=missing] li").count() == 2
    assert not [each for each in sent if each.method == "POST"]


def test_what_is_confirmed_says_until_a_second_member_has_signed_that_one_is_missing(
    desk_chromium: Chromium, organisation: Site
) -> None:
    envelope = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, envelope)
    told = []
    for member, state in ((REVIEWER, "waiting"), (SECOND, "assessed")):
        with window(desk_chromium, organisation) as desk:
            desk.sign_in(member)
            desk.act(f"filter-{state}")
            desk.queue()
            desk.open(envelope_id(envelope))
            desk.assess({**ACCEPTED, "verification": "v4"})
            told.append(desk.page.locator("[data-part=second]").count())
    assert told == [1, 0]
    signed = [(row["version"], row["verification"]) for row in versions(organisation, envelope)]
    assert signed == [(1, "v4"), (2, "v4")]


def test_a_colleague_who_was_faster_is_shown_beside_what_one_has_filled_in(
    desk_chromium: Chromium, organisation: Site
) -> None:
    envelope = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, envelope)
    with (
        window(desk_chromium, organisation) as slow,
        window(desk_chromium, organisation) as fast,
    ):
        for desk, member in ((slow, REVIEWER), (fast, SECOND)):
            desk.sign_in(member)
            desk.queue()
            desk.open(envelope_id(envelope))
        choose(slow, {**ACCEPTED, "severity": "2"})
        fast.assess({**ACCEPTED, "severity": "4", "verification": "contested"})
        slow.act("save")
        differing = slow.page.locator("[data-part=conflict] tbody tr")
        differing.first.wait_for()
        fields = differing.evaluate_all("(all) => all.map((one) => one.dataset.field)")
        assert fields == ["severity", "verification", "event_id"]
        assert form(slow).locator("[data-field=severity] [data-option='2'] input").is_checked()
        slow.act("save")
        slow.page.locator("[data-part=saved][data-version='2']").wait_for()
    kept = [(row["version"], row["severity"]) for row in versions(organisation, envelope)]
    assert kept == [(1, "4"), (2, "2")]


def test_changing_the_language_turns_the_page_and_keeps_what_was_filled_in(
    reviewer: Desk, held: Held
) -> None:
    reviewer.open(envelope_id(held.fled))
    choose(reviewer, {"decision": "accept", "severity": "5"})
    title = reviewer.page.title()
    reviewer.act("language-ar")
    root = reviewer.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    assert reviewer.page.title() != title
    assert form(reviewer).locator("[data-field=severity] [data-option='5'] input").is_checked()


def test_going_to_the_queue_and_back_keeps_what_was_filled_in(reviewer: Desk, held: Held) -> None:
    reviewer.open(envelope_id(held.fled))
    choose(reviewer, {"decision": "accept", "severity": "4"})
    reviewer.back()
    reviewer.open(envelope_id(held.fled))
    assert form(reviewer).locator("[data-field=severity] [data-option='4'] input").is_checked()


def test_a_cell_of_too_few_reports_is_shown_as_withheld(
    desk_chromium: Chromium, organisation: Site
) -> None:
    envelope = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, envelope)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.open(envelope_id(envelope))
        desk.assess({**ACCEPTED, "day": "2025-03-07"})
        desk.act("show-summary")
        desk.choose_days("2025-03-05", "2025-03-06")
        desk.act("show")
        cell = desk.page.locator("tr[data-district=SY0602]")
        cell.wait_for()
        assert cell.get_attribute("data-suppressed") == "true"
        assert cell.locator(".withheld").is_visible()
        assert cell.locator("[data-field]").count() == 0
        shown = desk.page.locator("[data-part=summary]")
        assert (shown.get_attribute("data-from"), shown.get_attribute("data-to")) == (
            "2025-03-03",
            "2025-03-09",
        )
