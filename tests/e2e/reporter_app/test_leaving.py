"""How one leaves the app, and that nothing is left to come back to."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from amana.config import Settings
from tests.e2e.phone import Window
from tests.e2e.reporter_app.ground import (
    ELSEWHERE,
    ORDINARY_PAGE,
    SECRET,
    each_direction,
    question,
    screens,
    write_shelter,
)
from tests.e2e.servers import Site, served_copy
from tests.faults import modes


def write_secret(page: Page) -> None:
    """Begin a report about safety with nothing but a note."""
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    question(page, "note").locator("textarea").fill(SECRET)


def test_no_step_leaves_an_entry_in_the_history(page: Page) -> None:
    before = page.evaluate("history.length")
    write_shelter(page)
    page.locator("[data-act=seal]").tap()
    page.locator("[data-screen=done]").wait_for()
    assert page.evaluate("history.length") == before


def test_the_phones_own_way_back_leads_to_the_screen_before_and_loses_nothing(page: Page) -> None:
    write_shelter(page)
    for before in ("form", "home"):
        page.keyboard.press("Escape")
        page.locator(f"[data-screen={before}]").wait_for()
    page.locator("[data-kind=shelter]").tap()
    assert question(page, "room_left").locator("[data-option=full] input").is_checked()


@each_direction
@pytest.mark.failure("F85")
def test_leaving_in_a_hurry_leaves_nothing_to_come_back_to(window: Window, language: str) -> None:
    window.page.goto("about:blank")
    window.open()
    window.speak(language)
    page = window.page
    write_secret(page)
    window.leave()
    page.go_back()
    assert page.url == "about:blank"
    page.go_forward()
    window.wait_left()


def test_going_back_to_the_app_finds_an_empty_start(window: Window) -> None:
    window.open()
    page = window.page
    page.context.route(ELSEWHERE, lambda route: route.fulfill(body=ORDINARY_PAGE))
    write_secret(page)
    page.evaluate("location.href = 'https://elsewhere.invalid/'")
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    page.locator("[data-screen=home]").wait_for()
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    assert question(page, "note").locator("textarea").input_value() == ""


@pytest.mark.parametrize("scripts", ["**/*.js", "**/app-*.js"], ids=["any script", "the app"])
def test_one_can_leave_before_the_script_has_come(window: Window, scripts: str) -> None:
    page = window.page
    page.goto("about:blank")
    page.route(scripts, lambda route: route.abort())
    window.goto()
    page.wait_for_load_state("load")
    way_out = page.locator("#exit")
    assert way_out.get_attribute("rel") == "noreferrer"
    assert (way_out.bounding_box() or {"height": 0})["height"] >= 48
    window.leave()


def test_the_app_does_not_start_in_a_page_that_was_left_before_it_came(window: Window) -> None:
    page = window.page
    page.route("**/app-*.js", lambda _: None)
    page.route("**/page", lambda _: None)
    window.goto()
    page.locator("#exit").tap()
    page.wait_for_url("**/page", wait_until="commit")
    (app,) = (Settings.static / "report/assets").glob("app-*.js")
    page.evaluate(f"() => {{ {app.read_text('utf-8')} }}")
    assert page.locator("h1").all_inner_texts() == ["شوربة العدس"]
    assert page.locator("[data-kind]").count() == 0


def test_shift_three_times_leaves_and_shift_among_letters_does_not(window: Window) -> None:
    window.open()
    page = window.page
    write_secret(page)
    note = question(page, "note").locator("textarea")
    note.press_sequentially("ABC")
    for key in ("Shift", "Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    assert note.input_value().endswith("ABCa")
    page.keyboard.press("Shift")
    window.wait_left()


@pytest.mark.parametrize("way", ["tap", "shift", "back"])
def test_one_can_leave_and_go_back_while_a_screen_is_still_on_its_way(
    site: Site, window: Window, way: str
) -> None:
    site.report.proxy.always(modes.Blackhole(), "GET", "/assets/real-")
    window.open()
    page = window.page
    write_secret(page)
    window.home()
    window.act("real")
    site.report.proxy.wait_until(lambda: site.report.proxy.delivered(modes.Blackhole))
    assert window.screen == "real"
    if way == "back":
        page.keyboard.press("Escape")
        page.locator("[data-screen=home]").wait_for()
        return
    if way == "tap":
        window.leave()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
        window.wait_left()
    assert SECRET not in page.content()


IN_REACH = """() => [0, document.body.scrollHeight].every((top) => {
  scrollTo(0, top);
  const way = document.querySelector("#exit");
  const { x, y, width, height } = way.getBoundingClientRect();
  return height >= 48 && width >= 48 && y >= 0
    && document.elementFromPoint(x + width / 2, y + height / 2) === way;
})"""
"""Whether the way out is there to be tapped, at the top of the page and at its end."""


def test_the_way_out_is_in_reach_on_every_screen_wherever_it_is_scrolled(ready: Window) -> None:
    for screen in screens(ready):
        assert ready.page.evaluate(IN_REACH), screen


AT_ONCE = """() => {
  document.querySelector("#exit").click();
  return { text: document.body.innerText, title: document.title, path: location.pathname };
}"""
"""Leaves, and says what the page holds before anything else can have happened in it."""


def test_without_worker_and_network_the_ordinary_page_is_there_in_the_moment_of_the_tap(
    window: Window, site: Site
) -> None:
    window.page.add_init_script("delete Navigator.prototype.serviceWorker")
    window.page.goto("about:blank")
    window.open()
    write_secret(window.page)
    site.report.proxy.down()
    seen = window.page.evaluate(AT_ONCE)
    assert (seen["title"], seen["path"]) == ("شوربة العدس", "/page")
    assert seen["text"].startswith("شوربة العدس")
    assert SECRET not in seen["text"]
    window.page.wait_for_timeout(1000)
    assert window.page.title() == "شوربة العدس"
    window.page.go_back()
    assert window.page.url == "about:blank"


@pytest.mark.failure("F23")
def test_with_the_worker_the_ordinary_page_is_a_document_of_its_own_without_any_network(
    window: Window, site: Site
) -> None:
    window.visit()
    write_secret(window.page)
    site.report.proxy.down()
    window.leave()
    window.page.reload()
    window.wait_left()


def test_where_the_operator_chose_a_page_outside_it_is_left_for_only_on_a_network_that_works(
    context: BrowserContext, site: Site, tmp_path: Path
) -> None:
    home = tmp_path / "served" / "home"
    shutil.copytree(site.ground.home, home)
    outside = {"exit": {"address": "https://weather.example/"}}
    (home / "appearance.json").write_text(json.dumps(outside), "utf-8")
    context.route(ELSEWHERE, lambda route: route.fulfill(body=ORDINARY_PAGE))
    with served_copy(replace(site.ground, home=home), tmp_path) as served:
        window = Window(context.new_page(), served.report.origin)
        window.visit()
        window.page.locator("#exit").tap()
        window.page.wait_for_url("https://weather.example/")
        window.open()
        served.report.proxy.down()
        window.leave()
