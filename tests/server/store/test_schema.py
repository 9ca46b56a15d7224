"""Migrations make the tables that the program believes in, on both engines."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect, text

from amana import store
from amana.store.database import Base, database_url, engine_options, prepare_engine
from amana.store.tokens import Token
from tests.server.postgres import Postgres


@pytest.fixture
def migrated(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def created(request: pytest.FixtureRequest, migrated: Engine, tmp_path: Path) -> Iterator[Engine]:
    """The same engine's tables, made from the types alone."""
    if migrated.dialect.name == "sqlite":
        url = f"sqlite:///{tmp_path / 'created.sqlite3'}"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        url = server.create("created")
        request.addfinalizer(lambda: server.drop("created"))  # noqa: PT021
    engine = connect(url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def connect(url: str) -> Engine:
    parsed = database_url(url)
    engine = create_engine(parsed, **engine_options(parsed))
    prepare_engine(engine)
    return engine


def described(engine: Engine) -> dict[str, object]:
    """Everything the database itself says about its tables, but for Alembic's own."""
    found = inspect(engine)
    return {
        table: {
            "columns": plain(found.get_columns(table)),
            "key": plain([found.get_pk_constraint(table)]),
            "unique": plain(found.get_unique_constraints(table)),
            "checks": plain(found.get_check_constraints(table)),
            "references": plain(found.get_foreign_keys(table)),
            "indexes": plain(found.get_indexes(table)),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def plain(parts: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted(json.dumps(part, default=str, sort_keys=True) for part in parts)


def described_at(url: str) -> dict[str, object]:
    engine = connect(url)
    try:
        return described(engine)
    finally:
        engine.dispose()


def test_migrating_makes_the_tables_that_the_types_describe(
    migrated: Engine, created: Engine
) -> None:
    assert described(migrated) == described(created)


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    before = described_at(database_url)
    store.upgrade(database_url)
    assert described_at(database_url) == before


def test_members_from_before_there_were_invitations_are_let_in(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    store.upgrade(url, "0005")
    engine = connect(url)
    with engine.begin() as connection:
        names = "name, role, salt, auth_hash, public_key, wrapped_seed, day"
        lengths = ", ".join(f"zeroblob({length})" for length in (16, 32, 1216, 60))
        values = f"'rima', 'reviewer', {lengths}, '2031-03-07'"
        connection.execute(text(f"INSERT INTO members ({names}) VALUES ({values})"))
    engine.dispose()
    store.upgrade(url)
    with store.opened(url):
        rima = store.members.get("rima")
    assert rima is not None
    assert not rima.is_waiting


def test_tokens_from_before_their_makers_were_noted_go_on(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    store.upgrade(url, "0014")
    engine = connect(url)
    with engine.begin() as connection:
        values = "zeroblob(32), 'sheet', 'public', '2031-03-07', NULL, '2031-03-08'"
        names = "token_hash, name, tier, made, until, used"
        connection.execute(text(f"INSERT INTO tokens ({names}) VALUES ({values})"))
    engine.dispose()
    store.upgrade(url)
    with store.opened(url):
        token = store.tokens.find(bytes(32), date(2031, 3, 9))
    made, used = date(2031, 3, 7), date(2031, 3, 8)
    assert token == Token(1, "sheet", "public", made, None, used, made_by=None)


def test_a_database_of_another_version_is_refused(database_url: str, migrated: Engine) -> None:
    store.refuse_old_schema(database_url)
    with migrated.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(store.SchemaError, match="another version"):
        store.refuse_old_schema(database_url)


def test_sqlite_is_opened_so_that_what_is_committed_stays(sqlite_url: str) -> None:
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    with store.opened(sqlite_url):
        found = {
            name: store.db.session.execute(text(f"PRAGMA {name}")).scalar_one() for name in pragmas
        }
    assert found == pragmas


@pytest.mark.parametrize("url", ["mysql://localhost/amana", "sqlite://", "sqlite:///:memory:"])
def test_a_database_that_could_not_keep_its_word_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="the database must be|must be a file"):
        database_url(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_name_of_postgresql_means_psycopg(scheme: str) -> None:
    assert database_url(f"{scheme}://localhost/amana").drivername == "postgresql+psycopg"


def test_a_relative_path_means_the_same_to_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store.upgrade("sqlite:///here.sqlite3")
    with store.opened("sqlite:///here.sqlite3"):
        store.ping()
        assert store.desk_keys.known() == set()
    assert (tmp_path / "here.sqlite3").exists()
