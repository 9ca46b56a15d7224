"""Disclosure control: which numbers of a table, with its totals, may be shown.

The table is a tree. A district's row of one week and kind has its subdistricts below it, and above
it the governorate's week, the governorate's month and the country's month, each the sum of what is
below it. A week belongs to the month its Thursday lies in. Every answer of a tier is a part of this
one table, so that no two answers can be subtracted from each other.

**Rows.** A district's row is shown when it rests on `k_reports` reports in `m_events` events, and
in a public table when all of them may go public. Else the row stays and says "withheld": leaving it
out would make "somebody told us something" look like "all is quiet". All its numbers go together.

**Totals.** What a total shows and its rows do not is the *rest*: the sum of its withheld rows. Each
withheld row is added up in one total at most, and which one is said by what everybody sees: that of
the governorate's week where `APART` rows or more of it are withheld, else that of the governorate's
month, where rows of two of its weeks are. With n rows in it the total is shown when its rest is of
at least n + k - 2 and at most (n - 1)(k - 1) + 1 reports, and of at least n + m - 1 events. Then
each withheld row can still be of any number of reports from 1 to k - 1, which is what the word
withheld says of it anyway (the *protected width*), even for somebody who knows these rules and that
one of the reports is their own. Such a total tells reports and events and nothing else. Otherwise
it is withheld, and so is every total above it (complementary suppression): if its rest were tried
again further up, then that it was not safe below would tell what it is. So a small number rolls up
from district to governorate, or from week to month.

**Subdistricts** are shown below a row that is shown, while what they leave of it is nothing or
could be a row itself, and could all be parts that are too small to be shown, any of which might be
nothing: then nobody knows whether one was left out with the small ones. Else the smallest of them
are left out too. One that is left out is not named. A row in which a shelter can be attacked has no
subdistricts outside: the one that is not named would be the one.

**Categories** are parts of a row as well, by the same rule, and tell reports and events only.

**Families that came.** A district's `came_*` count events of rows whose families are shown, and no
others, so that they tell nothing of rows that are withheld. Over each week they are shown while
what they leave of those rows is nothing or a number that could be shown itself. Inside only:
outside they would be totals across all districts, and a week that is revised would tell them apart.

**People.** A number of families or of people harmed from 1 to `k_people` - 1 is blank, with the
others of its kind, and so it is in every total above. What leaves tells the others in steps
(`core.steps`), and totals of them are sums of what their rows tell. A public table tells harm by
governorate and week, only its low end, and only where it cannot be laid to one district.

**A public table** shows nothing that the partners' table of the same reports does not show.

What this does not do:

- It counts reports, not people: one person who sends three lifts a row over the line.
- A row that is shown may still say something small and exact of things that are not people.
- Whoever knows more than the tables and one report, such as all reports but one, is not held off.
- The internal table follows every hour: whoever watches it sees it change by one report at a time.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from amana.core.cells import (
    HARMED,
    MONTH,
    OTHERS,
    PEOPLE,
    STOCKS,
    WEEK,
    Cell,
    CellKey,
    add,
    month_of,
)
from amana.core.places import Areas, adm1_of, adm2_of, level_of
from amana.core.steps import at_least, in_steps, with_middles
from amana.core.summary import CALM, HARM, MEASURES, NO_ARRIVAL
from amana.core.tiers import Rules
from amana.core.vocabulary import Vocabulary


@dataclass(frozen=True)
class Period:
    """Whole weeks, by the Mondays of the first and the last, `without` some between."""

    first: date
    last: date
    without: frozenset[date] = frozenset()

    def has_week(self, monday: date) -> bool:
        """Whether a week lies in it."""
        return self.first <= monday <= self.last and monday not in self.without

    def has_month(self, month: date) -> bool:
        """Whether all weeks of a month lie in it."""
        monday = month + timedelta(days=(3 - month.weekday()) % 7 - 3)
        weeks = [monday + timedelta(weeks=number) for number in range(5)]
        return all(self.has_week(week) for week in weeks if month_of(week) == month)


@dataclass(frozen=True)
class Rest:
    """What is in a total and in none of the numbers shown below it; `rows` are the withheld."""

    reports: int = 0
    events: int = 0
    rows: int = 0

    def __add__(self, other: "Rest") -> "Rest":
        return Rest(
            self.reports + other.reports, self.events + other.events, self.rows + other.rows
        )

    def is_safe(self, rules: Rules) -> bool:
        """Whether every withheld row can still be anything that withheld rows can be."""
        k, m, n = rules.k_reports, rules.m_events, self.rows
        most = (n - 1) * (k - 1) + 1
        return n + k - 2 <= self.reports <= most and self.events >= n + m - 1


NOTHING: Final = Rest()
APART: Final = 3
"""From how many withheld rows on they are added up in their governorate's week."""
ALWAYS: Final = 1
HARM_DISTRICTS: Final = 3
"""In how many districts harm can have been, where the public is told of it in their governorate."""
AREA, CATEGORY, ARRIVAL = "area", "category", "arrival"
Parts = dict[tuple[str, CellKey], list[Cell]]
"""A row's parts, by what they are parts by (one of the above) and the row's key."""


@dataclass(frozen=True)
class Divisions:
    """Into how many parts a row can fall: subdistricts by district, categories by kind.

    A kind's categories are one more than have a code: an event may have none.
    """

    subdistricts: Mapping[str, int]
    categories: Mapping[str, int]

    @classmethod
    def of(cls, areas: Areas, vocabulary: Vocabulary) -> "Divisions":
        """Those of a country's areas and of a vocabulary."""
        (field,) = (each for each in vocabulary.assessment if each.code == "category")
        categories = {kind: {*codes, CALM} for kind, codes in field.values.items()}
        return cls(
            Counter(adm2_of(area) for area in areas.adm3),
            {kind: len(codes) for kind, codes in categories.items()},
        )

    def number(self, dimension: str, key: CellKey) -> int:
        """How many parts by a dimension the row of a key can have."""
        if dimension == AREA:
            return self.subdistricts.get(key.area, 1)
        return self.categories.get(key.kind, 1)

    @property
    def arrivals(self) -> int:
        """How many places families can come to: districts, or nobody knows where."""
        return len(self.subdistricts) + 1


@dataclass(frozen=True)
class Told:
    """A row or a total: its numbers, what is shown of it, what a total above has to hide.

    `is_whole`: nothing below it is withheld. `has_people`: no number of people is. `is_stuck`: no
    total above it may be shown.
    """

    counted: Cell
    shown: Cell
    rest: Rest
    is_whole: bool
    has_people: bool
    is_stuck: bool = False


def disclose(
    counted: Iterable[Cell],
    rules: Rules,
    period: Period,
    divisions: Divisions,
    within: Iterable[Cell] | None = None,
) -> list[Cell]:
    """The table of the weeks in a period, sorted by key: shown numbers, and rows that are withheld.

    `counted` are cells by week of districts, and of their parts: by subdistrict, by category and,
    inside, by arrival. `within`, the table of a tier that tells more, bounds which rows and totals
    are shown.
    """
    bound = None if within is None else {cell.key for cell in within if not cell.suppressed}
    judge = _Judge(rules, bound, divisions)
    rows, parts = _rows_and_parts(counted, period)
    told = [judge.row(cell) for cell in rows]
    small = [cell for row in told for cell in judge.parts(row, parts)]
    governorates = judge.totals(told, _governorate, APART)
    whole = [each for each in governorates if period.has_month(month_of(each.counted.key.start))]
    months = judge.totals(whole, _month, ALWAYS)
    country = judge.totals(months, _country, ALWAYS)
    shown = [each.shown for each in (*told, *governorates, *months, *country)]
    return sorted((*small, *_with_came(shown, judge.came(told, parts))), key=lambda cell: cell.key)


def is_shown(row: Cell, rules: Rules) -> bool:
    """Whether a district's row is shown."""
    return not _Judge(rules, None, Divisions({}, {})).row(row).shown.suppressed


def pieces(
    counted: Iterable[Cell], rules: Rules, divisions: Divisions, dimension: str
) -> dict[CellKey, Cell]:
    """What shown rows tell, taken apart so that no piece is part of another.

    A piece is a part that is shown, by `AREA` or by `CATEGORY` as the `dimension` says, or by the
    row's own key what the row holds besides; of categories, in reports and events.
    """
    judge = _Judge(rules, None, divisions)
    rows, parts = _rows_and_parts(counted, Period(date.min, date.max))
    found: dict[CellKey, Cell] = {}
    for counted_row in rows:
        key, row = counted_row.key, judge.row(counted_row)
        below = parts[dimension, key]
        small = {cell.key for cell in judge.parts(row, parts)}
        named = [cell for cell in below if cell.key in small]
        left = [cell for cell in below if cell.key not in small]
        if row.shown.suppressed:
            continue
        if dimension == CATEGORY:
            found[key] = _less(counted_row, named)
        elif left or not below:
            found[key] = add(key, left or [counted_row])
        found |= {cell.key: cell for cell in named}
    return found


@dataclass(frozen=True)
class _Judge:
    """What one tier shows: `bound` are the keys of what the tier before it shows."""

    rules: Rules
    bound: Collection[CellKey] | None
    divisions: Divisions

    def row(self, cell: Cell) -> Told:
        """A district's row: all numbers together, or none."""
        if not self._stands(cell):
            rest = Rest(cell.reports or 0, cell.events or 0, rows=1)
            return _withheld(cell, rest, is_stuck=False)
        has_people = not self._has_few_people(cell)
        hidden = PEOPLE if not has_people else HARMED if self.rules.is_public else ()
        told = self._leaving(cell)
        return Told(told, _blank(told, hidden), NOTHING, is_whole=True, has_people=has_people)

    def totals(
        self, parts: Iterable[Told], up: Callable[[CellKey], CellKey], least: int
    ) -> list[Told]:
        """The totals of parts that `up` gives the same key; `least` withheld rows are added up."""
        groups: dict[CellKey, list[Told]] = defaultdict(list)
        for part in parts:
            groups[up(part.counted.key)].append(part)
        return [self._total(key, group, least) for key, group in groups.items()]

    def parts(self, row: Told, parts: Parts) -> list[Cell]:
        """The subdistricts and the categories that are shown below a row."""
        if row.shown.suppressed:
            return []
        return [*self._subdistricts(row, parts), *self._categories(row, parts)]

    def came(self, rows: Iterable[Told], parts: Parts) -> dict[CellKey, Cell]:
        """Families that came, by the key of the row of the district that they came to."""
        if not self._is_inside:
            return {}
        districts: dict[CellKey, list[Cell]] = defaultdict(list)
        for row in rows:
            for cell in parts[ARRIVAL, row.counted.key] if row.has_people else ():
                district = cell.key._replace(area=cell.key.arrival, arrival="")
                districts[district].append(cell)
        weeks: dict[date, list[Cell]] = defaultdict(list)
        for key, cells in districts.items():
            weeks[key.start].append(add(key, cells))
        found: dict[CellKey, Cell] = {}
        for week in weeks.values():
            named = (cell for cell in week if cell.key.area != NO_ARRIVAL)
            may = [cell for cell in named if cell.hh_min is not None]
            shown = self._standing(week, may, self.divisions.arrivals)
            found |= {cell.key: cell for cell in shown}
        return found

    def _subdistricts(self, row: Told, parts: Parts) -> list[Cell]:
        below = parts[AREA, row.counted.key]
        is_exposed = not self._is_inside and any(cell.is_exposed for cell in below)
        if self.rules.is_public or is_exposed or not row.has_people:
            return []
        possible = self.divisions.number(AREA, row.counted.key)
        shown = self._standing(below, below, possible)
        return [_blank(self._leaving(cell), ()) for cell in shown]

    def _categories(self, row: Told, parts: Parts) -> list[Cell]:
        below = parts[CATEGORY, row.counted.key]
        besides = _less(row.counted, below)
        everything = [*below, besides] if besides.reports else below
        possible = self.divisions.number(CATEGORY, row.counted.key)
        shown = self._standing(everything, below, possible)
        return [_blank(cell, (*OTHERS, *PEOPLE)) for cell in shown]

    def _standing(self, parts: Sequence[Cell], may: Sequence[Cell], possible: int) -> list[Cell]:
        """The parts that are shown, of those that may, where so many are possible."""
        shown = [cell for cell in may if self._stands(cell) and not self._has_few_people(cell)]
        shown.sort(key=lambda cell: (cell.reports or 0, cell.events or 0, cell.key), reverse=True)
        while shown and not self._hides(parts, shown, possible):
            shown.pop()
        return shown

    def _of_weeks_only(self, key: CellKey) -> Sequence[str]:
        """What a month does not tell; public harm: its blank would tell of a week without it."""
        if key.span == WEEK:
            return ()
        return (*STOCKS, *HARMED) if self.rules.is_public else STOCKS

    def _hides(self, parts: Sequence[Cell], shown: Sequence[Cell], possible: int) -> bool:
        """Whether the parts that are left out can be anything from nothing on."""
        left = [cell for cell in parts if cell not in shown]
        if not left:
            return True
        rest, others = add(left[0].key, left), possible - len(shown) - 1
        is_row = self._is_enough(rest) and not self._has_few_people(rest)
        return is_row and self._could_be_small(rest, others)

    def _could_be_small(self, rest: Cell, parts: int) -> bool:
        """Whether so many parts, none of which could be shown, can be all of a rest."""
        reports, events, most = rest.reports or 0, rest.events or 0, self.rules.k_reports - 1
        have_few_reports = reports <= min(parts, events) * most
        have_few_events = self.rules.m_events > 1 and events <= parts
        return have_few_reports or have_few_events

    def _total(self, key: CellKey, parts: Sequence[Told], least: int) -> Told:
        cell = add(key, [part.counted for part in parts])
        rest = sum((part.rest for part in parts), NOTHING)
        is_free = self._may_show(cell) and not any(part.is_stuck for part in parts)
        # Of one part alone the rest would be that part's own total, which is withheld.
        is_of_several = sum(part.rest != NOTHING for part in parts) > 1
        is_added_up = is_of_several and rest.rows >= least
        if not is_free or rest != NOTHING and not (is_added_up and rest.is_safe(self.rules)):
            is_tried = is_added_up or key.span == MONTH
            return _withheld(cell, rest, is_stuck=not is_free or is_tried)
        is_whole = rest == NOTHING and all(part.is_whole for part in parts)
        has_people = is_whole and all(part.has_people for part in parts)
        if self.rules.is_public and key.span == WEEK:
            has_people = has_people and not _is_laid_to_one(cell, parts)
            cell = at_least(cell)
        cell = cell if self._is_inside else with_middles(cell)
        hidden = () if has_people else PEOPLE if is_whole else (*OTHERS, *PEOPLE)
        shown = _blank(cell, (*hidden, *self._of_weeks_only(key)))
        return Told(cell, shown, NOTHING, is_whole=is_whole, has_people=has_people)

    @property
    def _is_inside(self) -> bool:
        return self.rules.tier == "internal"

    def _leaving(self, cell: Cell) -> Cell:
        """A cell with its numbers of people as they may be told."""
        return cell if self._is_inside else in_steps(cell)

    def _stands(self, cell: Cell) -> bool:
        return self._is_enough(cell) and self._may_show(cell)

    def _is_enough(self, cell: Cell) -> bool:
        reports, events = cell.reports or 0, cell.events or 0
        return reports >= self.rules.k_reports and events >= self.rules.m_events

    def _may_show(self, cell: Cell) -> bool:
        if cell.is_barred:
            return False
        if self.rules.is_public and not cell.may_go_public:
            return False
        return self.bound is None or cell.key in self.bound

    def _has_few_people(self, cell: Cell) -> bool:
        """Whether a number of people or families is too small to be told."""
        numbers = (getattr(cell, measure.names[0]) for measure in MEASURES)
        return any(0 < (number or 0) < self.rules.k_people for number in numbers)


def _rows_and_parts(counted: Iterable[Cell], period: Period) -> tuple[list[Cell], Parts]:
    """Districts' cells; their parts by what they are parts by and the district's key."""
    rows: list[Cell] = []
    parts: Parts = defaultdict(list)
    for cell in counted:
        key = cell.key
        if not period.has_week(key.start):
            continue
        if key.category:
            parts[CATEGORY, key._replace(category="")].append(cell)
        elif key.arrival:
            parts[ARRIVAL, key._replace(arrival="")].append(cell)
        elif level_of(key.area) == "adm3":
            parts[AREA, key._replace(area=adm2_of(key.area))].append(cell)
        else:
            rows.append(cell)
    return rows, parts


def _with_came(shown: Sequence[Cell], came: Mapping[CellKey, Cell]) -> list[Cell]:
    """The table with the families that came, in a row of their own where nobody left."""
    rows = {cell.key: cell for cell in shown}
    for key, cell in came.items():
        row = rows.get(key, Cell(key=key, reports=0, events=0))
        if not row.suppressed:
            rows[key] = row._replace(
                came_min=cell.hh_min, came_mid=cell.hh_mid, came_max=cell.hh_max
            )
    return list(rows.values())


def _less(row: Cell, parts: Iterable[Cell]) -> Cell:
    """Reports and events of a row that are in none of some of its parts."""
    reports = (row.reports or 0) - sum(cell.reports or 0 for cell in parts)
    events = (row.events or 0) - sum(cell.events or 0 for cell in parts)
    return Cell(key=row.key, reports=reports, events=events)


def _withheld(cell: Cell, rest: Rest, *, is_stuck: bool) -> Told:
    nothing = Cell(key=cell.key, suppressed=True)
    return Told(cell, nothing, rest, is_whole=False, has_people=False, is_stuck=is_stuck)


def _blank(cell: Cell, names: Iterable[str]) -> Cell:
    blanks: dict[str, Any] = dict.fromkeys(names)
    return cell._replace(
        may_go_public=False, is_exposed=False, is_revised=False, cleared=None, **blanks
    )


def _is_laid_to_one(cell: Cell, parts: Sequence[Told]) -> bool:
    """Whether a public total of harm could tell what one district's is.

    It does not where three districts or more have events that are verified enough to have some, two
    of them do, and it is told once: where rows came later or changed, two totals would tell whose.
    """
    rows = [part.counted for part in parts]
    able = sum(1 for row in rows if (row.v2 or 0) + (row.v3plus or 0))
    having = [sum(1 for row in rows if getattr(row, each.names[0])) for each in HARM]
    return any(having) and (cell.is_revised or able < HARM_DISTRICTS or 1 in having)


def _governorate(key: CellKey) -> CellKey:
    return key._replace(area=adm1_of(key.area))


def _month(key: CellKey) -> CellKey:
    return key._replace(start=month_of(key.start), span=MONTH)


def _country(key: CellKey) -> CellKey:
    return key._replace(area="")
