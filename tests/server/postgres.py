"""A throw-away PostgreSQL for the tests: its own cluster in a temporary folder, no TCP port."""

import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import psycopg
from psycopg import sql

from tests.patience import PATIENCE


class Postgres:
    """A running server. Databases are addressed by URL and made from templates."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, database: str) -> str:
        return f"postgresql://amana@/{database}?host={quote(str(self._folder), safe='')}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database as a copy of `template` and answer its URL."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._run(statement.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._run(statement.format(sql.Identifier(database)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`, newest version first; None when not installed."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def running(settings: Sequence[str] = ("fsync=off",)) -> Iterator[Postgres]:
    """A server until the block ends. `settings` are those of postgresql.conf."""
    bin_ = programs()
    if bin_ is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    with TemporaryDirectory(prefix="amana-pg-") as name:
        folder = Path(name)
        user = _owner(folder)
        data = folder / "data"
        initdb: list[str | Path] = [
            bin_ / "initdb",
            "-D",
            data,
            "-U",
            "amana",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        ]
        subprocess.run(initdb, check=True, user=user, capture_output=True, cwd=folder)
        options = [f"unix_socket_directories={folder}", "listen_addresses=", *settings]
        with (folder / "log").open("wb") as log:  # a pipe that nobody empties would stop it
            server = subprocess.Popen(
                [bin_ / "postgres", "-D", data, *(f"-c{option}" for option in options)],
                user=user,
                cwd=folder,
                stdout=log,
                stderr=log,
            )
        try:
            _wait(server, Postgres(folder))
            yield Postgres(folder)
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def _owner(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root; then it gets the folder under another user."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    uid = names.get("postgres", names["nobody"])
    os.chown(folder, uid, -1)
    return uid


def _wait(server: subprocess.Popen[bytes], postgres: Postgres) -> None:
    while server.poll() is None:
        try:
            psycopg.connect(postgres.url("postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL did not start")
