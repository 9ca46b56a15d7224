"""A page that the browser keeps in its memory, to show it again, is in nobody's way."""

from __future__ import annotations

import pytest

from tests.e2e.samples import sample
from tests.engines.arrivals import Arrivals
from tests.engines.engine import wait_for
from tests.engines.reporter import Phone
from tests.faults.proxy import FaultProxy

ONE, TWO = sample("S04"), sample("S15")

SLOW_DISK = """() => {
  window.unfinished = 0;
  const real = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    const transaction = real.apply(this, given);
    const store = transaction.objectStore(transaction.objectStoreNames[0]);
    const more = () => { store.count().onsuccess = more; };
    more();
    window.unfinished += given[1] === "readwrite";
    return transaction;
  };
}"""
"""From now on no transaction of this page comes to its end."""


@pytest.mark.failure("F38")
def test_a_page_that_is_left_in_the_middle_of_a_transaction_holds_up_none_that_comes_after_it(
    arrived: Arrivals, network: FaultProxy, phone: Phone
) -> None:
    network.down()
    phone.seal(ONE)
    assert phone.words() == ["saved"]
    phone.use("status")
    phone.use("idle")
    phone.window.evaluate(SLOW_DISK)
    phone.use("send")
    wait_for(lambda: phone.window.evaluate("() => window.unfinished > 0"), "open transaction")
    phone.visit_path("/page")
    phone.visit_path("/")
    phone.wait_started()
    phone.seal(TWO)
    assert phone.words() == ["saved"]
    waiting = phone.outbox()
    assert len(waiting) == 2
    network.up()
    phone.send_all()
    assert arrived() == waiting
