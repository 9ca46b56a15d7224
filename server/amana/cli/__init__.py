"""The `amana` command: what an operator does by hand. One module for each group of commands."""

import os
import sys

import click

from amana.cli import (
    air_gap,
    assessments,
    audit,
    demo,
    init,
    keys,
    members,
    parcels,
    places,
    serve,
    summaries,
    tokens,
    upgrade,
)
from amana.cli.console import plain_errors


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="amana")
def amana() -> None:
    """Sealed reports from people in danger: make an organisation, serve it, carry its data.

    The organisation's folder is AMANA_HOME (default: ./amana-home). Its database is
    AMANA_DATABASE_URL (default: an SQLite file in that folder; postgresql://… for PostgreSQL).
    """


for command in (
    init.init,
    demo.demo,
    serve.serve,
    members.members,
    keys.keys,
    parcels.parcels,
    air_gap.open_command,
    assessments.assessments,
    summaries.summaries,
    tokens.tokens,
    audit.audit,
    places.places,
    upgrade.upgrade,
):
    amana.add_command(command)


def main() -> None:
    """Run the command line; every expected failure is one line on stderr and exit status 1."""
    os.umask(0o077)  # nothing that an operator's command writes is for anybody else
    with plain_errors():
        amana(prog_name="amana", standalone_mode=True)
    sys.exit(0)
