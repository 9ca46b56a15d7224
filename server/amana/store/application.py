"""Opening the store: for an application that serves, and for a command that does not."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from . import ingest
from .database import database_url, db, engine_options, prepare_engine


def init_store(app: Flask, url: str) -> None:
    """Bind the application to the database at `url`; nothing is read or written yet."""
    parsed = database_url(url)
    app.config["SQLALCHEMY_DATABASE_URI"] = parsed
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(parsed)
    db.init_app(app)
    ingest.open_queue(app)
    with app.app_context():
        prepare_engine(db.engine)


@contextmanager
def opened(url: str) -> Iterator[None]:
    """The store for a program without a web application, such as a command.

    >>> with opened(url), writing():
    ...     members.add(member, day)
    """
    app = Flask("amana")
    init_store(app, url)
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()
