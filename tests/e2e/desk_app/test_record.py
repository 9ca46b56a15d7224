"""The record of what members did, as an administrator reads it."""

from __future__ import annotations

from playwright.sync_api import Browser as Chromium

from amana.core.envelope import envelope_id, seal
from tests.e2e.desk_app.ground import put, sample_report, window
from tests.e2e.servers import REVIEWER, SECOND, Site


def test_an_administrator_reads_what_a_reviewer_did_and_the_reviewer_does_not(
    desk_chromium: Chromium, organisation: Site
) -> None:
    envelope = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, envelope)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.open(envelope_id(envelope))
        desk.assess({"decision": "hold"})
        desk.page.locator("[data-part=saved]").wait_for()
        assert desk.page.locator("[data-action=show-record]").count() == 0
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(SECOND)
        desk.act("show-record")
        entries = desk.page.locator("[data-entry]")
        entries.first.wait_for()
        acts = entries.evaluate_all("(all) => all.map((one) => one.dataset.act)")
        assert acts[:4] == ["signed_in", "assessed", "opened", "signed_in"]
        identity = envelope_id(envelope).hex()
        assert entries.nth(1).inner_text().splitlines()[1:] == [
            f"{REVIEWER.name} saved version 1 of an assessment: Hold: more information needed",
            identity,
        ]
        assert entries.nth(2).inner_text().endswith(identity[:8])
