"""`amana parcels`: what travels by hand."""

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from amana import clock, store
from amana.cli.console import INPUT_FILE, settings
from amana.core.envelope import LENGTHS
from amana.core.parcel import MAX_BYTES, MAX_RECORDS, Record, encode_parcel, parse_parcel
from amana.core.refusal import Refusal
from amana.organisation import OrganisationError

LARGEST_RECORD = max(LENGTHS) + 22
PER_FILE = min(MAX_RECORDS, (MAX_BYTES - 4) // LARGEST_RECORD)
"""Envelopes in an exported file: as many of the largest as surely fit in one parcel."""

STATES = ("stored", "known", "parked", "refused")


@click.group()
def parcels() -> None:
    """Carry sealed reports between machines as files."""


@parcels.command("import")
@click.argument("files", nargs=-1, required=True, type=INPUT_FILE)
def import_files(files: tuple[Path, ...]) -> None:
    """Take in parcel FILES that somebody carried; what is here already is known, not doubled.

    A file that is no parcel is named and passed over; the others are taken in.
    """
    outcome: Counter[str] = Counter()
    strangers: list[str] = []
    with (
        store.opened(settings().database_url),
        click.progressbar(files, label="Taking in", file=sys.stderr) as bar,
    ):
        for file in bar:
            try:
                outcome += _take_in(file.read_bytes())
            except Refusal as refusal:
                strangers.append(f"{file.name} is not a parcel ({refusal.layer})")
    click.echo(", ".join(f"{outcome[state]} {state}" for state in STATES))
    if strangers:
        raise OrganisationError("; ".join(strangers))


@parcels.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_files(folder: Path) -> None:
    """Write every sealed report held here into parcel files in FOLDER, still sealed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    count = 0
    with store.opened(settings().database_url):
        for number, envelopes in enumerate(_in_files(store.envelopes.every_body()), start=1):
            (folder / f"parcel-{number:05}.amp").write_bytes(encode_parcel(envelopes))
            count += len(envelopes)
    click.echo(f"{count} sealed reports written")


def _in_files(envelopes: Iterator[bytes]) -> Iterator[list[bytes]]:
    while batch := list(islice(envelopes, PER_FILE)):
        yield batch


def _take_in(parcel: bytes) -> Counter[str]:
    """Put a parcel's whole envelopes; `Refusal` when it is no parcel."""
    records = parse_parcel(parcel)
    sealed = [record.body for record in records if isinstance(record, Record)]
    with store.writing():
        answers = store.envelopes.put(sealed, clock.today())
    refused = Counter({"refused": len(records) - len(sealed)})
    return Counter(str(answer.state) for answer in answers) + refused
