"""The record of what members did, as an administrator reads it."""

from __future__ import annotations

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

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


def test_the_record_is_looked_through_by_member_and_by_act(
    desk_chromium: Chromium, organisation: Site
) -> None:
    desk_key = organisation.key_set.desk[-1].pub
    first, second = (seal(sample_report(each), desk_key) for each in ("S01", "S39"))
    put(organisation, first, second)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.open(envelope_id(first))
        desk.assess({"decision": "hold"})
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(SECOND)
        desk.act("show-record")
        entries = desk.page.locator("[data-entry]")
        several = desk.page.locator("[data-part=ids]")
        opened = desk.page.locator("[data-act=opened]").filter(has=several)
        several.locator("summary").click()
        assert envelope_id(second).hex()[:8] in opened.inner_text()
        look = "[data-field=sieve-{}]".format
        desk.page.locator(look("act")).select_option("assessed")
        opened.wait_for(state="detached")
        desk.page.locator(look("member")).select_option(REVIEWER.name)
        expect(entries).to_have_count(1)
        desk.page.locator(look("act")).select_option("member_removed")
        expect(entries).to_have_count(0)
