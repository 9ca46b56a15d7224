"""The tables of an XLSX workbook."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from amana.core import workbook as reader
from amana.core.workbook import NotAWorkbook, Workbook
from tests.server.workbooks import workbook

TABLE = [{"name": "Jablah & sea", "number": "12.5"}, {"name": "", "number": "7.25"}, {"name": "x"}]


def test_a_sheet_gives_its_rows_by_their_headings_without_empty_cells() -> None:
    book = Workbook(workbook({"first": TABLE, "second": []}))
    assert book.sheets == ["first", "second"]
    assert list(book.rows("first")) == [
        {"name": "Jablah & sea", "number": "12.5"},
        {"number": "7.25"},
        {"name": "x"},
    ]
    assert list(book.rows("second")) == []


def test_what_is_no_workbook_is_refused() -> None:
    whole = workbook({"first": TABLE})
    for body in (b"", b"name,number", whole[: len(whole) // 2]):
        with pytest.raises(NotAWorkbook):
            Workbook(body)


def test_a_sheet_that_breaks_off_is_no_workbook() -> None:
    body = BytesIO()
    with ZipFile(BytesIO(workbook({"first": TABLE}))) as whole, ZipFile(body, "w") as broken:
        for part in whole.namelist():
            content = whole.read(part)
            broken.writestr(part, content[: len(content) * 3 // 4] if "sheet1" in part else content)
    with pytest.raises(NotAWorkbook):
        list(Workbook(body.getvalue()).rows("first"))


def test_a_part_that_unpacks_to_more_than_any_workbook_has_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 100)
    with pytest.raises(NotAWorkbook):
        Workbook(workbook({"first": TABLE}))
