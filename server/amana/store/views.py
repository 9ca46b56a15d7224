"""Views: what a member keeps of ways to look at the queue, sealed. Replaced as a whole."""

from dataclasses import dataclass

from sqlalchemy import Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from .database import db
from .tables import Views

_TABLE: Table = Views.metadata.tables[Views.__tablename__]
_INSERTS = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(),
}


@dataclass(frozen=True)
class Kept:
    """A member's views; `version` counts how often they were written, 0 and nothing at first."""

    version: int
    sealed: bytes | None


def of(member_id: int) -> Kept:
    """The views of a member."""
    query = select(_TABLE.c.version, _TABLE.c.sealed).where(_TABLE.c.member_id == member_id)
    row = db.session.execute(query).one_or_none()
    return Kept(0, None) if row is None else Kept(*row)


def put(member_id: int, sealed: bytes, seen: int) -> int | None:
    """Put views in the place of version `seen`, 0 for none; their version.

    None when others came first. The same again is answered as if it had come once.
    """
    kept = {"version": seen + 1, "sealed": sealed}
    if seen == 0:
        insert = _INSERTS[db.session.connection().dialect.name]
        db.session.execute(insert.values(member_id=member_id, **kept))
    else:
        held = (_TABLE.c.member_id == member_id) & (_TABLE.c.version == seen)
        db.session.execute(update(_TABLE).where(held).values(**kept))
    return seen + 1 if of(member_id) == Kept(seen + 1, sealed) else None
