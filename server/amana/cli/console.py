"""What the commands share: settings, passphrases, private files, one-line errors."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from shamir_mnemonic.wordlist import WORDLIST
from sqlalchemy.exc import ArgumentError, DBAPIError

from amana import store
from amana.assets import NotBuilt
from amana.config import Settings
from amana.organisation import OrganisationError
from amana.serving import AddressTaken
from amana.store import SchemaError

PASSPHRASE_WORDS = 7
"""Seven words of 1,024: 70 bits, out of reach behind Argon2id with 64 MiB."""

SHORTEST_PASSPHRASE = 16


_JOINERS = "\u200c\u200d"

INPUT_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
OUTPUT_FILE = click.Path(path_type=Path, dir_okay=False)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what can be expected to fail into one line on stderr and exit status 1."""
    try:
        yield
    except (AddressTaken, NotBuilt, OrganisationError, SchemaError) as error:
        _fail(str(error))
    except (ArgumentError, DBAPIError):
        _fail("the database cannot be reached or has not been set up: see AMANA_DATABASE_URL")
    except UnicodeDecodeError:
        _fail("a file that should be text is not")
    except OSError as error:
        _fail(f"{Path(str(error.filename)).name}: {error.strerror}")


def settings() -> Settings:
    """The settings from the environment; `OrganisationError` for one of another kind."""
    try:
        found = Settings.from_environ()
    except ValueError as error:
        raise OrganisationError(str(error)) from error
    try:
        store.database_url(found.database_url)
    except (ArgumentError, ValueError) as error:
        message = "AMANA_DATABASE_URL must name an SQLite file or a PostgreSQL database"
        raise OrganisationError(message) from error
    return found


def plain(text: str) -> str:
    """Text of somebody else for a terminal: what is not seen there, or moves it, is spelled out.

    The two joiners of letters belong to the spelling of words and stay.
    """
    return "".join(
        sign if sign.isprintable() or sign in _JOINERS else ascii(sign)[1:-1] for sign in text
    )


def new_passphrase() -> str:
    """A passphrase of seven random words."""
    return " ".join(secrets.choice(WORDLIST) for _ in range(PASSPHRASE_WORDS))


def choose_passphrase(name: str, file: Path | None) -> str:
    """A new member's passphrase: from a file, typed twice, or made and printed when left empty."""
    if file is not None:
        chosen = read_passphrase_file(file)
    else:
        chosen = click.prompt(
            f"Passphrase for {name} (empty: make a strong one)",
            default="",
            hide_input=True,
            confirmation_prompt=True,
            show_default=False,
        )
    if not chosen:
        chosen = new_passphrase()
        click.echo(f"Passphrase of {name}, shown once:  {chosen}")
    if len(chosen) < SHORTEST_PASSPHRASE:
        message = f"a passphrase needs at least {SHORTEST_PASSPHRASE} characters"
        raise click.UsageError(message)
    return chosen


def ask_passphrase(name: str, file: Path | None) -> str:
    """An existing member's passphrase: from a file or typed."""
    if file is not None:
        return read_passphrase_file(file)
    return str(click.prompt(f"Passphrase of {name}", hide_input=True))


def read_passphrase_file(file: Path) -> str:
    """The first line of a file."""
    return file.read_text("utf-8").split("\n", 1)[0].strip()


def _fail(message: str) -> None:
    click.echo(f"amana: {message}", err=True)
    sys.exit(1)
