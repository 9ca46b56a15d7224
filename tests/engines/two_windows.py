"""Two windows of one phone that send at the same moment."""

from __future__ import annotations

from tests.e2e.samples import sample
from tests.e2e.wire import posted
from tests.engines.arrivals import Arrivals
from tests.engines.reporter import Phone
from tests.faults import modes
from tests.faults.proxy import FaultProxy

REPORTS = (sample("S04"), sample("S15"), sample("S13"))


def send_from_two_windows(arrived: Arrivals, network: FaultProxy, phone: Phone) -> None:
    """Three reports wait, two windows are told to send: each report crosses the wire once."""
    network.down()
    for report in REPORTS:
        phone.seal(report)
    waiting = phone.outbox()
    other = phone.another_window()
    for window in (phone, other):
        window.use("status")
    earlier = len(posted(network))
    hold = modes.Hold()
    network.always(hold)
    network.up()
    for window in (phone, other):
        window.use("send")
    network.wait_until(lambda: network.delivered(modes.Hold))
    network.release(hold)
    for window in (phone, other):
        window.send_all()
    other.window.close()
    assert sorted(posted(network)[earlier:]) == waiting
    assert arrived() == waiting
