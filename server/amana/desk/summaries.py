"""Summaries: what was assessed, by week, area and kind, after disclosure control.

All answers are parts of the one table of their tier (`core.disclosure`), so that no number is in
one and not in the other. The days asked for are widened to whole ISO weeks: ranges that cut a week
at different days could be subtracted from each other, and the rest would be single days' reports.

Looking at a tier shows what its file would hold and changes nothing. Taking out a file for partners
or the public settles its weeks for good (`core.ledger`).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from flask import Response, current_app

from amana import clock, store
from amana.core import ledger
from amana.core.assessment import FIRST_DAY, LAST_DAY
from amana.core.disclosure import Period, disclose, with_rows
from amana.core.places import adm2_of, level_of
from amana.core.summary import MONTH, WEEK, WHOLE_NUMBERS, Cell, week_start
from amana.core.tiers import Rules, Thresholds
from amana.core.trend import WEEKS_BEFORE, with_trend
from amana.errors import Problem
from amana.export.csv import summary_csv
from amana.export.sheet import Sheet
from amana.store.events import Weeks

from .audit import record
from .reference import AREAS, VOCABULARY

CSV_TYPE: Final = "text/csv"
LAST_MONDAY: Final = date(9999, 12, 20)
"""The last week that calendars have all of."""
THRESHOLDS: Final = "amana-thresholds"
SEVEN_DAYS: Final = timedelta(days=7)


@dataclass(frozen=True)
class Question:
    """Which table: the weeks from a Monday to a Sunday, for whom, by areas of which level."""

    first: date
    last: date
    tier: str
    area: str


@dataclass(frozen=True)
class Found:
    """The answer to a question, and what of the reports is not in it.

    `inside` counts the reports of these weeks that count, `cleared` those that may be in this tier;
    `draft` is what taking it out would settle.
    """

    sheet: Sheet
    inside: int
    cleared: int
    draft: ledger.Draft | None


def give_summary(question: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers by week, area and kind

    With their totals, for one tier: exactly what its file would hold. Numbers that are withheld are
    null. The rules that were applied come along.
    """
    found = look(_asked(question), thresholds(), clock.today())
    sheet = found.sheet
    told = (*sheet.rows, *sheet.totals)
    return {
        "from_": sheet.first,
        "to": sheet.last,
        "area": sheet.area,
        **asdict(sheet.rules),
        "reports_in": found.inside,
        "reports_cleared": found.cleared,
        "reports_shown": sum(cell.reports or 0 for cell in sheet.rows),
        "withheld": sum(cell.suppressed for cell in told),
        "revised": len(found.draft.revised) if found.draft else 0,
        "kept": found.draft.kept if found.draft else 0,
        "cells": [_as_answer(cell) for cell in sheet.rows],
        "totals": [_as_answer(cell) for cell in sheet.totals],
        "types": [_as_answer(cell) for cell in sheet.types],
    }


def give_summary_file(question: Mapping[str, Any]) -> Response:
    """The same numbers as a CSV file

    UTF-8 with a byte order mark; notes, then header rows in Arabic, English and HXL. A file for
    partners or the public is kept as a release.
    """
    asked = _asked(question)
    with store.writing():
        sheet, subject = take_out(asked, thresholds(), clock.today())
        record("exported", subject)
    lines = summary_csv(sheet, AREAS, VOCABULARY)
    answer = Response((line.encode() for line in lines), content_type=f"{CSV_TYPE}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(asked))
    return answer


def file_name(asked: Question) -> str:
    """How a file is called: by its tier where it leaves the organisation."""
    tier = "" if asked.tier == "internal" else f"{asked.tier}-"
    return f"amana-{tier}{asked.first}-{asked.last}.csv"


def take_out(asked: Question, given: Thresholds, today: date) -> tuple[Sheet, str]:
    """The table that leaves, kept as a release if it leaves the organisation; what the record says.

    Belongs into a writing transaction.
    """
    subject = f"{asked.first} {asked.last}"
    store.releases.hold()
    found = look(asked, given, today)
    if found.draft is None or not found.draft.weeks:
        return found.sheet, subject
    weeks = sorted(found.draft.weeks)
    release = ledger.Release(
        tier=asked.tier,
        first=weeks[0],
        last=weeks[-1],
        thresholds=given,
        settles=found.draft.settles,
        tells=found.draft.tells,
    )
    digest = store.releases.append(release, today)
    return found.sheet, f"{subject} {asked.tier} {digest.hex()[:16]}"


def look(asked: Question, given: Thresholds, today: date) -> Found:
    """What a table holds now."""
    rules = Rules.of(asked.tier, given)
    if asked.area == "adm3" and rules.finest != "adm3":
        raise Problem("invalid")
    period = Period(week_start(asked.first), week_start(asked.last))
    inside = store.events.count(Weeks(period.first, period.last, is_cleared=False, today=today))
    if asked.tier == "internal":
        told = _with_trend(period, rules, today)
        return Found(_sheet(asked, rules, told), inside, inside, None)
    period = _due(period, rules, today)
    counted = _counted(Weeks(period.first, period.last, is_cleared=True, today=today))
    earlier = ledger.settled(store.releases.ledger())
    draft = ledger.draft(rules, given, period, counted, earlier)
    before = _before(period)
    known = {monday: week for monday, week in earlier.items() if before.has_week(monday)}
    told_before = ledger.tell(asked.tier, before, known)
    told = with_trend(draft.tells, told_before, (known.keys() | draft.weeks.keys()).__contains__)
    revised = [_block_words(each) for each in sorted(draft.revised)]
    sheet = replace(_sheet(asked, rules, told), revised=revised)
    return Found(sheet, inside, _reports(counted), draft)


def whole_weeks(first: date, last: date) -> tuple[date, date]:
    """The Monday of the first day's week and the Sunday of the last day's."""
    if first > last:
        raise Problem("invalid")
    monday, last_monday = (min(week_start(day), LAST_MONDAY) for day in (first, last))
    return monday, last_monday + timedelta(days=6)


def thresholds() -> Thresholds:
    """The organisation's own, of the running application."""
    given: Thresholds = current_app.extensions[THRESHOLDS]
    return given


def _asked(question: Mapping[str, Any]) -> Question:
    weeks = whole_weeks(question["from_"], question["to"])
    return Question(*weeks, question["tier"], question["area"])


def _due(period: Period, rules: Rules, today: date) -> Period:
    """The weeks that may leave; none are before or behind all days that an assessment can have."""
    latest = week_start(today) - SEVEN_DAYS
    while not rules.is_due(latest + timedelta(days=6), today):
        latest -= SEVEN_DAYS
    first = max(period.first, week_start(FIRST_DAY))
    return Period(first, min(period.last, latest, week_start(LAST_DAY)))


def _before(period: Period) -> Period:
    """The weeks that a period's first is compared with."""
    first = max(period.first, week_start(FIRST_DAY) + WEEKS_BEFORE * SEVEN_DAYS)
    return Period(first - WEEKS_BEFORE * SEVEN_DAYS, first - SEVEN_DAYS)


def _with_trend(period: Period, rules: Rules, today: date) -> list[Cell]:
    """The internal table."""
    before = _before(period)
    counted = _counted(Weeks(before.first, period.last, is_cleared=False, today=today))
    told = disclose(counted, rules, period)
    return with_trend(told, disclose(counted, rules, before), lambda _monday: True)


def _counted(weeks: Weeks) -> list[Cell]:
    parts = list(store.events.categories(weeks))
    if not weeks.is_cleared:
        parts += store.events.arrivals(weeks, VOCABULARY)
    return [*with_rows(store.events.cells(weeks, VOCABULARY)), *parts]


def _reports(cells: list[Cell]) -> int:
    rows = (cell for cell in cells if level_of(cell.key.area) == "adm2" and not cell.key.category)
    return sum(cell.reports or 0 for cell in rows)


def _sheet(asked: Question, rules: Rules, cells: list[Cell]) -> Sheet:
    """The part of a tier's table that goes down to areas of a level; types are of districts."""
    levels = ("adm0", "adm1", "adm2", "adm3")
    depth = levels.index(asked.area)
    types = [cell for cell in cells if cell.key.category]
    others = [cell for cell in cells if not cell.key.category]
    return Sheet(
        first=asked.first,
        last=asked.last,
        area=asked.area,
        rules=rules,
        rows=[
            cell
            for cell in others
            if (cell.key.span, level_of(cell.key.area)) == (WEEK, asked.area)
        ],
        totals=[
            cell
            for cell in others
            if cell.key.span == MONTH or levels.index(level_of(cell.key.area)) < depth
        ],
        types=types if asked.area != "adm1" else [],
    )


def _block_words(block: ledger.Block) -> str:
    monday, adm1, kind = block
    return f"{monday} {adm1} {kind}"


def _as_answer(cell: Cell) -> dict[str, Any]:
    key, level = cell.key, level_of(cell.key.area)
    numbers = {name: getattr(cell, name) for name in (*WHOLE_NUMBERS, "mean4")}
    return numbers | {
        "week_start": key.start,
        "week_end": cell.end,
        "span": key.span,
        "adm1_code": cell.adm1,
        "adm2_code": adm2_of(key.area) if level in ("adm2", "adm3") else "",
        "adm3_code": key.area if level == "adm3" else "",
        "kind": key.kind,
        "category": key.category,
        "access": cell.access_level,
        "suppressed": cell.suppressed,
    }
