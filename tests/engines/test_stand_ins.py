"""Browsers that this machine does not have, by their nearest relatives on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.samples import sample
from tests.e2e.servers import Site
from tests.engines.arrivals import Arrivals, met
from tests.engines.chromium import Chromium
from tests.engines.conftest import Begin, Launch
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

INSIDE_AN_APP = Setup(
    first="""
    delete Navigator.prototype.serviceWorker;
    delete Navigator.prototype.share;
    const userAgent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) "
      + "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]";
    Object.defineProperty(Navigator.prototype, "userAgent", { get: () => userAgent });
    """
)

FORBIDDEN = """async () => {
  const opening = new Promise((resolve, reject) => {
    const request = indexedDB.open("anything");
    request.onsuccess = resolve;
    request.onerror = reject;
  });
  const tries = [opening, navigator.locks.request("any", () => 1), caches.open("any")];
  return Promise.all(tries.map((one) => one.then(() => false, () => true)));
}"""
"""Whether database, locks and cache are really denied."""

OLD_BROWSER = Setup(first=(Path(__file__).parent / "old_browser.js").read_text("utf-8"))


@pytest.fixture
def private_window(begun: Begin) -> Phone:
    """A phone whose windows are all private."""
    return begun(Setup(private=True))


@pytest.fixture
def tor_browser(begun: Begin) -> Phone:
    """Firefox set up as Tor Browser is."""
    return begun(TOR_BROWSER)


@pytest.fixture
def inside_an_app(begun: Begin) -> Phone:
    """A browser as apps on iPhones have it inside of them."""
    return begun(INSIDE_AN_APP)


@pytest.fixture
def forbidding_phone(begun: Begin) -> Phone:
    """A phone whose owner has forbidden all sites to store anything."""
    return begun(Setup(forbidding=True))


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
    arrived: Arrivals, network: FaultProxy, private_window: Phone
) -> None:
    private_window.visit()
    private_window.seal(ONE)
    private_window.wait_received()
    network.down()
    private_window.seal(TWO)
    assert private_window.words() == ["saved"]
    assert "نافذة تصفّح خاص فيجب أن تبقى مفتوحة" in private_window.text()
    private_window.reload()
    (waiting,) = private_window.outbox()
    network.up()
    private_window.send_all()
    assert private_window.outbox() == []
    assert len(arrived()) == 2
    assert waiting in arrived()


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


def assert_sends_and_waits_in_the_window(
    arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    """One report goes out at once; another waits, is called so, and goes out when it can."""
    phone.seal(ONE)
    phone.wait_received()
    network.down()
    phone.seal(TWO)
    assert phone.words() == ["window"]
    assert phone.trouble() == "silence"
    assert phone.words() == ["window"]
    network.up()
    phone.insist_until(lambda: phone.received() == 2)
    assert phone.seen() <= {"window", "received"}
    assert len(arrived()) == 2


@on_firefox
@pytest.mark.failure("F44", "F74", "F95")
def test_tor_browser_sends_and_what_waits_in_it_is_called_only_in_this_window(
    arrived: Arrivals, network: FaultProxy, tor_browser: Phone
) -> None:
    tor_browser.open()
    assert tor_browser.window.evaluate(LACKING) is True
    tor_browser.use("offline", False)
    assert_sends_and_waits_in_the_window(arrived, network, tor_browser)


@on_chromium_and_firefox
@pytest.mark.failure("F45", "F95")
def test_inside_another_app_one_is_told_so_and_what_waits_is_called_only_in_this_window(
    arrived: Arrivals, network: FaultProxy, inside_an_app: Phone
) -> None:
    inside_an_app.open()
    assert "داخل تطبيق آخر" in inside_an_app.text()
    inside_an_app.use("offline", False)
    assert_sends_and_waits_in_the_window(arrived, network, inside_an_app)


@on_chromium_and_firefox
@pytest.mark.failure("F33", "F95")
def test_where_sites_may_store_nothing_reports_are_sent_and_wait_in_the_window_only(
    arrived: Arrivals, network: FaultProxy, forbidding_phone: Phone
) -> None:
    forbidding_phone.open()
    assert forbidding_phone.window.evaluate(FORBIDDEN) == [True, True, True]
    assert_sends_and_waits_in_the_window(arrived, network, forbidding_phone)
    assert not forbidding_phone.window.evaluate("() => document.querySelector('[data-act=mend]')")


@on_chromium_and_firefox
@pytest.mark.failure("F73", "F75")
def test_an_old_browser_does_everything(
    arrived: Arrivals, network: FaultProxy, old_phone: Phone
) -> None:
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
    assert arrived() == [waiting]


@on_chromium_and_firefox
@pytest.mark.failure("F06")
def test_two_windows_without_locks_send_each_report_once(
    arrived: Arrivals, network: FaultProxy, old_phone: Phone
) -> None:
    send_from_two_windows(arrived, network, old_phone)
