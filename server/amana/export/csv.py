"""Summaries as CSV for spreadsheets and for HXL tools.

UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180): what spreadsheets of every age read
Arabic from. Notes come first: for whom the file is, of which weeks, by which rules, what it leaves
out. Then three header rows: Arabic, English, HXL hashtags; then a row for each cell, totals last.
A number that is not known or withheld is blank.
"""

import csv
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Final

from amana.core.places import Areas
from amana.core.vocabulary import Vocabulary

from .sheet import Sheet, Value, columns, lines, notes

_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA_STARTS: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")


class _Passing:
    """A file for `csv.writer` that keeps nothing and hands each line back."""

    def write(self, line: str) -> str:
        return line


def summary_csv(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> Iterator[str]:
    """The file, line by line."""
    head = columns(vocabulary)
    write_row = csv.writer(_Passing(), lineterminator="\r\n").writerow

    def line(values: Iterable[Value]) -> str:
        return str(write_row([_harmless(value) for value in values]))

    yield _BYTE_ORDER_MARK + line(("Amana", version("amana")))
    for note in notes(sheet):
        yield line((f"{note.ar} · {note.en}", *note.values))
    yield line(column.ar for column in head)
    yield line(column.en for column in head)
    yield line(column.hxl for column in head)
    for row in lines(sheet, areas, vocabulary):
        yield line(row.values())


def _harmless(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236)."""
    if isinstance(value, str) and value.lstrip()[:1] in _FORMULA_STARTS:
        return f"'{value}"
    return value
