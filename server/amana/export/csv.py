"""Summaries as CSV for spreadsheets and for HXL tools.

UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180): what spreadsheets of every age read
Arabic from. Three header rows: Arabic, English, HXL hashtags; then a row for each cell. The columns
are those of the vocabulary's `export.columns` that are computed so far, in its order. A number that
is not known or withheld is blank; `suppressed` is 1 where a number was withheld, else 0.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from amana.core.places import Areas
from amana.core.summary import Cell
from amana.core.vocabulary import Vocabulary

_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA_STARTS: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")

Value = str | int | None

_COMPUTED: Final[Mapping[str, Callable[[Cell, Areas], Value]]] = {
    "week_start": lambda cell, _: cell.key.week_start.isoformat(),
    "week_end": lambda cell, _: cell.week_end.isoformat(),
    "adm1_code": lambda cell, _: cell.adm1,
    "adm1_ar": lambda cell, areas: _name(areas.adm1, cell.adm1, "ar"),
    "adm1_en": lambda cell, areas: _name(areas.adm1, cell.adm1, "en"),
    "adm2_code": lambda cell, _: cell.key.adm2,
    "adm2_ar": lambda cell, areas: _name(areas.adm2, cell.key.adm2, "ar"),
    "adm2_en": lambda cell, areas: _name(areas.adm2, cell.key.adm2, "en"),
    "kind": lambda cell, _: cell.key.kind,
    "reports": lambda cell, _: cell.reports,
    "events": lambda cell, _: cell.events,
    "hh_min": lambda cell, _: cell.hh_min,
    "hh_mid": lambda cell, _: cell.hh_mid,
    "hh_max": lambda cell, _: cell.hh_max,
    "severity": lambda cell, _: cell.severity,
    "v3plus": lambda cell, _: cell.v3plus,
    "contested": lambda cell, _: cell.contested,
    "suppressed": lambda cell, _: int(cell.suppressed),
}


class _Passing:
    """A file for `csv.writer` that keeps nothing and hands each line back."""

    def write(self, line: str) -> str:
        return line


def summary_csv(cells: Iterable[Cell], areas: Areas, vocabulary: Vocabulary) -> Iterator[str]:
    """The file, line by line, of cells that disclosure control has been through."""
    columns = [column for column in vocabulary.columns if column.code in _COMPUTED]
    write_row = csv.writer(_Passing(), lineterminator="\r\n").writerow

    def line(values: Iterable[Value]) -> str:
        return str(write_row([_harmless(value) for value in values]))

    yield _BYTE_ORDER_MARK + line(column.ar for column in columns)
    yield line(column.en for column in columns)
    yield line(column.hxl for column in columns)
    for cell in cells:
        yield line(_COMPUTED[column.code](cell, areas) for column in columns)


def _name(names: Mapping[str, Mapping[str, str]], code: str, language: str) -> str:
    """An area's name; blank when it has left the shipped list since it was assessed."""
    return names[code][language] if code in names else ""


def _harmless(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236)."""
    if isinstance(value, str) and value.lstrip()[:1] in _FORMULA_STARTS:
        return f"'{value}"
    return value
