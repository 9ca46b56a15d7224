"""Everybody can use the desk: by eye, by ear, by keyboard, on a small screen, in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from amana.core.envelope import envelope_id, seal
from tests.e2e.axe import trouble
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import (
    HAPPENED,
    NARROW,
    WIDE,
    Held,
    choose,
    decide,
    form,
    put,
    row_of,
    sample_report,
    versions,
    window,
)
from tests.e2e.desk_app.test_people import SAMIR as NEWCOMER
from tests.e2e.desk_app.test_people import invite, join, let_in, person
from tests.e2e.servers import SECOND, Site

UNREADABLE = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const pixel = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = ([red, green, blue]) =>
    0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      layers.unshift(getComputedStyle(each).backgroundColor);
    }
    return layers;
  };
  const contrast = (element) => {
    const layers = ground(element);
    const [text, back] = [pixel([...layers, getComputedStyle(element).color]), pixel(layers)]
      .map(luminance);
    return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
  };
  const speaks = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility() && speaks(element) && !element.disabled)
    .filter((element) => contrast(element) < 4.5)
    .map((element) => `${element.tagName}.${element.className}: ${element.textContent}`);
}"""
"""Elements with text of their own whose contrast is below 4.5:1 (WCAG 1.4.3, AA)."""


NAMELESS = """() => [...document.querySelectorAll("input, select, button")]
  .filter((control) => control.checkVisibility())
  .filter((control) => !(control.labels?.length || control.textContent.trim()))
  .map((control) => control.outerHTML)"""
"""Controls without a name for those who do not see them (WCAG 4.1.2)."""


SMALL = """() => [...document.querySelectorAll("button, select, .choice, summary")]
  .filter((control) => control.checkVisibility({ visibilityProperty: true }))
  .map((control) => [control.getBoundingClientRect(), control.outerHTML.slice(0, 80)])
  .filter(([box]) => box.width < 24 || box.height < 24)
  .map(([, html]) => html)"""
"""Targets below 24 by 24 CSS pixels (WCAG 2.5.8)."""


WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


CHECKS = {"unreadable": UNREADABLE, "nameless": NAMELESS, "small": SMALL, "wider": WIDER}


NOTHING_FOUND: dict[str, object] = {"unreadable": [], "nameless": [], "small": [], "wider": 0}


@pytest.mark.parametrize(
    ("lang", "size", "scheme"),
    [
        ("ar", NARROW, "light"),
        ("ar", WIDE, "dark"),
        ("en", NARROW, "dark"),
        ("en", WIDE, "light"),
    ],
    ids=["ar-narrow-light", "ar-wide-dark", "en-narrow-dark", "en-wide-light"],
)
def test_every_screen_can_be_read_named_and_hit(
    request: pytest.FixtureRequest, lang: str, size: tuple[int, int], scheme: Any
) -> None:
    held: Held = request.getfixturevalue("held")
    chromium: Chromium = request.getfixturevalue("desk_chromium")
    site: Site = request.getfixturevalue("site")
    decided = seal(sample_report("S01"), site.key_set.desk[-1].pub)
    put(site, decided)
    decide(site, decided, HAPPENED)
    with window(chromium, site, lang, size) as desk:
        desk.page.emulate_media(color_scheme=scheme)
        for screen in screens(desk, held):
            found = {name: desk.page.evaluate(code) for name, code in CHECKS.items()}
            assert (screen, found) == (screen, NOTHING_FOUND)


def screens(desk: Desk, held: Held) -> Iterator[str]:
    """Every screen, one after the other."""
    desk.page.goto(desk.origin)
    desk.page.locator("[data-screen=signin]").wait_for()
    yield "signin"
    desk.sign_in(SECOND)
    desk.queue()
    yield "queue"
    desk.open(envelope_id(held.searched))
    choose(desk, {"decision": "accept"})
    desk.act("save")
    desk.page.locator("[data-part=missing]").wait_for()
    yield "report"
    yield from seeing_screens(desk)
    yield from other_screens(desk)


def other_screens(desk: Desk) -> Iterator[str]:
    """Those that show no report."""
    desk.act("show-summary")
    desk.act("show")
    desk.page.locator("[data-part=summary]").wait_for()
    yield "summary"
    desk.page.locator("select[data-field=tier]").select_option("public")
    desk.act("show")
    desk.page.locator("[data-part=preview]").wait_for()
    yield "summary for the public"
    desk.act("show-record")
    desk.page.locator("[data-entry]").first.wait_for()
    yield "record"
    desk.act("show-about")
    desk.page.locator("[data-screen=about]").wait_for()
    yield "about"
    desk.act("keys")
    desk.page.locator("[data-screen=keys]").wait_for()
    yield "keys"


@pytest.mark.parametrize(
    ("lang", "size", "scheme"),
    [("ar", NARROW, "light"), ("en", WIDE, "dark")],
    ids=["ar-narrow-light", "en-wide-dark"],
)
def test_every_screen_of_people_can_be_read_named_and_hit(
    desk_chromium: Chromium, organisation: Site, lang: str, size: tuple[int, int], scheme: Any
) -> None:
    with (
        window(desk_chromium, organisation, lang, size) as rima,
        window(desk_chromium, organisation, lang, size) as newcomer,
    ):
        for window_, screen in people(rima, newcomer):
            window_.page.emulate_media(color_scheme=scheme)
            found = {name: window_.page.evaluate(code) for name, code in CHECKS.items()}
            assert (screen, found) == (screen, NOTHING_FOUND)
            assert (screen, trouble(window_.page)) == (screen, [])


def people(rima: Desk, newcomer: Desk) -> Iterator[tuple[Desk, str]]:
    """What an administrator and somebody who is invited see, one after the other."""
    rima.sign_in(SECOND)
    link = invite(rima, NEWCOMER)
    yield rima, "the link"
    newcomer.page.goto(link)
    newcomer.page.locator("[data-screen=join]").wait_for()
    yield newcomer, "join"
    digits = join(newcomer, link, NEWCOMER)
    yield newcomer, "joined"
    newcomer.act("to-signin")
    newcomer.sign_in(NEWCOMER)
    newcomer.page.locator("[data-screen=waiting]").wait_for()
    yield newcomer, "waiting"
    rima.act("show-about")
    rima.act("show-people")
    person(rima, NEWCOMER.name).wait_for()
    yield rima, "people"
    let_in(rima, NEWCOMER.name, digits)
    person(rima, NEWCOMER.name).locator("[data-action=remove]").click()
    rima.page.locator("dialog[data-screen=remove]").wait_for()
    yield rima, "remove"
    rima.act("confirm-remove")
    rima.page.locator("[data-part=must-renew]").wait_for()
    yield rima, "the desk key must be renewed"


def test_somebody_is_let_in_with_the_keyboard_alone(
    desk_chromium: Chromium, organisation: Site
) -> None:
    with (
        window(desk_chromium, organisation) as rima,
        window(desk_chromium, organisation) as newcomer,
    ):
        rima.sign_in(SECOND)
        join(newcomer, invite(rima, NEWCOMER), NEWCOMER)
        rima.act("show-about")
        rima.act("show-people")
        person(rima, NEWCOMER.name).wait_for()
        press_until(rima.page, "[data-field=compared]")
        rima.page.keyboard.press("Space")
        press_until(rima.page, "[data-action=let-in]")
        rima.page.keyboard.press("Enter")
        rima.page.locator(f"[data-member='{NEWCOMER.name}'][data-waiting=false]").wait_for()


def seeing_screens(desk: Desk) -> Iterator[str]:
    """The map with an area chosen and all of it open, the events, one of them."""
    desk.act("show-map")
    desk.page.locator("[data-part=map] [data-mark-of]").first.click()
    for summary in desk.page.locator("main summary").all():
        summary.click()
    yield "map"
    desk.act("show-events")
    desk.page.locator("[data-event]").first.wait_for()
    yield "events"
    desk.act("open-event")
    desk.page.locator("[data-screen=event][aria-busy=false] [data-report]").first.wait_for()
    yield "event"


def test_single_keys_lead_through_the_queue_and_can_be_turned_off(
    reviewer: Desk, held: Held
) -> None:
    page = reviewer.page
    focused = "document.activeElement.closest('li')?.dataset.envelope"
    order = reviewer.queue()
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    assert page.evaluate(focused) == order[1]
    page.keyboard.press("/")
    page.keyboard.type("jk")
    assert page.locator("[data-field=sieve-words]").input_value() == "jk"
    page.locator("[data-field=sieve-words]").fill("")
    reviewer.open(envelope_id(held.searched))
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.id") == "assessment"
    page.keyboard.press("b")
    page.locator("[data-screen=queue]").wait_for()
    page.keyboard.press("?")
    page.locator("[data-screen=keys]").wait_for()
    page.locator("[data-field=keys]").uncheck()
    page.keyboard.press("Escape")
    page.locator("[data-screen=keys]").wait_for(state="detached")
    before = page.evaluate(focused)
    page.keyboard.press("j")
    assert page.evaluate(focused) == before


def test_a_report_is_assessed_with_the_keyboard_alone(reviewer: Desk, site: Site) -> None:
    envelope = seal(sample_report("S32"), site.key_set.desk[-1].pub)
    put(site, envelope)
    reviewer.act("refresh")
    row_of(reviewer, envelope).wait_for()
    press_until(reviewer.page, f"li[data-envelope='{envelope_id(envelope).hex()}'] button")
    reviewer.page.keyboard.press("Enter")
    form(reviewer).wait_for()
    press_until(reviewer.page, "[data-field=decision] input")
    for _ in range(2):
        reviewer.page.keyboard.press("ArrowDown")
    press_until(reviewer.page, "[data-action=save]")
    reviewer.page.keyboard.press("Enter")
    reviewer.page.locator("[data-part=saved]").wait_for()
    assert [row["decision"] for row in versions(site, envelope)] == ["hold"]


def press_until(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; fails when it cannot be reached."""
    for _ in range(80):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")
