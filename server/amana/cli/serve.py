"""`amana serve`: run the zones."""

import click

from amana import store
from amana.cli.console import settings
from amana.config import Settings
from amana.desk import create_desk_app
from amana.organisation import Organisation, OrganisationError
from amana.report import create_report_app
from amana.serving import run_together, run_zone

FEWEST_HOLDERS = 2

_workers = click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))


@click.group(invoke_without_command=True)
@click.option("--report-bind", default="127.0.0.1:8000", show_default=True)
@click.option("--desk-bind", default="127.0.0.1:8001", show_default=True)
@_workers
@click.pass_context
def serve(context: click.Context, report_bind: str, desk_bind: str, workers: int) -> None:
    """Serve the reporter app and the desk, each by its own gunicorn, until a signal ends them.

    Put a TLS proxy in front: phones seal only in a secure context (https, onion or loopback).

    AMANA_EMPTY_WORKER=1 gives phones a service worker that does nothing, in place of a broken one:
    see docs/RUNBOOK.md. AMANA_SECOND_FACTOR=required makes every member of the desk have one.
    """
    if context.invoked_subcommand is not None:
        return
    refuse_unsafe()
    context.exit(run_together({"report": report_bind, "desk": desk_bind}, workers))


@serve.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True)
@_workers
def report(bind: str, workers: int) -> None:
    """Serve the public zone alone."""
    at = refuse_unsafe()
    if at.empty_worker:
        click.echo("phones get the empty worker: no page opens without a network", err=True)
    run_zone(lambda: create_report_app(at), bind, workers)


@serve.command()
@click.option("--bind", default="127.0.0.1:8001", show_default=True)
@_workers
def desk(bind: str, workers: int) -> None:
    """Serve the desk zone alone."""
    at = refuse_unsafe()
    run_zone(lambda: create_desk_app(at), bind, workers)


def refuse_unsafe() -> Settings:
    """The settings, or `OrganisationError` when serving would break a promise.

    A desk key that fewer than two members hold can be lost with one passphrase, and every
    waiting report with it (PROTOCOL section 3).
    """
    at = settings()
    newest = Organisation.load(at.home).key_set.desk[-1]
    with store.opened(at.database_url):
        store.refuse_old_schema(at.database_url)
        holders = store.grants.holders(newest.kid)
    if holders < FEWEST_HOLDERS:
        message = "fewer than two members hold the desk key: run `amana members add` first"
        raise OrganisationError(message)
    return at
