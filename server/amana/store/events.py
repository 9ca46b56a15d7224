"""Events: what assessments say happened. Read only; an event is nothing but its assessments.

Which assessments count is `core.summary`'s rule, written here once more in SQL for the list that
a reviewer merges into; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from amana.core.summary import COUNTED_DECISIONS, LEVELS, NEVER_COUNTED_FLAG

from . import assessments
from .database import db
from .tables import Assessment, Envelope


@dataclass(frozen=True)
class Event:
    """One event as its best-verified report tells it, and how many reports count towards it."""

    event_id: str
    kind: str
    category: str | None
    adm3: str
    day: date
    reports: int


def newest(kind: str | None, adm2: str | None, limit: int) -> list[Event]:
    """Up to `limit` events, newest day first, of one kind and one district where given."""
    event = (Assessment.kind, Assessment.event_id)
    best_first = (
        case(LEVELS, value=assessments.grade()).desc(),
        Assessment.assessed.desc(),
        Assessment.envelope_id.desc(),
    )
    ranked = (
        select(
            Assessment.event_id,
            Assessment.kind,
            Assessment.category,
            Assessment.adm3,
            Assessment.day,
            func.count().over(partition_by=event).label("reports"),
            func.row_number().over(partition_by=event, order_by=best_first).label("place"),
        )
        .join(
            Envelope,
            (Envelope.id == Assessment.envelope_id) & (Envelope.version == Assessment.version),
        )
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
