"""Databases and organisations for the tests: each test has its own, copied from one made once."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from amana import store
from tests.server import postgres as pg

_numbers = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[pg.Postgres]:
    if pg.programs() is None:
        pytest.skip("PostgreSQL is not installed: run tests/setup.sh")
    with pg.running() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "amana.sqlite3"
    store.upgrade(f"sqlite:///{file}")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres: pg.Postgres) -> str:
    """The name of a database with the tables and nothing in them, to be copied."""
    store.upgrade(postgres.create("migrated"))
    return "migrated"


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """An empty database in a file."""
    file = shutil.copy(migrated_sqlite, tmp_path / "amana.sqlite3")
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres: pg.Postgres, migrated_postgres: str) -> Iterator[str]:
    """An empty database on PostgreSQL."""
    name = f"test_{next(_numbers)}"
    yield postgres.create(name, migrated_postgres)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database; a test that asks for it runs on both engines."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url = request.getfixturevalue(fixture)
    assert isinstance(url, str)
    return url


@pytest.fixture
def opened_store(database_url: str) -> Iterator[str]:
    """The store, opened on an empty database of either engine; answers its URL."""
    with store.opened(database_url):
        yield database_url


@pytest.fixture
def sealed() -> Callable[[], bytes]:
    """Makes envelopes of the smallest length, all different: bytes no key opens."""
    return lambda: make_envelope(next(_numbers))


def make_envelope(number: int, kid: bytes = b"desk-key", length: int = 2172) -> bytes:
    """Bytes with an envelope's outside: magic, `kid`, length. Nothing is sealed in them."""
    head = b"AMN\x01" + kid + number.to_bytes(8, "big")
    return head + b"\xa5" * (length - len(head))
