"""Every fault that the wire knows, on every engine: the report waits, says so, and arrives once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

from tests.e2e.samples import sample
from tests.engines.arrivals import Arrivals, met
from tests.engines.reporter import Phone
from tests.faults import modes
from tests.faults.proxy import FaultProxy

REPORT = sample("S04")

BROKEN = {"silence", "strange"}
"""An answer that breaks off is none to one engine, and a stranger's to the next."""

PATIENT = modes.Status(503, (("Retry-After", "3600"),))


def losing(mode: modes.Mode, troubles: set[str], *entries: str, name: str = "") -> ParameterSet:
    """A fault that loses the answer, what the app may say of it, the catalogue's names for it."""
    return pytest.param(mode, troubles, id=name or mode.name, marks=pytest.mark.failure(*entries))


def delivering(mode: modes.Mode, *entries: str) -> ParameterSet:
    """A fault that delivers, and the catalogue's names for it."""
    return pytest.param(mode, id=mode.name, marks=pytest.mark.failure(*entries))


LOSING = [
    losing(modes.Refuse(), {"silence"}, "F10"),
    losing(modes.CommitThenFin(), {"silence"}, "F01", "F02"),
    losing(modes.CommitThenRst(), {"silence"}, "F01"),
    losing(modes.PartialStatusLine(), BROKEN, "F03"),
    losing(modes.ShortContentLength(), BROKEN, "F04"),
    losing(modes.ChunkedNoTerminator(), BROKEN, "F04"),
    losing(modes.CloseDelimitedTruncated(), BROKEN, "F04"),
    losing(modes.PortalHtml(), {"strange"}, "F05"),
    losing(modes.PortalRedirect(), {"silence", "strange"}, "F05"),
    losing(modes.Replace(b'{"ok":true}'), {"strange"}, "F05", name="200-ok-true"),
    losing(modes.Status(301), BROKEN, "F10", name="301"),
    losing(modes.CutUpload(after=1000), {"silence"}, "F15"),
    *(
        losing(modes.Status(code), {"strange"}, "F10", name=f"{code}")
        for code in (401, 403, 404, 405)
    ),
    *(losing(modes.Status(code), {"refused"}, "F10", name=f"{code}") for code in (400, 413, 422)),
    *(
        losing(modes.Status(code), {"busy"}, "F10", name=f"{code}")
        for code in (429, 500, 502, 503, 507)
    ),
    losing(PATIENT, {"busy"}, "F10", name="503-retry-after"),
]


@pytest.fixture
def hurried(phone: Phone) -> Iterator[Phone]:
    """The phone with a page whose waits of more than five seconds are a tenth as long."""
    phone.use("hurry")
    yield phone
    phone.reload()


@pytest.mark.failure("F16", "F25", "F63")
@pytest.mark.parametrize(("mode", "troubles"), LOSING)
def test_after_a_fault_the_report_is_still_on_the_phone_and_then_arrives_once(
    arrived: Arrivals, network: FaultProxy, phone: Phone, mode: modes.Mode, troubles: set[str]
) -> None:
    received = phone.received()
    network.always(mode)
    phone.seal(REPORT)
    waiting = phone.outbox()
    network.wait_until(lambda: met(network, mode))
    assert phone.trouble() in troubles
    assert phone.outbox() == waiting
    phone.insist_until(lambda: met(network, mode) >= 3)
    assert phone.trouble() in troubles
    assert phone.outbox() == waiting
    assert phone.seen() == {"saved"}
    network.clear()
    assert phone.send_all() == received + 1
    assert phone.seen() <= {"saved"}
    assert arrived() == waiting


@pytest.mark.failure("F22", "F23")
def test_a_request_that_nobody_answers_is_given_up_and_made_again(
    arrived: Arrivals, network: FaultProxy, hurried: Phone
) -> None:
    received = hurried.received()
    silent = modes.Blackhole()
    network.always(silent)
    hurried.seal(REPORT)
    waiting = hurried.outbox()
    network.wait_until(lambda: met(network, silent))
    assert hurried.trouble() == "silence"
    assert hurried.seen() == {"saved"}
    assert hurried.outbox() == waiting
    network.clear()
    assert hurried.send_all() == received + 1
    assert arrived() == waiting


DELIVERING = [
    delivering(modes.DeliverTwice(), "F01", "F02"),
    delivering(modes.Http10(), "F71"),
    delivering(modes.Throttle(bytes_per_second=8000, latency=0.5)),
    delivering(
        modes.StripHeader(request=("accept", "accept-language", "origin", "referer")), "F71"
    ),
]


@pytest.mark.parametrize("mode", DELIVERING)
def test_a_strange_way_that_delivers_is_good_enough(
    arrived: Arrivals, network: FaultProxy, phone: Phone, mode: modes.Mode
) -> None:
    network.script(mode)
    phone.seal(REPORT)
    phone.wait_received()
    assert phone.seen() <= {"saved", "received"}
    assert phone.outbox() == []
    assert met(network, mode) == 1
    assert len(arrived()) == 1


@pytest.mark.failure("F11")
def test_fifty_failures_are_not_too_many(
    arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    received = phone.received()
    busy = modes.Status(503)
    network.script(*[busy] * 50)
    phone.seal(REPORT)
    waiting = phone.outbox()
    assert phone.send_all() == received + 1
    assert met(network, busy) == 50
    assert arrived() == waiting
