"""`amana places`: the places of another country."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from amana.cli import amana
from tests.server.workbooks import INVENTED, workbook


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a workbook in it."""
    monkeypatch.chdir(tmp_path)
    Path("nowhere.xlsx").write_bytes(workbook(INVENTED))
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(amana, ["places", "import", "nowhere.xlsx", "places", *arguments])


def test_a_workbook_becomes_the_two_files_that_a_build_reads(folder: Path) -> None:
    result = run("--carry", "XY01", "--source", "OCHA")
    assert result.output == "3 subdistricts, 3 places\n"
    admin, places = (
        json.loads((folder / "places" / name).read_text("utf-8"))
        for name in ("admin.json", "places.json")
    )
    assert (admin["source"], admin["carried"], len(admin["adm3"])) == ("OCHA", ["XY01"], 3)
    assert [row[0] for row in places["rows"]] == ["P0002", "P0001", "P0003"]


def test_other_names_come_from_a_file(folder: Path) -> None:
    Path("names.json").write_text('{"P0001": ["Gale Gap"]}')
    run("--carry", "XY01", "--names", "names.json")
    rows = json.loads((folder / "places/places.json").read_text("utf-8"))["rows"]
    assert rows[1][7] == ["Gale Gap"]


@pytest.mark.parametrize("text", ["P0001: Gale Gap", "[]", '{"P0001": "Gale Gap"}'])
def test_names_of_another_form_are_refused_and_nothing_is_written(folder: Path, text: str) -> None:
    Path("names.json").write_text(text)
    result = run("--carry", "XY01", "--names", "names.json")
    assert str(result.exception) == "names.json is not JSON with lists of names by code"
    assert not (folder / "places").exists()


def test_what_is_no_workbook_and_what_is_an_unfit_one_is_said_in_one_line(folder: Path) -> None:
    assert "XY01 Highland, XY02 Lowland" in str(run().exception)
    Path("nowhere.xlsx").write_bytes(b"no workbook")
    assert str(run("--carry", "XY01").exception) == "the file is no XLSX workbook"
    assert not (folder / "places").exists()
