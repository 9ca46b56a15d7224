"""`amana keys`: the desk key, made anew."""

from pathlib import Path

import click

from amana import clock, store
from amana.cli.console import INPUT_FILE, ask_passphrase, settings
from amana.config import Settings
from amana.core.keyset import digits
from amana.core.members import member_print
from amana.organisation import prove_holder
from amana.renewal import read_root, remove_member, renew

ROOT = click.option(
    "--root", type=INPUT_FILE, required=True, help="The root key that `amana init` wrote."
)
SHARES = click.option(
    "--shares",
    type=INPUT_FILE,
    help="Recovery shares, one a line; only for a root key that was made without.",
)
BY = click.option("--by", required=True, help="A member who holds the desk key.")
BY_PASSPHRASE = click.option(
    "--by-passphrase-file", type=INPUT_FILE, help="That member's passphrase; asked for otherwise."
)


@click.group()
def keys() -> None:
    """Renew the desk key."""


@keys.command("renew")
@ROOT
@SHARES
@BY
@BY_PASSPHRASE
def renew_command(
    root: Path, shares: Path | None, by: str, by_passphrase_file: Path | None
) -> None:
    """Make a new desk key, grant it to all who hold one, and sign the key set.

    Reports that are sealed from now on open with the new key; the old ones stay readable. Members
    are signed out and get the new key when they sign in. Take the root key away again afterwards.
    """
    renew_with(settings(), root, shares, by, ask_passphrase(by, by_passphrase_file))


def renew_with(
    at: Settings,
    root: Path,
    shares: Path | None,
    by: str,
    passphrase: str,
    removed: str | None = None,
) -> None:
    """Renew, and before that remove a member, both or neither."""
    today = clock.today()
    with store.opened(at.database_url):
        prove_holder(by, passphrase)
        taken_away = read_root(root, shares)
        with store.writing():
            if removed is not None:
                remove_member(removed, by, today)
            written = renew(at.home, taken_away, by, today)
        written.put_in_place()
    if removed is not None:
        click.echo(f"{removed} is removed.")
    click.echo("The desk has a new key. Members are signed out and get it when they sign in:")
    for holder in written.holders:
        click.echo(f"{holder.name}\t{digits(member_print(holder.public_key))}")
    click.echo("If somebody's own digits differ from these, renew again and find out why.")
    click.echo(f"Take away and remove from here: {root.name}")
