"""What the save-and-send suite stands on: three engines, each with a server of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from playwright.sync_api import Playwright, sync_playwright

from amana.config import Settings
from tests.e2e.servers import Site, make_ground
from tests.engines.arrivals import Arrivals
from tests.engines.chromium import Chromium
from tests.engines.engine import Engine, Setup
from tests.engines.firefox import Firefox
from tests.engines.reporter import Phone
from tests.engines.webkit import WebKit
from tests.faults.proxy import FaultProxy

Kind: TypeAlias = type[Chromium] | type[Firefox] | type[WebKit]
Launch: TypeAlias = Callable[[Setup], Engine]
Begin: TypeAlias = Callable[[Setup], Phone]


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
    # Asked for here, the driver outlives the browsers that it drives.
    driver = (request.getfixturevalue("playwright"),) if issubclass(kind, Chromium) else ()
    with contextlib.ExitStack() as made:

        def make(setup: Setup) -> Engine:
            folder = tmp_path_factory.mktemp(f"{kind.name}-profile") / "profile"
            engine: Engine = kind(folder, setup, *driver)
            made.callback(engine.close)
            return engine

        yield make


class UsedPhone:
    """A phone that has visited the app; all tests of an engine use this one, one after the other.

    A test that takes it and does not give it back has spoilt it: the next one gets another.
    """

    def __init__(self, launch: Launch, origin: str) -> None:
        self._launch = launch
        self._origin = origin
        self._phone: Phone | None = None
        self._engine: Engine | None = None

    def take(self) -> Phone:
        phone, self._phone = self._phone, None
        return phone or self._another()

    def give_back(self, phone: Phone) -> None:
        self._phone = phone

    def _another(self) -> Phone:
        if self._engine is not None:
            self._engine.close()
        self._engine = self._launch(Setup())
        phone = Phone(self._engine, self._origin)
        phone.visit()
        return phone


@pytest.fixture(scope="package")
def used_phone(launch: Launch, site: Site) -> UsedPhone:
    """The phone of this engine."""
    return UsedPhone(launch, site.report.origin)


@pytest.fixture
def network(site: Site) -> Iterator[FaultProxy]:
    """The way to the server; in order again after each test."""
    yield site.report.proxy
    site.report.proxy.clear()
    site.report.proxy.up()


@pytest.fixture
def phone(
    used_phone: UsedPhone, network: FaultProxy, request: pytest.FixtureRequest
) -> Iterator[Phone]:
    """The phone with nothing on it that waits."""
    failures = request.session.testsfailed
    phone = used_phone.take()
    assert phone.outbox() == []
    phone.seen()
    yield phone
    if request.session.testsfailed > failures:
        return
    network.clear()
    network.up()
    phone.send_all()
    used_phone.give_back(phone)


@pytest.fixture
def arrived(site: Site) -> Arrivals:
    """What is stored on the server now and was not when the test began."""
    return Arrivals(site)


@pytest.fixture
def begun(launch: Launch, site: Site) -> Iterator[Begin]:
    """Starts browsers that have never seen the app; they end with the test."""
    with contextlib.ExitStack() as running:

        def begin(setup: Setup) -> Phone:
            engine = launch(setup)
            running.callback(engine.close)
            return Phone(engine, site.report.origin)

        yield begin
