"""Sealed reports in the store, on both engines."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from amana import store
from amana.core.envelope import LENGTHS, envelope_id
from amana.core.keyset import DeskKey
from amana.core.refusal import Refusal
from tests.server.conftest import make_envelope

DAY = date(2031, 3, 7)
Seal = Callable[[], bytes]

pytestmark = pytest.mark.usefixtures("opened_store")


def put(*sealed: bytes, day: date = DAY) -> list[str]:
    with store.writing():
        return [entry.state for entry in store.envelopes.put(sealed, day)]


def delete(envelope: bytes) -> bool:
    with store.writing():
        return store.envelopes.delete(envelope_id(envelope))


def know(kid: bytes) -> None:
    with store.writing():
        store.desk_keys.add(DeskKey(kid, bytes(1216), DAY, DAY), recovery_grant=bytes(1168))


def queue(state: store.envelopes.QueueState = "all", limit: int = 100) -> list[bytes]:
    return [entry.id for entry in store.envelopes.page(None, limit, state).envelopes]


def test_an_envelope_is_kept_once_however_often_it_is_put(sealed: Seal) -> None:
    know(b"desk-key")
    envelope = sealed()
    assert put(envelope, envelope) == ["stored", "known"]
    assert put(envelope) == ["known"]
    assert list(store.envelopes.every_body()) == [envelope]


def test_an_answer_names_the_hash_and_the_length(sealed: Seal) -> None:
    envelope = sealed()
    with store.writing():
        (entry,) = store.envelopes.put([envelope], DAY)
    assert (entry.id, entry.length) == (envelope_id(envelope), len(envelope))


def test_answers_come_in_the_order_of_the_envelopes(sealed: Seal) -> None:
    old, new = sealed(), sealed()
    put(old)
    assert put(new, old, new) == ["parked", "known", "known"]


@pytest.mark.parametrize("length", LENGTHS)
def test_every_length_of_envelope_comes_back_byte_for_byte(length: int) -> None:
    envelope = make_envelope(1, length=length)
    put(envelope)
    assert store.envelopes.bodies([envelope_id(envelope)]) == {envelope_id(envelope): envelope}


@pytest.mark.parametrize("wrong", [b"", b"AMN\x01", bytes(2172), make_envelope(1)[:-1]])
def test_bytes_that_are_no_envelope_are_refused_and_nothing_beside_them_is_kept(
    sealed: Seal, wrong: bytes
) -> None:
    with pytest.raises(Refusal):
        put(sealed(), wrong)
    assert queue() == []


@pytest.mark.failure("F76")
def test_an_envelope_to_an_unknown_key_is_parked_until_the_key_is_known(sealed: Seal) -> None:
    assert put(sealed()) == ["parked"]
    assert [entry.parked for entry in store.envelopes.page(None, 1, "all").envelopes] == [True]
    know(b"desk-key")
    assert [entry.parked for entry in store.envelopes.page(None, 1, "all").envelopes] == [False]


def test_a_deleted_envelope_stays_known_and_is_not_kept_again(sealed: Seal) -> None:
    envelope = sealed()
    put(envelope)
    assert delete(envelope)
    assert not delete(envelope)
    assert put(envelope) == ["known"]
    assert store.envelopes.bodies([envelope_id(envelope)]) == {}
    assert queue() == []


def test_putting_nothing_does_nothing() -> None:
    assert put() == []


def test_pages_are_newest_first_and_join_without_a_gap(sealed: Seal) -> None:
    sent = [sealed() for _ in range(7)]
    for envelope in sent:
        put(envelope)
    pages, cursor = [], None
    while True:
        page = store.envelopes.page(cursor, 3, "waiting")
        pages.append([entry.id for entry in page.envelopes])
        cursor = page.next
        if cursor is None:
            break
    newest_first = [envelope_id(envelope) for envelope in reversed(sent)]
    assert pages == [newest_first[:3], newest_first[3:6], newest_first[6:]]


def test_a_full_last_page_has_no_cursor(sealed: Seal) -> None:
    put(sealed(), sealed())
    assert store.envelopes.page(None, 2, "all").next is None


def test_a_page_shows_what_the_server_may_know_and_no_more(sealed: Seal) -> None:
    envelope = sealed()
    put(envelope)
    (entry,) = store.envelopes.page(None, 1, "waiting").envelopes
    assert entry == store.envelopes.Queued(
        envelope_id(envelope),
        b"desk-key",
        DAY,
        len(envelope),
        parked=True,
        version=0,
        latest=None,
    )


@pytest.mark.parametrize("state", ["waiting", "assessed"])
@pytest.mark.parametrize("before", [None, 1_000_000])
def test_a_page_of_the_queue_is_read_from_its_index(
    opened_store: str, state: store.envelopes.QueueState, before: int | None
) -> None:
    """So a page costs the same however many envelopes lie behind it."""
    explain = "EXPLAIN QUERY PLAN"
    if not opened_store.startswith("sqlite"):
        explain = "EXPLAIN"
        for way in ("seqscan", "bitmapscan", "sort"):  # what pays on a table of no rows
            store.db.session.execute(text(f"SET enable_{way} = off"))
    said: list[tuple[str, Any]] = []

    def listen(*parts: Any) -> None:
        said.append(parts[2:4])

    event.listen(store.db.engine, "before_cursor_execute", listen)
    store.envelopes.page(before, 50, state)
    event.remove(store.db.engine, "before_cursor_execute", listen)
    ((statement, parameters),) = [each for each in said if "FROM envelopes" in each[0]]
    connection = store.db.session.connection()
    plan = str(connection.exec_driver_sql(f"{explain} {statement}", parameters).all())
    assert f"ix_envelopes_{state}" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE envelopes SET day = '2031-03-08'",
        "UPDATE envelopes SET seq = seq + 1",
        "UPDATE envelopes SET version = version + 2",
        "UPDATE envelopes SET version = -1",
        "DELETE FROM envelopes",
    ],
)
def test_the_database_itself_refuses_to_change_an_envelope(sealed: Seal, statement: str) -> None:
    envelope = sealed()
    put(envelope)
    with pytest.raises(IntegrityError), store.writing():
        store.db.session.execute(text(statement))
    assert list(store.envelopes.every_body()) == [envelope]


@pytest.mark.parametrize("column", ["id", "kid", "body"])
def test_the_database_itself_refuses_to_change_an_envelopes_bytes(
    sealed: Seal, column: str
) -> None:
    envelope = sealed()
    put(envelope)
    other = {"id": bytes(32), "kid": bytes(8), "body": sealed()}[column]
    with pytest.raises(IntegrityError), store.writing():
        store.db.session.execute(text(f"UPDATE envelopes SET {column} = :other"), {"other": other})
    assert list(store.envelopes.every_body()) == [envelope]


def test_the_database_itself_refuses_to_bring_a_deleted_envelope_back(sealed: Seal) -> None:
    envelope = sealed()
    put(envelope)
    delete(envelope)
    with pytest.raises(IntegrityError), store.writing():
        store.db.session.execute(text("UPDATE envelopes SET body = :body"), {"body": envelope})


def test_the_database_itself_refuses_to_replace_or_empty(opened_store: str, sealed: Seal) -> None:
    envelope = sealed()
    put(envelope)
    statement = (
        "INSERT OR REPLACE INTO envelopes SELECT * FROM envelopes"
        if opened_store.startswith("sqlite")
        else "TRUNCATE envelopes CASCADE"
    )
    with pytest.raises(IntegrityError), store.writing():
        store.db.session.execute(text(statement))
    assert list(store.envelopes.every_body()) == [envelope]


def test_what_fails_half_way_leaves_nothing(sealed: Seal) -> None:
    def fail() -> None:
        store.envelopes.put([sealed(), sealed()], DAY)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), store.writing():
        fail()
    assert queue() == []


def test_blocks_of_writing_do_not_nest() -> None:
    with pytest.raises(RuntimeError), store.writing(), store.writing():
        pass
    assert put() == []
