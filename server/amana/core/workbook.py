"""Tables of an XLSX workbook: names of sheets and texts of cells, nothing else of it.

OCHA publishes the administrative areas of a country in that form.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import zip_longest
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

Row = dict[str, str]
"""Cells by the heading of their column; an empty cell is not in it."""

MAX_BYTES = 200_000_000
"""No part of a workbook is longer when it is unpacked."""


class NotAWorkbook(ValueError):
    """The file is no XLSX workbook."""


@contextmanager
def _whole() -> Iterator[None]:
    """What cannot be read is no workbook, wherever that shows."""
    try:
        yield
    except (BadZipFile, InvalidFileException, KeyError, ValueError, SyntaxError) as error:
        raise NotAWorkbook("the file is no XLSX workbook") from error


class Workbook:
    """The sheets of a workbook, read one by one; `NotAWorkbook` where that fails."""

    def __init__(self, body: bytes) -> None:
        """Take a workbook's bytes."""
        with _whole():
            parts = ZipFile(BytesIO(body)).infolist()
            if any(part.file_size > MAX_BYTES for part in parts):
                raise ValueError("too long")
            self._book = load_workbook(BytesIO(body), read_only=True, data_only=True)

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets."""
        return [sheet.title for sheet in self._book.worksheets]

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows below the first, which holds the headings."""
        with _whole():
            table = self._book[sheet]
            table.reset_dimensions()  # what a file says of its own size is often wrong
            rows = table.iter_rows(values_only=True)
            headings = [_text(cell) for cell in next(rows, ())]
            for row in rows:
                cells = zip_longest(headings, map(_text, row), fillvalue="")
                yield {heading: text for heading, text in cells if heading and text}


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
