"""What the app never asks of a browser, from the first visit to the receipt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.samples import sample
from tests.engines.arrivals import Arrivals
from tests.engines.chromium import Chromium
from tests.engines.conftest import Begin
from tests.engines.engine import Setup
from tests.engines.firefox import Firefox
from tests.engines.reporter import Phone
from tests.faults.proxy import FaultProxy
from tests.faults.wire import header

WATCHED = Setup(first=(Path(__file__).parent / "watched.js").read_text("utf-8"))

ASK = """async () => {
  await navigator.permissions.query({ name: "geolocation" });
  await fetch("/keys.jws", { keepalive: true });
  navigator.sendBeacon("/nowhere");
}"""

ONE, TWO = sample("S04"), sample("S15")


@pytest.fixture
def watched(begun: Begin) -> Phone:
    """A phone that has never seen the app, and that writes down what it is asked for."""
    return begun(WATCHED)


@pytest.mark.parametrize(
    "kind", [Chromium, Firefox], ids=lambda kind: kind.name, indirect=True, scope="package"
)
@pytest.mark.failure("F21", "F66", "F93")
def test_no_permission_no_beacon_no_stream_is_asked_for_and_what_waits_needs_none(
    network: FaultProxy, arrived: Arrivals, watched: Phone
) -> None:
    before = len(network.seen("POST", "/api/"))
    watched.visit()
    watched.seal(ONE)
    watched.wait_received()
    network.down()
    watched.seal(TWO)
    waiting = watched.outbox()
    watched.reload()
    other = watched.another_window()
    watched.window.close()
    watched.window = other.window
    assert watched.outbox() == waiting
    network.up()
    assert watched.send_all() == 1
    assert len(arrived()) == 2
    assert watched.window.evaluate("() => askedFor()") == []
    for passage in network.seen("POST", "/api/")[before:]:
        length = header(passage.request.headers, "content-length")
        assert int(length or 0) == len(passage.request.body)
        assert header(passage.request.headers, "transfer-encoding") is None
    watched.window.evaluate(ASK)
    asked = watched.window.evaluate("() => askedFor()")
    assert asked == ["Permissions.query", "fetch with keepalive", "Navigator.sendBeacon"]
