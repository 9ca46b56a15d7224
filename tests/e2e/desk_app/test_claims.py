"""Two members and one report: who has it, who is told so, who takes it over."""

from __future__ import annotations

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Request

from amana.core.envelope import envelope_id, seal
from tests.e2e import rows
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import put, row_of, sample_report, window
from tests.e2e.phone import wait_until
from tests.e2e.servers import REVIEWER, SECOND, Site

RENEWED_MS = 60_000


def holder(site: Site) -> list[str]:
    """Names of those who hold a claim, as the database has them."""
    return rows.claims(site.ground.database)


def is_claim(request: Request) -> bool:
    return request.method == "PUT" and request.url.endswith("/claim")


def take_over(desk: Desk, holder: str) -> None:
    told = desk.page.locator("[data-part=claim]")
    assert holder in told.inner_text()
    told.locator("summary").click()
    told.locator("[data-take=urgent]").click()
    told.wait_for(state="detached")


def read(desk: Desk, envelope: bytes) -> None:
    desk.queue()
    desk.open(envelope_id(envelope))


def test_a_report_that_a_colleague_works_on_is_marked_and_can_be_taken_over(
    desk_chromium: Chromium, organisation: Site
) -> None:
    envelope = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, envelope)
    with window(desk_chromium, organisation) as first, window(desk_chromium, organisation) as other:
        first.page.clock.install()
        first.sign_in(REVIEWER)
        read(first, envelope)
        wait_until(lambda: holder(organisation) == [REVIEWER.name], "the claim is not there")
        with first.page.expect_request(is_claim):
            first.page.clock.fast_forward(RENEWED_MS)
        assert first.page.locator("[data-part=claim]").count() == 0
        other.sign_in(SECOND)
        other.queue()
        row_of(other, envelope).locator("[data-part=claimed]").wait_for()
        other.open(envelope_id(envelope))
        take_over(other, REVIEWER.name)
        assert holder(organisation) == [SECOND.name]
        other.assess({"decision": "hold"})
        other.back()
        wait_until(lambda: holder(organisation) == [], "the claim was not given up")
        first.back()
        first.open(envelope_id(envelope))
        first.page.locator("[data-version='1']").wait_for()
        first.back()
        row_of(first, envelope).wait_for(state="detached")
