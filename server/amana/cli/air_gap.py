"""`amana open`: read reports on a machine without a network."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from amana.cli.console import INPUT_FILE, OUTPUT_FILE, ask_passphrase
from amana.core.envelope import envelope_id, open_envelope
from amana.core.parcel import ENVELOPE, Record, parse_parcel
from amana.core.refusal import Refusal
from amana.core.report import parse_report
from amana.core.vocabulary import Vocabulary
from amana.organisation import (
    OrganisationError,
    open_desk_seeds,
    recovered_desk_seeds,
    write_private,
)

_FILE = click.Path(path_type=Path, exists=True)


@click.command("open")
@click.argument("paths", nargs=-1, required=True, type=_FILE)
@click.option(
    "--key", "key_file", type=INPUT_FILE, required=True, help="From `amana members export`."
)
@click.option(
    "--passphrase-file", type=INPUT_FILE, help="The member's passphrase; asked for otherwise."
)
@click.option(
    "--shares",
    "shares_file",
    type=INPUT_FILE,
    help="Recovery shares, one a line, instead of a member.",
)
@click.option("--output", "-o", type=OUTPUT_FILE, help="A new file (mode 0600), not stdout.")
def open_command(
    paths: tuple[Path, ...],
    key_file: Path,
    passphrase_file: Path | None,
    shares_file: Path | None,
    output: Path | None,
) -> None:
    """Open the sealed reports in PATHS (envelopes, parcels or folders of them) as JSON Lines.

    Needs no database and no network. A report that does not open is a line too, with the reason.
    With --shares, --key is the file from `amana members export-recovery`.
    """
    seeds = _seeds(key_file, passphrase_file, shares_file)
    lines = [json.dumps(line, ensure_ascii=False) for line in _opened(paths, seeds)]
    text = "\n".join(lines) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_private(output, text)


def _seeds(
    key_file: Path, passphrase_file: Path | None, shares_file: Path | None
) -> Mapping[bytes, bytes]:
    try:
        key = json.loads(key_file.read_text("utf-8"))
        grants = key["grants"]
    except (ValueError, KeyError, TypeError) as error:
        message = f"{key_file.name} is not a key file"
        raise OrganisationError(message) from error
    if shares_file is not None:
        shares = [line for line in shares_file.read_text("utf-8").splitlines() if line.strip()]
        return recovered_desk_seeds(grants, shares)
    name = str(key.get("name", "the member"))
    return open_desk_seeds(key, ask_passphrase(name, passphrase_file))


def _opened(paths: Iterable[Path], seeds: Mapping[bytes, bytes]) -> Iterator[dict[str, Any]]:
    vocabulary = Vocabulary.load()
    envelopes = [envelope for path in paths for file in _files(path) for envelope in _read(file)]
    with click.progressbar(envelopes, label="Opening", file=sys.stderr) as bar:
        for envelope in bar:
            identity = envelope_id(envelope).hex()
            try:
                report = parse_report(open_envelope(envelope, seeds), vocabulary)
                yield {"id": identity, "report": report}
            except Refusal as error:
                yield {"id": identity, "error": error.layer}


def _files(path: Path) -> list[Path]:
    return sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]


def _read(file: Path) -> list[bytes]:
    """A parcel's envelopes; any other file is taken for one envelope, judged when it is opened."""
    content = file.read_bytes()
    try:
        records = parse_parcel(content)
    except Refusal:
        return [content]
    return [entry.body for entry in records if isinstance(entry, Record) and entry.type == ENVELOPE]
