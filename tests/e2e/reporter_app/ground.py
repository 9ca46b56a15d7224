"""What the reporter app's tests share: how a form is filled in, and what one finds elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from tests.e2e.phone import Window

SECRET = "سرّ لا يراه أحد"
ORDINARY_PAGE = "<!doctype html><title>Weather</title><p>Sunny"
ELSEWHERE = re.compile(r"^https://")

LANGUAGES = sorted(
    path.name.removesuffix(".json")
    for path in (resources.files("amana") / "data/languages").iterdir()
)

SOON = [
    json.loads(path.read_text("utf-8"))["interface"]["soon"]
    for path in (resources.files("amana") / "data/languages").iterdir()
]

TITLE_HAS_FOCUS = """([name, soon]) => {
  const title = document.querySelector(`[data-screen=${name}] h1`);
  return title && !soon.includes(title.textContent) && title === document.activeElement;
}"""
"""Whether a screen, and not what stands in its place until it comes, is what a reader speaks of."""

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_direction = pytest.mark.parametrize("language", ["ar", "en"])
"""For what the words themselves do not change."""

Arrivals = Callable[[], list[dict[str, Any]]]
"""Opens all reports that have arrived since the test began."""


def question(page: Page, code: str) -> Locator:
    return page.locator(f"[data-field={code}]")


def choose(page: Page, **answers: str) -> None:
    """Tap options, question by question."""
    for code, option in answers.items():
        question(page, code).locator(f"[data-option={option}]").tap()


def is_in_cache(page: Page, name: str) -> bool:
    """Whether the service worker keeps an asset, by its name without the hash."""
    asked = "async () => (await (await caches.open('amana-shell')).keys()).map(({ url }) => url)"
    return any(f"/{name}-" in url for url in page.evaluate(asked))


def write_shelter(page: Page, place: str = "مدرسة القرية") -> None:
    """A whole report about a shelter, up to the review."""
    page.locator("[data-kind=shelter]").tap()
    fill_shelter(page, place)


def fill_shelter(page: Page, place: str = "مدرسة القرية") -> None:
    """The form about a shelter, once it is open, up to the review."""
    question(page, "place").locator("input").fill(place)
    choose(page, site_type="school", people_now="p11_50", room_left="full", basis="saw")
    page.locator("[data-act=review]").tap()


def screens(window: Window) -> Iterator[str]:
    """Go through everything the app can show; the name of what is shown now."""
    page = window.page
    yield "home"
    for kind in ("displacement", "shelter", "safety"):
        page.locator(f"[data-kind={kind}]").tap()
        window.act("more")
        yield f"form {kind}"
        window.act("review")
        page.locator("[data-field] .error").first.wait_for()
        yield f"form {kind} with everything missing"
        window.act("back")
    yield from _report(window)
    window.status()
    yield "status"
    window.home()
    for name in page.evaluate("Object.keys(amanaAnnex.screens)"):
        window.act(name)
        page.wait_for_function(TITLE_HAS_FOCUS, arg=[name, SOON])
        yield name
        if name == "answer":
            yield from _answer(page)
        window.home()


def _report(window: Window) -> Iterator[str]:
    page = window.page
    page.locator("[data-kind=safety]").tap()
    question(page, "place").locator("input").first.fill("جب")
    page.locator("[data-place=other]").wait_for()
    yield "form with places"
    page.locator("[data-act=browse]").first.tap()
    yield "form with governorates"
    page.locator("[data-area]").first.tap()
    yield "form with districts"
    page.locator("[data-act=close]").tap()
    question(page, "place").locator("input").first.fill("جبلة")
    page.locator("[data-place]").first.tap()
    choose(page, when="date", event="arson", basis="saw")
    yield "form with a date"
    choose(page, when="today")
    window.act("review")
    page.locator("[data-wish]").check()
    yield "review"
    window.seal()
    yield "done"


def _answer(page: Page) -> Iterator[str]:
    page.locator("[data-code-field]").fill("١٢٣ ٤٥٦")
    page.locator("[data-act=look]").tap()
    yield "answer with a slip"
    page.locator("[data-act=use-code]").tap()
    page.locator("[data-state]").wait_for()
    page.locator("[data-act=correct]").tap()
    page.locator("[data-act=withdraw]").tap()
    yield "answer found"
