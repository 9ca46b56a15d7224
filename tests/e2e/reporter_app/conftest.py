"""A phone for the reporter app's tests that do not get into each other's way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.e2e import rows
from tests.e2e.browsers import ARGUMENTS, chromium
from tests.e2e.phone import Window
from tests.e2e.profile import SCREEN
from tests.e2e.reporter_app.ground import Arrivals
from tests.e2e.servers import Ground, Site, served_copy
from tests.faults.proxy import FaultProxy


@pytest.fixture(scope="package")
def site(first_ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One organisation for all tests of this folder: each looks only at what it has sent itself."""
    with served_copy(first_ground, tmp_path_factory.mktemp("reporter-app")) as served:
        yield served


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
    yield running
    running.close()


@pytest.fixture
def network(site: Site) -> FaultProxy:
    """The way to the server, without faults whatever the test before has done to it."""
    site.report.proxy.clear()
    site.report.proxy.up()
    return site.report.proxy


@pytest.fixture
def context(browser: Browser, network: FaultProxy) -> Iterator[BrowserContext]:
    """A phone that has never seen the app, on a network without faults."""
    fresh = browser.new_context(viewport=SCREEN, has_touch=True, is_mobile=True, locale="ar")
    yield fresh
    fresh.close()


@pytest.fixture
def window(context: BrowserContext, site: Site) -> Window:
    """A window on that phone; it shows nothing yet."""
    return Window(context.new_page(), site.report.origin)


@pytest.fixture
def page(window: Window) -> Page:
    """The app at its start."""
    window.open()
    return window.page


@pytest.fixture
def ready(window: Window) -> Window:
    """A window in which every part of the app has come."""
    window.visit()
    window.page.wait_for_function("globalThis.amanaAnnex !== undefined")
    return window


@pytest.fixture
def arrivals(site: Site) -> Arrivals:
    """All reports that arrived during the test, opened."""
    before = {row.id for row in rows.envelopes(site.ground.database)}

    def opened() -> list[dict[str, Any]]:
        found = rows.envelopes(site.ground.database)
        return [site.open(row.body) for row in found if row.id not in before]

    return opened
