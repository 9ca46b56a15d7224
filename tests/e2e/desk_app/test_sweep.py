"""Several reports rejected as spam at once: undone without a trace, never over a colleague."""

from __future__ import annotations

from playwright.sync_api import Browser as Chromium

from amana.core.envelope import envelope_id, seal
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import NARROW, put, row_of, sample_report, versions, window
from tests.e2e.phone import wait_until
from tests.e2e.servers import REVIEWER, SECOND, Site

UNDO_MS = 10_000


def pick(desk: Desk, *envelopes: bytes) -> None:
    for envelope in envelopes:
        desk.page.locator(f"[data-pick='{envelope_id(envelope).hex()}']").check()


def assert_only_what_waits_can_be_picked(desk: Desk, count: int) -> None:
    """One of so many waits."""
    desk.act("sweep-begin")
    desk.act("filter-all")
    assert len(desk.queue()) == count
    assert desk.page.locator("[data-pick]").count() == 1


def hold_meanwhile(colleague: Desk, envelope: bytes) -> None:
    colleague.sign_in(SECOND)
    colleague.queue()
    colleague.open(envelope_id(envelope))
    colleague.assess({"decision": "hold"})


def decisions(site: Site, envelope: bytes) -> list[object]:
    return [row["decision"] for row in versions(site, envelope)]


def test_spam_is_rejected_together_and_undone_before_anything_is_sent(
    desk_chromium: Chromium, organisation: Site
) -> None:
    desk_key = organisation.key_set.desk[-1].pub
    spam, test, taken, kept = sealed = [
        seal(sample_report(name), desk_key) for name in ("S33", "S34", "S35", "S01")
    ]
    put(organisation, *sealed)
    with (
        window(desk_chromium, organisation, "ar", NARROW) as desk,
        window(desk_chromium, organisation) as other,
    ):
        desk.page.clock.install()
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.act("sweep-begin")
        pick(desk, spam, test, taken)
        desk.act("sweep-reject")
        row_of(desk, spam).wait_for(state="detached")
        assert desk.queue() == [envelope_id(kept).hex()]
        desk.act("sweep-undo")
        row_of(desk, spam).wait_for()
        hold_meanwhile(other, taken)
        assert [decisions(organisation, each) for each in (spam, test)] == [[], []]
        desk.act("sweep-reject")
        row_of(desk, spam).wait_for(state="detached")
        desk.page.clock.fast_forward(UNDO_MS)
        wait_until(lambda: decisions(organisation, test) == ["reject_spam"], "nothing was rejected")
        desk.page.locator("[data-action=sweep-begin]").wait_for()
        assert desk.queue() == [envelope_id(kept).hex()]
        assert_only_what_waits_can_be_picked(desk, len(sealed))
    assert [decisions(organisation, each) for each in sealed] == [
        ["reject_spam"],
        ["reject_spam"],
        ["hold"],
        [],
    ]
