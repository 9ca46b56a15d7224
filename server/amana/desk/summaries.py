"""Summaries: what was assessed, by week, district and kind, after disclosure control.

Both answers go through the same three steps, so that no number is in one and not in the other.
The days asked for are widened to whole ISO weeks: ranges that cut a week at different days could
be subtracted from each other, and the rest would be the reports of single days.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask import Response

from amana import store
from amana.core.disclosure import K_REPORTS, withhold
from amana.core.summary import Cell, summarise, week_start
from amana.errors import Problem
from amana.export.csv import summary_csv

from .audit import record
from .reference import AREAS, VOCABULARY

CSV_TYPE = "text/csv"
LAST_MONDAY = date(9999, 12, 20)
"""The last week that calendars have all of."""


def give_summary(question: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers by week, district and kind.

    Cells that rest on fewer than `k_reports` reports are there without their numbers.
    """
    first, last = whole_weeks(question["from_"], question["to"])
    return {
        "from_": first,
        "to": last,
        "k_reports": K_REPORTS,
        "cells": [_as_answer(cell) for cell in released(first, last)],
    }


def give_summary_file(question: Mapping[str, Any]) -> Response:
    """The same numbers as a CSV file.

    UTF-8 with a byte order mark; header rows in Arabic, English and HXL.
    """
    first, last = whole_weeks(question["from_"], question["to"])
    lines = summary_csv(released(first, last), AREAS, VOCABULARY)
    with store.writing():
        record("exported", f"{first} {last}")
    answer = Response((line.encode() for line in lines), content_type=f"{CSV_TYPE}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"amana-{first}-{last}.csv")
    return answer


def whole_weeks(first: date, last: date) -> tuple[date, date]:
    """The Monday of the first day's week and the Sunday of the last day's."""
    if first > last:
        raise Problem("invalid")
    monday, last_monday = (min(week_start(day), LAST_MONDAY) for day in (first, last))
    return monday, last_monday + timedelta(days=6)


def released(first: date, last: date) -> list[Cell]:
    """What may be shown of the weeks that begin between two days, oldest first."""
    # All weeks are added up, then some are shown: an event's reports may lie in different weeks.
    cells = summarise(store.assessments.latest(), VOCABULARY)
    return withhold(cell for cell in cells if first <= cell.key.week_start <= last)


def _as_answer(cell: Cell) -> dict[str, Any]:
    return {
        "week_start": cell.key.week_start,
        "week_end": cell.week_end,
        "adm1_code": cell.adm1,
        "adm2_code": cell.key.adm2,
        "kind": cell.key.kind,
        "reports": cell.reports,
        "events": cell.events,
        "hh_min": cell.hh_min,
        "hh_mid": cell.hh_mid,
        "hh_max": cell.hh_max,
        "severity": cell.severity,
        "v3plus": cell.v3plus,
        "contested": cell.contested,
        "suppressed": cell.suppressed,
    }
