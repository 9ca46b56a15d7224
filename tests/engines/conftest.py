"""What the save-and-send suite stands on: three engines, each with a server of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from playwright.sync_api import Playwright, sync_playwright

from amana.config import Settings
from tests.e2e.servers import Site, make_ground
from tests.engines.chromium import Chromium
from tests.engines.engine import Engine, Setup
from tests.engines.firefox import Firefox
from tests.engines.reporter import Phone
from tests.engines.webkit import WebKit
from tests.faults.proxy import FaultProxy

Kind: TypeAlias = type[Chromium] | type[Firefox] | type[WebKit]
Launch: TypeAlias = Callable[[Setup], Engine]


@pytest.fixture(scope="package", params=[Chromium, Firefox, WebKit], ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    """The engine that is tested; the whole suite runs once on each."""
    found: Kind = request.param
    if not found.installed():
        pytest.skip(
            f"NO {found.name.upper()}: saving and sending was not tested on it, so not for "
            f"{found.untested}; run tests/setup.sh"
        )
    return found


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """The driver of Chromium; gone when the last test of this folder is."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def site(kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An organisation for this engine, served behind a fault proxy."""
    if not (Settings.static / "build.json").exists():
        pytest.fail("the client is not built: run `make build`", pytrace=False)
    served = Site(make_ground(tmp_path_factory.mktemp(kind.name) / "home"))
    yield served
    served.stop()


@pytest.fixture(scope="package")
def launch(
    kind: Kind, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Launch]:
    """Makes browsers of this engine, each on a folder of its own; all end with the suite."""
    with contextlib.ExitStack() as made:

        def make(setup: Setup) -> Engine:
            folder = tmp_path_factory.mktemp(f"{kind.name}-profile") / "profile"
            engine: Engine
            if issubclass(kind, Chromium):
                engine = Chromium(folder, setup, request.getfixturevalue("playwright"))
            else:
                engine = kind(folder, setup)
            made.callback(engine.close)
            return engine

        yield make


@pytest.fixture(scope="package")
def used_phone(launch: Launch, site: Site) -> Phone:
    """A phone that has visited the app; all tests of an engine use this one."""
    phone = Phone(launch(Setup()), site.report.origin)
    phone.visit()
    return phone


@pytest.fixture
def network(site: Site) -> Iterator[FaultProxy]:
    """The way to the server; in order again after each test."""
    yield site.report.proxy
    site.report.proxy.clear()
    site.report.proxy.up()


@pytest.fixture
def phone(used_phone: Phone, network: FaultProxy) -> Iterator[Phone]:
    """The phone with nothing on it that waits."""
    assert used_phone.outbox() == []
    used_phone.seen()
    yield used_phone
    network.clear()
    network.up()
    used_phone.send_all()
