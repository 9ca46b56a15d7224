"""Browsers that lack what the app rests on: they are told so, or it works without."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.phone import Window
from tests.e2e.profile import SCREEN
from tests.e2e.reporter_app.ground import Arrivals, write_shelter
from tests.e2e.servers import Site
from tests.faults.proxy import FaultProxy

OPERA_MINI = (
    "Opera/9.80 (Android; Opera Mini/7.6.40234/191.303; U; ar) Presto/2.12.423 Version/12.16"
)


def assert_refused(window: Window) -> None:
    """An explanation in both languages, no form, and nothing in any storage of this address."""
    page = window.page
    for words in ("لا يمكن الكتابة بأمان في هذا المتصفح", "This browser cannot be used safely"):
        page.get_by_role("heading", name=words).wait_for()
    assert page.locator("input, select, textarea, [data-kind]").count() == 0
    session = page.context.new_cdp_session(page)
    used = session.send("Storage.getUsageAndQuota", {"origin": window.origin})["usage"]
    databases = session.send("IndexedDB.requestDatabaseNames", {"securityOrigin": window.origin})
    assert (used, databases) == (0, {"databaseNames": []})
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    "spoil",
    [
        "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })",
        "Object.defineProperty(globalThis, 'isSecureContext', { value: false })",
    ],
    ids=["no WebCrypto", "no secure context"],
)
@pytest.mark.failure("F69")
def test_a_browser_that_cannot_seal_gets_an_explanation_and_no_form(
    window: Window, spoil: str
) -> None:
    window.page.add_init_script(spoil)
    window.goto()
    assert_refused(window)


@pytest.mark.parametrize(
    "kind",
    [{"java_script_enabled": False}, {"user_agent": OPERA_MINI}],
    ids=["no scripts", "the page is drawn elsewhere"],
)
@pytest.mark.failure("F68", "F69")
def test_a_browser_of_another_kind_gets_an_explanation_and_no_form(
    network: FaultProxy, browser: Browser, kind: dict[str, Any]
) -> None:
    context = browser.new_context(viewport=SCREEN, locale="ar", **kind)
    window = Window(context.new_page(), network.origin)
    window.goto()
    assert_refused(window)
    context.close()


@pytest.mark.parametrize(
    "spoil",
    [
        "indexedDB.open = () => { throw new DOMException('full', 'QuotaExceededError') }",
        "indexedDB.open = () => new EventTarget()",
        "delete globalThis.indexedDB; Object.defineProperty(globalThis, 'indexedDB', {})",
    ],
    ids=["full", "never answers", "missing"],
)
@pytest.mark.failure("F33", "F38", "F95")
def test_where_nothing_can_be_stored_the_report_waits_in_the_window_and_says_so(
    site: Site, window: Window, arrivals: Arrivals, spoil: str
) -> None:
    window.page.add_init_script(spoil)
    page = window.page
    window.goto()
    page.locator("[data-kind]").first.wait_for()
    write_shelter(page)
    page.locator("[data-act=seal]:enabled").wait_for()
    site.report.proxy.down()
    page.locator("[data-act=seal]").tap()
    page.locator("[data-fate=window]").wait_for()
    site.report.proxy.up()
    page.locator("[data-fate=received]").wait_for()
    assert len(arrivals()) == 1


@pytest.mark.failure("F44", "F45")
def test_without_service_workers_and_locks_the_app_works_online(
    window: Window, arrivals: Arrivals
) -> None:
    window.page.add_init_script(
        "delete Navigator.prototype.serviceWorker; delete Navigator.prototype.locks"
    )
    page = window.page
    window.goto()
    page.locator("[data-offline=false]").wait_for()
    write_shelter(page)
    page.locator("[data-act=seal]").tap()
    page.locator("[data-fate=received]").wait_for()
    assert len(arrivals()) == 1


MOZILLA = "Mozilla/5.0 (Linux; Android 9; SM-J530F"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/95.0.4638.74 Mobile"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"


@pytest.mark.failure("F45")
@pytest.mark.parametrize(
    ("user_agent", "inside"),
    [
        (f"{MOZILLA}) {CHROME} Safari/537.36", False),
        (f"{IPHONE} Version/17.0 Safari/604.1", False),
        (f"{MOZILLA}; wv) {CHROME} Safari/537.36", True),
        (f"{MOZILLA}) {CHROME} Safari/537.36 [FB_IAB/FB4A;FBAV/440.0]", True),
        (IPHONE, True),
    ],
    ids=["Android", "iPhone", "inside an app", "inside Facebook", "inside an app on an iPhone"],
)
def test_a_browser_inside_an_app_is_told_from_a_browser(
    window: Window, user_agent: str, inside: bool
) -> None:
    window.page.add_init_script(
        f"Object.defineProperty(Navigator.prototype, 'userAgent', {{ value: '{user_agent}' }})"
    )
    window.open()
    assert window.page.locator("[data-inside-an-app]").count() == inside


@pytest.mark.failure("F35")
def test_a_lost_connection_to_the_database_is_opened_again(window: Window) -> None:
    window.visit()
    page = window.page
    page.evaluate(
        """() => {
          const real = IDBDatabase.prototype.transaction;
          IDBDatabase.prototype.transaction = function (stores, ...rest) {
            if (!stores.includes("envelopes") || rest[0] !== "readwrite") {
              return real.call(this, stores, ...rest);
            }
            IDBDatabase.prototype.transaction = real;
            throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
          };
        }"""
    )
    window.page.context.route("**/api/**", lambda route: route.abort())
    write_shelter(page)
    window.seal()
    page.locator("[data-fate=saved]").wait_for()
    assert len(window.outbox()) == 1
