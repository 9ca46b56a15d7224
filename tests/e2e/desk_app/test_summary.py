"""Tiers: what leaves is looked at first, and settles its weeks once it is taken out."""

from __future__ import annotations

from playwright.sync_api import Browser as Chromium

from amana.core.envelope import envelope_id, seal
from amana.export.verifying import verify_package
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import ACCEPTED, put, sample_report, window
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
        with desk.page.expect_download() as download:
            desk.act("download")
        assert download.value.suggested_filename == "amana-public-2025-03-03-2025-03-09.zip"
        with download.value.path().open("rb") as package:
            counts = verify_package(package, organisation.key_set).counts
        assert (counts.rows, counts.rows_withheld, counts.reports_counted) == (1, 1, None)
