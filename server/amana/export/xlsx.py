"""Summaries as a workbook for people who work in spreadsheets (Office Open XML).

The table stands in it twice, with Arabic headings from right to left and with English ones, then
the notes: rules, what is withheld, what each number means, whose the areas are. Beneath the
headings are the HXL hashtags; both stay in sight. Numbers are numbers, days are days, and text is
only ever text: a cell that begins like a formula is written as what it says.

The document says nothing of a machine or a member: no author, and for its day the last of the
table's, so that the same table is the same file. While it is written, rows wait in a temporary file
that only the server's own user can read.
"""

import io
from collections.abc import Iterable
from datetime import date, datetime, time
from importlib.metadata import version
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from amana.core.places import Areas
from amana.core.vocabulary import Column, Vocabulary

from .sheet import Sheet, Value, columns, indicators, lines, notes

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_ARABIC, _ENGLISH, _NOTES = "الملخص", "Summary", "ملاحظات Notes"
_HEADINGS: Final = 2
_NARROWEST, _WIDEST, _NOTE_WIDTH = 10, 24, 40
_SHADE: Final = "#E7EEF0"
_WITHHELD: Final = "#EEEEEE"


def summary_xlsx(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> bytes:
    """The workbook."""
    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        book.set_properties({"title": "Amana", "created": _midnight(sheet.last)})
        formats = _Formats(book)
        head = columns(vocabulary)
        for name, headings in (
            (_ARABIC, [column.ar for column in head]),
            (_ENGLISH, [column.en for column in head]),
        ):
            page = book.add_worksheet(name)
            _write_headings(page, formats, headings, head)
            row = _HEADINGS
            for row, line in enumerate(lines(sheet, areas, vocabulary), _HEADINGS):
                _write_line(page, formats, row, (head, line))
            page.autofilter(1, 0, row, len(head) - 1)
        _write_notes(book.add_worksheet(_NOTES), formats, _note_rows(sheet, areas, vocabulary))
        for page in book.worksheets():
            if page.get_name() != _ENGLISH:
                page.right_to_left()
    return file.getvalue()


class _Formats:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        wrapped = {"text_wrap": True, "valign": "top"}
        day = {"num_format": "yyyy-mm-dd", "align": "left"}
        withheld = {"bg_color": _WITHHELD}
        self.heading: Format = book.add_format({"bold": True, "bg_color": _SHADE, **wrapped})
        self.tag: Format = book.add_format({"font_color": "#555555", "bg_color": _SHADE})
        self.withheld: Format = book.add_format(withheld)
        self.day: Format = book.add_format(day)
        self.withheld_day: Format = book.add_format(day | withheld)
        self.note: Format = book.add_format(wrapped)

    def of(self, value: object, is_withheld: bool) -> Format | None:
        """The look of a value in a row."""
        if isinstance(value, date):
            return self.withheld_day if is_withheld else self.day
        return self.withheld if is_withheld else None


def _write_headings(
    page: Worksheet, formats: _Formats, headings: list[str], head: list[Column]
) -> None:
    page.freeze_panes(_HEADINGS, 0)
    for at, heading in enumerate(headings):
        page.set_column(at, at, min(max(len(heading), _NARROWEST), _WIDEST))
        page.write_string(0, at, heading, formats.heading)
    for at, column in enumerate(head):
        page.write_string(1, at, column.hxl, formats.tag)


def _write_line(
    page: Worksheet, formats: _Formats, row: int, told: tuple[list[Column], dict[str, Value]]
) -> None:
    head, line = told
    is_withheld = line.get("suppressed") == 1
    if is_withheld:
        page.set_row(row, None, formats.withheld)
    for at, column in enumerate(head):
        value = _day_or_value(column, line[column.code])
        _write(page, (row, at), value, formats.of(value, is_withheld))


def _day_or_value(column: Column, value: Value) -> Value | date:
    if column.hxl.startswith("#date") and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def _write(
    page: Worksheet, at: tuple[int, int], value: Value | date, format_: Format | None
) -> None:
    """A cell; none at all where there is nothing to say, which most cells have not."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(*at, value, format_)
    elif isinstance(value, date):
        page.write_datetime(*at, _midnight(value), format_)
    else:
        page.write_number(*at, value, format_)


def _note_rows(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> list[list[Value]]:
    """The notes row by row: Arabic, English, what is so."""
    told: list[list[Value]] = [["أمانة", "Amana", version("amana")]]
    told += [[note.ar, note.en, *note.values] for note in notes(sheet)]
    told += [["مصدر المناطق", "Source of areas", areas.source], [], ["المؤشرات", "Indicators"]]
    for each in indicators(vocabulary):
        told.append([each.ar, each.en, each.formula_ar, each.formula_en, " ".join(each.columns)])
    return told


def _write_notes(page: Worksheet, formats: _Formats, told: Iterable[list[Any]]) -> None:
    page.set_column(0, 3, _NOTE_WIDTH)
    for row, values in enumerate(told):
        for at, value in enumerate(values):
            _write(page, (row, at), value, formats.note)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
