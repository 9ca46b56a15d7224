"""What the phone keeps to open without a network: nothing wrong comes in, and what goes is seen."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import Error

from tests.e2e.phone import PAINTED, Window, wait_until
from tests.e2e.reporter_app.ground import is_in_cache
from tests.e2e.samples import sample
from tests.e2e.servers import Site
from tests.faults import modes

ONE = sample("S04")
FIRST_WINDOW = 14_000
"""Bytes that a server may send before it has heard from the phone (RFC 6928), or so."""

UPDATE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  return registration.update().then(() => "taken", () => "refused");
}"""

KEPT = """async () => {
  const cache = await caches.open("amana-shell");
  const answers = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
  return answers.map(({ status, redirected, type }) => ({ status, redirected, type }));
}"""
"""How each file of the shell came."""

FORGET = """() => caches.delete("amana-shell")"""


def assert_opens_and_saves_without_a_network(site: Site, window: Window) -> None:
    site.report.proxy.down()
    window.open()
    window.write(ONE)
    window.seal()
    assert len(window.outbox()) == 1


def test_the_first_words_and_the_way_out_come_with_the_first_14_kilobytes(
    site: Site, window: Window
) -> None:
    proxy = site.report.proxy
    before = len(proxy.seen())
    proxy.always(modes.Blackhole(), "GET", "/assets/app-")
    window.page.goto(window.origin, wait_until="commit")
    window.page.wait_for_function(PAINTED)
    assert window.page.locator("#exit").is_visible()
    assert window.page.locator("main").inner_text().strip()
    sent = sum(each.sent for each in proxy.seen()[before:])
    assert 0 < sent < FIRST_WINDOW


@pytest.mark.failure("F53")
def test_whatever_answers_for_the_workers_script_the_worker_that_is_there_goes_on(
    site: Site, window: Window
) -> None:
    window.visit()
    proxy = site.report.proxy
    for fault in (
        *(modes.Status(code) for code in (404, 410, 500)),
        modes.PortalHtml(),
        modes.PortalRedirect(),
        modes.ShortContentLength(),
    ):
        proxy.always(fault, "GET", "/sw.js")
        assert window.page.evaluate(UPDATE) == "refused"
        assert proxy.seen("GET", "/sw.js")[-1].mode == fault
        proxy.clear()
    assert_opens_and_saves_without_a_network(site, window)


@pytest.mark.failure("F53")
def test_a_worker_that_does_not_come_at_the_first_visit_is_asked_for_again(
    site: Site, window: Window
) -> None:
    proxy = site.report.proxy
    before = len(proxy.seen("GET", "/sw.js"))
    faults = [modes.PortalRedirect(), modes.Status(404)]
    proxy.script(*faults, method="GET", path="/sw.js")
    window.visit()
    assert [each.mode for each in proxy.seen("GET", "/sw.js")[before:]][:2] == faults
    assert_opens_and_saves_without_a_network(site, window)


def test_a_screen_that_was_looked_at_before_the_worker_was_there_is_kept(
    site: Site, window: Window
) -> None:
    proxy = site.report.proxy
    hold = modes.Hold()
    proxy.script(hold, method="GET", path="/sw.js")
    window.open()
    window.act("real")
    window.page.locator("[data-build]").wait_for()
    proxy.wait_until(lambda: proxy.delivered(modes.Hold, "GET"))
    proxy.release(hold)
    wait_until(lambda: is_in_cache(window.page, "real"), "the screen is not kept")


@pytest.mark.failure("F54")
def test_a_start_that_redirects_is_never_kept_and_spoils_no_later_visit(
    site: Site, window: Window
) -> None:
    proxy = site.report.proxy
    proxy.always(modes.Moved(), "GET", "/")
    window.open()
    assert window.page.url == f"{window.origin}/ar/"
    window.page.locator("[data-offline=false]").wait_for()
    proxy.clear()
    window.visit()
    assert {str(answer) for answer in window.page.evaluate(KEPT)} == {
        str({"status": 200, "redirected": False, "type": "basic"})
    }
    proxy.always(modes.Moved(), "GET", "/")
    window.open()
    assert window.page.url == f"{window.origin}/"
    assert_opens_and_saves_without_a_network(site, window)


@pytest.mark.failure("F54")
def test_files_that_redirect_are_never_kept_and_come_once_they_do_not(
    site: Site, window: Window
) -> None:
    proxy = site.report.proxy
    proxy.always(modes.PortalRedirect(), "GET", "/assets/")
    window.goto()
    proxy.wait_until(lambda: len(proxy.delivered(modes.PortalRedirect)) > 2)
    assert window.page.evaluate(KEPT) == []
    proxy.clear()
    window.visit()
    assert_opens_and_saves_without_a_network(site, window)


@pytest.mark.failure("F54", "F29")
def test_files_that_the_browser_has_lost_are_fetched_again_and_a_redirect_meanwhile_is_followed(
    site: Site, window: Window
) -> None:
    window.visit()
    window.page.evaluate(FORGET)
    proxy = site.report.proxy
    proxy.always(modes.Moved(), "GET", "/")
    window.open()
    assert window.page.url == f"{window.origin}/ar/"
    window.page.locator("[data-offline=false]").wait_for()
    proxy.clear()
    window.page.locator("[data-offline=true]").wait_for()
    assert_opens_and_saves_without_a_network(site, window)


@pytest.mark.failure("F52", "F58")
@pytest.mark.parametrize("fault", [modes.ShortContentLength(), modes.PortalHtml()], ids=str)
def test_a_page_whose_script_did_not_come_whole_helps_itself(
    site: Site, window: Window, fault: modes.Mode
) -> None:
    proxy = site.report.proxy
    proxy.script(fault, fault, method="GET", path="/assets/app-")
    root = site.organisation.root_print
    window.page.goto(f"{window.origin}/#root={root}")
    window.page.locator("[data-kind]").first.wait_for()
    assert proxy.pending() == []
    assert window.page.evaluate("document.documentElement.dataset.root") == root
    assert window.page.url == f"{window.origin}/"


@pytest.mark.failure("F58")
def test_what_came_before_an_installation_failed_is_not_fetched_again(
    site: Site, window: Window
) -> None:
    proxy = site.report.proxy
    before = len(proxy.seen("GET"))
    faults = [modes.Status(503), modes.Status(503)]
    proxy.script(*faults, method="GET", path="/page")
    window.visit()
    seen = proxy.seen("GET")[before:]
    assert [each.mode for each in seen if isinstance(each.mode, modes.Status)] == faults
    for_window_and_worker = 2  # no cache of the browser's answers for the page
    assert [each.request.path for each in seen].count("/") == for_window_and_worker


@pytest.mark.failure("F60")
@pytest.mark.parametrize("files", [1, 4, 7, 10])
def test_wherever_the_network_goes_in_the_first_visit_only_a_page_that_opens_was_called_ready(
    site: Site, window: Window, files: int
) -> None:
    proxy = site.report.proxy
    before = len(proxy.seen("GET"))
    window.goto()
    proxy.wait_until(lambda: len(proxy.seen("GET")) >= before + files)
    proxy.down()
    was_called_ready = window.page.locator("[data-offline=true]").count() == 1
    window.page.close()
    later = Window(window.page.context.new_page(), window.origin)
    with contextlib.suppress(Error):
        later.goto()
    if was_called_ready:
        later.page.locator("[data-kind]").first.wait_for()
    later.page.close()
    proxy.up()
    mended = Window(window.page.context.new_page(), window.origin)
    mended.visit()
    assert_opens_and_saves_without_a_network(site, mended)
