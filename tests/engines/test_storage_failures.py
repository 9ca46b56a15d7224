"""Whatever the browser's storage does, the word is true and the report arrives, on every engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet

from tests.e2e.samples import sample
from tests.e2e.servers import Site
from tests.engines.arrivals import stored
from tests.engines.reporter import Phone
from tests.faults.proxy import FaultProxy

REPORT = sample("S15")

LOSE_CONNECTION = """(once) => {
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    if (once) IDBDatabase.prototype.transaction = real;
    throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
  };
}"""

CLOSE = """() => {
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    IDBDatabase.prototype.transaction = real;
    this.close();
    return real.apply(this, given);
  };
}"""

FULL = """() => {
  const real = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...given) {
    const request = real.apply(this, given);
    request.addEventListener("success", () => this.transaction.abort());
    return request;
  };
}"""
"""A full disk: the request succeeds, and then its transaction is aborted."""

NO_OPENING = """(how) => {
  IDBDatabase.prototype.transaction = function () {
    throw new DOMException("The database connection is closing", "InvalidStateError");
  };
  IDBFactory.prototype.open = function () {
    if (how === "hangs") return new EventTarget();
    throw new DOMException("Encountered full disk while opening", "QuotaExceededError");
  };
}"""
"""A database that is lost and does not open again: for a full disk, or held up by another tab."""

PENDING = """() => {
  for (const name of ["persist", "persisted", "estimate"]) {
    if (navigator.storage) navigator.storage[name] = () => new Promise(() => {});
  }
}"""


def failing(name: str, script: str, *given: object, entries: tuple[str, ...]) -> ParameterSet:
    """A way in which storage fails: a script, its arguments, the catalogue's names for it."""
    return pytest.param(script, given, id=name, marks=pytest.mark.failure(*entries))


PASSING = [
    failing("connection lost once", LOSE_CONNECTION, True, entries=("F35",)),
    failing("connection closed by somebody", CLOSE, entries=("F37",)),
    failing("a question nobody answers", PENDING, entries=("F30",)),
]

LASTING = [
    failing("connection lost for good", LOSE_CONNECTION, False, entries=("F35", "F95")),
    failing("full", FULL, entries=("F32", "F95")),
    failing("does not open", NO_OPENING, "throws", entries=("F33", "F95")),
    failing("opening hangs", NO_OPENING, "hangs", entries=("F38", "F95")),
]


@pytest.fixture
def spoiled(phone: Phone) -> Iterator[Phone]:
    """The phone with a page whose storage a test may spoil; mended afterwards."""
    yield phone
    phone.reload()


@pytest.mark.parametrize(("script", "given"), PASSING)
def test_a_failure_that_passes_does_not_keep_a_report_from_being_saved(
    site: Site,
    network: FaultProxy,
    spoiled: Phone,
    script: str,
    given: tuple[object, ...],
) -> None:
    before = stored(site)
    network.down()
    spoiled.use("write", REPORT.kind, REPORT.answers)
    spoiled.window.evaluate(script, *given)
    spoiled.use("seal")
    assert spoiled.words() == ["saved"]
    waiting = spoiled.outbox()
    assert len(waiting) == 1
    network.up()
    spoiled.wait_received()
    assert stored(site) == sorted([*before, *waiting])


@pytest.mark.parametrize(("script", "given"), LASTING)
def test_a_report_that_cannot_be_stored_is_called_only_in_this_window_and_arrives(
    site: Site,
    network: FaultProxy,
    spoiled: Phone,
    script: str,
    given: tuple[object, ...],
) -> None:
    before = stored(site)
    network.down()
    spoiled.use("write", REPORT.kind, REPORT.answers)
    spoiled.window.evaluate(script, *given)
    spoiled.use("seal")
    assert spoiled.words() == ["window"]
    network.up()
    spoiled.wait_received()
    assert spoiled.seen() == {"window", "received"}
    assert len(stored(site)) == len(before) + 1
