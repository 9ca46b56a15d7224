"""`amana init`: make an organisation."""

from pathlib import Path

import click

from amana import clock
from amana.cli.console import INPUT_FILE, choose_passphrase, settings
from amana.core import keyset
from amana.core.encoding import b64decode
from amana.organisation import (
    NewMember,
    Organisation,
    OrganisationError,
    Plan,
    TakeAway,
    create_organisation,
    write_private,
)

ROLES = click.Choice(["reviewer", "coordinator", "administrator"])


@click.command()
@click.option("--name", required=True, help="The organisation's name, as reporters will see it.")
@click.option("--member", required=True, help="Sign-in name of the first member.")
@click.option("--role", type=ROLES, default="administrator", show_default=True)
@click.option("--passphrase-file", type=INPUT_FILE, help="Read the passphrase from a file.")
@click.option(
    "--root-key",
    "root_key_file",
    type=click.Path(path_type=Path),
    default=Path("amana-root-key.json"),
    show_default=True,
    help="Where the root private key is written, once.",
)
@click.option(
    "--recovery-shares",
    "shares_file",
    type=click.Path(path_type=Path),
    default=Path("amana-recovery-shares.txt"),
    show_default=True,
    help="Where the recovery shares are written, once.",
)
@click.option("--origin", "origins", multiple=True, help="An address of the reporter app; repeat.")
def init(
    name: str,
    member: str,
    role: str,
    passphrase_file: Path | None,
    root_key_file: Path,
    shares_file: Path,
    origins: tuple[str, ...],
) -> None:
    """Make the root, desk, receipt and recovery keys, the database and the first member.

    Two files are written with mode 0600 for you to take away: the root private key, which signs
    every later key set, and three recovery shares, two of which open every report if all members
    lose their passphrases. Keep neither on the server, and the shares with different people.
    """
    for file in (root_key_file, shares_file):
        if file.exists():
            message = f"{file.name} exists already and is left as it is"
            raise OrganisationError(message)
    at = settings()
    first = NewMember(member, role, choose_passphrase(member, passphrase_file))

    def write_down(take_away: TakeAway) -> None:
        write_private(root_key_file, take_away.root_file())
        write_private(shares_file, "\n".join(take_away.recovery_shares) + "\n")

    plan = Plan(name, [first], origins)
    create_organisation(at.home, at.database_url, plan, clock.today(), write_down)
    root_print = Organisation.load(at.home).root_print
    click.echo(f"Root print:  {keyset.digits(b64decode(root_print))}")
    click.echo(f"In a link:   #root={root_print}")
    click.echo(f"Take away and remove from here: {root_key_file.name}, {shares_file.name}")
    click.echo("Next: `amana members add`, so that two people hold the desk key; `amana serve`.")
