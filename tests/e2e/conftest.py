"""What every end-to-end test stands on: a served organisation, a phone, the desk's browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Playwright, expect, sync_playwright

from amana.config import Settings
from tests.e2e.browsers import ARGUMENTS, CHROMIUM, chromium
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.servers import Ground, Site, make_ground, served_copy
from tests.patience import PATIENCE_MS


@pytest.fixture(scope="session")
def first_ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """An organisation made once, to be copied: its keys and its empty database."""
    if not (Settings.static / "build.json").exists():
        pytest.fail("the client is not built: run `make build`", pytrace=False)
    return make_ground(tmp_path_factory.mktemp("organisation") / "home")


@pytest.fixture
def organisation(first_ground: Ground, tmp_path: Path) -> Iterator[Site]:
    """An organisation of this test's own, served behind fault proxies."""
    with served_copy(first_ground, tmp_path) as served:
        yield served


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers; gone when the last test of this folder is."""
    if chromium() is None:
        pytest.skip(f"NO CHROMIUM at {CHROMIUM}: nothing of this was tested; run tests/setup.sh")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as running:
        yield running


@pytest.fixture
def phone(organisation: Site, playwright: Playwright, tmp_path: Path) -> Iterator[Phone]:
    """A phone that speaks Arabic and has never seen the reporter app."""
    used = Phone(playwright, tmp_path / "phone", organisation.address, "ar")
    try:
        organisation.report.wait_ready()
        yield used
    finally:
        used.close()


@pytest.fixture(scope="package")
def desk_chromium(playwright: Playwright) -> Iterator[Chromium]:
    """One browser for all members of the desk; each test has a context of its own in it."""
    running = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
    yield running
    running.close()


@pytest.fixture
def desk(organisation: Site, desk_chromium: Chromium) -> Iterator[Desk]:
    """The desk's address in a fresh browser window; nobody is signed in."""
    context = desk_chromium.new_context(
        locale="en", viewport={"width": 1280, "height": 800}, accept_downloads=True
    )
    yield Desk(context.new_page(), organisation.desk.origin)
    context.close()
