"""Summaries: what was assessed, by week, area and kind, after disclosure control.

All answers are parts of the one table of their tier (`core.disclosure`), so that no number is in
one and not in the other. The days asked for are widened to whole ISO weeks: ranges that cut a week
at different days could be subtracted from each other, and the rest would be single days' reports.

Looking at a tier shows what its files would hold and changes nothing. Taking out a package for
partners or the public settles its weeks for good (`core.ledger`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from flask import Response, current_app

from amana import clock, store
from amana.core import ledger
from amana.core.assessment import FIRST_DAY, LAST_DAY
from amana.core.cells import MONTH, WEEK, WHOLE_NUMBERS, Cell, with_rows
from amana.core.disclosure import Divisions, Period, disclose
from amana.core.ledger import Ledger, Settled
from amana.core.manifest import release_name
from amana.core.places import adm2_of, level_of
from amana.core.summary import week_start
from amana.core.tiers import LEVELS, Rules, Thresholds
from amana.core.timeliness import timeliness
from amana.core.trend import WEEKS_BEFORE, with_trend
from amana.errors import Problem
from amana.export.forms import file_name
from amana.export.package import Outgoing, make_package
from amana.export.sheet import Sheet
from amana.organisation import Organisation
from amana.store.counting import Weeks

from .audit import record
from .reference import AREAS, VOCABULARY
from .sessions import organisation

PACKAGE_TYPE: Final = "application/zip"
LAST_MONDAY: Final = date(9999, 12, 20)
"""The last week that calendars have all of."""
MOST_WEEKS: Final = 1044
"""Twenty years: what one question may ask for."""
THRESHOLDS: Final = "amana-thresholds"
RECORDED_DIGITS: Final = 16
"""Hexadecimal digits of its digest by which the record names a release."""
AREA_LEVELS: Final = ("adm0", *LEVELS)
SEVEN_DAYS: Final = timedelta(days=7)
DIVISIONS: Final = Divisions.of(AREAS, VOCABULARY)


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
        "untold": sheet.untold,
        "timeliness": [
            {"week_start": each.week, "reports": each.reports, "days": each.days}
            for each in sheet.timeliness
        ],
    }


def give_package(question: Mapping[str, Any]) -> Response:
    """The same numbers as files, to take out

    A zip of the table in every form and of a signed manifest (docs/FILES.md). One for partners or
    the public is kept as a release: later files tell its weeks as it does, but for large changes.
    """
    today, ours = clock.today(), organisation()
    with store.writing():
        taken = take_out(_asked(question), thresholds(), today)
        record("exported", taken.subject)
    package = make_package(taken.outgoing(ours, today), ours.receipt_key)
    answer = Response(package, content_type=PACKAGE_TYPE)
    name = file_name(taken.sheet, "zip")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@dataclass(frozen=True)
class Taken:
    """A table that leaves: of how many reports, what the record says of it, its release's digest.

    The digest is None for what does not leave the organisation.
    """

    sheet: Sheet
    counted: int
    subject: str
    digest: bytes | None

    def outgoing(self, ours: Organisation, today: date) -> Outgoing:
        """The same, with what its manifest says of where it is from."""
        name = None if self.digest is None else release_name(self.digest, ours.server_secret)
        return Outgoing(
            sheet=self.sheet,
            areas=AREAS,
            vocabulary=VOCABULARY,
            org=ours.key_set.org,
            made=today,
            counted=self.counted,
            release=name,
        )


def take_out(asked: Question, given: Thresholds, today: date) -> Taken:
    """The table that leaves, kept as a release if it leaves the organisation; `not_due` when none
    of its weeks may.

    Belongs into a writing transaction.
    """
    subject = f"{asked.first} {asked.last}"
    store.releases.hold()
    found = look(asked, given, today)
    if found.draft is None:
        return Taken(found.sheet, found.inside, subject, None)
    if not found.draft.weeks:
        raise Problem("not_due")
    weeks = sorted(found.draft.weeks)
    release = ledger.Release(
        tier=asked.tier,
        first=weeks[0],
        last=weeks[-1],
        thresholds=given,
        settles=found.draft.settles,
        before=store.releases.last(),
    )
    digest = store.releases.append(release, today)
    said = f"{subject} {asked.tier} {digest.hex()[:RECORDED_DIGITS]}"
    return Taken(found.sheet, found.inside, said, digest)


def look(asked: Question, given: Thresholds, today: date) -> Found:
    """What a table holds now."""
    rules = _rules(asked, given)
    period = Period(week_start(asked.first), week_start(asked.last))
    inside = store.counting.count(Weeks(period.first, period.last, is_cleared=False, today=today))
    if asked.tier == "internal":
        sheet = _sheet(asked, rules, _inside(asked, period, rules, today))
        waited = store.waits.between(asked.first, asked.last)
        return Found(replace(sheet, timeliness=timeliness(waited)), inside, inside, None)
    due = _due(period, rules, today)
    counted = _counted(Weeks(due.first, due.last, is_cleared=True, today=today))
    before = _before(due)
    ours = _ledger(before.first, due.last)
    draft = ours.draft(asked.tier, given, due, counted)
    # A change tells the week before as well: so only where that has left for this tier.
    told = ours.told[asked.tier]
    known = {monday: told[monday] for monday in told if before.has_week(monday)}
    told_before = ours.tell(asked.tier, before, known)
    shown = _down_to(asked, draft.tells)
    cells = with_trend(shown, told_before, (known.keys() | draft.weeks.keys()).__contains__)
    sheet = replace(
        _sheet(asked, rules, cells),
        revised=[_block_words(each) for each in draft.revised],
        untold=_untold(asked, draft.weeks),
        settled_under=_settled_under(draft.weeks, given),
    )
    return Found(sheet, inside, _reports(counted), draft)


def released(asked: Question, given: Thresholds, today: date) -> Sheet:
    """What of a tier's table has left in a file of that tier, told as it is there; settles nothing.

    Months are told of which all weeks have left.
    """
    rules = _rules(asked, given)
    period = _due(Period(week_start(asked.first), week_start(asked.last)), rules, today)
    # With the weeks before, so that the first ones are compared like in the file.
    wide = Period(_before(period).first, period.last)
    ours = _ledger(wide.first, wide.last)
    told = ours.told[asked.tier]
    weeks = {monday: told[monday] for monday in sorted(told) if wide.has_week(monday)}
    cells = with_trend(ours.tell(asked.tier, wide, weeks), (), weeks.__contains__)
    own = replace(
        period, without=frozenset(ledger.mondays(period.first, period.last)) - told.keys()
    )
    has = {WEEK: own.has_week, MONTH: own.has_month}
    shown = {monday: week for monday, week in weeks.items() if own.has_week(monday)}
    return replace(
        _sheet(asked, rules, [cell for cell in cells if has[cell.key.span](cell.key.start)]),
        untold=_untold(asked, shown),
        settled_under=_settled_under(shown, given),
    )


def whole_weeks(first: date, last: date) -> tuple[date, date]:
    """The Monday of the first day's week and the Sunday of the last day's.

    `invalid` for days in the wrong order and for more than `MOST_WEEKS`.
    """
    monday, last_monday = (min(week_start(day), LAST_MONDAY) for day in (first, last))
    if first > last or last_monday - monday >= MOST_WEEKS * SEVEN_DAYS:
        raise Problem("invalid")
    return monday, last_monday + timedelta(days=6)


def thresholds() -> Thresholds:
    """The organisation's own, of the running application."""
    given: Thresholds = current_app.extensions[THRESHOLDS]
    return given


def _asked(question: Mapping[str, Any]) -> Question:
    weeks = whole_weeks(question["from_"], question["to"])
    return Question(*weeks, question["tier"], question["area"])


def _rules(asked: Question, given: Thresholds) -> Rules:
    """The rules of a question; `invalid` for areas that its tier does not tell."""
    rules = Rules.of(asked.tier, given)
    if asked.area == "adm3" and rules.finest != "adm3":
        raise Problem("invalid")
    return rules


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


def _inside(asked: Question, period: Period, rules: Rules, today: date) -> list[Cell]:
    """The internal table."""
    before = _before(period)
    counted = _counted(Weeks(before.first, period.last, is_cleared=False, today=today))
    told = _down_to(asked, disclose(counted, rules, period, DIVISIONS))
    return with_trend(told, disclose(counted, rules, before, DIVISIONS), lambda _monday: True)


def _down_to(asked: Question, cells: Iterable[Cell]) -> list[Cell]:
    """The cells of areas that are not smaller than those asked for."""
    levels = AREA_LEVELS[: AREA_LEVELS.index(asked.area) + 1]
    return [cell for cell in cells if level_of(cell.key.area) in levels]


def _ledger(first: date, last: date) -> Ledger:
    return Ledger(store.releases.about(first, last), DIVISIONS)


def _untold(asked: Question, told: Settled) -> list[date]:
    """The Mondays asked for of which a table does not tell."""
    asked_for = ledger.mondays(week_start(asked.first), week_start(asked.last))
    return [monday for monday in asked_for if monday not in told]


def _settled_under(weeks: Settled, given: Thresholds) -> dict[date, Thresholds]:
    """Thresholds of weeks, by their Mondays, that are not told under those of today."""
    return {
        monday: week.thresholds
        for monday, week in weeks.items()
        if week.thresholds.limits != given.limits
    }


def _counted(weeks: Weeks) -> list[Cell]:
    parts = list(store.counting.categories(weeks))
    if not weeks.is_cleared:
        parts += store.counting.arrivals(weeks, VOCABULARY)
    return [*with_rows(store.counting.cells(weeks, VOCABULARY)), *parts]


def _reports(cells: list[Cell]) -> int:
    rows = (cell for cell in cells if level_of(cell.key.area) == "adm2" and not cell.key.category)
    return sum(cell.reports or 0 for cell in rows)


def _sheet(asked: Question, rules: Rules, cells: list[Cell]) -> Sheet:
    """The part of a tier's table that goes down to areas of a level; types are of districts."""
    depth = AREA_LEVELS.index(asked.area)
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
            if cell.key.span == MONTH or AREA_LEVELS.index(level_of(cell.key.area)) < depth
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
