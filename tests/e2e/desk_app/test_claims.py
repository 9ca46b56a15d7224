"""Two members and one report: who has it, who is told so, who takes it over."""

from __future__ import annotations

from playwright.sync_api import Browser as Chromium

from amana.core.envelope import envelope_id, seal
from tests.e2e import rows
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import put, row_of, sample_report, window
from tests.e2e.phone import wait_until
from tests.e2e.servers import REVIEWER, SECOND, Site


def holder(site: Site) -> list[str]:
    """Names of those who hold a claim, as the database has them."""
    return rows.claims(site.ground.database)


def read(desk: Desk, envelope: bytes) -> None:
    desk.queue()
    desk.open(envelope_id(envelope))


def test_a_report_that_a_colleague_works_on_is_marked_and_can_be_taken_over(
    desk_chromium: Chromium, organisation: Site
) -> None:
    envelope = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, envelope)
    with window(desk_chromium, organisation) as first, window(desk_chromium, organisation) as other:
        first.sign_in(REVIEWER)
        read(first, envelope)
        wait_until(lambda: holder(organisation) == [REVIEWER.name], "the claim is not there")
        assert first.page.locator("[data-part=claim]").count() == 0
        other.sign_in(SECOND)
        other.queue()
        row_of(other, envelope).locator("[data-part=claimed]").wait_for()
        other.open(envelope_id(envelope))
        told = other.page.locator("[data-part=claim]")
        assert REVIEWER.name in told.inner_text()
        told.locator("summary").click()
        told.locator("[data-take=urgent]").click()
        told.wait_for(state="detached")
        assert holder(organisation) == [SECOND.name]
        other.assess({"decision": "hold"})
        other.back()
        wait_until(lambda: holder(organisation) == [], "the claim was not given up")
        first.back()
        first.open(envelope_id(envelope))
        first.page.locator("[data-version='1']").wait_for()
        first.back()
        row_of(first, envelope).wait_for(state="detached")
