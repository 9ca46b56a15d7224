"""What the form asks, how it is filled in, and what it keeps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.e2e.phone import Window
from tests.e2e.profile import SCREEN
from tests.e2e.reporter_app.ground import (
    SECRET,
    Arrivals,
    choose,
    each_language,
    question,
    write_shelter,
)

SMALL_TARGETS = """() => [
    ...document.querySelectorAll("button, a, select, textarea, .option, input")
  ]
  .filter((one) => !one.closest(".option") || one.matches(".option"))
  .map((one) => [one.outerHTML, one.getBoundingClientRect(), getComputedStyle(one)])
  .filter(([, box, style]) => box.height < 48 || box.width < 48 || parseFloat(style.fontSize) < 16)
  .map(([html]) => html)"""
"""What is too small for a thumb or an eye: 48 by 48 pixels, 16 pixels of text."""

TALKATIVE_FIELDS = """() => [...document.querySelectorAll("input, select, textarea")]
  .filter((one) => one.getAttribute("autocomplete") !== "off"
    || one.getAttribute("autocorrect") !== "off" || one.spellcheck
    || ["number", "date", "email", "tel", "search"].includes(one.type))
  .map((one) => one.outerHTML)"""
"""Fields that a keyboard or a browser may remember, or that swallow digits it does not know."""


def test_nothing_is_chosen_beforehand_and_the_required_questions_come_first(page: Page) -> None:
    for kind in ("displacement", "shelter", "safety"):
        page.locator(f"[data-kind={kind}]").tap()
        assert page.locator(":checked:not(option)").count() == 0
        shown = page.locator("[data-field]").count()
        page.locator("[data-act=review]").tap()
        assert page.locator("[data-field] .error").count() == shown
        page.locator("[data-act=back]").tap()


@each_language
def test_two_sentences_before_the_first_field_say_what_the_page_cannot_do(
    ready: Window, language: str
) -> None:
    ready.speak(language)
    ready.page.locator("[data-kind=safety]").tap()
    limits = ready.page.locator("main .notice")
    assert len(re.findall(r"\w[.؟](?= |$)", limits.inner_text())) == 2
    assert limits.evaluate("(words) => words.nextElementSibling.localName") == "form"
    assert limits.evaluate("(words) => words.getBoundingClientRect().bottom") < SCREEN["height"]


def test_what_is_wrong_is_said_beside_the_question_and_the_first_one_is_in_focus(
    page: Page,
) -> None:
    page.locator("[data-kind=safety]").tap()
    question(page, "place").locator("input").fill("جبلة")
    page.locator("[data-act=review]").tap()
    assert page.locator("main").get_attribute("data-screen") == "form"
    focused = page.locator("[data-field]:focus")
    assert focused.get_attribute("data-field") == "when"
    described = focused.get_attribute("aria-describedby") or ""
    words = [page.locator(f"#{name}") for name in described.split()]
    assert any(one.count() and "جواب" in one.inner_text() for one in words)
    choose(page, when="today")
    assert question(page, "when").locator(".error").count() == 0
    assert question(page, "event").locator(".error").count() == 1


def test_what_was_written_survives_another_language_another_kind_and_the_way_back(
    page: Page,
) -> None:
    page.locator("[data-kind=safety]").tap()
    question(page, "place").locator("input").fill("جبلة")
    choose(page, when="yesterday")
    page.locator("[data-act=more]").tap()
    question(page, "note").locator("textarea").fill(SECRET)
    page.locator("[data-act=back]").tap()
    page.locator("[data-kind=shelter]").tap()
    page.locator("[data-act=back]").tap()
    page.locator("[data-language=en]").tap()
    page.locator("html[lang=en][dir=ltr]").wait_for()
    page.locator("[data-kind=safety]").tap()
    assert question(page, "place").locator("input").input_value() == "جبلة"
    assert question(page, "when").locator("[data-option=yesterday] input").is_checked()
    assert question(page, "note").locator("textarea").input_value() == SECRET
    page.locator("[data-language=ar]").tap()
    page.locator("html[lang=ar][dir=rtl]").wait_for()
    assert question(page, "note").locator("textarea").input_value() == SECRET


@pytest.mark.failure("F79", "F80")
def test_a_date_in_arabic_digits_arrives_as_that_day(window: Window, arrivals: Arrivals) -> None:
    window.open()
    page = window.page
    page.locator("[data-kind=safety]").tap()
    question(page, "place").locator("input").fill("جبلة")
    choose(page, when="date", event="calm", basis="saw")
    day, year = question(page, "when").locator("input[type=text]").all()
    day.fill("٧")
    year.fill("٢٠٢٥")
    page.locator("[data-act=review]").tap()
    assert question(page, "when").locator(".error").count() == 1
    question(page, "when").locator("select").select_option("3")
    page.locator("[data-act=review]").tap()
    window.seal()
    window.wait_sent()
    (report,) = arrivals()
    assert report["answers"]["when"] == "2025-03-07"


def test_a_place_that_is_in_no_list_arrives_as_it_was_typed(
    window: Window, arrivals: Arrivals
) -> None:
    window.open()
    write_shelter(window.page, "  عند المفرق القديم  ")
    window.seal()
    window.wait_sent()
    (report,) = arrivals()
    assert report["answers"]["place"] == {"pcode": None, "text": "عند المفرق القديم"}
    assert (report["kind"], report["lang"]) == ("shelter", "ar")


def test_no_more_options_than_asked_for_can_be_chosen(page: Page) -> None:
    page.locator("[data-kind=shelter]").tap()
    page.locator("[data-act=more]").tap()
    needs = question(page, "needs")
    for option in ("food", "water", "warm"):
        needs.locator(f"[data-option={option}]").tap()
    assert needs.locator("input:enabled").count() == 3
    needs.locator("[data-option=food]").tap()
    assert needs.locator("input:disabled").count() == 0


@pytest.mark.failure("F83", "F84")
def test_everything_to_tap_is_big_enough_and_no_field_is_remembered(page: Page) -> None:
    page.locator("[data-offline=true]").wait_for()

    def assert_fit() -> None:
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate(TALKATIVE_FIELDS) == []

    assert_fit()
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    choose(page, when="date", event="arson", harm="killed")
    question(page, "place").locator("input").fill("بستان")
    page.locator("[data-place=other]").wait_for()
    assert_fit()
    page.locator("[data-act=back]").tap()
    write_shelter(page)
    assert_fit()
    page.locator("[data-act=seal]").tap()
    page.locator("[data-screen=done]").wait_for()
    assert_fit()
    page.locator("[data-act=status]").tap()
    assert_fit()
