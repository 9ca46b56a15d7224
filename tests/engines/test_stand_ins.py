"""Browsers that this machine does not have, by their nearest relatives on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.samples import sample
from tests.e2e.servers import Site
from tests.engines.arrivals import met, stored
from tests.engines.chromium import Chromium
from tests.engines.conftest import Launch
from tests.engines.engine import Setup
from tests.engines.firefox import Firefox
from tests.engines.reporter import Phone
from tests.engines.two_windows import send_from_two_windows
from tests.faults import modes
from tests.faults.proxy import FaultProxy

ONE, TWO = sample("S04"), sample("S15")

on_chromium_and_firefox = pytest.mark.parametrize(
    "kind", [Chromium, Firefox], ids=lambda kind: kind.name, indirect=True
)
on_firefox = pytest.mark.parametrize("kind", [Firefox], ids=lambda kind: kind.name, indirect=True)

TOR_BROWSER = Setup(
    private=True,
    prefs={
        "dom.serviceWorkers.enabled": False,
        "gfx.offscreencanvas.enabled": False,
        "javascript.options.wasm": False,
        "network.manage-offline-status": False,
        "privacy.resistFingerprinting": True,
        "privacy.resistFingerprinting.randomDataOnCanvasExtract": True,
        "security.webauth.webauthn": False,
    },
)
"""Tor Browser's own settings, as its base browser sets them, and no WebAssembly, as at "Safer"."""

LACKING = """() => ["serviceWorker", "PublicKeyCredential", "WebAssembly"]
  .every((name) => !(name in navigator || name in globalThis))"""
"""Whether the browser really lacks what Tor Browser lacks."""

OLD_BROWSER = Setup(first=(Path(__file__).parent / "old_browser.js").read_text("utf-8"))


@pytest.fixture
def private_window(launch: Launch, site: Site) -> Iterator[Phone]:
    """A phone whose windows are all private, and which has never seen the app."""
    engine = launch(Setup(private=True))
    yield Phone(engine, site.report.origin)
    engine.close()


@pytest.fixture
def tor_browser(launch: Launch, site: Site) -> Iterator[Phone]:
    """Firefox set up as Tor Browser is; it has never seen the app."""
    engine = launch(TOR_BROWSER)
    yield Phone(engine, site.report.origin)
    engine.close()


@pytest.fixture(scope="module")
def used_old_phone(launch: Launch, site: Site) -> Iterator[Phone]:
    """A phone with an old browser that has visited the app."""
    engine = launch(OLD_BROWSER)
    phone = Phone(engine, site.report.origin)
    phone.visit()
    yield phone
    engine.close()


@pytest.fixture
def old_phone(used_old_phone: Phone, network: FaultProxy) -> Phone:
    """That phone with nothing on it that waits."""
    assert used_old_phone.outbox() == []
    return used_old_phone


@on_chromium_and_firefox
@pytest.mark.failure("F43", "F95")
def test_a_private_window_keeps_reports_while_it_is_open_and_says_that_it_must_stay_open(
    site: Site, network: FaultProxy, private_window: Phone
) -> None:
    before = stored(site)
    private_window.visit()
    private_window.seal(ONE)
    private_window.wait_received()
    network.down()
    private_window.seal(TWO)
    assert private_window.words() == ["saved"]
    assert "إن كانت نافذة تصفّح خاص فأبقها مفتوحة" in private_window.text()
    private_window.reload()
    (waiting,) = private_window.outbox()
    network.up()
    private_window.send_all()
    assert private_window.outbox() == []
    assert len(stored(site)) == len(before) + 2
    assert waiting in stored(site)


@on_chromium_and_firefox
@pytest.mark.failure("F43")
def test_what_waits_in_a_private_window_is_gone_with_it_and_nothing_else_is_said(
    network: FaultProxy, private_window: Phone
) -> None:
    private_window.visit()
    network.down()
    private_window.seal(ONE)
    assert len(private_window.outbox()) == 1
    private_window.engine.close()
    network.up()
    private_window.reopen()
    private_window.trouble()
    assert private_window.words() == []
    assert private_window.outbox() == []


@on_firefox
@pytest.mark.failure("F44", "F74", "F95")
def test_tor_browser_sends_and_what_waits_in_it_is_called_only_in_this_window(
    site: Site, network: FaultProxy, tor_browser: Phone
) -> None:
    before = stored(site)
    tor_browser.open()
    assert tor_browser.window.evaluate(LACKING) is True
    tor_browser.use("offline", False)
    tor_browser.seal(ONE)
    tor_browser.wait_received()
    assert tor_browser.received() == 1
    assert tor_browser.seen() <= {"window", "received"}
    network.down()
    tor_browser.seal(TWO)
    assert tor_browser.words() == ["window"]
    assert tor_browser.trouble() == "silence"
    assert tor_browser.words() == ["window"]
    network.up()
    assert tor_browser.send_all() == 2
    assert tor_browser.seen() == {"window"}
    assert len(stored(site)) == len(before) + 2


@on_chromium_and_firefox
@pytest.mark.failure("F73", "F75")
def test_an_old_browser_does_everything(site: Site, network: FaultProxy, old_phone: Phone) -> None:
    before = stored(site)
    lost = old_phone.window.evaluate("() => globalThis.lost")
    assert {"locks", "randomUUID", "storage", "databases", "structuredClone", "hasOwn"} <= set(lost)
    network.down()
    old_phone.reload()
    old_phone.seal(ONE)
    assert old_phone.words() == ["saved"]
    assert old_phone.trouble() == "silence"
    (waiting,) = old_phone.outbox()
    old_phone.kill()
    old_phone.reopen()
    assert old_phone.outbox() == [waiting]
    faults = (modes.CommitThenFin(), modes.PortalHtml())
    network.script(*faults)
    network.up()
    assert old_phone.send_all() == 1
    assert [met(network, fault) for fault in faults] == [1, 1]
    assert stored(site) == sorted([*before, waiting])


@on_chromium_and_firefox
@pytest.mark.failure("F06")
def test_two_windows_without_locks_send_each_report_once(
    site: Site, network: FaultProxy, old_phone: Phone
) -> None:
    send_from_two_windows(site, network, old_phone)
