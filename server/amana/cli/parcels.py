"""`amana parcels`: what travels by hand."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import batched
from pathlib import Path

import click

from amana import clock, store
from amana.cli.console import settings
from amana.core.envelope import LENGTHS
from amana.core.parcel import MAX_BYTES, MAX_RECORDS, encode_parcel, envelopes_of, parse_parcel
from amana.core.refusal import Refusal
from amana.organisation import OrganisationError

PER_FILE = min(MAX_RECORDS, MAX_BYTES // (max(LENGTHS) + 22))
"""Envelopes in an exported file: as many of the largest as surely fit in one parcel."""


@click.group()
def parcels() -> None:
    """Carry sealed reports between machines as files."""


@parcels.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def import_files(files: tuple[Path, ...]) -> None:
    """Take in parcel FILES that somebody carried; what is here already is known, not doubled."""
    outcome: Counter[str] = Counter()
    with (
        store.opened(settings().database_url),
        click.progressbar(files, label="Taking in", item_show_func=_name, file=_stderr()) as bar,
    ):
        for file in bar:
            outcome += _import(file)
    states = ("stored", "known", "parked", "refused")
    click.echo(", ".join(f"{outcome[state]} {state}" for state in states))


@parcels.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_files(folder: Path) -> None:
    """Write every sealed report held here into parcel files in FOLDER, still sealed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with store.opened(settings().database_url):
        count = 0
        for number, envelopes in enumerate(batched_bodies(), start=1):
            (folder / f"parcel-{number:05}.amp").write_bytes(encode_parcel(envelopes))
            count += len(envelopes)
    click.echo(f"{count} sealed reports written")


def batched_bodies() -> Iterator[Sequence[bytes]]:
    """All envelopes in the open store, in parcels' worth."""
    yield from batched(store.envelopes.every_body(), PER_FILE)


def _import(file: Path) -> Counter[str]:
    try:
        records = parse_parcel(file.read_bytes())
    except Refusal as error:
        message = f"{file.name} is not a parcel ({error.layer})"
        raise OrganisationError(message) from error
    sealed, refused = envelopes_of(records)
    with store.writing():
        put = store.envelopes.put(sealed, clock.today())
    return Counter(entry.state for entry in put) + Counter({"refused": len(refused)})


def _name(file: Path | None) -> str:
    return file.name if file else ""


def _stderr() -> "click.utils.LazyFile":
    return click.get_text_stream("stderr")
