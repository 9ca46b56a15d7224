"""The schema's versions: Alembic migrations from the first table on."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine

from .database import database_url, engine_options, prepare_engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"


class SchemaError(Exception):
    """The database is of another version than this program. The message is one plain line."""


def upgrade(url: str, to: str = "head") -> None:
    """Make the tables of an empty database, or bring older ones up to this program's version."""
    engine = _engine(url)
    config = _config()
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    finally:
        engine.dispose()


def refuse_old_schema(url: str) -> None:
    """Raise `SchemaError` when the database does not have exactly this program's tables."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    if found != ScriptDirectory.from_config(_config()).get_current_head():
        raise SchemaError("the database was made by another version of amana")


def _engine(url: str) -> Engine:
    parsed = database_url(url)
    engine = create_engine(parsed, **engine_options(parsed))
    prepare_engine(engine)
    return engine


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
