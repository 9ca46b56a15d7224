"""`amana places`: the places of a country."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from amana.cli.console import INPUT_FILE
from amana.core.gazetteer import Choices, UnfitWorkbook, read_gazetteer
from amana.core.workbook import NotAWorkbook, Workbook
from amana.organisation import OrganisationError

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def places() -> None:
    """Bring the places of a country."""


@places.command("import")
@click.argument("workbook", type=INPUT_FILE)
@click.argument("folder", type=FOLDER)
@click.option(
    "--carry", multiple=True, metavar="CODE", help="A governorate that travels with the app."
)
@click.option("--names", type=INPUT_FILE, help="Other names: JSON, lists by a place's code.")
@click.option("--source", help="Who is credited; the name of the workbook unless given.")
def import_workbook(
    workbook: Path, folder: Path, carry: tuple[str, ...], names: Path | None, source: str | None
) -> None:
    """Read a country's WORKBOOK of boundaries (OCHA COD-AB) and write its areas and places into
    FOLDER, for `AMANA_PLACES=FOLDER make build`."""
    choices = Choices(source or f"OCHA COD-AB, {workbook.stem}", carry, _other_names(names))
    try:
        admin, found = read_gazetteer(Workbook(workbook.read_bytes()), choices)
    except (NotAWorkbook, UnfitWorkbook) as error:
        raise OrganisationError(str(error)) from error
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("admin.json", admin), ("places.json", found)):
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (folder / name).write_text(text, "utf-8")
    click.echo(f"{len(admin['adm3'])} subdistricts, {len(found['rows'])} places")


def _other_names(file: Path | None) -> Mapping[str, Sequence[str]]:
    """The names in a file; `OrganisationError` when it has another form."""
    if file is None:
        return {}
    try:
        names = json.loads(file.read_text("utf-8"))
    except ValueError:
        names = None
    is_fit = isinstance(names, dict) and all(
        isinstance(each, list) and all(isinstance(name, str) for name in each)
        for each in names.values()
    )
    if not is_fit:
        raise OrganisationError(f"{file.name} is not JSON with lists of names by code")
    return dict(names)
