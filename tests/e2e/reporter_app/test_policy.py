"""What the page may do: it speaks to its own address only, and keeps its own rules."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route

from tests.e2e.phone import Window
from tests.e2e.samples import sample
from tests.e2e.servers import Site

ONE, TWO = sample("S04"), sample("S15")


def test_the_page_says_nothing_to_the_console_and_breaks_no_rule_of_its_policy(
    window: Window,
) -> None:
    said: list[str] = []
    window.page.on("console", lambda message: said.append(message.text))
    window.page.on("pageerror", lambda error: said.append(str(error)))
    window.visit()
    window.write(TWO)
    window.seal()
    window.wait_sent()
    assert said == []


def test_the_page_that_comes_from_the_phone_stands_under_the_same_policy(
    site: Site, window: Window
) -> None:
    window.visit()
    site.report.proxy.down()
    window.open()
    refused = """() => {
      try { document.createElement("script").src = "https://elsewhere.invalid/"; return "allowed"; }
      catch (error) { return error.name; }
    }"""
    assert window.page.evaluate(refused) == "TypeError"


@pytest.mark.failure("F48", "F55")
def test_nothing_but_the_own_address_is_ever_asked(site: Site, window: Window) -> None:
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    window.page.context.route("**/*", note)
    window.visit()
    window.write(ONE)
    window.seal()
    window.wait_sent()
    assert {url for url in asked if not url.startswith(site.report.origin)} == set()
    assert window.page.context.cookies() == []
    assert window.page.evaluate("localStorage.length + sessionStorage.length") == 0
