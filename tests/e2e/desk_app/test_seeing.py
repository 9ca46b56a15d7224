"""Where and when: the map, the days, events and their reports; drawn in the window."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import FilePayload, Page

from amana.core import mailbox
from amana.core.encoding import b64encode
from amana.core.envelope import envelope_id, seal
from amana.core.report import encode_report
from tests.e2e.axe import trouble
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import (
    HAPPENED,
    NARROW,
    WIDE,
    choose,
    decide,
    form,
    put,
    report,
    sample_report,
    sent_by,
    window,
)
from tests.e2e.desk_app.test_access import press_until, seeing_screens
from tests.e2e.samples import sample
from tests.e2e.servers import REVIEWER, Ground, Site, served_copy

JABLAH, QARDAHA = "SY060200", "SY060400"
EVENT = HAPPENED["event_id"]
BOTH_WAYS = pytest.mark.parametrize(
    ("lang", "size"), [("ar", NARROW), ("en", WIDE)], ids=["ar", "en"]
)

CANARY = "canaryvillage"
LINES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": f"<img src=https://evil.example/{CANARY}>"},
            "geometry": {
                "type": "LineString",
                "coordinates": [[35.7, 35.2], [36.1, 35.3], [36.2, 35.6]],
            },
        }
    ],
}


class Happened:
    """Three reports of one event, one of which says that all is calm; three others that wait."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._secret = secrets.token_bytes(mailbox.SECRET_BYTES)
        burned = sample("S01")
        secret = b64encode(self._secret)
        self.seen = self._sealed(report(burned.kind, burned.answers, mailbox=secret))
        self.heard = self._sealed(sample_report("S03"))
        self.calm = self._sealed(sample_report("S04"))
        self.fled = self._sealed(sample_report("S05"))
        self.yesterday = self._sealed(sample_report("S18"))
        self.elsewhere = self._sealed(sample_report("S16"))
        put(site, self.seen, self.heard, self.calm, self.fled, self.yesterday, self.elsewhere)
        decide(site, self.seen, HAPPENED)
        decide(site, self.heard, HAPPENED | {"decision": "merge", "verification": "v1"})
        decide(site, self.calm, HAPPENED | {"decision": "merge", "verification": "contested"})

    def take_back(self) -> bytes:
        """The first sender withdraws; the id of what says so."""
        said = {"v": 1, "lang": "ar", "app": "test", "follows": "withdraw", "answers": {}}
        sealed = self._sealed(encode_report(said | {"mailbox": b64encode(self._secret)}))
        put(self._site, sealed)
        return envelope_id(sealed)

    def _sealed(self, encoded: bytes) -> bytes:
        return seal(encoded, self._site.key_set.desk[-1].pub)


@pytest.fixture(scope="module")
def fire_site(first_ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served_copy(first_ground, tmp_path_factory.mktemp("seeing")) as served:
        yield served


@pytest.fixture(scope="module")
def fire(fire_site: Site) -> Happened:
    return Happened(fire_site)


@pytest.fixture
def desk(desk_chromium: Chromium, fire_site: Site, fire: Happened) -> Iterator[Desk]:
    """A reviewer whose reports are open, in English on a wide screen."""
    with window(desk_chromium, fire_site) as opened:
        opened.sign_in(REVIEWER)
        opened.queue()
        yield opened


def show_map(desk: Desk) -> None:
    desk.act("show-map")
    desk.page.locator("[data-screen=map][aria-busy=false] [data-mark-of]").first.wait_for()


def show_event(desk: Desk) -> None:
    """Wait for the event's own screen with its reports opened."""
    screen = f"[data-screen=event][aria-busy=false][data-event='{EVENT}']"
    desk.page.locator(f"{screen} [data-report]").first.wait_for()


def sign(desk: Desk, name: str) -> Any:
    return desk.page.locator(f"[data-mark-of='{name}']")


def numbers(page: Page, key: str) -> dict[str, str]:
    """One line of the table beside the map, by column."""
    cells = page.locator(f"[data-part=areas] tr[data-key='{key}'] td")
    found: dict[str, str] = cells.evaluate_all(
        "(all) => Object.fromEntries(all.map((one) => [one.dataset.of, one.innerText.trim()]))"
    )
    return found


def hexes(*envelopes: bytes) -> set[str]:
    return {envelope_id(envelope).hex() for envelope in envelopes}


def shown(desk: Desk) -> set[str]:
    """The ids of the list's rows."""
    return set(desk.queue())


def test_a_sign_on_the_map_chooses_its_area_in_the_list_and_leaves_the_others_on_the_map(
    desk: Desk, fire: Happened
) -> None:
    show_map(desk)
    signs = desk.page.locator("[data-part=map] [data-mark-of]").count()
    assert numbers(desk.page, JABLAH)["severity"] == "4"
    assert numbers(desk.page, JABLAH)["events"].endswith("1")
    sign(desk, JABLAH).click()
    assert sign(desk, JABLAH).get_attribute("aria-pressed") == "true"
    assert desk.page.locator("[data-part=map] [data-mark-of]").count() == signs
    desk.act("to-reports")
    assert shown(desk) == hexes(fire.fled)
    desk.act("clear")
    assert shown(desk) == hexes(fire.fled, fire.yesterday, fire.elsewhere)


def test_the_map_follows_the_sieve_of_the_list(desk: Desk) -> None:
    desk.page.locator("[data-field=sieve-kind]").select_option("displacement")
    show_map(desk)
    sign(desk, QARDAHA).wait_for(state="detached")
    assert numbers(desk.page, JABLAH)["events"] == "0"
    desk.page.locator("[data-field=sieve-words]").fill("Banyas")
    sign(desk, JABLAH).wait_for(state="detached")
    assert desk.page.locator("[data-part=map] [data-mark-of]").count() == 1


@BOTH_WAYS
def test_a_bar_is_a_day_chosen_and_time_runs_as_the_language_is_read(
    request: pytest.FixtureRequest, fire_site: Site, lang: str, size: tuple[int, int]
) -> None:
    fire: Happened = request.getfixturevalue("fire")
    with window(request.getfixturevalue("desk_chromium"), fire_site, lang, size) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        show_map(desk)
        bars = desk.page.locator("svg.days [data-mark-of]")
        days = bars.evaluate_all("(all) => all.map((one) => one.dataset.markOf)")
        lefts = bars.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().left)")
        assert days == sorted(set(days))
        assert lefts == sorted(lefts, reverse=lang == "ar")
        bars.first.click()
        assert desk.page.locator(f"[data-on='{days[0]}']").is_visible()
        desk.act("to-reports")
        assert shown(desk) == hexes(fire.yesterday)
        desk.act("clear-day")
        assert len(shown(desk)) == 3


def test_map_days_and_events_are_used_with_the_keyboard_alone(desk: Desk, fire: Happened) -> None:
    page = desk.page
    show_map(desk)
    press_until(page, "[data-part=map] [data-mark-of]")
    assert page.evaluate("document.activeElement.dataset.markOf") == JABLAH
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.markOf") != JABLAH
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert sign(desk, JABLAH).get_attribute("aria-pressed") == "true"
    press_until(page, "[data-part=days] [data-mark-of]")
    page.keyboard.press(" ")
    page.locator("[data-on]").wait_for()
    press_until(page, f"[data-event='{EVENT}'] button")
    page.keyboard.press("Enter")
    show_event(desk)
    press_until(page, "[data-action=open-report]")
    page.keyboard.press("Enter")
    page.locator("[data-screen=report]").wait_for()
    assert page.locator("[data-screen=report]").get_attribute("data-envelope") in hexes(fire.seen)


def test_looking_at_map_days_and_events_asks_the_desk_for_events_and_nobody_for_anything(
    desk: Desk,
) -> None:
    sent = sent_by(desk.page)
    show_map(desk)
    for look in ("close", "whole", "near"):
        desk.act(f"look-{look}")
    sign(desk, JABLAH).click()
    desk.act("show-events")
    desk.page.locator(f"[data-event='{EVENT}']").wait_for()
    asked = {(each.method, each.url) for each in sent if "/claims" not in each.url}
    assert asked == {("GET", f"{desk.origin}/api/v1/events")}
    assert JABLAH not in "".join(each.url + (each.post_data or "") for each in sent)


def boundary_file(name: str, content: str) -> FilePayload:
    return {"name": name, "mimeType": "application/geo+json", "buffer": content.encode()}


def test_boundaries_are_drawn_from_a_file_that_is_neither_sent_nor_shown_as_text(
    desk: Desk,
) -> None:
    page = desk.page
    show_map(desk)
    sent = sent_by(page)
    page.locator("[data-part=boundaries] summary").click()
    field = page.locator("[data-field=boundaries]")
    field.set_input_files(boundary_file(f"{CANARY}.geojson", json.dumps(LINES)))
    page.locator("[data-part=lines]").wait_for(state="attached")
    field.set_input_files(boundary_file("evil.json", f"<svg onload=alert('{CANARY}')>"))
    page.locator("[data-flaw=not_json]").wait_for()
    assert page.locator("[data-part=lines]").count() == 1
    assert CANARY not in page.content()
    asked = "".join(each.url + (each.post_data or "") for each in sent)
    assert (CANARY in asked, "35.7" in asked) == (False, False)
    desk.act("show-queue")
    show_map(desk)
    assert page.locator("[data-part=lines]").count() == 1
    desk.sign_out()
    desk.sign_in(REVIEWER)
    show_map(desk)
    assert page.locator("[data-part=lines]").count() == 0


def test_an_event_tells_who_knows_it_how_and_where_its_reports_cannot_all_be_right(
    desk: Desk, fire: Happened
) -> None:
    page = desk.page
    desk.act("show-events")
    desk.act("open-event")
    show_event(desk)
    order = page.locator("[data-report]").evaluate_all(
        "(all) => all.map((one) => one.dataset.envelope)"
    )
    assert set(order) == hexes(fire.seen, fire.heard, fire.calm)
    assert order[0] == envelope_id(fire.seen).hex()
    known = page.locator("[data-basis]").evaluate_all(
        "(all) => all.map((one) => [one.dataset.basis, Number(one.dataset.count)])"
    )
    assert known == [["saw", 2], ["told", 1]]
    disagreed = page.locator("[data-disagreed]")
    assert "event" in disagreed.evaluate_all("(all) => all.map((one) => one.dataset.disagreed)")
    assert page.locator("[data-step]").count() == 3


def test_one_comes_to_an_event_from_wherever_it_is_named_and_back(
    desk: Desk, fire: Happened
) -> None:
    page = desk.page
    desk.act("filter-assessed")
    row = f"li[data-envelope='{envelope_id(fire.heard).hex()}']"
    page.locator(f"{row} [data-action=to-event]").click()
    show_event(desk)
    page.locator(f"{row} [data-action=open-report]").click()
    desk.act("see-event")
    show_event(desk)
    desk.act("back")
    choose(desk, {"decision": "merge"})
    form(desk).locator("[data-action=see-event]").click()
    show_event(desk)
    desk.act("back")
    page.locator("[data-screen=report]").wait_for()
    desk.act("back")
    show_event(desk)
    page.go_back()
    page.locator("[data-screen=queue]").wait_for()
    show_map(desk)
    page.locator(f"[data-part=shown] [data-event='{EVENT}'] button").click()
    show_event(desk)
    desk.act("back")
    page.locator("[data-screen=map]").wait_for()


def test_only_a_report_that_counts_leads_to_an_event(
    desk_chromium: Chromium, organisation: Site
) -> None:
    desk_key = organisation.key_set.desk[-1].pub
    held, counted = (seal(sample_report(name), desk_key) for name in ("S01", "S18"))
    put(organisation, held, counted)
    decide(organisation, held, {"decision": "hold"})
    decide(organisation, counted, HAPPENED)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        desk.act("filter-assessed")
        desk.page.locator("[data-action=to-event]").wait_for()
        assert shown(desk) == hexes(held, counted)
        found = desk.page.locator("li[data-envelope]:has([data-action=to-event])")
        assert found.get_attribute("data-envelope") in hexes(counted)


def test_a_withdrawal_stands_above_the_event_before_anything_else(
    desk_chromium: Chromium, organisation: Site
) -> None:
    happened = Happened(organisation)
    withdrawal = happened.take_back()
    with window(desk_chromium, organisation, "ar", NARROW) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.act("show-events")
        desk.act("open-event")
        show_event(desk)
        said = desk.page.locator("[data-part=since] [data-since=withdraw]")
        said.wait_for()
        top = "(one) => one.getBoundingClientRect().top"
        heading = desk.page.locator("[data-screen=event] h1")
        assert said.evaluate(top) < heading.evaluate(top)
        desk.act("open-since")
        desk.page.locator(f"[data-screen=report][data-envelope='{withdrawal.hex()}']").wait_for()


@BOTH_WAYS
def test_axe_finds_nothing_on_map_events_and_an_event(
    request: pytest.FixtureRequest, fire_site: Site, lang: str, size: tuple[int, int]
) -> None:
    request.getfixturevalue("fire")
    with window(request.getfixturevalue("desk_chromium"), fire_site, lang, size) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        found = {screen: trouble(desk.page) for screen in seeing_screens(desk)}
        assert {screen: wrong for screen, wrong in found.items() if wrong} == {}
