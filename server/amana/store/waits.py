"""How long reports waited for their first assessment, counted by day as they are assessed.

Kept apart from reports, so that years of them are read in a few rows.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from amana.core.timeliness import Waits

from . import tables
from .database import db

_TABLE: Table = tables.Waits.metadata.tables[tables.Waits.__tablename__]
_INSERTS: Mapping[str, sqlite.Insert | postgresql.Insert] = {
    "sqlite": sqlite.insert(_TABLE),
    "postgresql": postgresql.insert(_TABLE),
}


def add(arrived: date, assessed: date) -> None:
    """Count a report that is assessed for the first time; days in UTC."""
    # A clock that was set back makes no wait of less than nothing.
    days = max(0, (assessed - arrived).days)
    counted = _INSERTS[db.session.connection().dialect.name].on_conflict_do_update(
        index_elements=[_TABLE.c.assessed, _TABLE.c.days],
        set_={"reports": _TABLE.c.reports + 1},
    )
    db.session.execute(counted, {"assessed": assessed, "days": days, "reports": 1})


def between(first: date, last: date) -> Iterator[Waits]:
    """Those of reports that were first assessed from one day to another, in the days' order."""
    query = (
        select(_TABLE.c.assessed, _TABLE.c.days, _TABLE.c.reports)
        .where(_TABLE.c.assessed.between(first, last))
        .order_by(_TABLE.c.assessed, _TABLE.c.days)
    )
    yield from (Waits(*row) for row in db.session.execute(query))
