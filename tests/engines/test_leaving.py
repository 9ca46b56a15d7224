"""After leaving in a hurry nothing that one presses brings back what was written, on any engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.canary import WORDS, report
from tests.e2e.servers import Site
from tests.engines.conftest import Launch
from tests.engines.engine import Setup, wait_for
from tests.engines.reporter import Phone
from tests.faults.proxy import FaultProxy

HALF = report()

ELSEWHERE = "about:blank"

CONTENT = """() => {
  const fields = [...document.querySelectorAll("input, textarea")];
  return [document.title, document.body.innerText, ...fields.map(({ value }) => value)].join();
}"""
"""All that the page shows, and all that is written in it."""


@pytest.fixture(scope="module")
def visited(launch: Launch, site: Site) -> Iterator[Phone]:
    """A phone whose one window has a history: what was before, then the app."""
    engine = launch(Setup())
    phone = Phone(engine, site.report.origin)
    phone.visit()
    yield phone
    engine.close()


@pytest.fixture(params=["network", "no network"])
def phone(request: pytest.FixtureRequest, visited: Phone, network: FaultProxy) -> Phone:
    """A half-written report in a window that was elsewhere before; without a network the browser
    keeps the page in its memory when one goes elsewhere."""
    if request.param == "no network":
        network.down()
    write_half(visited)
    return visited


def write_half(phone: Phone) -> None:
    """Come to the app from elsewhere and write half a report."""
    phone.window.goto(ELSEWHERE)
    wait_for(lambda: phone.asks(f"() => location.href === '{ELSEWHERE}'"), "other page")
    phone.open()
    phone.use("begin", HALF.kind, HALF.answers)
    assert set(words_in(phone)) == set(WORDS)


def words_in(phone: Phone) -> list[str]:
    """Which of the words are in the page, once it is there."""
    wait_for(lambda: phone.asks("() => document.readyState === 'complete'"), "whole page")
    content = phone.window.evaluate(CONTENT)
    return [word for word in WORDS if word in content]


@pytest.mark.failure("F85")
def test_back_forward_and_loading_again_find_nothing_of_what_was_written(phone: Phone) -> None:
    phone.leave()
    assert words_in(phone) == []
    phone.window.travel(-1)
    wait_for(lambda: phone.asks(f"() => location.href === '{ELSEWHERE}'"), "other page")
    phone.window.travel(1)
    wait_for(phone.is_ordinary, "ordinary page")
    phone.replace(phone.window.reload)
    assert words_in(phone) == []
    assert phone.is_ordinary()


@pytest.mark.failure("F85")
def test_going_back_to_where_the_app_was_left_without_hurry_finds_an_empty_start(
    phone: Phone,
) -> None:
    write_half(phone)
    phone.leave()
    phone.replace(lambda: phone.window.travel(-2))
    phone.wait_started()
    assert words_in(phone) == []
    phone.use("begin", HALF.kind, {})
    assert words_in(phone) == []
    assert phone.use("note") == ""
