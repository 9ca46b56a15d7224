"""Summaries as CSV for spreadsheets and for HXL tools.

UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180): what spreadsheets of every age read
Arabic from. Notes come first: for whom the file is, of which weeks, by which rules, what it leaves
out. Then three header rows: Arabic, English, HXL hashtags; then a row for each cell, totals last.
The columns are those of the vocabulary's `export.columns` that are computed so far, in its order. A
number that is not known or withheld is blank; `suppressed` is 1 where all were withheld, else 0.

The notes count rows and reports that are shown. How many reports there were in all they do not say:
it would be one more total, and what is withheld could be subtracted from it.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib.metadata import version
from typing import Final

from amana.core.places import Areas, adm2_of, level_of
from amana.core.summary import MONTH, Cell
from amana.core.tiers import Rules
from amana.core.vocabulary import Vocabulary

_BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA_STARTS: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")

Value = str | int | None


@dataclass(frozen=True)
class Sheet:
    """One tier's table of the weeks from a Monday to a Sunday, as disclosure control leaves it.

    `revised` names the weeks of a governorate and kind that an earlier file told differently.
    """

    first: date
    last: date
    area: str
    rules: Rules
    rows: Sequence[Cell]
    totals: Sequence[Cell]
    revised: Sequence[str] = ()


_COMPUTED: Final[Mapping[str, Callable[[Cell, Areas], Value]]] = {
    "week_start": lambda cell, _: cell.key.start.isoformat(),
    "week_end": lambda cell, _: cell.end.isoformat(),
    "adm1_code": lambda cell, _: cell.adm1,
    "adm1_ar": lambda cell, areas: _name(areas.adm1, cell.adm1, "ar"),
    "adm1_en": lambda cell, areas: _name(areas.adm1, cell.adm1, "en"),
    "adm2_code": lambda cell, _: _adm2(cell),
    "adm2_ar": lambda cell, areas: _name(areas.adm2, _adm2(cell), "ar"),
    "adm2_en": lambda cell, areas: _name(areas.adm2, _adm2(cell), "en"),
    "adm3_code": lambda cell, _: _adm3(cell),
    "adm3_ar": lambda cell, areas: _name(areas.adm3, _adm3(cell), "ar"),
    "adm3_en": lambda cell, areas: _name(areas.adm3, _adm3(cell), "en"),
    "level": lambda cell, _: _level(cell),
    "kind": lambda cell, _: cell.key.kind,
    "reports": lambda cell, _: cell.reports,
    "events": lambda cell, _: cell.events,
    "hh_min": lambda cell, _: cell.hh_min,
    "hh_mid": lambda cell, _: cell.hh_mid,
    "hh_max": lambda cell, _: cell.hh_max,
    "killed_min": lambda cell, _: cell.killed_min,
    "killed_max": lambda cell, _: cell.killed_max,
    "injured_min": lambda cell, _: cell.injured_min,
    "injured_max": lambda cell, _: cell.injured_max,
    "taken_min": lambda cell, _: cell.taken_min,
    "taken_max": lambda cell, _: cell.taken_max,
    "severity": lambda cell, _: cell.severity,
    "v1": lambda cell, _: cell.v1,
    "v2": lambda cell, _: cell.v2,
    "v3plus": lambda cell, _: cell.v3plus,
    "contested": lambda cell, _: cell.contested,
    "suppressed": lambda cell, _: int(cell.suppressed),
}


class _Passing:
    """A file for `csv.writer` that keeps nothing and hands each line back."""

    def write(self, line: str) -> str:
        return line


def summary_csv(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> Iterator[str]:
    """The file, line by line."""
    computed = {**_COMPUTED, **_people(vocabulary.household_size)}
    columns = [column for column in vocabulary.columns if column.code in computed]
    write_row = csv.writer(_Passing(), lineterminator="\r\n").writerow

    def line(values: Iterable[Value]) -> str:
        return str(write_row([_harmless(value) for value in values]))

    yield _BYTE_ORDER_MARK + line(("Amana", version("amana")))
    for note in _notes(sheet):
        yield line(note)
    yield line(column.ar for column in columns)
    yield line(column.en for column in columns)
    yield line(column.hxl for column in columns)
    for cell in (*sheet.rows, *sheet.totals):
        yield line(computed[column.code](cell, areas) for column in columns)


def _notes(sheet: Sheet) -> Iterator[tuple[Value, ...]]:
    """What everybody should know who reads the file, in Arabic and English."""
    rules, told = sheet.rules, (*sheet.rows, *sheet.totals)
    yield "لمن هذا الملف · Tier", rules.tier
    yield "الفترة · Period", sheet.first.isoformat(), sheet.last.isoformat()
    yield "أقل عدد بلاغات · Fewest reports", rules.k_reports
    yield "أقل عدد أحداث · Fewest events", rules.m_events
    yield "أقل عدد أشخاص أو عائلات · Fewest people or families", rules.k_people
    yield "أيام التأخير · Days of delay", rules.delay_days
    yield "صفوف ومجاميع · Rows and totals", len(told)
    yield "منها محجوب · Of these withheld", sum(cell.suppressed for cell in told)
    yield "بلاغات في الصفوف · Reports in rows", sum(cell.reports or 0 for cell in sheet.rows)
    yield "تغيّر عمّا في ملف سابق · Revised since an earlier file", *sheet.revised
    yield (
        "سبب الحجب · Why withheld",
        "حماية من أبلغوا: أعداد صغيرة، أو مجاميع تكشفها · "
        "To protect who reported: small numbers, and totals that would tell them",
    )


def _people(size: int) -> dict[str, Callable[[Cell, Areas], Value]]:
    """Displaced people: families times what a family is taken for. They tell no more than those."""
    ends = ("min", "mid", "max")
    return {f"people_{end}": partial(_times, name=f"hh_{end}", size=size) for end in ends}


def _times(cell: Cell, _areas: Areas, *, name: str, size: int) -> Value:
    families: int | None = getattr(cell, name)
    return None if families is None else families * size


def _adm2(cell: Cell) -> str:
    return adm2_of(cell.key.area) if level_of(cell.key.area) in ("adm2", "adm3") else ""


def _adm3(cell: Cell) -> str:
    return cell.key.area if level_of(cell.key.area) == "adm3" else ""


def _level(cell: Cell) -> str:
    """What a row is about; a total is told from what it sums by this."""
    level = level_of(cell.key.area)
    return f"{level} month" if cell.key.span == MONTH else level


def _name(names: Mapping[str, Mapping[str, str]], code: str, language: str) -> str:
    """An area's name; blank when it has left the shipped list since it was assessed."""
    return names[code][language] if code in names else ""


def _harmless(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236)."""
    if isinstance(value, str) and value.lstrip()[:1] in _FORMULA_STARTS:
        return f"'{value}"
    return value
