"""Four languages: chosen in the middle of a report, and kept for when there is no network."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.phone import Window, wait_until
from tests.e2e.profile import databases
from tests.e2e.reporter_app.ground import SECRET, Arrivals, choose, is_in_cache, question
from tests.e2e.servers import Site
from tests.faults import modes
from tests.faults.proxy import FaultProxy

FILES = {
    path.name.removesuffix(".json"): json.loads(path.read_text("utf-8"))
    for path in (resources.files("amana") / "data/languages").iterdir()
}
OTHERS = sorted(FILES.keys() - {"ar"})
WIDTHS = (360, 320)

ANSWERS = {
    "place": {"pcode": None, "text": "عند المفرق القديم"},
    "when": "2025-03-07",
    "event": "arson",
    "harm": ["killed", "taken"],
    "harm_count": "n2_5",
    "basis": "saw",
    "note": SECRET,
}

BUTTON_ROWS = """() => {
  const buttons = [...document.querySelectorAll("[data-language]")];
  const boxes = buttons.map((one) => one.getBoundingClientRect());
  return {
    names: buttons.map((one) => [one.lang, one.textContent]),
    rows: new Set(boxes.map(({ top }) => top)).size,
    inside: boxes.every(({ left, right }) => left >= 0 && right <= innerWidth),
    scrolls: document.documentElement.scrollWidth > innerWidth,
  };
}"""

HAS_COME = """(path) => performance.getEntriesByType("resource")
  .some(({ name, responseEnd }) => name.includes(path) && responseEnd > 0)"""
"""Whether the page has all of an answer to what it asked for."""

SHOWN_WORDS = """() => Object.fromEntries(
[...document.querySelectorAll("[data-field]")].map((field) => [
  field.dataset.field,
  {
    label: field.querySelector("legend, label").textContent,
    options: Object.fromEntries([...field.querySelectorAll("[data-option]")]
      .map((option) => [option.dataset.option, option.textContent])),
  },
]))"""


def write_safety(page: Page) -> None:
    """Answer questions of every type."""
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    question(page, "place").locator("input").fill(ANSWERS["place"]["text"])  # type: ignore[index]
    choose(page, when="date", event="arson", basis="saw")
    day, year = question(page, "when").locator("input[type=text]").all()
    day.fill("٧")
    year.fill("٢٠٢٥")
    question(page, "when").locator("select").select_option("3")
    for option in ANSWERS["harm"]:
        choose(page, harm=str(option))
    choose(page, harm_count="n2_5")
    question(page, "note").locator("textarea").fill(SECRET)


def expected_words(language: str, codes: list[str]) -> dict[str, Any]:
    """What a form about safety says, by the language's file."""
    words = FILES[language]["vocabulary"]
    vocabulary = json.loads((resources.files("amana") / "data/vocabulary.json").read_text("utf-8"))
    fields = {field["code"]: field for field in vocabulary["kinds"]["safety"]["fields"]}
    return {
        code: {
            "label": words["kinds"]["safety"]["fields"][code]["label"],
            "options": words["options"].get(fields[code].get("options"), {}),
        }
        for code in codes
    }


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_in_the_middle_of_a_report_changes_the_words_and_no_answer(
    window: Window, arrivals: Arrivals, language: str
) -> None:
    window.open()
    page = window.page
    write_safety(page)
    window.speak(language)
    assert page.locator("html").get_attribute("dir") == FILES[language]["dir"]
    shown = page.evaluate(SHOWN_WORDS)
    assert shown == expected_words(language, list(shown))
    assert (
        page.locator("main h1").inner_text()
        == (FILES[language]["vocabulary"]["kinds"]["safety"]["label"])
    )
    month = page.locator("[data-field=when] option:checked")
    assert month.inner_text() == f"3 {FILES[language]['interface']['months'][2]}"
    window.act("review")
    window.seal()
    window.wait_sent()
    (report,) = arrivals()
    assert (report["lang"], report["answers"]) == (language, ANSWERS)


def test_the_way_back_to_arabic_changes_the_words_and_no_answer(window: Window) -> None:
    window.open()
    page = window.page
    write_safety(page)
    for language in [*OTHERS, "ar"]:
        window.speak(language)
    assert page.locator("html").get_attribute("dir") == "rtl"
    shown = page.evaluate(SHOWN_WORDS)
    assert shown == expected_words("ar", list(shown))
    assert question(page, "note").locator("textarea").input_value() == SECRET
    assert question(page, "harm").locator(":checked").count() == 2


def test_a_language_chosen_once_is_there_without_the_network(site: Site, window: Window) -> None:
    """Chosen before the service worker was there, too: it is what a person does first."""
    window.open()
    page = window.page
    window.speak("ku")
    page.locator("[data-offline=true]").wait_for()
    wait_until(lambda: is_kept(page, "ku"), "the Kurdish words were not kept")
    assert not is_kept(page, "fr")
    site.report.proxy.down()
    window.open()
    window.speak("ku")
    assert page.locator("main h1").inner_text() == FILES["ku"]["interface"]["homeTitle"]
    page.locator("[data-language=fr]").tap()
    notice = page.locator(f"text={FILES['ku']['interface']['languageFailed']}")
    notice.wait_for()
    assert page.locator("html").get_attribute("lang") == "ku"
    page.locator("[data-kind=shelter]").tap()
    notice.wait_for(state="detached")


def is_kept(page: Page, language: str) -> bool:
    """Whether the service worker's cache holds the words of a language."""
    return is_in_cache(page, f"language-{language}")


@pytest.mark.parametrize("language", [code for code in OTHERS if FILES[code]["places"] == "en"])
def test_whoever_chose_a_language_of_latin_names_reads_them_without_the_network(
    site: Site, window: Window, language: str
) -> None:
    window.visit()
    page = window.page
    window.speak(language)
    wait_until(lambda: is_in_cache(page, "places-latin"), "the Latin names were not kept")
    site.report.proxy.down()
    window.open()
    window.speak(language)
    page.locator("[data-kind=safety]").tap()
    place = question(page, "place")
    place.locator("[data-act=browse]").tap()
    for area in ("SY06", "SY0602", "SY060204"):
        place.locator(f"[data-area={area}]").tap()
    expect(place.locator("[data-place=C3654]")).to_have_text("Beit Ana")


def test_the_language_that_was_tapped_last_is_the_one_that_stays(
    site: Site, window: Window
) -> None:
    window.visit()
    page, proxy = window.page, site.report.proxy
    hold = modes.Hold()
    proxy.script(hold, method="GET", path="/assets/language-fr")
    page.locator("[data-language=fr]").tap()
    proxy.wait_until(lambda: proxy.delivered(modes.Hold, "GET"))
    window.speak("en")
    proxy.release(hold)
    page.wait_for_function(HAS_COME, arg="/language-fr")
    wait_until(lambda: is_kept(page, "fr"), "the French words were not kept")
    page.evaluate("new Promise((resolve) => setTimeout(resolve, 100))")
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_slip_in_a_code_is_named_in_the_language_that_is_on(ready: Window) -> None:
    page = ready.page
    ready.act("answer")
    page.locator("[data-code-field]").fill("١٢٣ ٤٥")
    ready.act("look")
    page.locator("[data-slip=true]").wait_for()
    ready.speak("en")
    named = FILES["en"]["interface"]["answer"]["slipLength"].replace("{n}", "5")
    assert page.locator("[data-slip=true]").inner_text() == named


def test_a_page_that_is_loaded_again_comes_back_in_the_language_of_the_draft(
    window: Window,
) -> None:
    window.visit()
    page = window.page
    page.locator("[data-kind=shelter]").tap()
    question(page, "place").locator("input").fill(SECRET)
    wait_until(lambda: drafts(page), "no draft was kept")
    before = drafts(page)
    window.speak("ku")
    wait_until(lambda: drafts(page) != before, "the language was not kept with the draft")
    page.reload()
    page.locator("[data-restored]").wait_for()
    page.locator("html[lang=ku][dir=ltr]").wait_for()
    assert question(page, "place").locator("input").input_value() == SECRET


def drafts(page: Page) -> list[Any]:
    """What the phone keeps of the draft: sealed, and different each time it is kept."""
    return databases(page).get("amana-draft/drafts", [])


@pytest.mark.parametrize("width", WIDTHS)
def test_the_languages_stand_in_one_row_each_under_its_own_name(
    browser: Browser, network: FaultProxy, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 640}, has_touch=True, is_mobile=True
    )
    window = Window(context.new_page(), network.origin)
    window.open()
    for language in [*OTHERS, "ar"]:
        window.speak(language)
        rows = window.page.evaluate(BUTTON_ROWS)
        assert dict(rows["names"]) == {code: file["name"] for code, file in FILES.items()}
        assert (rows["rows"], rows["inside"], rows["scrolls"]) == (1, True, False), language
    context.close()
