"""`amana members`: who belongs to the desk."""

import json
from pathlib import Path

import click

from amana import clock, store
from amana.cli.console import INPUT_FILE, OUTPUT_FILE, ask_passphrase, choose_passphrase, settings
from amana.cli.init import ROLES
from amana.cli.keys import BY, BY_PASSPHRASE, ROOT, SHARES, renew_with
from amana.organisation import (
    NewMember,
    add_member,
    export_member,
    export_recovery_grants,
    reset_factor,
    write_private,
)


@click.group()
def members() -> None:
    """Add, list and remove members; carry their keys; help one who lost a second factor."""


@members.command("list")
def list_members() -> None:
    """List names, roles and how many desk keys each holds."""
    with store.opened(settings().database_url):
        for member in store.members.everyone():
            held = len(store.grants.of(member.id))
            waiting = "\twaiting to be let in" if member.is_waiting else ""
            click.echo(f"{member.name}\t{member.role}\tdesk keys: {held}{waiting}")


@members.command()
@click.argument("name")
@click.option("--role", type=ROLES, default="reviewer", show_default=True)
@click.option("--by", required=True, help="A member who holds the desk key and grants it.")
@click.option("--by-passphrase-file", type=INPUT_FILE, help="The granting member's passphrase.")
@click.option("--passphrase-file", type=INPUT_FILE, help="The new member's passphrase.")
def add(
    name: str,
    role: str,
    by: str,
    by_passphrase_file: Path | None,
    passphrase_file: Path | None,
) -> None:
    """Add the member NAME, on this machine, with the granting member present."""
    granting = ask_passphrase(by, by_passphrase_file)
    new = NewMember(name, role, choose_passphrase(name, passphrase_file))
    with store.opened(settings().database_url), store.writing():
        add_member(by, granting, new, clock.today())
    click.echo(f"{name} may sign in as {role}.")


@members.command("reset-factor")
@click.argument("name")
@click.option("--by", required=True, help="An administrator, whose passphrase it takes.")
@click.option("--by-passphrase-file", type=INPUT_FILE, help="The administrator's passphrase.")
def reset_second_factor(name: str, by: str, by_passphrase_file: Path | None) -> None:
    """Remove every second factor of the member NAME, who has lost the last one; ends the sessions.

    See docs/RUNBOOK.md: first be sure who is asking.
    """
    passphrase = ask_passphrase(by, by_passphrase_file)
    with store.opened(settings().database_url), store.writing():
        reset_factor(name, by, passphrase, clock.today())
    click.echo(f"{name} signs in with the passphrase alone and may add a second factor.")


@members.command()
@click.argument("name")
@ROOT
@SHARES
@BY
@BY_PASSPHRASE
def remove(
    name: str, root: Path, shares: Path | None, by: str, by_passphrase_file: Path | None
) -> None:
    """Remove the member NAME and renew the desk key, which they may have copied: both or neither.

    Take the root key away again afterwards.
    """
    renew_with(settings(), root, shares, by, ask_passphrase(by, by_passphrase_file), removed=name)


@members.command()
@click.argument("name")
@click.argument("file", type=OUTPUT_FILE)
def export(name: str, file: Path) -> None:
    """Write NAME's wrapped key and grants to FILE, for `amana open` without a network."""
    with store.opened(settings().database_url), store.writing():
        store.audit.append("key_exported", "", name, clock.today())
        write_private(file, json.dumps(export_member(name)))


@members.command("export-recovery")
@click.argument("file", type=OUTPUT_FILE)
def export_recovery(file: Path) -> None:
    """Write the grants to the recovery key to FILE; with enough shares they open every report."""
    with store.opened(settings().database_url), store.writing():
        store.audit.append("recovery_exported", "", "", clock.today())
        write_private(file, json.dumps({"v": 1, "grants": export_recovery_grants()}))
