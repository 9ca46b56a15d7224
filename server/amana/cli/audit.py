"""`amana audit`: whether the record of what members did is whole."""

import re
from typing import Final

import click

from amana import store
from amana.cli.console import settings
from amana.core.audit import Broken, Head, verify
from amana.organisation import OrganisationError

_NOTED: Final = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})", re.ASCII)


class Noted(click.ParamType[Head]):
    """A head that was noted, `SEQ:HEX`."""

    name = "seq:hex"

    def convert(
        self, value: str | Head, param: click.Parameter | None, ctx: click.Context | None
    ) -> Head:
        """The head, or a usage error."""
        if isinstance(value, Head):
            return value
        found = _NOTED.fullmatch(value)
        if found is None:
            self.fail("a head is written as `amana audit head` prints it", param, ctx)
        return Head(int(found[1]), bytes.fromhex(found[2]))


@click.group()
def audit() -> None:
    """Verify the record of what members did."""


@audit.command()
def head() -> None:
    """Print the record's head, to be noted where this server cannot change it."""
    with store.opened(settings().database_url):
        last = store.audit.head()
    click.echo(f"{last.seq}:{last.digest.hex()}")


@audit.command("verify")
@click.option("--head", "noted", type=Noted(), help="A head noted earlier: nothing was cut off.")
def verify_command(noted: Head | None) -> None:
    """Walk the whole record; fail at the first entry that is not what it was."""
    with store.opened(settings().database_url):
        try:
            last = verify(store.audit.chain(), noted)
        except Broken as error:
            raise OrganisationError(str(error)) from error
    click.echo(f"The record holds: {last.seq} entries.")
