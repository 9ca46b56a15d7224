"""Erasing everything: nothing of the app is left, on any engine, with or without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.samples import sample
from tests.e2e.servers import Site
from tests.engines.arrivals import Arrivals
from tests.engines.conftest import Launch
from tests.engines.engine import Setup, wait_for
from tests.engines.reporter import Phone
from tests.faults.proxy import FaultProxy

REPORT = sample("S05")
NOTHING = {"databases": [], "caches": [], "workers": 0, "marks": []}
KEPT = {
    "databases": ["amana-keys", "amana-outbox"],
    "caches": ["amana-keep", "amana-saved"],
    "workers": 0,
    "marks": [],
}


@pytest.fixture(scope="module")
def phone(launch: Launch, site: Site) -> Iterator[Phone]:
    """A phone of these tests' own: they take everything off it."""
    engine = launch(Setup())
    yield Phone(engine, site.report.origin)
    engine.close()


@pytest.fixture
def writing(network: FaultProxy, phone: Phone) -> Phone:
    """A phone with one report that waits and another that is being written, and no network."""
    phone.visit()
    network.down()
    phone.seal(REPORT)
    assert phone.words() == ["saved"]
    phone.use("begin", REPORT.kind, REPORT.answers)
    wait_for(lambda: phone.use("key"), "draft")
    return phone


@pytest.mark.failure("F86", "F88")
def test_on_a_network_that_works_nothing_is_left_and_the_next_visit_is_like_a_first(
    writing: Phone, network: FaultProxy, arrived: Arrivals
) -> None:
    network.up()
    writing.erase()
    assert writing.kept() == NOTHING
    assert network.seen("POST", "/api/v1/clear")
    writing.visit()
    writing.seal(REPORT)
    writing.wait_received()
    (_,) = arrived()


@pytest.mark.failure("F86")
def test_without_a_network_nothing_is_left_and_the_ordinary_page_is_there(writing: Phone) -> None:
    writing.use("erase")
    wait_for(lambda: writing.kept() == NOTHING, "end of everything")
    assert writing.window.evaluate("() => [location.pathname, document.title]") == [
        "/page",
        "شوربة العدس",
    ]


def test_reports_that_were_to_stay_stay_sealed_and_are_sent_by_the_next_visit(
    writing: Phone, network: FaultProxy, arrived: Arrivals
) -> None:
    waiting = writing.outbox()
    writing.use("unsent", "keep")
    writing.use("erase")
    wait_for(lambda: writing.kept() == KEPT, "end of everything else")
    assert writing.outbox() == waiting
    network.up()
    writing.visit()
    writing.send_all()
    assert arrived() == waiting
    writing.erase()
    assert writing.kept() == NOTHING
