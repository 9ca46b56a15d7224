"""Events added up by week, area and kind.

Each table is one GROUP BY over the rows of `events`, streamed. `core.cells` says what the numbers
are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, case, func, or_, select

from amana.core import summary
from amana.core.cells import Cell, CellKey
from amana.core.summary import (
    ACCESS,
    ACCESS_DAYS,
    CALM,
    CONTESTED,
    CORROBORATED,
    DISPLACEMENT,
    FAMILIES,
    MEASURES,
    NO_ARRIVAL,
    ROOM,
    SHELTER,
    SITE_PEOPLE,
    SITES,
    Measure,
)
from amana.core.vocabulary import Band, Vocabulary

from . import latest, tables
from .database import db

_TABLE: Table = tables.Event.metadata.tables[tables.Event.__tablename__]
_E = _TABLE.c
_WEEK_DAYS: Final = 7


@dataclass(frozen=True)
class Weeks:
    """Which events are added up: those of the weeks from one Monday to another, all of them or
    those that may leave; `today` is the day of the question.
    """

    first: date
    last: date
    is_cleared: bool
    today: date


def count(weeks: Weeks) -> int:
    """How many reports of some weeks count."""
    return db.session.scalar(select(func.sum(_E.reports)).where(*_wanted(weeks))) or 0


def cells(weeks: Weeks, vocabulary: Vocabulary) -> Iterator[Cell]:
    """What the events of some weeks add up to, by subdistrict and kind; sorted by key; streamed."""
    place = (_E.week, _E.adm3, _E.kind)
    numbers = {
        **_counts(),
        "severity": func.max(_E.severity),
        **{f"v{level}": _number(_E.level == level) for level in (1, 2)},
        "v3plus": _number(_E.level >= CORROBORATED),
        "contested": _number(_E.level == CONTESTED),
        "access": func.max(case((_is_late(weeks.today), _rank(ACCESS, _E.access)))),
        **{name: _sites(name) for name in SITES},
        **_occupancy(vocabulary),
    }
    for measure in MEASURES:
        numbers |= _measured(measure, vocabulary)
    for week, adm3, kind, *values in _stream(place, numbers, weeks):
        given = dict(zip(numbers, values, strict=True))
        yield Cell(key=CellKey(week, adm3, kind), **_flags(given))


def categories(weeks: Weeks) -> Iterator[Cell]:
    """Reports and events by district, kind and category; calm is none. Sorted by key; streamed."""
    place = (_E.week, _E.adm2, _E.kind, _E.category)
    numbers = _counts()
    which = and_(_E.category.is_not(None), _E.category != CALM)
    for week, adm2, kind, category, *values in _stream(place, numbers, weeks, which):
        given = dict(zip(numbers, values, strict=True))
        yield Cell(key=CellKey(week, adm2, kind, category=category), **_flags(given))


def arrivals(weeks: Weeks, vocabulary: Vocabulary) -> Iterator[Cell]:
    """Families by the district that they left and the one that they came to, `NO_ARRIVAL` where
    it is not known. Sorted by key; streamed.
    """
    place = (_E.week, _E.adm2, func.coalesce(_E.adm2_arrival, NO_ARRIVAL))
    numbers = _counts() | _measured(FAMILIES, vocabulary)
    for week, adm2, arrival, *values in _stream(place, numbers, weeks, _E.kind == DISPLACEMENT):
        given = dict(zip(numbers, values, strict=True))
        yield Cell(key=CellKey(week, adm2, DISPLACEMENT, arrival=arrival), **_flags(given))


def _stream(
    place: tuple[ColumnElement[Any], ...],
    numbers: dict[str, ColumnElement[Any]],
    weeks: Weeks,
    which: ColumnElement[bool] | None = None,
) -> Iterator[Any]:
    wanted = [*_wanted(weeks), *([] if which is None else [which])]
    query = select(*place, *numbers.values()).where(*wanted).group_by(*place).order_by(*place)
    yield from db.session.execute(query.execution_options(yield_per=latest.AT_ONCE))


def _wanted(weeks: Weeks) -> tuple[ColumnElement[bool], ...]:
    is_cleared = _E.is_cleared if weeks.is_cleared else ~_E.is_cleared
    return is_cleared, _E.week.between(weeks.first, weeks.last)


def _counts() -> dict[str, ColumnElement[Any]]:
    return {
        "reports": func.sum(_E.reports),
        "events": func.count(),
        "may_go_public": func.min(case((_E.may_go_public, 1), else_=0)),
        "is_exposed": func.max(case((_E.is_exposed, 1), else_=0)),
        "cleared": func.sum(case((_E.may_go_public, _E.reports), else_=0)),
    }


def _flags(given: dict[str, Any]) -> dict[str, Any]:
    named = ("may_go_public", "is_exposed")
    return given | {name: bool(given[name]) for name in named}


def _number(is_one: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((is_one, 1), else_=0))


def _sites(name: str) -> ColumnElement[Any]:
    codes = [code for code, counted in ROOM.items() if counted == name]
    is_one = and_(_E.level > CONTESTED, _E.room.in_(codes))
    return func.sum(case((_E.kind == SHELTER, case((is_one, 1), else_=0))))


def _is_late(today: date) -> ColumnElement[bool]:
    """Whether an event is of the last days of its week, or of those up to today."""
    monday = summary.week_start(today)
    since = _E.day > today - timedelta(days=ACCESS_DAYS)
    return or_(
        and_(_E.week != monday, _E.weekday >= _WEEK_DAYS - ACCESS_DAYS),
        and_(_E.week == monday, since),
    )


def _rank(words: tuple[str, ...], column: ColumnElement[Any]) -> ColumnElement[Any]:
    return case({word: place for place, word in enumerate(words) if word}, value=column)


def _measured(measure: Measure, vocabulary: Vocabulary) -> dict[str, ColumnElement[Any]]:
    """Low, middle and high of a measure; none of them when no event has a number."""
    bands = vocabulary.bands(measure.bands)
    column = _E[measure.field]
    is_in = and_(_E.kind == measure.kind, _E.level >= measure.least)
    low, middle, high = measure.names
    sums = {low: _sum(bands, "min", column, is_in)}
    if middle:
        sums[middle] = _sum(bands, "mid", column, is_in)
    is_open: ColumnElement[bool] = column.in_(
        [code for code, band in bands.items() if band.max is None]
    )
    if measure.is_expected:
        is_open = or_(is_open, column.is_(None))
    some = func.max(case((and_(is_in, is_open), 1), else_=0))
    sums[high] = case((some == 0, _sum(bands, "max", column, is_in)))
    return sums


def _sum(
    bands: dict[str, Band], end: str, column: ColumnElement[Any], is_in: ColumnElement[bool]
) -> ColumnElement[Any]:
    numbers = {code: getattr(band, end) for code, band in bands.items()}
    known = {code: number for code, number in numbers.items() if number is not None}
    return func.sum(case((is_in, case(known, value=column))))


def _occupancy(vocabulary: Vocabulary) -> dict[str, ColumnElement[Any]]:
    """People in shelters whose capacity is known, and that capacity, by the middle of the bands."""
    bands = vocabulary.bands(SITE_PEOPLE.bands)
    people, capacity = (
        case({code: band.mid for code, band in bands.items()}, value=column)
        for column in (_E.people, _E.capacity)
    )
    is_in = and_(
        *(_E.kind == SITE_PEOPLE.kind, _E.level >= SITE_PEOPLE.least),
        *(people.is_not(None), capacity.is_not(None)),
    )
    return {
        "housed": func.sum(case((is_in, people))),
        "capacity": func.sum(case((is_in, capacity))),
    }
