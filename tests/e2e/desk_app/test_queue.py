"""The queue and one report: everything is listed, everything is text."""

from __future__ import annotations

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from amana import clock
from amana.core.envelope import envelope_id, seal
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import Held, form, put, row_of, sample_report, window
from tests.e2e.servers import REVIEWER, SECOND, Site

LONG = 260
LINES = "[data-part=reports] li[data-envelope]"
FOCUSED = "(id) => document.activeElement?.closest('[data-envelope]')?.dataset.envelope === id"
COME_BACK = "document.dispatchEvent(new Event('visibilitychange'))"
"""What the browser says when the member comes back to the window."""


def readable(desk: Desk) -> set[str]:
    """The envelopes of the readable reports on the screen."""
    ids = "(rows) => rows.map((row) => row.dataset.envelope)"
    return set(desk.page.locator(LINES).evaluate_all(ids))


def test_what_does_not_open_is_listed_with_its_reason(reviewer: Desk, held: Held) -> None:
    reasons = {
        each: row_of(reviewer, each).get_attribute("data-reason")
        for each in (held.not_json, held.damaged, held.foreign, held.strange)
    }
    assert list(reasons.values()) == ["json", "open", "kid", "schema"]
    unread = reviewer.page.locator("[data-part=unreadable] li[data-envelope]")
    assert unread.count() == 3


def test_the_most_urgent_report_comes_first(reviewer: Desk, held: Held) -> None:
    marks = reviewer.page.locator("[data-part=reports] li[data-envelope]").evaluate_all(
        "(rows) => rows.map((row) => Number(row.dataset.urgency))"
    )
    assert marks == sorted(marks, reverse=True)
    assert row_of(reviewer, held.searched).get_attribute("data-urgency") == "3"


def test_a_queue_longer_than_a_page_is_read_to_its_end(
    desk_chromium: Chromium, organisation: Site
) -> None:
    desk_key = organisation.key_set.desk[-1].pub
    put(organisation, *(seal(sample_report("S39"), desk_key) for _ in range(53)))
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        assert len(set(desk.queue())) == 53
        desk.act("filter-all")
        assert len(desk.queue()) == 50
        desk.act("more")
        desk.page.locator("[data-part=reports] li:nth-child(53)").wait_for()
        assert len(set(desk.queue())) == 53


def test_a_long_queue_is_in_the_page_in_part_and_can_be_walked_to_its_end(
    desk_chromium: Chromium, organisation: Site
) -> None:
    desk_key = organisation.key_set.desk[-1].pub
    put(organisation, *(seal(sample_report("S39"), desk_key) for _ in range(LONG)))
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        assert len(desk.queue()) < LONG
        rows = desk.page.locator("[data-part=reports] li")
        assert rows.first.get_attribute("aria-setsize") == str(LONG)
        assert rows.first.get_attribute("aria-posinset") == "1"
        desk.page.keyboard.press("End")
        last = desk.page.locator(f"[data-part=reports] [aria-posinset='{LONG}']")
        last.wait_for()
        identity = last.get_attribute("data-envelope") or ""
        last.scroll_into_view_if_needed()
        desk.open(bytes.fromhex(identity))
        desk.back()
        desk.queue()
        desk.page.wait_for_function(FOCUSED, arg=identity)


def test_what_arrives_meanwhile_joins_the_list_by_itself(
    desk_chromium: Chromium, organisation: Site
) -> None:
    desk_key = organisation.key_set.desk[-1].pub
    first, second, third = (seal(sample_report(each), desk_key) for each in ("S39", "S11", "S01"))
    put(organisation, first)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        assert desk.queue() == [envelope_id(first).hex()]
        put(organisation, second, third)
        desk.page.evaluate(COME_BACK)
        desk.page.locator("[data-arrived='2']").wait_for()
        assert set(desk.queue()) == {envelope_id(each).hex() for each in (first, second, third)}
        assert desk.queue()[-1] == envelope_id(first).hex()


def test_what_a_colleague_decided_on_leaves_the_list_by_itself(
    desk_chromium: Chromium, organisation: Site
) -> None:
    desk_key = organisation.key_set.desk[-1].pub
    decided, waiting = (seal(sample_report(each), desk_key) for each in ("S39", "S11"))
    put(organisation, decided, waiting)
    with window(desk_chromium, organisation) as desk, window(desk_chromium, organisation) as other:
        for each, member in ((desk, REVIEWER), (other, SECOND)):
            each.sign_in(member)
            each.queue()
        other.open(envelope_id(decided))
        other.assess({"decision": "hold"})
        assert len(desk.queue()) == 2
        desk.page.evaluate(COME_BACK)
        row_of(desk, decided).wait_for(state="detached")
        assert desk.queue() == [envelope_id(waiting).hex()]


def test_the_sieve_shows_what_is_looked_for_and_never_hides_what_does_not_open(
    reviewer: Desk, held: Held
) -> None:
    everything = reviewer.queue()
    field = "[data-field=sieve-{}]".format
    reviewer.page.locator(field("words")).fill("بُستان باشا")
    reviewer.page.locator(LINES).nth(1).wait_for(state="detached")
    assert readable(reviewer) == {envelope_id(held.burned).hex()}
    reviewer.act("clear")
    reviewer.page.locator(field("kind")).select_option("shelter")
    shelters = readable(reviewer)
    assert envelope_id(held.sheltered).hex() in shelters
    assert envelope_id(held.burned).hex() not in shelters
    unread = reviewer.page.locator("[data-part=unreadable] li[data-envelope]")
    assert unread.count() == 3
    reviewer.open(envelope_id(held.sheltered))
    reviewer.back()
    assert readable(reviewer) == shelters
    reviewer.act("clear")
    assert set(reviewer.queue()) == set(everything)


def test_a_note_is_text_whatever_stands_in_it(reviewer: Desk, held: Held) -> None:
    asked: list[str] = []
    reviewer.page.on("dialog", lambda dialog: asked.append(dialog.message))
    reviewer.open(envelope_id(held.hostile))
    note = reviewer.page.locator("[data-field=note] blockquote")
    shown = note.inner_text()
    assert "<script>alert(1)</script>" in shown
    assert note.locator(":is(img, script, a, b)").count() == 0
    marks = note.locator("[data-character]").evaluate_all(
        "(all) => all.map((one) => one.dataset.character)"
    )
    assert marks == ["U+202E", "U+202C", "U+0007", "U+0301 ×56"]
    assert not set(shown) & {"\u202e", "\u202c", "\u0007"}
    assert asked == []
    assert reviewer.page.title() != "taken"


def test_an_unknown_code_and_an_unknown_field_are_shown_as_they_came(
    reviewer: Desk, held: Held
) -> None:
    reviewer.open(envelope_id(held.strange))
    article = reviewer.page.locator("article")
    assert article.locator("[data-field=event]").inner_text().split()[-1] == "meteor"
    assert '["red"]' in article.locator("[data-field=sky]").inner_text()


def test_the_day_of_arrival_and_the_senders_day_stand_apart(reviewer: Desk, held: Held) -> None:
    reviewer.open(envelope_id(held.hostile))
    day = "[data-fact={}] time"
    received = reviewer.page.locator(day.format("received")).get_attribute("datetime")
    made = reviewer.page.locator(day.format("made")).get_attribute("datetime")
    assert (received, made) == (clock.today().isoformat(), "2026-11-20")


def test_the_browsers_way_back_leads_to_the_queue_and_the_same_row(
    reviewer: Desk, held: Held
) -> None:
    reviewer.open(envelope_id(held.fled))
    reviewer.page.go_back()
    reviewer.queue()
    reviewer.page.wait_for_function(FOCUSED, arg=envelope_id(held.fled).hex())


def test_a_report_made_to_break_the_desk_breaks_nothing(reviewer: Desk, held: Held) -> None:
    row = row_of(reviewer, held.nasty)
    assert row.get_attribute("data-reason") == "schema"
    assert (row.bounding_box() or {"height": 999})["height"] < 200
    reviewer.open(envelope_id(held.nasty))
    assert "toString" in reviewer.page.locator("article").inner_text()
    form(reviewer).wait_for()
    reviewer.back()
    assert envelope_id(held.burned).hex() in reviewer.queue()


def test_assessed_reports_are_chosen_by_what_was_decided_and_by_whom(
    desk_chromium: Chromium, organisation: Site
) -> None:
    desk_key = organisation.key_set.desk[-1].pub
    held, referred = (seal(sample_report(each), desk_key) for each in ("S39", "S11"))
    put(organisation, held, referred)
    with window(desk_chromium, organisation) as desk, window(desk_chromium, organisation) as other:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.open(envelope_id(held))
        desk.assess({"decision": "hold", "flags": ["gbv"]})
        desk.back()
        other.sign_in(SECOND)
        other.queue()
        other.open(envelope_id(referred))
        other.assess({"decision": "refer"})
        desk.act("filter-assessed")
        row_of(desk, referred).wait_for()
        assert row_of(desk, held).locator("[data-flag=gbv]").count() == 1
        assert row_of(desk, referred).locator("[data-decision=refer]").count() == 1
        choice = desk.page.locator("[data-part=choice]")
        for name, option, found, gone in (
            ("mine", "true", held, referred),
            ("mine", "", referred, None),
            ("decision", "refer", referred, held),
            ("flag", "gbv", None, referred),
        ):
            choice.locator(f"[data-field=sieve-{name}]").select_option(option)
            if gone:
                row_of(desk, gone).wait_for(state="detached")
            if found:
                row_of(desk, found).wait_for()
        told = desk.page.locator("[data-screen=queue] > [role=status]").first
        expect(told).to_contain_text("No assessed report")
