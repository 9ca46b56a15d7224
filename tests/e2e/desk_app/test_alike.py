"""Reports that may be about one event: suggested with reasons, compared, joined."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator

from amana.core.envelope import envelope_id, seal
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import (
    ACCEPTED,
    NARROW,
    WIDE,
    choose,
    put,
    sample_report,
    sent_by,
    versions,
    window,
)
from tests.e2e.servers import REVIEWER, Site


def every(found: Locator, name: str) -> list[str]:
    """One `data-` attribute of everything that was found."""
    values: list[str] = found.evaluate_all(
        "(all, name) => all.map((one) => one.dataset[name])", name
    )
    return values


def accept(desk: Desk) -> None:
    choose(desk, {name: ACCEPTED[name] for name in ("severity", "verification")})
    desk.act("save")
    desk.page.locator("[data-part=saved]").wait_for()


def assert_compared(alike: Locator) -> None:
    """Side by side, what differs is marked."""
    alike.locator("[data-action=compare]").click()
    differing = every(alike.locator("[data-part=sides] [data-differs=true]"), "field")
    assert {"homes", "note"} <= set(differing)
    assert "event" not in differing


def assess_the_first(desk: Desk, envelope: bytes) -> None:
    """Give a report an event of its own."""
    desk.open(envelope_id(envelope))
    choose(desk, {"decision": "accept"})
    accept(desk)
    desk.back()


def event_of(site: Site, envelope: bytes) -> object:
    (row,) = versions(site, envelope)
    return row["event_id"]


@pytest.mark.parametrize(("lang", "size"), [("ar", NARROW), ("en", WIDE)], ids=["ar", "en"])
def test_what_may_be_the_same_event_is_compared_and_joined_and_the_server_is_not_asked(
    desk_chromium: Chromium, organisation: Site, lang: str, size: tuple[int, int]
) -> None:
    desk_key = organisation.key_set.desk[-1].pub
    burned, told, calm, elsewhere = sealed = [
        seal(sample_report(name), desk_key) for name in ("S01", "S03", "S04", "S28")
    ]
    put(organisation, *sealed)
    with window(desk_chromium, organisation, lang, size) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        assess_the_first(desk, burned)
        sent = sent_by(desk.page)
        desk.open(envelope_id(told))
        alike = desk.page.locator("[data-alike]")
        alike.first.wait_for()
        assert every(alike, "alike") == [envelope_id(each).hex() for each in (burned, calm)]
        first, second = alike.all()
        reasons = ["same_place", "same_day", "same_category", "wording"]
        assert every(first.locator("[data-reason]"), "reason") == reasons
        assert second.locator("[data-part=contradictions]").is_visible()
        assert_compared(first)
        assert not [each for each in sent if envelope_id(elsewhere).hex() in each.url]
        first.locator("[data-action=same-event]").click()
        desk.page.locator("[data-field=decision] [data-option=merge] input:checked").wait_for()
        accept(desk)
    assert event_of(organisation, burned) == event_of(organisation, told)
