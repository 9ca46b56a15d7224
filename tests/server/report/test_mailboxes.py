"""A letter for whoever knows the code, and for everybody else an answer that says nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, text
from werkzeug.test import TestResponse

from amana import store
from amana.core import mailbox
from amana.core.encoding import b64decode
from amana.core.refusal import Refusal
from tests.server.conftest import make_envelope

SECRET = bytes(range(32))
BOX = mailbox.derive(SECRET)
UNKNOWN = mailbox.derive(bytes(32))
LETTER = {"v": 1, "state": "opened", "words": [{"day": "2031-03-07", "text": "نعم"}]}
SEALED = mailbox.seal_letter(LETTER, BOX.key, b"n" * 12)
TODAY, UNTIL = date(2031, 3, 12), date(2031, 7, 1)


def write(app: Flask, sealed: bytes = SEALED) -> None:
    with app.app_context(), store.writing():
        store.envelopes.put([make_envelope(1)], TODAY)
        assert store.mailboxes.put(BOX.id, sealed, 0, UNTIL) == 1


def ask(client: FlaskClient, mailbox_id: bytes) -> TestResponse:
    return client.get(f"/api/v1/mailboxes/{mailbox_id.hex()}")


def letter_in(answer: TestResponse) -> bytes:
    return b64decode(answer.get_json()["letter"])


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL that is run inside the block."""
    seen: list[str] = []

    def note(*call: Any) -> None:
        seen.append(call[2])

    with app.app_context():
        engine = store.db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_whoever_knows_the_code_reads_the_letter(app: Flask, client: FlaskClient) -> None:
    write(app)
    assert mailbox.open_letter(letter_in(ask(client, BOX.id)), BOX.key) == LETTER


def test_unknown_empty_and_full_mailboxes_are_answered_alike_but_for_the_noise(
    app: Flask, client: FlaskClient
) -> None:
    empty = ask(client, BOX.id)
    write(app)
    answers = [empty, ask(client, BOX.id), ask(client, UNKNOWN.id)]
    assert len({answer.status_code for answer in answers}) == 1
    assert len({len(answer.data) for answer in answers}) == 1
    assert len({str(answer.headers) for answer in answers}) == 1
    assert [len(letter_in(answer)) for answer in answers] == [mailbox.LETTER_BYTES] * 3
    assert len({answer.data for answer in answers}) == 3


def test_unknown_empty_and_full_mailboxes_take_the_same_statements(
    app: Flask, client: FlaskClient
) -> None:
    write(app)
    with statements(app) as for_a_letter:
        ask(client, BOX.id)
    with statements(app) as for_nobody:
        ask(client, UNKNOWN.id)
    assert for_a_letter == for_nobody
    assert len([one for one in for_nobody if one.startswith("SELECT")]) == 1
    assert [one for one in for_nobody if not one.startswith(("SELECT", "BEGIN"))] == []


def test_noise_is_the_same_each_time_and_opens_under_no_key(sqlite_client: FlaskClient) -> None:
    first, second = (letter_in(ask(sqlite_client, BOX.id)) for _ in range(2))
    assert first == second
    with pytest.raises(Refusal) as refusal:
        mailbox.open_letter(first, BOX.key)
    assert refusal.value.layer == "open"


def test_no_cache_keeps_a_letter(sqlite_client: FlaskClient) -> None:
    assert ask(sqlite_client, BOX.id).headers["Cache-Control"] == "no-store"


def test_what_is_no_mailbox_id_is_no_address(sqlite_client: FlaskClient) -> None:
    for id_ in ("", "0" * 31, "0" * 33, "0F" * 16, "0" * 64, "-" * 32):
        answer = sqlite_client.get(f"/api/v1/mailboxes/{id_}")
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "not_found")


def test_nobody_writes_here(sqlite_client: FlaskClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = sqlite_client.open(f"/api/v1/mailboxes/{BOX.id.hex()}", method=method)
        assert answer.status_code == 405


def test_a_row_holds_nothing_finer_than_a_month(app: Flask) -> None:
    write(app)
    with app.app_context():
        rows = store.db.session.execute(text("SELECT * FROM mailboxes")).mappings().all()
        counted = store.db.session.scalar(select(func.count(store.tables.Mailbox.id)))
    (row,) = rows
    assert counted == 1
    assert set(row) == {"id", "version", "until", "letter"}
    assert (bytes(row["id"]), bytes(row["letter"])) == (BOX.id, SEALED)
    assert str(row["until"]) == "2031-07-01"
