"""`amana assessments`: decisions that were made on a machine without a network."""

from collections import Counter
from pathlib import Path
from typing import Final, Literal

import click

from amana import store
from amana.cli.console import INPUT_FILE, ask_passphrase, settings
from amana.core.assessment import parse_carried
from amana.core.refusal import Refusal
from amana.desk.assessments import Decided, keep
from amana.desk.reference import AREAS, VOCABULARY
from amana.organisation import OrganisationError, known_member, prove_holder
from amana.store.assessments import Conflict
from amana.store.members import Member

Outcome = Literal["kept", "known", "left", "conflict", "not_found", "invalid"]

TOLD: Final[dict[Outcome, str]] = {
    "kept": "kept",
    "known": "known",
    "left": "of other members",
    "conflict": "in conflict",
    "not_found": "not found",
    "invalid": "invalid",
}
FAILED: Final[tuple[Outcome, ...]] = ("conflict", "not_found", "invalid")


@click.group()
def assessments() -> None:
    """Carry decisions back in that were made without a network."""


@assessments.command("import")
@click.argument("file", type=INPUT_FILE)
@click.option("--by", required=True, help="The member whose assessments are taken in.")
@click.option("--passphrase-file", type=INPUT_FILE, help="Their passphrase; asked for otherwise.")
def import_file(file: Path, by: str, passphrase_file: Path | None) -> None:
    """Take in the assessments in FILE, JSON Lines, that the member --by made.

    Each line stands for itself: one that is not taken in is named by its number and leaves the
    others alone, and one that is here already is known, not doubled. Other members' lines wait for
    their own import.
    """
    passphrase = ask_passphrase(by, passphrase_file)
    with store.opened(settings().database_url):
        member = known_member(by)
        prove_holder(by, passphrase)
        outcome = _take_in(file, member)
    click.echo(", ".join(f"{outcome[state]} {words}" for state, words in TOLD.items()))
    failed = sum(outcome[state] for state in FAILED)
    if failed:
        raise OrganisationError(f"lines that were not taken in: {failed}")


def _take_in(file: Path, member: Member) -> Counter[Outcome]:
    """Take in a file's lines one by one, naming those that fail."""
    outcome: Counter[Outcome] = Counter()
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            state = _take_in_line(line, member)
            outcome[state] += 1
            if state in FAILED:
                click.echo(f"line {number}: {state}", err=True)
    return outcome


def _take_in_line(line: bytes, member: Member) -> Outcome:
    try:
        carried = parse_carried(line, VOCABULARY, AREAS)
        if carried.member != member.name:
            return "left"
        is_new = keep("carried_in", member, carried.id, carried.version, Decided(carried.fields))
    except Refusal:
        return "invalid"
    except KeyError:
        return "not_found"
    except Conflict:
        return "conflict"
    return "kept" if is_new else "known"
