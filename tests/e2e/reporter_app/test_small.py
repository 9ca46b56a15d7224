"""What a keyboard leaves of a small phone's screen is enough for everything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, ViewportSize

from tests.e2e.phone import Window
from tests.e2e.reporter_app.ground import Arrivals, choose, question

ABOVE_THE_KEYBOARD = ViewportSize(width=360, height=280)

IN_REACH = """(element) => {
  const box = element.getBoundingClientRect();
  const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.top >= 0 && box.bottom <= innerHeight && element.contains(found);
}"""
"""Whether something is wholly on the screen with nothing over it."""


def in_reach(target: Locator) -> bool:
    return bool(target.evaluate(IN_REACH))


def scroll_to(page: Page, target: Locator) -> None:
    """Turn the wheel, as a thumb does, until a target is in reach."""
    for _ in range(40):
        if in_reach(target):
            return
        page.mouse.wheel(0, 60)
        page.evaluate("new Promise(requestAnimationFrame)")
    raise AssertionError("scrolling does not bring it into reach")


@pytest.mark.failure("F82")
def test_with_the_keyboard_open_the_last_field_is_seen_and_the_button_is_one_scroll_away(
    window: Window, arrivals: Arrivals
) -> None:
    window.visit()
    page = window.page
    page.locator("[data-kind=safety]").tap()
    window.act("more")
    question(page, "place").locator("input").fill("جبلة")
    choose(page, when="today", event="calm", basis="saw")
    page.set_viewport_size(ABOVE_THE_KEYBOARD)
    page.evaluate("scrollTo(0, 0)")
    note = question(page, "note").locator("textarea")
    note.focus()
    page.keyboard.insert_text("كلمة")
    assert in_reach(note)
    review = page.locator("[data-act=review]")
    scroll_to(page, review)
    review.tap()
    seal = page.locator("[data-act=seal]")
    scroll_to(page, seal)
    seal.tap()
    page.locator("[data-fate=received]").wait_for()
    assert len(arrivals()) == 1


@pytest.mark.failure("F82")
def test_every_field_that_takes_the_focus_is_seen_above_the_keyboard(window: Window) -> None:
    window.visit()
    page = window.page
    page.set_viewport_size(ABOVE_THE_KEYBOARD)
    for kind in ("displacement", "shelter", "safety"):
        page.locator(f"[data-kind={kind}]").tap()
        window.act("more")
        if question(page, "when").count():
            choose(page, when="date")
        for field in page.locator("textarea, input[type=text], select").all():
            field.focus()
            assert in_reach(field), field.evaluate("(field) => field.outerHTML")
        window.act("back")
