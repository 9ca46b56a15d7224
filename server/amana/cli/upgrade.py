"""`amana upgrade`: bring the database to this version."""

import click

from amana import store
from amana.cli.console import settings


@click.command()
def upgrade() -> None:
    """Bring the database's tables to this program's version. Nothing is lost; take a copy first."""
    store.upgrade(settings().database_url)
    click.echo("The database is up to date.")
