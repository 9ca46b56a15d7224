"""`amana tokens`: programs that read figures."""

from datetime import date
from typing import Final

import click

from amana import clock, store
from amana.cli.console import plain, settings
from amana.cli.summaries import Day
from amana.core.encoding import b64encode, is_name
from amana.core.tiers import TIERS
from amana.desk.tokens import issue
from amana.organisation import OrganisationError
from amana.store.tables import MAX_TOKEN_NAME_CHARS

LAST_NUMBER: Final = 2**31 - 1
"""The largest number that both databases have for a token."""


@click.group()
def tokens() -> None:
    """Let programs read the figures of one tier, see which do, end that."""


@tokens.command("list")
def list_tokens() -> None:
    """List numbers, names, tiers, last days and when each was last used."""
    with store.opened(settings().database_url):
        for token in store.tokens.everyone():
            until = f"until {token.until}" if token.until else "does not end"
            used = f"last used {token.used}" if token.used else "never used"
            click.echo(f"{token.id}\t{plain(token.name)}\t{token.tier}\t{until}\t{used}")


@tokens.command()
@click.argument("name")
@click.option("--tier", type=click.Choice(TIERS), required=True, help="Whose figures.")
@click.option("--until", type=Day(), help="Its last day.")
def add(name: str, tier: str, until: date | None) -> None:
    """Make a token for the program of NAME and print it, once."""
    if not is_name(name, MAX_TOKEN_NAME_CHARS):
        raise click.UsageError(
            f"a name has 1 to {MAX_TOKEN_NAME_CHARS} characters that are seen, "
            "and no space at either end"
        )
    today = clock.today()
    if until is not None and until < today:
        raise click.UsageError("--until is over")
    with store.opened(settings().database_url), store.writing():
        token = issue(name, tier, until, today)
        store.audit.append("token_made", "", f"{tier} {name}", today)
    click.echo(b64encode(token))


@tokens.command()
@click.argument("number", type=click.IntRange(1, LAST_NUMBER))
def revoke(number: int) -> None:
    """End the token of NUMBER, as `list` shows it."""
    with store.opened(settings().database_url), store.writing():
        token = store.tokens.revoke(number)
        if token is None:
            raise OrganisationError(f"there is no token {number}")
        store.audit.append("token_revoked", "", f"{token.tier} {token.name}", clock.today())
