"""`amana upgrade`: bring the database to this version."""

import click

from amana import store
from amana.cli.console import settings


@click.command()
def upgrade() -> None:
    """Bring the database's tables to this program's version. Nothing is lost; take a copy first.

    What is added up from assessments is added up anew.
    """
    url = settings().database_url
    store.upgrade(url)
    with store.opened(url), store.writing():
        store.events.rebuild()
    click.echo("The database is up to date.")
