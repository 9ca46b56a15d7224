"""Latin letters, numbers and characters that turn lines around, on screens of either direction."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.phone import Window
from tests.e2e.reporter_app.ground import choose, question

RIGHT_TO_LEFT_OVERRIDE = "\u202e"

FREE_TEXT = "textarea, input[type=text]:not([inputmode=numeric])"

LEFT_EDGE = """(element, text) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const start = walker.currentNode.data.indexOf(text);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, start);
    range.setEnd(walker.currentNode, start + text.length);
    return range.getBoundingClientRect().left;
  }
  throw new Error(`not in one piece: ${text}`);
}"""
"""Where on the screen a text begins that is inside an element."""


def from_left(shown: Locator, *texts: str) -> list[str]:
    """The texts as they stand on the screen, from left to right."""
    return sorted(texts, key=lambda text: float(shown.evaluate(LEFT_EDGE, text)))


def direction(field: Locator) -> str:
    return str(field.evaluate("(field) => getComputedStyle(field).direction"))


@pytest.mark.failure("F81")
def test_every_free_text_runs_the_way_it_is_written_whatever_the_screen_does(
    window: Window,
) -> None:
    window.visit()
    page = window.page
    for language in ("ar", "en"):
        window.speak(language)
        for kind in ("displacement", "shelter", "safety"):
            page.locator(f"[data-kind={kind}]").tap()
            if page.locator("[data-act=more][aria-expanded=false]").count():
                window.act("more")
            fields = page.locator(FREE_TEXT).all()
            assert len(fields) >= 2
            for field in fields:
                for text, wanted in (
                    ("0933 123-456", "ltr"),
                    ("Road 12, قرب المدرسة", "ltr"),
                    ("قرب المدرسة, Road 12", "rtl"),
                ):
                    field.fill(text)
                    assert direction(field) == wanted
            window.act("back")


@pytest.mark.failure("F81")
def test_a_name_in_the_other_script_stands_before_its_district_and_moves_nothing(
    window: Window,
) -> None:
    window.visit()
    page = window.page
    window.speak("en")
    page.locator("[data-kind=safety]").tap()
    question(page, "place").locator("input").fill("Jablah")
    page.locator("[data-place]").first.tap()
    choose(page, when="today", event="calm", basis="saw")
    name = question(page, "place").locator("input").input_value()
    window.act("review")
    window.speak("ar")
    shown = page.locator("[data-review=place] dd").first
    area = shown.inner_text().removeprefix(name).lstrip("، ")
    assert area.isascii() is False
    assert from_left(shown, name, area) == [area, name]


@pytest.mark.failure("F81")
def test_the_parts_of_a_number_keep_their_order_among_arabic_words(window: Window) -> None:
    page = written(window, "اتصل +963 933-123\n٠٩٣٣ ٤٥٦ مساء")
    shown = page.locator("[data-review=note] dd").first
    assert from_left(shown, "اتصل", "+963", "933", "123") == ["+963", "933", "123", "اتصل"]
    assert from_left(shown, "٠٩٣٣", "٤٥٦", "مساء") == ["مساء", "٠٩٣٣", "٤٥٦"]


@pytest.mark.failure("F81")
def test_a_character_that_turns_lines_around_turns_none_of_ours(window: Window) -> None:
    page = written(window, f"{RIGHT_TO_LEFT_OVERRIDE}gnp.exe")
    label = page.locator("[data-review=note] dt").inner_text()
    first, *_, last = label.split()
    assert from_left(page.locator("[data-review=note] dt"), first, last) == [last, first]
    assert page.locator("[data-review=note] dd").first.inner_text().endswith("gnp.exe")


def written(window: Window, note: str) -> Page:
    """A report with this note, at its review, in Arabic."""
    window.visit()
    page = window.page
    page.locator("[data-kind=safety]").tap()
    question(page, "place").locator("input").fill("جبلة")
    choose(page, when="today", event="calm", basis="saw")
    window.act("more")
    question(page, "note").locator("textarea").fill(note)
    window.act("review")
    return page
