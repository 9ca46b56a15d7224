"""Databases and organisations for the tests: each test has its own, copied from one made once."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import brotli
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from amana import store
from amana.config import Settings
from amana.organisation import NewMember, Plan, create_organisation
from tests.server import postgres as pg

MEMBERS = (
    ("rima", "administrator", "a passphrase of rima"),
    ("amal", "reviewer", "a passphrase of amal"),
    ("basel", "coordinator", "a passphrase of basel"),
)
"""Name, role and passphrase of the members of every test's organisation."""

# How fast examples are made or run says something about the machine, and nothing about the program.
hypothesis_settings.register_profile(
    "amana", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
hypothesis_settings.load_profile("amana")

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


ROOT_FILES = {
    "index.html": (
        '<!doctype html><meta name="amana-root" content="__ROOT_PRINT__"><title>__TITLE__</title>'
        '<meta name="theme-color" content="__COLOUR__"><link rel="icon" href="/assets/icon.svg">'
        '<template>__ORDINARY__</template><a href="/page" data-outside="__OUTSIDE__">خروج</a>'
    ),
    "ordinary.html": (
        '<!doctype html><title>__TITLE__</title><meta name="theme-color" content="__COLOUR__">'
        '<link rel="icon" href="/assets/icon.svg">__ORDINARY__'
    ),
    "sw.js": (
        'const shell = [{url: "/", sha256: "__PAGE_SHA256__"}, '
        '{url: "/page", sha256: "__ORDINARY_SHA256__"}];'
    ),
    "empty.js": "/* serves nothing */",
    "manifest.webmanifest": '{"icons": [{"src": "/assets/icon.svg"}], "display": "browser"}',
    "assets/app-0123456789.js": "const amana = [" + "1, " * 200 + "];",
}


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like that of the built client, small and made here."""
    folder = tmp_path_factory.mktemp("static")
    for name, text in ROOT_FILES.items():
        for zone in ("report", "desk"):
            file = folder / zone / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            file.with_name(f"{file.name}.br").write_bytes(brotli.compress(text.encode()))
    return folder


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An organisation's folder with its database in a file, to be copied; see `MEMBERS`."""
    home = tmp_path_factory.mktemp("founded") / "home"
    plan = Plan("Test desk", [NewMember(name, *rest) for name, *rest in MEMBERS])
    create_organisation(home, f"sqlite:///{home}/amana.sqlite3", plan, date(2031, 3, 1))
    return home


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Path:
    """An organisation's folder of the test's own."""
    return Path(shutil.copytree(founded, tmp_path / "home"))


@pytest.fixture
def settings(home: Path, static: Path) -> Settings:
    """Settings of a server for the organisation in `home`, on SQLite."""
    return Settings(home=home, database_url=f"sqlite:///{home}/amana.sqlite3", static=static)
