"""A table as it leaves, before it is written in one form or another.

The columns are those of the vocabulary's `export.columns` that this program computes, in its order.
A number that is not known or withheld is None; `suppressed` is 1 where all were withheld, else 0.

The notes count rows and reports that are shown. How many reports there were in all they do not say:
it would be one more total, and what is withheld could be subtracted from it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from amana.core.cells import MONTH, WHOLE_NUMBERS, Cell
from amana.core.manifest import Words
from amana.core.places import Areas, adm2_of, level_of
from amana.core.tiers import Rules, Thresholds
from amana.core.timeliness import Timeliness
from amana.core.vocabulary import Column, Indicator, Vocabulary

Value = str | int | float | None

WHY_WITHHELD: Final = Words(
    "حماية من أبلغوا: أعداد صغيرة، أو مجاميع تكشفها",
    "To protect who reported: small numbers, and totals that would tell them",
)


IN_STEPS: Final = Words(
    "بين درجتين من 5 و10 و20 و50 و100 وهكذا، لا أقل من الأولى ولا أكثر من الثانية",
    "between two steps of 5, 10, 20, 50, 100 and so on, no fewer than the first and no more than"
    " the second",
)


@dataclass(frozen=True)
class Sheet:
    """One tier's table of the weeks from a Monday to a Sunday, as disclosure control leaves it.

    `types` are parts of rows by category. `revised` names the weeks of a governorate and kind that
    an earlier file told differently, `untold` are Mondays of weeks that are not in it,
    `settled_under` thresholds of weeks, by their Mondays, to which others than `rules` apply.
    `timeliness` is about the desk itself, for the inside only.
    """

    first: date
    last: date
    area: str
    rules: Rules
    rows: Sequence[Cell]
    totals: Sequence[Cell]
    types: Sequence[Cell] = ()
    revised: Sequence[str] = ()
    untold: Sequence[date] = ()
    settled_under: Mapping[date, Thresholds] = field(default_factory=dict)
    timeliness: Sequence[Timeliness] = ()


@dataclass(frozen=True)
class Note:
    """What everybody should know who reads the file: what it is called, and what is so."""

    ar: str
    en: str
    values: tuple[Value, ...]


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
    "category": lambda cell, _: cell.key.category,
    "access": lambda cell, _: cell.access_level,
    "mean4": lambda cell, _: cell.mean4,
    "suppressed": lambda cell, _: int(cell.suppressed),
}


def columns(vocabulary: Vocabulary) -> list[Column]:
    """The columns that are computed, in the vocabulary's order."""
    computed = _computed(vocabulary)
    return [column for column in vocabulary.columns if column.code in computed]


def indicators(vocabulary: Vocabulary) -> list[Indicator]:
    """What the columns mean, as far as they are computed, and what only the notes tell."""
    computed = _computed(vocabulary)
    return [
        each
        for each in vocabulary.indicators
        if not each.columns or any(code in computed for code in each.columns)
    ]


def lines(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> Iterator[dict[str, Value]]:
    """Each row, then totals, then types: values by their column's code, in the columns' order."""
    computed = _computed(vocabulary)
    codes = [column.code for column in columns(vocabulary)]
    for cell in (*sheet.rows, *sheet.totals, *sheet.types):
        yield {code: computed[code](cell, areas) for code in codes}


def notes(sheet: Sheet) -> list[Note]:
    """For whom the file is, of which weeks, by which rules, and what it leaves out."""
    rules, told = sheet.rules, (*sheet.rows, *sheet.totals)
    withheld = sum(cell.suppressed for cell in told)
    reports = sum(cell.reports or 0 for cell in sheet.rows)
    return [
        Note("لمن هذا الملف", "Tier", (rules.tier,)),
        Note("الفترة", "Period", (sheet.first.isoformat(), sheet.last.isoformat())),
        Note("أقل عدد بلاغات", "Fewest reports", (rules.k_reports,)),
        Note("أقل عدد أحداث", "Fewest events", (rules.m_events,)),
        Note("أقل عدد أشخاص أو عائلات", "Fewest people or families", (rules.k_people,)),
        Note("أيام التأخير", "Days of delay", (rules.delay_days,)),
        Note("صفوف ومجاميع", "Rows and totals", (len(told),)),
        Note("منها محجوب", "Of these withheld", (withheld,)),
        Note("بلاغات في الصفوف", "Reports in rows", (reports,)),
        Note("تغيّر عمّا في ملف سابق", "Revised since an earlier file", tuple(sheet.revised)),
        Note(
            "أسابيع ليست في هذا الملف",
            "Weeks not told in this file",
            tuple(monday.isoformat() for monday in sheet.untold),
        ),
        *(
            Note(
                "أسبوع بقواعد سابقة: أقل عدد بلاغات وأحداث وأشخاص",
                "Week under earlier rules: fewest reports, events, people",
                (monday.isoformat(), *thresholds.limits),
            )
            for monday, thresholds in sheet.settled_under.items()
        ),
        Note(
            "سبب الحجب",
            "Why withheld",
            (WHY_WITHHELD.ar, WHY_WITHHELD.en),
        ),
        *(
            [Note("أعداد الأشخاص والعائلات", "People and families", (IN_STEPS.ar, IN_STEPS.en))]
            if rules.tier != "internal"
            else []
        ),
        *(
            Note(
                "أسبوع التقييم الأول، ووسيط أيام انتظاره، وعدد البلاغات",
                "Week of the first assessment, median of days waited for it, reports",
                (each.week.isoformat(), each.days, each.reports),
            )
            for each in sheet.timeliness
        ),
    ]


def _computed(vocabulary: Vocabulary) -> dict[str, Callable[[Cell, Areas], Value]]:
    numbers = {name: partial(_number, name=name) for name in WHOLE_NUMBERS}
    return {**_COMPUTED, **numbers, **_people(vocabulary.household_size)}


def _people(size: int) -> dict[str, Callable[[Cell, Areas], Value]]:
    """Displaced people: families times what a family is taken for. They tell no more than those."""
    ends = ("min", "mid", "max")
    return {f"people_{end}": partial(_times, name=f"hh_{end}", size=size) for end in ends}


def _number(cell: Cell, _areas: Areas, *, name: str) -> Value:
    number: int | None = getattr(cell, name)
    return number


def _times(cell: Cell, _areas: Areas, *, name: str, size: int) -> Value:
    families: int | None = getattr(cell, name)
    return None if families is None else families * size


def _adm2(cell: Cell) -> str:
    return adm2_of(cell.key.area) if level_of(cell.key.area) in ("adm2", "adm3") else ""


def _adm3(cell: Cell) -> str:
    return cell.key.area if level_of(cell.key.area) == "adm3" else ""


def _level(cell: Cell) -> str:
    """What a row is about; a total, and a part, is told from other rows by this."""
    level = level_of(cell.key.area)
    if cell.key.category:
        return f"{level} category"
    return f"{level} month" if cell.key.span == MONTH else level


def _name(names: Mapping[str, Mapping[str, str]], code: str, language: str) -> str:
    """An area's name; blank when it has left the shipped list since it was assessed."""
    return names[code][language] if code in names else ""
