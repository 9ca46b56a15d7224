"""Which errors of a database pass by themselves: made by the engines, never by hand."""

import errno
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from amana import store
from amana.store import Trouble, database, trouble
from tests.server.conftest import make_envelope

DAY = date(2031, 3, 7)


def fails(action: Callable[[], object]) -> BaseException:
    with pytest.raises((SQLAlchemyError, OSError)) as caught:
        action()
    return caught.value


def put_much() -> None:
    with store.writing():
        store.envelopes.put([make_envelope(number) for number in range(64)], DAY)


def statement(sql: str) -> Callable[[], object]:
    def run() -> None:
        with store.writing():
            store.db.session.execute(text(sql))

    return run


def test_a_full_disk_is_told_from_other_errors_and_leaves_nothing(sqlite_url: str) -> None:
    with store.opened(sqlite_url):
        pages = store.db.session.execute(text("PRAGMA page_count")).scalar_one()
        store.db.session.execute(text(f"PRAGMA max_page_count = {pages + 8}"))
        assert trouble(fails(put_much)) is Trouble.FULL
        assert store.envelopes.page(None, 1, "all").envelopes == []


def test_a_lock_that_does_not_come_is_busy(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = [*database.SQLITE_PRAGMAS[:-1], "PRAGMA busy_timeout = 50"]
    monkeypatch.setattr(database, "SQLITE_PRAGMAS", pragmas)
    with store.opened(sqlite_url), store.db.engine.connect() as other:
        other.exec_driver_sql("ROLLBACK")
        other.exec_driver_sql("BEGIN IMMEDIATE")
        assert trouble(fails(put_much)) is Trouble.BUSY


@pytest.mark.parametrize(
    ("sqlstate", "expected"),
    [
        ("53100", Trouble.FULL),
        ("53300", Trouble.BUSY),
        ("40001", Trouble.BUSY),
        ("40P01", Trouble.BUSY),
        ("55P03", Trouble.BUSY),
        ("22012", None),
    ],
)
def test_postgresqls_own_words_are_understood(
    postgres_url: str, sqlstate: str, expected: Trouble | None
) -> None:
    raising = f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{sqlstate}'; END $$"
    with store.opened(postgres_url):
        assert trouble(fails(statement(raising))) is expected


def test_a_database_that_cannot_be_reached_is_busy() -> None:
    with store.opened("postgresql://nobody@/nothing?host=/nowhere"):
        assert trouble(fails(store.ping)) is Trouble.BUSY


def test_a_connection_that_breaks_is_busy(postgres_url: str) -> None:
    with store.opened(postgres_url):
        end = "SELECT pg_terminate_backend(pg_backend_pid())"
        assert trouble(fails(statement(end))) is Trouble.BUSY
        store.ping()


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM nothing", "INSERT INTO sessions (member_id) VALUES (1)"]
)
def test_a_mistake_of_the_program_is_no_passing_trouble(database_url: str, sql: str) -> None:
    with store.opened(database_url):
        assert trouble(fails(statement(sql))) is None


def test_a_full_disk_is_told_where_the_system_says_so_itself() -> None:
    assert trouble(OSError(errno.ENOSPC, "")) is Trouble.FULL
    assert trouble(OSError(errno.ENOENT, "")) is None


def test_an_error_never_carries_what_it_was_about(sqlite_url: str) -> None:
    with store.opened(sqlite_url), store.writing():
        store.envelopes.put([make_envelope(1)], DAY)
    with store.opened(sqlite_url):
        error = fails(
            lambda: store.db.session.execute(
                text("SELECT :canary FROM nothing"), {"canary": "canary-7391"}
            )
        )
        assert "canary-7391" not in str(error)
