"""How long reports waited for their first assessment: days, by ISO week of that assessment.

In whole UTC days: nobody keeps the hour at which a report arrived. Later versions of an assessment
change nothing, so a week that is over stays as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from amana.core.summary import week_start


class Waits(NamedTuple):
    """How many reports were first assessed on a day, so many days after they had arrived."""

    assessed: date
    days: int
    reports: int


@dataclass(frozen=True)
class Timeliness:
    """The reports that were first assessed in a week (its Monday), and the median of their days."""

    week: date
    reports: int
    days: int | float


def timeliness(waits: Iterable[Waits]) -> list[Timeliness]:
    """Each week in which reports were first assessed, from waits in the order of their days."""
    told = []
    for week, some in groupby(waits, key=lambda each: week_start(each.assessed)):
        counted: dict[int, int] = {}
        for each in some:
            counted[each.days] = counted.get(each.days, 0) + each.reports
        told.append(Timeliness(week, sum(counted.values()), _median(counted)))
    return told


def _median(counted: Mapping[int, int]) -> int | float:
    """Of numbers and how often each is there; between two middle ones it is half way."""
    total = sum(counted.values())
    both = _at((total - 1) // 2, counted) + _at(total // 2, counted)
    return both / 2 if both % 2 else both // 2


def _at(place: int, counted: Mapping[int, int]) -> int:
    """The number at a place, from 0 on, when all are in order."""
    for number in sorted(counted):
        place -= counted[number]
        if place < 0:
            return number
    raise IndexError
