"""Erasing everything, on one phone with several windows."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.phone import Window, wait_until
from tests.e2e.profile import databases
from tests.e2e.reporter_app.ground import SECRET, each_direction, question
from tests.e2e.samples import sample
from tests.e2e.servers import Site

KEPT = """async () => ({
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  marks: sessionStorage.length + localStorage.length,
})"""
"""What the origin of a page keeps on the phone."""

NOTHING = {"databases": [], "caches": [], "workers": 0, "marks": 0}

AT_ONCE = """() => {
  document.querySelector("[data-act=erase]").click();
  return { text: document.body.innerText, path: location.pathname };
}"""
"""Erases everything, and says what the page holds before anything else can have happened in it."""

HOLD = """async () => {
  const opening = indexedDB.open("amana-outbox");
  await new Promise((resolve) => { opening.onsuccess = resolve; });
  globalThis.held = opening.result;
}"""
"""Holds the outbox open and lets nobody have it: a window that sleeps."""


ASK = """(url) => {
  const asking = { method: "POST", mode: "no-cors", credentials: "include" };
  return fetch(url, asking).catch(() => undefined);
}"""
"""What any page may send; it cannot read the answer."""


def kept(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(KEPT)
    return found


def erase(window: Window) -> None:
    window.act("settings")
    window.act("erase")


@pytest.fixture
def waiting(window: Window, site: Site) -> Window:
    """A window of a phone on which one report waits, without a network."""
    window.visit()
    site.report.proxy.down()
    window.write(sample("S04"))
    window.seal()
    assert len(window.outbox()) == 1
    return window


@each_direction
def test_from_every_screen_erasing_takes_two_taps_and_not_erasing_loses_nothing(
    window: Window, language: str
) -> None:
    window.visit()
    window.speak(language)
    report = sample("S04")
    window.write(report)
    for screen in ("review", "form", "home"):
        assert window.screen == screen
        window.act("settings")
        window.page.locator("[data-act=erase]").wait_for()
        window.act("back")
        assert window.screen == screen
        if screen != "home":
            window.act("back")
    window.page.locator(f"[data-kind={report.kind}]").tap()
    assert question(window.page, "note").locator("textarea").input_value() == report.answers["note"]
    window.act("review")
    window.seal()
    window.act("settings")
    window.act("erase")
    window.wait_left()
    wait_until(lambda: kept(window.page) == NOTHING, "something is left")


def test_a_reply_half_written_is_there_again_after_the_settings(ready: Window) -> None:
    page = ready.page
    ready.write(sample("S04"))
    page.locator("[data-wish]").check()
    ready.seal()
    ready.home()
    for name in ("answer", "settings"):
        ready.act(name)
        if name == "answer":
            ready.act("use-code")
            page.locator("[data-reply]").fill(SECRET)
    ready.act("back")
    ready.act("use-code")
    page.locator("[data-reply]").wait_for()
    assert page.locator("[data-reply]").input_value() == SECRET


def test_the_ordinary_page_is_there_in_the_moment_of_the_tap(waiting: Window) -> None:
    waiting.act("settings")
    waiting.page.locator("[data-act=erase]").wait_for()
    seen = waiting.page.evaluate(AT_ONCE)
    assert seen["text"].startswith("شوربة العدس")
    assert seen["path"] == "/page"
    wait_until(lambda: kept(waiting.page) == NOTHING, "something is left")


def test_other_windows_leave_as_well_and_bring_nothing_back(
    waiting: Window, context: BrowserContext, site: Site
) -> None:
    other = Window(context.new_page(), waiting.origin)
    other.open()
    other.status()
    other.page.locator("[data-fate=saved]").wait_for()
    waiting.page.bring_to_front()
    erase(waiting)
    other.page.wait_for_url("**/page", wait_until="commit")
    assert other.page.title() == "شوربة العدس"
    wait_until(lambda: kept(waiting.page) == NOTHING, "something is left")
    network = site.report.proxy
    sent = len(network.seen("POST", "/api/v1/parcels"))
    network.up()
    for page in (waiting.page, other.page):
        page.evaluate("dispatchEvent(new Event('online'))")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    other.page.wait_for_timeout(6000)
    assert kept(other.page) == NOTHING
    assert len(network.seen("POST", "/api/v1/parcels")) == sent


def test_a_window_that_sleeps_and_holds_the_outbox_open_cannot_keep_the_reports(
    waiting: Window, context: BrowserContext
) -> None:
    sleeper = context.new_page()
    sleeper.goto(f"{waiting.origin}/page")
    sleeper.evaluate(HOLD)
    waiting.page.bring_to_front()
    erase(waiting)
    wait_until(lambda: kept(waiting.page)["databases"] == ["amana-outbox"], "more is left")
    stores = "[...held.objectStoreNames]"
    count = f"""() => Promise.all({stores}.map((name) => new Promise((resolve) => {{
      held.transaction(name).objectStore(name).count().onsuccess =
        ({{ target }}) => resolve(target.result);
    }})))"""
    wait_until(lambda: sleeper.evaluate(count) == [0, 0, 0], "the reports are there")
    sleeper.close()
    wait_until(lambda: kept(waiting.page) == NOTHING, "something is left")


def test_what_is_to_become_of_unsent_reports_leaves_no_trace_until_it_differs(
    waiting: Window,
) -> None:
    page = waiting.page
    waiting.act("settings")
    assert page.locator("[data-unsent=erase] input").is_checked()
    before = kept(page)
    page.locator("[data-unsent=keep]").tap()
    wait_until(lambda: "amana-keep" in kept(page)["caches"], "the choice is not kept")
    page.reload()
    page.locator("[data-kind]").first.wait_for()
    waiting.act("settings")
    page.locator("[data-unsent=keep] input:checked").wait_for()
    page.locator("[data-unsent=erase]").tap()
    wait_until(lambda: sorted(kept(page)["caches"]) == sorted(before["caches"]), "a trace is left")


def test_a_page_of_somebody_else_cannot_have_the_reports_deleted(
    waiting: Window, context: BrowserContext, site: Site
) -> None:
    network = site.report.proxy
    network.up()
    stranger = context.new_page()
    asked = len(network.seen("POST", "/api/v1/clear"))
    address = f"{waiting.origin}/api/v1/clear"
    stranger.evaluate(ASK, address)
    assert len(network.seen("POST", "/api/v1/clear")) == asked + 1
    assert "amana-keys/kept" in databases(waiting.page)
    assert kept(waiting.page)["workers"] == 1


@pytest.mark.failure("F94")
def test_out_of_sight_nothing_is_to_be_seen_and_a_word_half_typed_is_unharmed(page: Page) -> None:
    nothing = blank(page)
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    note = question(page, "note").locator("textarea")
    note.fill(SECRET)
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "نص", "selectionStart": 2, "selectionEnd": 2})
    turn(page, "hidden")
    assert page.screenshot() == nothing
    turn(page, "visible")
    assert page.screenshot() != nothing
    assert note.evaluate("(field) => field === document.activeElement")
    session.send("Input.insertText", {"text": "نصف"})
    assert note.input_value() == f"{SECRET}نصف"


def turn(page: Page, state: str) -> None:
    """Put the page out of sight, or back."""
    page.evaluate(
        """(state) => {
          const get = () => state;
          Object.defineProperty(document, "visibilityState", { get, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def blank(page: Page) -> bytes:
    """What the window looks like without any content."""
    page.evaluate("document.body.hidden = true")
    picture = page.screenshot()
    page.evaluate("document.body.hidden = false")
    return picture
