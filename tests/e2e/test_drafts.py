"""What is being written outlives its page, dies with its tab, and cannot be read on any disk."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.canary import NOTE, on_the_phone, report, type_slowly
from tests.e2e.phone import Phone, Window, wait_until
from tests.e2e.profile import databases, holds
from tests.e2e.samples import Sample, sample
from tests.e2e.servers import Site

WRITTEN = " ".join(NOTE)
ELSEWHERE = re.compile(r"^https://")
AT_THE_FORM = "document.querySelector('main[data-screen=form] [data-restored]')"
KEY = "sessionStorage.getItem('amana-draft')"

HIDE = """() => {
  Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""What a page hears when the camera, a call or another app comes in front of it."""

PLACE = "بستان"

UNREADABLE_AT_FIRST = """(() => {
  const { open } = IDBFactory.prototype;
  const { setTimeout } = globalThis;
  let ready = false;
  globalThis.readable = () => { ready = true; };
  IDBFactory.prototype.open = function (name, ...more) {
    if (name === "amana-draft" && !ready) throw new DOMException("", "InvalidStateError");
    return open.call(this, name, ...more);
  };
  globalThis.setTimeout = (work, wait) => setTimeout(work, wait > 5000 ? wait / 20 : wait);
})()"""
"""A phone that gives no drafts out until the test says so, and whose long waits are short."""


@pytest.fixture
def phone(organisation: Site, phone: Phone) -> Phone:
    """A phone that needs no network any more."""
    phone.visit()
    organisation.report.proxy.down()
    return phone


def drafts(window: Window) -> list[Any]:
    """The rows of the database of drafts."""
    return databases(window.page).get("amana-draft/drafts", [])


def wait_kept(window: Window, note: str = WRITTEN, screen: str = "form") -> None:
    """Return when the draft on the phone is as new as this: what was typed last is behind."""
    page = window.page
    wait_until(
        lambda: holds(databases(page), page.evaluate(KEY), note, screen), "no such draft was kept"
    )


def note_in(window: Window) -> str:
    """The text in the form's note."""
    return window.page.locator("[data-field=note] textarea").input_value()


def write_note(window: Window, text: str) -> None:
    """Begin a report about safety with nothing but a note."""
    window.home()
    window.page.locator("[data-kind=safety]").tap()
    window.act("more")
    window.page.locator("[data-field=note] textarea").fill(text)


Ask = Callable[[str], Any]
"""Evaluates an expression in a page."""


def kill_page(phone: Phone) -> Ask:
    """SIGKILL the process behind the page, as a phone does that needs its memory; load it again.

    The driver gives a page up that died; what comes after is asked of the browser itself.
    """
    browser = phone.context.browser
    assert browser is not None
    session = phone.context.new_cdp_session(phone.page)
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    with phone.page.expect_event("crash"):
        for process in processes:
            if process["type"] == "renderer":
                os.kill(process["id"], signal.SIGKILL)
    session.send("Page.reload")

    def ask(expression: str) -> Any:
        answer = session.send("Runtime.evaluate", {"expression": expression})
        return answer["result"].get("value")

    return ask


@pytest.mark.failure("F46", "F77")
def test_a_page_that_is_killed_comes_back_with_what_was_written_and_the_disk_never_knew(
    phone: Phone,
) -> None:
    type_slowly(phone)
    phone.act("back")
    wait_kept(phone)
    assert on_the_phone(phone) == []
    ask = kill_page(phone)
    wait_until(lambda: ask(f"!!({AT_THE_FORM})"), "nothing came back")
    assert ask("document.querySelector('[data-field=note] textarea').value") == WRITTEN
    assert on_the_phone(phone) == []

    ask("document.querySelector('[data-act=review]').click()")
    wait_until(lambda: ask("!!document.querySelector('[data-act=seal]:enabled')"), "no key set")
    ask("document.querySelector('[data-act=seal]').click()")
    wait_until(lambda: ask("!!document.querySelector('[data-fate=saved]')"), "not sealed")
    other = phone.another_window()
    wait_until(lambda: not drafts(other), "the draft outlived its sealing")
    assert len(other.outbox()) == 1
    assert ask(KEY) is None
    phone.close()
    assert on_the_phone(phone) == []


@pytest.mark.failure("F46")
def test_what_was_typed_until_another_app_came_in_front_survives_the_end_of_its_page(
    phone: Phone,
) -> None:
    write_note(phone, "")
    phone.page.evaluate("globalThis.setTimeout = () => 0")
    phone.page.locator("[data-field=note] textarea").press_sequentially(WRITTEN)
    assert drafts(phone) == []
    phone.page.evaluate(HIDE)
    wait_kept(phone)
    ask = kill_page(phone)
    wait_until(lambda: ask(f"!!({AT_THE_FORM})"), "nothing came back")
    assert ask("document.querySelector('[data-field=note] textarea').value") == WRITTEN


@pytest.mark.failure("F46")
def test_a_page_that_is_loaded_again_is_where_it_was(phone: Phone) -> None:
    phone.write(report())
    wait_kept(phone, screen="review")
    phone.page.reload()
    phone.page.locator("[data-screen=review]").wait_for()
    phone.seal()
    assert len(phone.outbox()) == 1


@pytest.mark.failure("F46")
def test_a_draft_that_cannot_be_read_at_once_comes_back_later_and_nothing_is_written_over_it(
    phone: Phone,
) -> None:
    write_note(phone, WRITTEN)
    wait_kept(phone)
    phone.page.add_init_script(UNREADABLE_AT_FIRST)
    phone.page.reload()
    phone.page.locator("[data-kind=shelter]").tap()
    phone.page.locator("[data-field=place] input").fill(PLACE)
    phone.page.evaluate(HIDE)
    phone.page.evaluate("() => globalThis.readable()")
    phone.page.locator("[data-restored]").wait_for()
    assert phone.page.locator("[data-field=place] input").input_value() == PLACE
    phone.home()
    phone.page.locator("[data-kind=safety]").tap()
    assert note_in(phone) == WRITTEN


def test_the_key_of_a_draft_is_not_where_the_draft_is(phone: Phone) -> None:
    write_note(phone, WRITTEN)
    wait_kept(phone)
    identity, key = phone.page.evaluate(KEY).split(".")
    assert (len(identity), len(key)) == (32, 64)
    assert key not in str(databases(phone.page))
    assert phone.page.evaluate("localStorage.length") == 0


def test_a_draft_dies_with_its_tab_and_its_row_is_tidied_away(phone: Phone) -> None:
    write_note(phone, WRITTEN)
    wait_kept(phone)
    other = phone.another_window()
    phone.page.close()
    other.open()
    wait_until(lambda: [row["passed"] for row in drafts(other)] == [True], "it was not found")
    other.open()
    wait_until(lambda: not drafts(other), "it was not tidied away")
    assert other.screen == "home"
    write_note(other, "")
    assert note_in(other) == ""


def test_leaving_in_a_hurry_takes_the_draft_along(phone: Phone) -> None:
    write_note(phone, WRITTEN)
    wait_kept(phone)
    phone.leave()
    phone.open()
    assert phone.page.evaluate(KEY) is None
    assert drafts(phone) == []


def test_one_who_went_elsewhere_and_comes_back_finds_an_empty_start(phone: Phone) -> None:
    phone.context.route(ELSEWHERE, lambda route: route.fulfill(body="<p>Sunny"))
    write_note(phone, WRITTEN)
    wait_kept(phone)
    phone.page.goto("https://elsewhere.invalid/")
    phone.page.go_back()
    phone.page.locator("[data-screen=home]").wait_for()
    phone.page.wait_for_timeout(2000)
    assert phone.screen == "home"
    assert phone.page.evaluate(KEY) is None


def test_starting_over_erases_the_draft(phone: Phone) -> None:
    write_note(phone, WRITTEN)
    wait_kept(phone)
    phone.act("start-over")
    phone.act("start-over-sure")
    wait_until(lambda: not drafts(phone), "the draft is still there")
    assert phone.page.evaluate(KEY) is None
    phone.page.reload()
    write_note(phone, "")
    assert note_in(phone) == ""


@pytest.mark.failure("F14")
def test_a_copied_tab_begins_a_draft_of_its_own_and_both_are_sealed(
    organisation: Site, phone: Phone
) -> None:
    first, second = sample("S04"), sample("S15")
    write_half(phone, first)
    with phone.context.expect_page() as opened:
        phone.page.evaluate("void window.open(location.href)")
    copy = Window(opened.value, phone.origin)
    copy.page.locator("[data-screen=home]").wait_for()
    copy.page.wait_for_function("globalThis.amanaSeal !== undefined")
    copy.page.wait_for_timeout(2000)
    assert copy.screen == "home"
    write_half(copy, second)
    wait_until(lambda: len(drafts(copy)) == 2, "two tabs share a row")
    for window, written in ((phone, first), (copy, second)):
        window.page.bring_to_front()
        window.page.reload()
        window.page.locator("[data-screen=review]").wait_for()
        assert written.answers["note"] in review_of(window.page)
        window.seal()
    notes = {organisation.open(sealed)["answers"]["note"] for sealed in phone.outbox()}
    assert notes == {first.answers["note"], second.answers["note"]}


def write_half(window: Window, half: Sample) -> None:
    """Write a report and leave it unsealed."""
    window.write(half)
    wait_kept(window, half.answers["note"], "review")


def review_of(page: Page) -> str:
    return page.locator("[data-review=note]").inner_text()


@pytest.mark.parametrize(
    "spoil",
    [
        "Object.defineProperty(globalThis, 'sessionStorage', { get() { throw new Error() } })",
        "delete Navigator.prototype.locks",
    ],
    ids=["no sessionStorage", "no locks"],
)
def test_where_a_draft_cannot_be_kept_it_is_in_the_window_only(phone: Phone, spoil: str) -> None:
    phone.page.add_init_script(spoil)
    phone.open()
    phone.write(sample("S04"))
    phone.page.wait_for_timeout(1000)
    assert drafts(phone) == []
    phone.seal()
    assert len(phone.outbox()) == 1
