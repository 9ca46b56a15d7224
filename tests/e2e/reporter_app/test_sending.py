"""What waits on the phone: who is told what of it, and when it goes out."""

from __future__ import annotations

import pytest

from amana.core.parcel import Record, parse_parcel
from amana.core.receipt import sign_receipt
from tests.e2e.forgery import SOME_DAY, body
from tests.e2e.phone import Window
from tests.e2e.profile import damage_outbox
from tests.e2e.reporter_app.ground import Arrivals
from tests.e2e.samples import sample
from tests.e2e.servers import Site
from tests.faults import modes

ONE, TWO = sample("S04"), sample("S15")


@pytest.mark.failure("F13")
def test_a_damaged_record_holds_nothing_up_and_can_be_removed_by_its_owner(
    window: Window, arrivals: Arrivals
) -> None:
    window.open()
    page = window.page
    page.locator("[data-act=status]").tap()
    page.locator("main ol").wait_for(state="attached")
    damage_outbox(page, {"0" * 64: bytes(2172), "1" * 64: "no bytes at all"})
    window.write(ONE)
    window.seal()
    page.locator("[data-fate=received]").wait_for()
    window.status()
    broken = page.locator("[data-fate=broken]")
    assert broken.count() == 2
    for left in (1, 0):
        page.locator("[data-act=remove]").first.tap()
        page.locator("[data-act=remove-sure]").tap()
        # The question closes at once, and what was removed is there a moment longer.
        broken.nth(left).wait_for(state="detached")
    page.locator("[data-envelope]").first.wait_for(state="detached")
    assert len(arrivals()) == 1


DATABASE_FULL = "indexedDB.open = () => { throw new DOMException('full', 'QuotaExceededError') }"

NO_DELETING = """() => {
  IDBObjectStore.prototype.delete = () => { throw new DOMException("full", "QuotaExceededError") };
}"""


@pytest.mark.failure("F13", "F95")
@pytest.mark.parametrize(
    ("spoil", "word"), [("", "saved"), (DATABASE_FULL, "window")], ids=["saved", "in the window"]
)
def test_a_record_that_the_server_refuses_keeps_its_word_and_can_be_sent_again_or_saved(
    site: Site, window: Window, arrivals: Arrivals, spoil: str, word: str
) -> None:
    window.page.add_init_script(spoil)
    window.open()
    window.write(ONE)
    window.page.locator("[data-act=seal]:enabled").wait_for()
    site.report.proxy.down()
    window.seal()
    window.status()
    record = window.page.locator("[data-envelope]")
    state = {"id": record.get_attribute("data-envelope") or "", "state": "refused"}
    nothing = sign_receipt([], SOME_DAY, site.organisation.receipt_key)
    site.report.proxy.always(modes.Replace(body(nothing, [state])), "POST")
    site.report.proxy.up()
    window.send_until(lambda: site.report.proxy.delivered(modes.Replace, "POST"))
    record.locator("[data-refused]").wait_for()
    assert record.locator("[data-fate]").get_attribute("data-fate") == word
    assert record.locator("[data-act=save-file]").is_visible()
    assert arrivals() == []
    site.report.proxy.clear()
    window.send_until(lambda: window.page.locator("[data-received='1']").count())
    assert len(arrivals()) == 1


@pytest.mark.failure("F95")
def test_what_arrived_and_could_not_be_deleted_is_not_called_deleted(
    window: Window, arrivals: Arrivals
) -> None:
    window.visit()
    page = window.page
    page.evaluate(NO_DELETING)
    window.write(ONE)
    window.seal()
    page.locator("[data-fate=received]").wait_for()
    said = page.locator("[role=status]").inner_text()
    assert "لم يحذف نسخته بعد" in said
    assert len(window.outbox()) == len(arrivals()) == 1
    window.status()
    assert page.locator("[data-fate=saved]").count() == 1
    window.act("remove")
    window.act("remove-sure")
    page.locator("[data-envelope] [role=alert]").wait_for()
    assert len(window.outbox()) == 1


def test_a_parcel_that_is_refused_whole_is_sent_again_in_smaller_ones(
    site: Site, window: Window, arrivals: Arrivals
) -> None:
    window.visit()
    proxy = site.report.proxy
    proxy.down()
    for report in (ONE, TWO):
        window.write(report)
        window.seal()
    window.page.goto("about:blank")
    before = len(proxy.seen("POST", "/api/"))
    proxy.script(modes.Status(413))
    proxy.up()
    window.open()
    window.wait_sent()
    assert len(arrivals()) == 2
    sent = proxy.seen("POST", "/api/")[before:]
    parcels = [parse_parcel(passage.request.body) for passage in sent]
    sizes = [sum(isinstance(one, Record) for one in parcel) for parcel in parcels]
    assert max(sizes[1:]) < sizes[0] == 2


def test_the_patience_a_server_asks_for_is_kept_until_a_person_asks(
    site: Site, window: Window, arrivals: Arrivals
) -> None:
    window.visit()
    proxy = site.report.proxy
    before = len(proxy.seen("POST", "/api/"))
    proxy.script(modes.Status(503, (("Retry-After", "3000"),)))
    window.write(ONE)
    window.seal()
    window.status()
    window.page.locator("[data-trouble=busy]").wait_for()
    window.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    window.page.wait_for_timeout(3000)
    assert len(proxy.seen("POST", "/api/")) == before + 1
    window.act("send")
    window.page.locator("[data-received='1']").wait_for()
    assert len(arrivals()) == 1


@pytest.mark.failure("F05", "F16")
def test_a_login_page_is_called_what_it_is_and_nothing_is_deleted(
    site: Site, window: Window
) -> None:
    window.visit()
    site.report.proxy.always(modes.PortalHtml(), "POST")
    window.write(ONE)
    window.seal()
    window.status()
    window.page.locator("[data-trouble=strange]").wait_for()
    assert len(window.outbox()) == 1
    assert window.page.locator("[data-fate=saved]").count() == 1


@pytest.mark.failure("F23")
def test_a_browser_that_calls_itself_offline_still_sends_when_asked(
    window: Window, arrivals: Arrivals
) -> None:
    window.page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })"
    )
    window.open()
    window.write(ONE)
    window.seal()
    window.page.locator("[data-fate=received]").wait_for()
    assert len(arrivals()) == 1


ENDLESS = """() => {
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    const begun = real.call(this, stores, mode, ...rest);
    if (mode === "readwrite" && stores.includes("envelopes")) begun.addEventListener = () => {};
    return begun;
  };
}"""
"""Reports are written to the disk, and nobody is told so."""


@pytest.mark.failure("F38", "F95")
def test_what_is_written_while_a_report_is_being_kept_comes_after_it_and_is_not_lost(
    window: Window, arrivals: Arrivals
) -> None:
    window.visit()
    page = window.page
    window.write(ONE)
    page.evaluate(ENDLESS)
    window.act("seal")
    window.act("back")
    note = page.locator("[data-field=note] textarea")
    note.fill("and more")
    page.locator("[data-screen=done]").wait_for()
    assert page.locator("[data-fate]").get_attribute("data-fate") in ("window", "received")
    window.home()
    page.locator(f"[data-kind={ONE.kind}]").tap()
    assert note.input_value() == "and more"
    window.send_until(arrivals)
    assert len(arrivals()) == 1
