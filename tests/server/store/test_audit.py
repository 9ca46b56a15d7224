"""The record: what is written stays, a break is found where it is, many writers make one chain."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from amana import store
from amana.core.audit import BEGINNING, Act, Broken, Entry, Head, digest, verify

DAY = date(2031, 3, 7)
ACTS: tuple[Act, ...] = ("signed_in", "opened", "assessed", "exported", "signed_out")


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    app = Flask("test")
    store.init_store(app, database_url)
    yield app
    with app.app_context():
        store.db.engine.dispose()


def append(app: Flask, act: Act, member: str = "rima", subject: str = "") -> None:
    with app.app_context(), store.writing():
        store.audit.append(act, member, subject, DAY)


def head(app: Flask) -> Head:
    with app.app_context():
        return store.audit.head()


def verified(app: Flask, noted: Head | None = None) -> Head:
    with app.app_context():
        return verify(store.audit.chain(), noted)


@pytest.fixture
def written(app: Flask) -> Flask:
    for act in ACTS:
        append(app, act, subject="ريما")
    return app


def without_triggers(app: Flask, *statements: str) -> None:
    """Change the table as somebody may who owns the database."""
    with app.app_context(), store.writing():
        postgresql = store.db.engine.dialect.name == "postgresql"
        events = ("update", "delete", "truncate") if postgresql else ("update", "delete")
        for event in events:
            on = " ON audit" if postgresql else ""
            store.db.session.execute(text(f"DROP TRIGGER audit_{event}{on}"))
        for statement in statements:
            store.db.session.execute(text(statement))


def test_an_empty_record_holds(app: Flask) -> None:
    assert verified(app) == head(app) == Head(0, BEGINNING)


def test_entries_are_read_newest_first_page_by_page(written: Flask) -> None:
    with written.app_context():
        first = store.audit.page(None, 3)
        second = store.audit.page(first.next, 3)
    assert [entry.act for entry in first.entries + second.entries] == list(reversed(ACTS))
    assert (first.next, second.next) == (3, None)
    assert first.entries[0] == Entry(5, DAY, "rima", "signed_out", "ريما")


def test_every_entry_rests_on_the_one_before(written: Flask) -> None:
    before = BEGINNING
    with written.app_context():
        chain = list(store.audit.chain())
    for entry, kept in chain:
        assert kept == digest(entry, before)
        before = kept
    assert verified(written) == head(written) == Head(len(ACTS), before)


def test_the_database_refuses_to_change_or_forget_an_entry(written: Flask) -> None:
    for statement in ("UPDATE audit SET member = 'amal'", "DELETE FROM audit WHERE seq = 5"):
        with (
            written.app_context(),
            pytest.raises(DBAPIError, match="are kept"),
            store.writing(),
        ):
            store.db.session.execute(text(statement))
    assert verified(written).seq == len(ACTS)


SWAP = (
    "UPDATE audit SET seq = 100 WHERE seq = 2",
    "UPDATE audit SET seq = 2 WHERE seq = 3",
    "UPDATE audit SET seq = 3 WHERE seq = 100",
)


@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (["UPDATE audit SET member = 'amal' WHERE seq = 4"], 4),
        (["UPDATE audit SET act = 'opened' WHERE seq = 1"], 1),
        (["UPDATE audit SET day = '2031-03-08' WHERE seq = 2"], 2),
        (["UPDATE audit SET subject = 'ريم' WHERE seq = 5"], 5),
        (["DELETE FROM audit WHERE seq = 3"], 3),
        (["DELETE FROM audit WHERE seq = 1"], 1),
        (SWAP, 2),
    ],
)
def test_whoever_changes_the_table_itself_is_found_where_it_was(
    written: Flask, statements: list[str], broken: int
) -> None:
    without_triggers(written, *statements)
    with pytest.raises(Broken) as found:
        verified(written)
    assert found.value.seq == broken


def test_a_chain_that_was_cut_off_or_written_anew_is_found_by_a_head_noted_before(
    written: Flask,
) -> None:
    noted = head(written)
    append(written, "signed_in")
    assert verified(written, noted).seq == noted.seq + 1
    without_triggers(written, f"DELETE FROM audit WHERE seq >= {noted.seq}")
    assert verified(written).seq == noted.seq - 1
    with pytest.raises(Broken) as short:
        verified(written, noted)
    assert short.value.seq == noted.seq
    append(written, "signed_in", member="somebody else")
    with pytest.raises(Broken) as other:
        verified(written, noted)
    assert other.value.seq == noted.seq


def test_an_act_that_is_not_done_is_not_recorded(app: Flask) -> None:
    def fail() -> None:
        with app.app_context(), store.writing():
            store.audit.append("assessed", "rima", "", DAY)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert head(app).seq == 0


def test_writers_at_the_same_moment_make_one_chain(app: Flask) -> None:
    def write(name: str) -> None:
        for _ in range(15):
            append(app, "opened", name)

    names = ("rima", "amal", "basel", "dina")
    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(write, names))
    assert verified(app).seq == 60
