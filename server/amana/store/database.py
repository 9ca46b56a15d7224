"""The database of both zones: which engine, how it is opened, and what a write is.

SQLite (write-ahead log, every commit on disk before it is answered) is the default; PostgreSQL
serves more than one machine. Verbs read and write through `db.session` inside a Flask application
context. Nothing is kept unless a writer's `writing()` block ends well.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event, make_url, select
from sqlalchemy.engine import URL
from sqlalchemy.orm import DeclarativeBase

BUSY_TIMEOUT_MS = 5000
POOL_SIZE = 32
"""Connections kept open in a process, at least as many as it has threads."""

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # so that INSERT OR REPLACE cannot slip past a delete trigger
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
)


class Base(DeclarativeBase):
    """The tables' common ancestor; constraint names are the same on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)


def database_url(url: str) -> URL:
    """The URL with the driver this program uses; `ValueError` for any other kind of database."""
    parsed = make_url(url)
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "postgresql+psycopg"):
        raise ValueError("the database must be SQLite or PostgreSQL")
    return parsed if parsed.drivername != "sqlite" else _absolute(parsed)


def _absolute(url: URL) -> URL:
    # Flask-SQLAlchemy would look for a relative path somewhere else than everybody else does.
    if url.database in (None, "", ":memory:"):
        raise ValueError("an SQLite database must be a file")
    return url.set(database=os.path.abspath(url.database))


def engine_options(url: URL) -> dict[str, Any]:
    """Options for SQLAlchemy's `create_engine`, the same for serving and for migrations."""
    options: dict[str, Any] = {
        "pool_size": POOL_SIZE,
        "max_overflow": -1,
        "hide_parameters": True,  # an error must not carry what it was about into a log
    }
    if url.drivername == "sqlite":
        options["connect_args"] = {"check_same_thread": False}
    else:
        options["connect_args"] = {"options": f"-c lock_timeout={BUSY_TIMEOUT_MS}"}
        options["pool_pre_ping"] = True
    return options


def prepare_engine(engine: Engine) -> None:
    """Give SQLite's connections pragmas and explicit transactions; PostgreSQL needs neither."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own implicit BEGIN would come too late for `BEGIN IMMEDIATE`.
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def ping() -> None:
    """Read from the database, to see that it can be read."""
    db.session.execute(select(1))


@contextmanager
def writing() -> Iterator[None]:
    """One durable write: committed when the block ends well, rolled back when it raises.

    SQLite writers of all threads and processes wait in the kernel's queue of one lock file:
    SQLite's own waiting sleeps and retries, which starves some writers for seconds. What was read
    before the block belongs to an older snapshot, so the block starts a transaction of its own.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("writing() blocks do not nest")
    session.rollback()
    session.info["writing"] = True
    try:
        with _turn(db.engine):
            try:
                session.connection(execution_options={"writes": True})
                yield
                session.commit()
            except BaseException:
                session.rollback()
                raise
    finally:
        session.info["writing"] = False


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    if engine.dialect.name != "sqlite":
        yield
        return
    # A descriptor of its own for each turn: threads queue like processes, and a fork shares none.
    lock = os.open(f"{engine.url.database}-lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
