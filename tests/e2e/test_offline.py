"""A phone on a bad network: nothing is lost, nothing is doubled, nothing is believed unproven."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from amana.organisation import Organisation
from tests.e2e import rows
from tests.e2e.forgery import answer, entries, forged_answers
from tests.e2e.phone import Phone
from tests.e2e.samples import Sample, as_tapped, sample
from tests.e2e.servers import Site, make_ground
from tests.e2e.wire import posted
from tests.faults import modes

ONE, TWO, THREE = sample("S04"), sample("S15"), sample("S23")


def named(value: object) -> str | None:
    """A mode by its name, in the names of tests."""
    return value.name if isinstance(value, modes.Mode) else None


def seal_offline(organisation: Site, phone: Phone, *reports: Sample) -> list[bytes]:
    """Cut the network and seal these reports; what waits then."""
    organisation.report.proxy.down()
    for each in reports:
        phone.write(each)
        phone.seal()
    return phone.outbox()


def assert_whole(organisation: Site, phone: Phone) -> None:
    """After a visit in order the app opens and saves without a network."""
    phone.visit()
    organisation.report.proxy.down()
    phone.open()
    assert len(seal_offline(organisation, phone, ONE)) == 1


def test_after_one_visit_the_app_opens_and_saves_with_the_network_gone(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    phone.close()
    organisation.report.proxy.down()
    phone.reopen()
    phone.open()
    phone.write(ONE)
    phone.seal()
    assert [organisation.open(sealed)["answers"] for sealed in phone.outbox()] == [as_tapped(ONE)]
    assert rows.envelopes(organisation.ground.database) == []


@pytest.mark.failure("F52", "F53")
@pytest.mark.parametrize("path", ["/assets/", "/sw.js", "/keys.jws"])
@pytest.mark.parametrize("mode", [modes.PortalHtml(), modes.ShortContentLength()], ids=named)
def test_a_first_visit_that_was_spoiled_is_made_good_by_the_next(
    organisation: Site, phone: Phone, mode: modes.Mode, path: str
) -> None:
    proxy = organisation.report.proxy
    proxy.always(mode, method="GET", path=path)
    phone.goto()
    proxy.wait_until(lambda: proxy.delivered(type(mode)))
    proxy.clear()
    assert_whole(organisation, phone)


@pytest.mark.failure("F51")
def test_an_asset_that_is_missing_once_does_not_make_a_shell_with_a_hole(
    organisation: Site, phone: Phone
) -> None:
    proxy = organisation.report.proxy
    proxy.script(modes.Status(404), modes.Status(404), method="GET", path="/assets/seal-")
    phone.goto()
    proxy.wait_until(lambda: len(proxy.delivered(modes.Status)) == 2)
    assert_whole(organisation, phone)


@pytest.mark.failure("F09")
def test_the_worker_never_touches_the_api(organisation: Site, phone: Phone) -> None:
    phone.visit()
    phone.open()
    asked: list[str] = []
    by_worker: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.page.on(
        "response",
        lambda answer: by_worker.append(answer.url) if answer.from_service_worker else None,
    )
    phone.write(ONE)
    phone.seal()
    phone.wait_sent()
    phone.open()
    assert len([url for url in asked if "/api/" in url]) == 1
    assert len(organisation.report.proxy.seen(path="/api/")) == 1
    assert f"{phone.origin}/" in by_worker
    assert [url for url in by_worker if "/api/" in url] == []


@pytest.mark.failure("F06")
def test_two_windows_send_each_report_once(organisation: Site, phone: Phone) -> None:
    phone.visit()
    waiting = seal_offline(organisation, phone, ONE, TWO, THREE)
    other = phone.another_window()
    hold = modes.Hold()
    proxy = organisation.report.proxy
    proxy.always(hold)
    proxy.up()
    phone.send_now()
    other.send_now()
    phone.send_until(lambda: proxy.delivered(modes.Hold))
    proxy.release(hold)
    phone.wait_sent()
    other.wait_sent()
    for one in (phone, other):
        one.page.locator("[data-envelope]").first.wait_for(state="detached")
    assert rows.bodies(organisation.ground.database) == waiting
    assert sorted(posted(proxy)) == waiting


def tap_twice(phone: Phone) -> None:
    """Two taps, before the app has done anything about the first."""
    phone.page.evaluate("""() => {
      const button = document.querySelector("[data-act=seal]");
      button.click();
      button.click();
    }""")


def press_enter_and_tap(phone: Phone) -> None:
    """Enter on a keyboard, and a thumb on the same button while the phone is still busy."""
    button = phone.page.locator("[data-act=seal]")
    button.focus()
    box = button.bounding_box()
    assert box is not None
    phone.page.keyboard.press("Enter")
    phone.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.failure("F17")
@pytest.mark.parametrize("insist", [tap_twice, press_enter_and_tap])
def test_whoever_insists_on_a_slow_phone_makes_one_report(
    organisation: Site, phone: Phone, insist: Callable[[Phone], None]
) -> None:
    phone.visit()
    organisation.report.proxy.down()
    phone.write(ONE)
    phone.slow_down(6)
    insist(phone)
    # The second tap may hit what the next screen has in that place.
    phone.page.locator("[data-screen=review]").wait_for(state="detached")
    phone.slow_down(1)
    assert len(phone.outbox()) == 1


@pytest.mark.failure("F08", "F42")
def test_a_battery_that_falls_out_while_sending_costs_nothing(
    organisation: Site, phone: Phone
) -> None:
    proxy = organisation.report.proxy
    phone.visit()
    proxy.script(modes.Blackhole())
    phone.write(ONE)
    phone.seal()
    proxy.wait_until(lambda: proxy.delivered(modes.Blackhole))
    waiting = phone.outbox()
    phone.kill()
    phone.reopen()
    phone.open()
    phone.wait_sent()
    assert rows.bodies(organisation.ground.database) == waiting


@pytest.mark.failure("F05", "F16")
def test_no_receipt_is_believed_but_a_true_one(organisation: Site, phone: Phone) -> None:
    proxy = organisation.report.proxy
    phone.visit()
    waiting = seal_offline(organisation, phone, ONE)
    forged = forged_answers(waiting, organisation.organisation.receipt_key)
    hold = modes.Hold()
    proxy.script(*(modes.Replace(body) for body in forged.values()), hold)
    proxy.up()
    phone.send_until(lambda: proxy.delivered(modes.Hold))
    assert len(proxy.delivered(modes.Replace)) == len(forged)
    assert phone.outbox() == waiting
    proxy.release(hold)
    phone.wait_sent()
    assert rows.bodies(organisation.ground.database) == waiting


def test_another_organisations_keys_and_receipts_change_nothing(
    organisation: Site, phone: Phone, tmp_path: Path
) -> None:
    proxy = organisation.report.proxy
    phone.visit()
    waiting = seal_offline(organisation, phone, ONE)
    other = Organisation.load(make_ground(tmp_path / "other").home)
    proxy.always(modes.Replace(other.key_set_jws.encode(), "application/jose"), "GET", "/keys.jws")
    proxy.always(modes.Replace(answer(entries(waiting), other.receipt_key)))
    proxy.up()
    phone.open()
    phone.send_until(lambda: len(proxy.delivered(modes.Replace, "POST")) > 1)
    assert phone.outbox() == waiting
    proxy.clear()
    phone.write(TWO)
    phone.seal()
    phone.wait_sent()
    opened = [organisation.open(body) for body in rows.bodies(organisation.ground.database)]
    notes = {report["answers"]["note"] for report in opened}
    assert notes == {ONE.answers["note"], TWO.answers["note"]}


EVERY_FAULT = (
    modes.Refuse(),
    modes.CommitThenFin(),
    modes.CommitThenRst(),
    modes.PartialStatusLine(),
    modes.ShortContentLength(),
    modes.ChunkedNoTerminator(),
    modes.CloseDelimitedTruncated(),
    modes.PortalHtml(),
    modes.PortalRedirect(),
    modes.CutUpload(after=1000),
    *(modes.Status(code) for code in (301, 400, 401, 403, 404, 405, 408, 409, 413, 415, 422)),
    *(modes.Status(code) for code in (429, 500, 502, 503, 504, 507)),
    modes.Status(503, (("Retry-After", "60"),)),
)
"""Everything after which a report must still be on the phone."""


@pytest.mark.failure("F01", "F03", "F04", "F05", "F10", "F16", "F63")
def test_a_report_survives_every_fault_and_is_stored_once(organisation: Site, phone: Phone) -> None:
    proxy = organisation.report.proxy
    phone.visit()
    waiting = seal_offline(organisation, phone, ONE)
    hold = modes.Hold()
    proxy.script(*EVERY_FAULT, hold)
    proxy.up()
    phone.send_until(lambda: proxy.delivered(modes.Hold))
    assert phone.outbox() == waiting
    met = [each.mode for each in proxy.seen("POST") if each.delivered]
    assert met == [*EVERY_FAULT, hold]
    proxy.release(hold)
    phone.wait_sent()
    assert rows.bodies(organisation.ground.database) == waiting


@pytest.mark.parametrize(
    "mode",
    [
        modes.DeliverTwice(),
        modes.Http10(),
        modes.Throttle(bytes_per_second=4000, latency=0.5),
        modes.StripHeader(
            request=("accept", "accept-language", "origin", "referer"),
            response=("content-type", "content-length"),
        ),
    ],
    ids=named,
)
@pytest.mark.failure("F71")
def test_a_strange_way_that_delivers_is_good_enough(
    organisation: Site, phone: Phone, mode: modes.Mode
) -> None:
    proxy = organisation.report.proxy
    proxy.script(mode)
    phone.visit()
    phone.write(ONE)
    phone.seal()
    phone.wait_sent()
    assert len(proxy.delivered(type(mode))) == len(proxy.seen("POST")) == 1
    assert len(rows.envelopes(organisation.ground.database)) == 1
