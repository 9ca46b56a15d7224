"""The reporter app for everybody: WCAG 2.2 AA, keyboards, screen readers, small and large type."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.e2e.axe import trouble
from tests.e2e.phone import Window
from tests.e2e.profile import SCREEN
from tests.e2e.reporter_app.ground import (
    SOON,
    TITLE_HAS_FOCUS,
    Arrivals,
    choose,
    each_direction,
    each_language,
    question,
    screens,
)

OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll("body *")]
    .filter((one) => !one.matches(".unseen, .unseen *"))
    .filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && (box.left < -0.5 || box.right > width + 0.5);
    })
    .map((one) => one.outerHTML.slice(0, 120));
}"""
"""What sticks out of the window to one side."""

FOCUS_IS_SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""

CAN_BE_USED = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  const seen = all.filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility());
  const isAlone = ({ type, name }) => type !== "radio" || name === "";
  globalThis.stops = seen.filter(
    (one, at) => isAlone(one) || seen.findIndex(({ name }) => name === one.name) === at);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return globalThis.stops.length;
}"""
"""Finds what can be used, in reading order, one of each set of radio buttons; starts at the top."""

STOP = """() => {
  const { activeElement: here } = document;
  const isHere = (one) => one === here || (here.type === "radio" && one.name === here.name);
  return globalThis.stops.findIndex(isHere);
}"""
"""Which of those has the focus."""


@each_direction
def test_axe_finds_nothing_on_any_screen(ready: Window, language: str) -> None:
    ready.speak(language)
    found = {screen: trouble(ready.page) for screen in screens(ready)}
    assert {screen: wrong for screen, wrong in found.items() if wrong} == {}


@each_direction
def test_axe_finds_nothing_in_the_dark(ready: Window, language: str) -> None:
    ready.speak(language)
    ready.page.emulate_media(color_scheme="dark")
    found = {screen: trouble(ready.page) for screen in screens(ready)}
    assert {screen: wrong for screen, wrong in found.items() if wrong} == {}


@each_language
def test_nothing_sticks_out_on_a_narrow_phone_or_in_large_type(
    ready: Window, language: str
) -> None:
    ready.speak(language)
    found = {
        f"{screen}, {width} px, {size}": _sticks_out(ready.page, width, size)
        for screen in screens(ready)
        for width, size in ((320, "100%"), (360, "200%"))
    }
    assert {screen: wide for screen, wide in found.items() if wide} == {}


def _sticks_out(page: Page, width: int, type_size: str) -> list[str]:
    size = "(size) => { document.documentElement.style.fontSize = size; }"
    page.set_viewport_size({"width": width, "height": SCREEN["height"]})
    page.evaluate(size, type_size)
    found: list[str] = page.evaluate(OVERFLOW)
    page.evaluate(size, "")
    page.set_viewport_size(SCREEN)
    return found


def test_the_title_of_every_screen_takes_the_focus_at_the_latest_when_its_part_has_come(
    ready: Window,
) -> None:
    page = ready.page
    names = page.evaluate("Object.keys(amanaAnnex.screens)")
    for name in [*names, *names]:
        ready.act(name)
        page.wait_for_function(TITLE_HAS_FOCUS, arg=[name, SOON])
        ready.home()


def test_nothing_moves_by_itself(ready: Window) -> None:
    for screen in screens(ready):
        assert ready.page.evaluate("document.getAnimations().length") == 0, screen


def test_what_is_chosen_is_marked_by_more_than_its_colour(ready: Window) -> None:
    page = ready.page
    page.emulate_media(forced_colors="active")
    page.locator("[data-kind=safety]").tap()
    choose(page, event="arson", when="today")
    tick = "(one) => getComputedStyle(one, '::after').content"
    event = question(page, "event")
    assert event.locator("[data-option=arson]").evaluate(tick) == '"✓"'
    assert event.locator("[data-option=curfew]").evaluate(tick) == "none"
    shown = "(one) => getComputedStyle(one).appearance"
    assert question(page, "when").locator("[data-option=today] input").evaluate(shown) != "none"


def test_a_report_is_written_and_sealed_by_keyboard_alone(
    ready: Window, arrivals: Arrivals
) -> None:
    page = ready.page
    go_to(page, "[data-kind=safety]")
    page.keyboard.press("Enter")
    page.locator("[data-screen=form]").wait_for()
    go_to(page, "[data-field=place] input")
    page.keyboard.insert_text("جبلة")
    go_to(page, "[data-place]")
    page.keyboard.press("Enter")
    for code, option in (("when", "today"), ("event", "arson"), ("basis", "saw")):
        take(page, code, option)
    go_to(page, "[data-act=review]")
    page.keyboard.press("Enter")
    page.locator("[data-screen=review]").wait_for()
    go_to(page, "[data-act=seal]")
    page.keyboard.press("Enter")
    page.locator("[data-fate=received]").wait_for()
    (report,) = arrivals()
    assert report["answers"]["event"] == "arson"
    assert report["answers"]["place"]["pcode"]


def go_to(page: Page, target: str) -> None:
    """Press Tab until the focus is on the target; it is seen on every stop of the way."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("(css) => document.activeElement.matches(css)", target):
            return
    raise AssertionError(f"no way to {target} by Tab")


def take(page: Page, code: str, option: str) -> None:
    """Tab into a question and move to an option with the arrows."""
    go_to(page, f"[data-field={code}] input")
    chosen = f"[data-field={code}] [data-option={option}] input"
    for _ in range(20):
        if page.locator(chosen).is_checked():
            return
        first = page.locator(f"[data-field={code}] :checked").count() == 0
        page.keyboard.press("Space" if first else "ArrowDown")
    raise AssertionError(f"no way to {option} with the arrows")


@each_direction
def test_everything_that_can_be_used_is_reached_by_tab_in_reading_order(
    ready: Window, language: str
) -> None:
    ready.speak(language)
    page = ready.page
    for screen in screens(ready):
        count = page.evaluate(CAN_BE_USED)
        stops = []
        for _ in range(count):
            page.keyboard.press("Tab")
            stops.append(page.evaluate(STOP))
            assert page.evaluate(FOCUS_IS_SEEN), (screen, stops)
        assert stops == list(range(count)), screen


@each_direction
def test_a_screen_reader_hears_a_name_for_everything_and_one_title_for_each_screen(
    ready: Window, context: BrowserContext, language: str
) -> None:
    ready.speak(language)
    session = context.new_cdp_session(ready.page)
    nameless = {}
    for screen in screens(ready):
        nodes = [
            node
            for node in session.send("Accessibility.getFullAXTree")["nodes"]
            if not node["ignored"]
        ]
        nameless[screen] = [_role(node) for node in nodes if _must_have_name(node)]
        titles = [node for node in nodes if _role(node) == "heading" and _level(node) == 1]
        assert len(titles) == 1, screen
        assert ready.page.evaluate("document.documentElement.lang") == language
    assert {screen: roles for screen, roles in nameless.items() if roles} == {}


SPEAKS = {"button", "link", "radio", "checkbox", "textbox", "combobox", "radiogroup", "group"}


def _must_have_name(node: dict[str, Any]) -> bool:
    return _role(node) in SPEAKS and not node.get("name", {}).get("value", "").strip()


def _role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _level(node: dict[str, Any]) -> int:
    found = [each["value"]["value"] for each in node["properties"] if each["name"] == "level"]
    return int(found[0]) if found else 0
