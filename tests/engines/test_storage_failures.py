"""Whatever the browser's storage does, the word is true and the report arrives, on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from _pytest.mark import ParameterSet

from tests.e2e.samples import sample
from tests.engines.arrivals import Arrivals
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

ENDLESS = """() => {
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
    const begun = real.call(this, stores, mode, ...rest);
    if (mode === "readwrite") begun.addEventListener = () => {};
    return begun;
  };
}"""
"""What is written is on the disk, and nobody is told so."""

NO_REMOVING = """() => {
  IDBObjectStore.prototype.delete = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}"""

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


@dataclass(frozen=True)
class Failure:
    """A way in which storage fails: a script and its arguments."""

    script: str
    given: tuple[object, ...]

    def befall(self, phone: Phone) -> None:
        """Let it happen to the page that is open."""
        phone.window.evaluate(self.script, *self.given)


def failing(name: str, script: str, *given: object, entries: tuple[str, ...]) -> ParameterSet:
    """A failure with its name and the catalogue's names for it."""
    return pytest.param(Failure(script, given), id=name, marks=pytest.mark.failure(*entries))


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
    failing("transactions never end", ENDLESS, entries=("F38", "F95")),
]

LATER = [*LASTING, failing("nothing can be removed", NO_REMOVING, entries=("F32", "F95"))]


@pytest.fixture
def written(network: FaultProxy, phone: Phone) -> Iterator[Phone]:
    """The phone with a report at its review and no network; its page is mended afterwards."""
    network.down()
    phone.use("write", REPORT.kind, REPORT.answers)
    yield phone
    phone.reload()


@pytest.mark.parametrize("failure", PASSING)
def test_a_failure_that_passes_does_not_keep_a_report_from_being_saved(
    arrived: Arrivals, network: FaultProxy, written: Phone, failure: Failure
) -> None:
    failure.befall(written)
    written.use("seal")
    assert written.words() == ["saved"]
    waiting = written.outbox()
    assert len(waiting) == 1
    network.up()
    written.wait_received()
    assert arrived() == waiting


@pytest.mark.parametrize("failure", LASTING)
def test_a_report_that_cannot_be_stored_is_called_only_in_this_window_and_arrives(
    arrived: Arrivals, network: FaultProxy, written: Phone, failure: Failure
) -> None:
    failure.befall(written)
    written.use("seal")
    assert written.words() == ["window"]
    network.up()
    written.wait_received()
    assert written.seen() == {"window", "received"}
    assert len(arrived()) == 1


@pytest.mark.parametrize("failure", LATER)
def test_a_report_that_was_saved_before_storage_failed_stays_saved_and_arrives_once(
    arrived: Arrivals, network: FaultProxy, written: Phone, failure: Failure
) -> None:
    written.use("seal")
    waiting = written.outbox()
    failure.befall(written)
    written.trouble()
    assert written.words() == ["saved"]
    network.up()
    written.use("send")
    written.trouble()
    assert written.seen() <= {"saved", "received"}
    written.reload()
    written.send_all()
    assert arrived() == waiting
