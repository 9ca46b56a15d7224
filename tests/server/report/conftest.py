"""The public zone over an organisation, on both engines."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from amana import store
from amana.config import Settings
from amana.core.envelope import seal
from amana.organisation import Organisation
from amana.report import create_report_app

Seal = Callable[..., bytes]


@pytest.fixture
def organisation(settings: Settings) -> Organisation:
    return Organisation.load(settings.home)


@pytest.fixture
def engine_settings(settings: Settings, organisation: Organisation, database_url: str) -> Settings:
    """Settings of a server whose database is of either engine and knows the desk key."""
    with store.opened(database_url), store.writing():
        store.desk_keys.add(organisation.key_set.desk[-1], recovery_grant=bytes(1168))
    return replace(settings, database_url=database_url)


@pytest.fixture
def app(engine_settings: Settings) -> Iterator[Flask]:
    """The public zone; a test that asks for it runs on both engines."""
    yield from made(engine_settings)


@pytest.fixture
def sqlite_app(settings: Settings) -> Iterator[Flask]:
    """The public zone on SQLite, for tests that the engine does not matter to."""
    yield from made(settings)


def made(settings: Settings) -> Iterator[Flask]:
    app = create_report_app(settings)
    yield app
    with app.app_context():
        store.db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def sqlite_client(sqlite_app: Flask) -> FlaskClient:
    return sqlite_app.test_client()


@pytest.fixture
def seal_report(organisation: Organisation) -> Seal:
    """Seals bytes to the organisation's desk key, as a phone does."""
    return lambda report=b"{}": seal(report, organisation.key_set.desk[-1].pub)
