"""Events: what assessments say happened, kept a row an event.

An event is nothing but its assessments (`core.summary.happened`). What they say together is kept,
so that a table over a million of them is one GROUP BY (`counting`); a row is made anew with each
assessment, and all of them by `rebuild`. Rows of what may leave the organisation stand beside those
of everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby, islice
from typing import Any, Final

from sqlalchemy import Table, and_, delete, func, insert, select

from amana.core import summary
from amana.core.summary import (
    LEVELS,
    Assessed,
    best_first,
    happened,
    may_leave,
)

from . import latest, tables
from .database import db
from .tables import EVENT_ID_CHARS

_TABLE: Table = tables.Event.metadata.tables[tables.Event.__tablename__]
_E = _TABLE.c
_KEPT: Final = tuple(each.name for each in fields(summary.Event) if each.name in _E)
_EVENTS_LOCK: Final = 0x616D616E65
"""PostgreSQL's number for "I make events anew"."""

Name = tuple[str, str]
"""A kind, and what an event is called."""


@dataclass(frozen=True)
class Event:
    """One event as its best-verified report tells it, and how many reports count towards it.

    `verification` is the grade as it counts; `severity` is the highest of any of its reports.
    """

    event_id: str
    kind: str
    category: str | None
    adm3: str
    day: date
    severity: str
    verification: str
    reports: int


@dataclass(frozen=True)
class Counted:
    """A report that counts towards an event, by its envelope's id, and the grade it counts with."""

    envelope_id: bytes
    verification: str


def hold() -> None:
    """Let nobody else make events anew before this transaction ends."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_EVENTS_LOCK)))


def of_envelope(envelope_id: bytes) -> set[Name]:
    """The event that an envelope's newest assessment is of, if any."""
    row = latest.of_envelope(envelope_id)
    return {(row.kind, row.event)} if row and row.kind else set()


def renew(names: Iterable[Name]) -> None:
    """Make events anew from the assessments as they are now. Belongs behind `hold`."""
    for kind, event in names:
        db.session.execute(delete(_TABLE).where(_E.kind == kind, _E.event == event))
        _insert(_rows(latest.of_event(kind, event)))


def rebuild() -> None:
    """Make all events anew."""
    hold()
    db.session.execute(delete(_TABLE))
    together = groupby(latest.by_event(), key=lambda row: (row.kind, row.event))
    rows = (row for _, reports in together for row in _rows(list(reports)))
    while some := list(islice(rows, latest.AT_ONCE)):
        _insert(some)


def newest(kind: str | None, adm2: str | None, limit: int) -> list[Event]:
    """Up to `limit` events, newest day first, of one kind and one district where given."""
    # A shelter has a row for each week: the newest stands for it.
    other = _TABLE.alias()
    same = and_(*(other.c[name] == _E[name] for name in ("kind", "event", "is_cleared")))
    wanted = [~_E.is_cleared, func.length(_E.event) == EVENT_ID_CHARS]
    wanted.append(~select(other.c.week).where(same, other.c.week > _E.week).exists())
    if kind is not None:
        wanted.append(_E.kind == kind)
    if adm2 is not None:
        wanted.append(_E.adm2 == adm2)
    severity, reports = (
        select(total).where(same).scalar_subquery()
        for total in (func.max(other.c.severity), func.sum(other.c.reports))
    )
    query = (
        select(
            *(_E.event, _E.kind, _E.category, _E.adm3, _E.day),
            *(severity, _E.verification, reports),
        )
        .where(*wanted)
        .order_by(_E.day.desc(), _E.event)
        .limit(limit)
    )
    return [
        Event(*row[:5], severity=str(row[5]), verification=row[6], reports=row[7])
        for row in db.session.execute(query)
    ]


def reports(event_id: str, limit: int) -> list[Counted]:
    """The reports that count towards an event, the best-verified first; none for no event."""
    kinds = db.session.scalars(
        select(_E.kind).where(_E.event == event_id, ~_E.is_cleared).distinct().order_by(_E.kind)
    )
    found = [row for kind in kinds for row in best_first(latest.of_event(kind, event_id))]
    found.sort(key=lambda row: LEVELS[row.verification or ""], reverse=True)
    return [Counted(row.envelope_id, row.verification or "") for row in found[:limit]]


def _rows(reports: list[Assessed]) -> list[dict[str, Any]]:
    cleared = [row for row in reports if may_leave(row)]
    return [
        _row(event, is_cleared)
        for is_cleared, rows in ((False, reports), (True, cleared))
        for event in happened(rows)
    ]


def _row(event: summary.Event, is_cleared: bool) -> dict[str, Any]:
    kept = {name: getattr(event, name) for name in _KEPT}
    return kept | {
        "is_cleared": is_cleared,
        "week": event.week,
        "weekday": event.day.weekday(),
        "adm2": event.adm2,
        "adm2_arrival": event.adm2_arrival,
    }


def _insert(rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(_TABLE), rows)
