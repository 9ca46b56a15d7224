"""Events: what assessments say happened. Read only; an event is nothing but its assessments.

Which assessments count is `core.summary`'s rule, written here once more in SQL for the list that
a reviewer merges into; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from amana.core.summary import COUNTED_DECISIONS, LEVELS, NEVER_COUNTED_FLAG

from . import assessments
from .database import db
from .tables import Assessment, Envelope

_IS_LATEST = (Envelope.id == Assessment.envelope_id) & (Envelope.version == Assessment.version)


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


def newest(kind: str | None, adm2: str | None, limit: int) -> list[Event]:
    """Up to `limit` events, newest day first, of one kind and one district where given."""
    event = (Assessment.kind, Assessment.event_id)
    ranked = (
        select(
            Assessment.event_id,
            Assessment.kind,
            Assessment.category,
            Assessment.adm3,
            Assessment.day,
            func.max(Assessment.severity).over(partition_by=event).label("severity"),
            assessments.grade().label("verification"),
            func.count().over(partition_by=event).label("reports"),
            func.row_number().over(partition_by=event, order_by=_best_first()).label("place"),
        )
        .join(Envelope, _IS_LATEST)
        .where(*_counts())
        .subquery()
    )
    wanted = [ranked.c.place == 1]
    if kind is not None:
        wanted.append(ranked.c.kind == kind)
    if adm2 is not None:
        wanted.append(func.substr(ranked.c.adm3, 1, len(adm2)) == adm2)
    query = (
        select(*(column for column in ranked.c if column.name != "place"))
        .where(*wanted)
        .order_by(ranked.c.day.desc(), ranked.c.event_id)
        .limit(limit)
    )
    return [Event(*row) for row in db.session.execute(query)]


def reports(event_id: str, limit: int) -> list[Counted]:
    """The reports that count towards an event, the best-verified first; none for no event."""
    query = (
        select(Assessment.envelope_id, assessments.grade())
        .join(Envelope, _IS_LATEST)
        .where(Assessment.event_id == event_id, *_counts())
        .order_by(*_best_first())
        .limit(limit)
    )
    return [Counted(*row) for row in db.session.execute(query)]


def _best_first() -> tuple[ColumnElement[Any], ...]:
    return (
        case(LEVELS, value=assessments.grade()).desc(),
        Assessment.assessed.desc(),
        Assessment.envelope_id.desc(),
    )


def _counts() -> tuple[ColumnElement[bool], ...]:
    return (
        Assessment.decision.in_(COUNTED_DECISIONS),
        Assessment.verification.in_(LEVELS),
        ~assessments.has_flag(NEVER_COUNTED_FLAG),
        Assessment.event_id.is_not(None),
        Assessment.adm3.is_not(None),
        Assessment.day.is_not(None),
        Assessment.severity.is_not(None),
    )
