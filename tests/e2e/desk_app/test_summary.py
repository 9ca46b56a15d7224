"""Tiers: what leaves is looked at first, and settles its weeks once it is taken out."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, expect

from amana.core.envelope import envelope_id, seal
from amana.export.verifying import verify_package
from tests.e2e.axe import trouble
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import ACCEPTED, NARROW, put, sample_report, window
from tests.e2e.servers import COORDINATOR, REVIEWER, Site

WEEK = ("2025-03-03", "2025-03-09")


def count(desk: Desk, code: str) -> str:
    return desk.page.locator(f"[data-part=preview] [data-count={code}] dd").inner_text()


def ask(desk: Desk, tier: str) -> None:
    desk.act("show-summary")
    desk.choose_days(*WEEK)
    desk.page.locator("select[data-field=tier]").select_option(tier)
    desk.act("show")
    desk.page.locator(f"[data-part=summary][data-tier={tier}][data-from='{WEEK[0]}']").wait_for()


def test_what_a_file_for_the_public_withholds_is_seen_before_it_leaves(
    desk_chromium: Chromium, organisation: Site
) -> None:
    envelopes = [
        seal(sample_report(name), organisation.key_set.desk[-1].pub) for name in ("S01", "S03")
    ]
    for envelope in envelopes:
        put(organisation, envelope)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        for envelope, tier in zip(envelopes, ("public", "internal"), strict=True):
            desk.open(envelope_id(envelope))
            desk.assess({**ACCEPTED, "day": "2025-03-07", "release_tier": tier})
            desk.back()
        ask(desk, "public")
        assert (count(desk, "reports_in"), count(desk, "reports_cleared")) == ("2", "1")
        assert count(desk, "reports_shown") == "0"
        assert desk.page.locator("select[data-field=area] option").count() == 2
        row = desk.page.locator("tr[data-district=SY0602]")
        assert row.get_attribute("data-suppressed") == "true"
        assert desk.page.locator("tr[data-area=SY06][data-suppressed=true]").count() == 1
        assert desk.page.locator("[data-part=not-yours]").is_visible()
        assert desk.page.locator("[data-action=download]").count() == 0
        desk.page.locator("select[data-field=tier]").select_option("internal")
        assert desk.page.locator("[data-action=download]").is_visible()
    take_out_for_the_public(desk_chromium, organisation)


def take_out_for_the_public(desk_chromium: Chromium, organisation: Site) -> None:
    """A coordinator gets the package, and it is the organisation's."""
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(COORDINATOR)
        ask(desk, "public")
        desk.act("download")
        with desk.page.expect_download() as download:
            desk.act("confirm-download")
        assert download.value.suggested_filename == "amana-public-2025-03-03-2025-03-09.zip"
        with download.value.path().open("rb") as package:
            counts = verify_package(package, organisation.key_set).counts
        assert (counts.rows, counts.rows_withheld, counts.reports_counted) == (1, 1, None)


def released(organisation: Site) -> list[tuple[str, str, str]]:
    """Tier, first and last Monday of what has left."""
    with contextlib.closing(sqlite3.connect(organisation.ground.database)) as database:
        return database.execute("SELECT tier, first, last FROM releases").fetchall()


def buttons(desk: Desk) -> tuple[Locator, Locator]:
    """The buttons that show and take out."""
    return desk.page.locator("[data-action=show]"), desk.page.locator("[data-action=download]")


def test_outside_only_what_is_shown_can_be_taken_out(
    desk_chromium: Chromium, organisation: Site
) -> None:
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(COORDINATOR)
        _, take_out = buttons(desk)
        desk.page.locator("[data-part=look]").wait_for()
        desk.choose_days("2024-01-01", "2025-03-09")
        expect(take_out).to_be_enabled()
        desk.page.locator("select[data-field=tier]").select_option("public")
        expect(take_out).to_be_disabled()
        expect(desk.page.locator("[data-part=show-first]")).to_be_visible()
        desk.act("show")
        expect(take_out).to_be_enabled()
        desk.choose_days(*WEEK)
        expect(take_out).to_be_disabled()


def test_what_leaves_is_named_in_a_question_and_stays_when_nobody_says_yes(
    desk_chromium: Chromium, organisation: Site
) -> None:
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(COORDINATOR)
        ask(desk, "public")
        desk.act("download")
        asked = desk.page.locator("dialog[data-screen=takeout]")
        expect(asked.locator("[data-part=takeout-tier]")).to_have_text("For whom: The public")
        expect(asked.locator("[data-part=takeout-weeks]")).to_have_text("3 Mar 2025 to 9 Mar 2025")
        expect(asked.locator("[data-action=keep]")).to_be_focused()
        desk.act("keep")
        expect(asked).to_have_count(0)
        assert released(organisation) == []
        desk.act("download")
        with desk.page.expect_download():
            desk.act("confirm-download")
        assert released(organisation) == [("public", WEEK[0], WEEK[0])]


def test_a_week_that_is_none_is_neither_shown_nor_taken_out(
    desk_chromium: Chromium, organisation: Site
) -> None:
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(COORDINATOR)
        show, take_out = buttons(desk)
        week = desk.page.locator("[data-field=week]")
        expect(take_out).to_be_enabled()
        told = week.input_value()
        week.fill("2026-W54")
        expect(show).to_be_disabled()
        expect(take_out).to_be_disabled()
        week.fill(told)
        expect(show).to_be_enabled()
        expect(take_out).to_be_enabled()
        week.fill("2025-W10")
        expect(take_out).to_be_disabled()  # not chosen yet
        week.press("Tab")
        desk.page.locator(f"[data-part=summary][data-from='{WEEK[0]}']").wait_for()
        expect(show).to_be_enabled()
        expect(take_out).to_be_enabled()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_question_before_files_leave_keeps_nobody_out(
    desk_chromium: Chromium, organisation: Site, lang: str
) -> None:
    with window(desk_chromium, organisation, lang, NARROW) as desk:
        desk.sign_in(COORDINATOR)
        ask(desk, "public")
        assert trouble(desk.page) == []
        desk.act("download")
        desk.page.locator("dialog[data-screen=takeout]").wait_for()
        assert trouble(desk.page) == []
        assert desk.page.evaluate("document.documentElement.scrollWidth") == NARROW[0]
        desk.page.keyboard.press("Escape")
        expect(desk.page.locator("dialog[data-screen=takeout]")).to_have_count(0)
