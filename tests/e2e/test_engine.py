"""The offline engine on a real Chromium: full storage, wrong clocks, blocked addresses."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from amana import clock
from amana.core.parcel import Record, parse_parcel
from amana.organisation import Plan, create_organisation
from tests.e2e import rows
from tests.e2e.phone import Phone, Window, wait_until
from tests.e2e.profile import READ_DATABASES, damage_outbox
from tests.e2e.programs import Program
from tests.e2e.samples import sample
from tests.e2e.servers import REVIEWER, SECOND, Ground, Site, Zone
from tests.faults import modes
from tests.faults.proxy import FaultProxy
from tests.patience import PATIENCE

ONE = sample("S04")

SHIFT = """(() => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + %d); }
    static now() { return Real.now() + %d; }
  };
})()"""
"""Moves the page's clock by so many milliseconds."""

FIVE_YEARS = 5 * 365 * 86_400_000
A_MINUTE = 60_000


@pytest.mark.failure("F20")
@pytest.mark.parametrize("shift", [-FIVE_YEARS, FIVE_YEARS], ids=["past", "future"])
def test_a_phone_whose_clock_is_five_years_off_is_told_and_its_report_arrives(
    organisation: Site, phone: Phone, shift: int
) -> None:
    phone.page.add_init_script(SHIFT % (shift, shift))
    phone.visit()
    phone.page.locator("[data-date-off]").wait_for()
    phone.write(ONE)
    phone.seal()
    phone.wait_sent()
    assert len(rows.envelopes(organisation.ground.database)) == 1


def test_a_phone_whose_clock_is_right_is_told_nothing_of_it(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    assert len(organisation.report.proxy.seen("GET", "/keys.jws")) >= 1
    assert phone.page.locator("[data-date-off]").count() == 0


@pytest.mark.failure("F32", "F95")
def test_under_a_quota_of_nothing_the_word_is_true_and_the_report_arrives(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    organisation.report.proxy.down()
    session = phone.context.new_cdp_session(phone.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.origin, "quotaSize": 1})
    phone.write(ONE)
    phone.seal()
    word = phone.page.locator("[data-fate]").get_attribute("data-fate")
    assert word == ("saved" if phone.outbox() else "window")
    organisation.report.proxy.up()
    phone.send_until(lambda: rows.envelopes(organisation.ground.database))
    phone.page.locator("[data-received='1']").wait_for()


@pytest.mark.failure("F33", "F90")
def test_what_is_only_in_the_window_can_be_carried_out_as_a_file_that_the_server_takes(
    organisation: Site, phone: Phone, tmp_path: Path
) -> None:
    phone.visit()
    phone.page.add_init_script("indexedDB.open = () => { throw new DOMException('full') }")
    phone.open()
    phone.write(ONE)
    phone.page.locator("[data-act=seal]:enabled").wait_for()
    organisation.report.proxy.down()
    phone.seal()
    phone.status()
    with phone.page.expect_download() as downloading:
        phone.act("save-file")
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)
    assert file.suffix == ".amp"
    organisation.report.proxy.up()
    post(phone.origin, file.read_bytes())
    (carried,) = parse_parcel(file.read_bytes())
    assert isinstance(carried, Record)
    assert rows.bodies(organisation.ground.database) == [carried.body]
    phone.send_until(lambda: phone.page.locator("[data-received='1']").count())
    assert rows.bodies(organisation.ground.database) == [carried.body]


def post(origin: str, parcel: bytes) -> None:
    """Bring a parcel to the server as any program would."""
    request = urllib.request.Request(f"{origin}/api/v1/parcels", parcel)
    request.add_header("Content-Type", "application/octet-stream")
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        assert answer.status == 200


@pytest.mark.failure("F13")
def test_of_a_damaged_record_its_owner_can_save_what_is_left(
    organisation: Site, phone: Phone, tmp_path: Path
) -> None:
    phone.visit()
    left = b"not an envelope"
    damage_outbox(phone.page, {"0" * 64: left, "1" * 64: "no bytes at all"})
    phone.open()
    phone.status()
    broken = phone.page.locator(f"[data-envelope='{'0' * 64}']")
    broken.locator("[data-fate=broken]").wait_for()
    with phone.page.expect_download() as downloading:
        broken.locator("[data-act=save-file]").tap()
    file = tmp_path / "left"
    downloading.value.save_as(file)
    assert downloading.value.suggested_filename == "00000000.bin"
    assert file.read_bytes() == left
    empty = phone.page.locator(f"[data-envelope='{'1' * 64}']")
    before = empty.locator("[role=status]").inner_text()
    empty.locator("[data-act=save-file]").tap()
    wait_until(lambda: empty.locator("[role=status]").inner_text() != before, "nothing was said")


class TwoAddresses(Zone):
    """A public zone that can be reached at two origins, both named in its key set."""

    def _launch(self) -> Program:
        self.other = FaultProxy(self.port)
        self.other.up()
        home = Path(self._environment["AMANA_HOME"])
        plan = Plan("Two addresses", [REVIEWER, SECOND], (self.origin, self.other.origin))
        create_organisation(home, self._environment["AMANA_DATABASE_URL"], plan, clock.today())
        return super()._launch()


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[TwoAddresses]:
    served = TwoAddresses("report", Ground(tmp_path / "two" / "home", {}, {}), workers=1)
    served.wait_ready()
    yield served
    served.other.stop()
    served.stop()


@pytest.mark.failure("F70")
@pytest.mark.parametrize("mode", [modes.Refuse(), modes.PortalHtml()], ids=lambda mode: mode.name)
def test_where_the_own_address_is_blocked_reports_go_by_the_other(
    zone: TwoAddresses, playwright: Playwright, tmp_path: Path, mode: modes.Mode
) -> None:
    phone = Phone(playwright, tmp_path / "phone", zone.origin, "ar")
    phone.visit()
    zone.proxy.always(mode)
    phone.write(ONE)
    phone.seal()
    phone.page.locator("[data-fate=received]").wait_for()
    assert zone.proxy.delivered(type(mode))
    assert len(zone.other.seen("POST", "/api/")) == 1
    assert len(rows.envelopes(tmp_path / "two" / "home" / "amana.sqlite3")) == 1
    assert phone.outbox() == []
    phone.close()


@pytest.mark.failure("F07", "F62")
def test_a_sync_event_while_the_page_sends_sends_nothing(organisation: Site, phone: Phone) -> None:
    proxy = organisation.report.proxy
    phone.visit()
    registrations: list[dict[str, Any]] = []
    session = phone.context.new_cdp_session(phone.page)
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    hold = modes.Hold()
    proxy.script(hold)
    phone.write(ONE)
    phone.seal()
    proxy.wait_until(lambda: proxy.delivered(modes.Hold))
    wait_until(lambda: registrations, "the worker is not registered")
    event = {
        "origin": phone.origin,
        "registrationId": registrations[0]["registrationId"],
        "tag": "amana-sending",
    }
    for last in (False, True):
        session.send("ServiceWorker.dispatchSyncEvent", {**event, "lastChance": last})
    phone.page.wait_for_timeout(1000)
    proxy.release(hold)
    phone.wait_sent()
    assert len(proxy.seen("POST", "/api/")) == 1
    assert len(rows.envelopes(organisation.ground.database)) == 1


@pytest.mark.failure("F43")
def test_in_a_private_window_the_words_tell_to_keep_it_open(
    organisation: Site, phone: Phone
) -> None:
    assert phone.context.browser is not None
    private = phone.context.browser.new_context(locale="ar", has_touch=True)
    window = Window(private.new_page(), phone.origin)
    window.visit()
    organisation.report.proxy.down()
    window.write(ONE)
    window.seal()
    window.page.locator("[data-fate=saved]").wait_for()
    assert "تصفّح خاص" in window.page.locator("main").inner_text()
    private.close()
    again = phone.context.browser.new_context(locale="ar")
    page = again.new_page()
    organisation.report.proxy.up()
    page.goto(phone.origin)
    page.locator("[data-kind]").first.wait_for()
    assert page.evaluate(READ_DATABASES).get("amana-outbox/envelopes", []) == []
    again.close()


@pytest.mark.failure("F06")
def test_a_window_that_the_browser_has_frozen_while_it_was_sending_keeps_no_other_from_sending(
    organisation: Site, phone: Phone
) -> None:
    proxy = organisation.report.proxy
    phone.visit()
    proxy.script(modes.Blackhole())
    phone.write(ONE)
    phone.seal()
    proxy.wait_until(lambda: proxy.delivered(modes.Blackhole))
    session = phone.context.new_cdp_session(phone.page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    other = Window(phone.context.new_page(), phone.origin)
    other.page.add_init_script(SHIFT % (A_MINUTE, A_MINUTE))
    other.open()
    other.send_until(lambda: rows.envelopes(organisation.ground.database))
    other.page.locator("[data-received='1']").wait_for()
    assert other.outbox() == []
