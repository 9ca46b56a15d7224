"""Saved means saved, received means received: on every engine, the whole way of one report."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from amana import clock
from tests.e2e.samples import as_tapped, sample
from tests.e2e.servers import Site
from tests.e2e.wire import posted
from tests.engines.arrivals import Arrivals, met
from tests.engines.chromium import Chromium
from tests.engines.firefox import Firefox
from tests.engines.reporter import Phone
from tests.engines.two_windows import send_from_two_windows
from tests.faults import modes
from tests.faults.proxy import FaultProxy

BASE = sample("S05")
REPORT = replace(BASE, answers={**BASE.answers, "when": "2025-03-07"})
"""A report in Arabic with two places, free text, and a date that is typed in Arabic digits."""

without_webkit = pytest.mark.parametrize(
    "kind", [Chromium, Firefox], ids=lambda kind: kind.name, indirect=True
)
"""All but WebKitGTK: under automation it keeps nothing when it ends, and shows one window."""


@pytest.mark.failure("F03", "F36", "F41", "F77", "F79", "F80")
def test_a_report_waits_sealed_until_the_network_is_back_and_then_is_stored_once_unchanged(
    site: Site, arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    network.down()
    phone.seal(REPORT)
    assert phone.words() == ["saved"]
    (sealed,) = phone.outbox()
    assert site.open(sealed)["answers"] == as_tapped(REPORT)
    assert REPORT.answers["note"] not in json.dumps(phone.databases(), ensure_ascii=False)
    assert arrived() == []
    network.up()
    phone.wait_received()
    assert phone.seen() == {"saved", "received"}
    assert phone.outbox() == []
    assert arrived() == [sealed]


@without_webkit
@pytest.mark.failure("F42")
def test_what_was_called_saved_outlives_the_battery(
    arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    network.down()
    phone.seal(REPORT)
    assert phone.words() == ["saved"]
    waiting = phone.outbox()
    phone.kill()
    phone.reopen()
    assert phone.outbox() == waiting
    phone.trouble()
    assert phone.words() == ["saved"]
    network.up()
    assert phone.send_all() == 1
    assert arrived() == waiting


@without_webkit
@pytest.mark.failure("F08")
def test_a_battery_that_falls_out_while_sending_costs_nothing(
    arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    silent = modes.Blackhole()
    network.script(silent)
    phone.seal(REPORT)
    network.wait_until(lambda: met(network, silent))
    waiting = phone.outbox()
    phone.kill()
    phone.reopen()
    assert phone.send_all() == 1
    assert arrived() == waiting


@pytest.mark.failure("F60")
def test_the_app_opens_without_a_network_and_knows_what_waits(
    arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    network.down()
    phone.seal(REPORT)
    waiting = phone.outbox()
    phone.reload()
    phone.trouble()
    assert phone.words() == ["saved"]
    network.up()
    assert phone.send_all() == 1
    assert arrived() == waiting


@pytest.mark.failure("F17")
def test_two_taps_in_one_moment_make_one_report(
    arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    network.down()
    phone.use("write", REPORT.kind, REPORT.answers)
    phone.use("sealTwice")
    waiting = phone.outbox()
    assert len(waiting) == 1
    network.up()
    phone.send_all()
    assert arrived() == waiting


@without_webkit
@pytest.mark.failure("F06")
def test_two_windows_send_each_report_once(
    arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    send_from_two_windows(arrived, network, phone)


@pytest.mark.failure("F23")
def test_a_person_can_send_though_the_browser_believes_to_be_offline_and_the_server_asked_to_wait(
    arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    patient = modes.Status(503, (("Retry-After", "3600"),))
    network.script(patient)
    phone.seal(REPORT)
    waiting = phone.outbox()
    network.wait_until(lambda: met(network, patient))
    assert phone.trouble() == "busy"
    phone.window.evaluate(
        "() => Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true })"
    )
    asked = len(posted(network))
    phone.look_at()
    phone.trouble()
    assert len(posted(network)) == asked
    phone.send_all()
    phone.window.evaluate("() => delete navigator.onLine")
    assert arrived() == waiting


@pytest.mark.failure("F20")
@pytest.mark.parametrize("years", [-5, 5])
def test_a_phone_whose_clock_is_years_off_sends_all_the_same(
    site: Site, arrived: Arrivals, network: FaultProxy, phone: Phone, years: int
) -> None:
    phone.use("shiftClock", years)
    network.down()
    phone.seal(REPORT)
    (sealed,) = phone.outbox()
    network.up()
    phone.wait_received()
    phone.use("shiftClock", 0)
    assert arrived() == [sealed]
    made = int(str(site.open(sealed)["made"])[:4])
    assert made == clock.today().year + years
