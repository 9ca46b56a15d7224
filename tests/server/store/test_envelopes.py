"""Sealed reports in the store, on both engines."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from amana import store
from amana.core.envelope import envelope_id

DAY = date(2031, 3, 7)
Seal = Callable[[], bytes]

pytestmark = pytest.mark.usefixtures("opened_store")


def put(*sealed: bytes) -> list[str]:
    with store.writing():
        return [entry.state for entry in store.envelopes.put(sealed, DAY)]


def test_an_envelope_is_kept_once_however_often_it_is_put(sealed: Seal) -> None:
    envelope = sealed()
    assert put(envelope, envelope) == ["parked", "known"]
    assert put(envelope) == ["known"]
    assert list(store.envelopes.every_body()) == [envelope]


def test_a_deleted_envelope_stays_known_and_is_not_kept_again(sealed: Seal) -> None:
    envelope = sealed()
    put(envelope)
    with store.writing():
        assert store.envelopes.delete(envelope_id(envelope))
    assert put(envelope) == ["known"]
    assert store.envelopes.bodies([envelope_id(envelope)]) == {}
    assert store.envelopes.page(None, 10, "all").envelopes == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE envelopes SET day = '2031-03-08'",
        "UPDATE envelopes SET version = 2",
        "DELETE FROM envelopes",
    ],
)
def test_the_database_itself_refuses_to_change_an_envelope(sealed: Seal, statement: str) -> None:
    put(sealed())
    with pytest.raises(IntegrityError), store.writing():
        store.db.session.execute(text(statement))
