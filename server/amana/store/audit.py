"""The record of what members did: appended to, read, never changed.

`append` belongs to the end of the transaction of what it records: neither is kept without the
other, and on PostgreSQL others wait for the chain's end from then on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Table, func, insert, select

from amana.core.audit import BEGINNING, Act, Entry, Head, digest

from . import tables
from .database import db

_TABLE: Table = tables.Audit.metadata.tables[tables.Audit.__tablename__]
_ENTRY: Final = (
    _TABLE.c.seq,
    _TABLE.c.day,
    _TABLE.c.member,
    _TABLE.c.act,
    _TABLE.c.subject,
)
LOOKED_AT: Final = 2_000
"""How many entries a page is looked for among."""
_AT_ONCE: Final = 1000
_CHAIN_LOCK: Final = 0x616D616E61
"""PostgreSQL's number for "I am at the chain's end"."""


@dataclass(frozen=True)
class Page:
    """One page, newest first; `next` is the cursor of the page after it, None on the last."""

    entries: list[Entry]
    next: int | None


def append(act: Act, member: str, subject: str, day: date) -> None:
    """Record an act in the transaction that does it."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_CHAIN_LOCK)))
    last = head()
    entry = Entry(last.seq + 1, day, member, act, subject)
    db.session.execute(
        insert(_TABLE).values(
            seq=entry.seq,
            day=day,
            member=member,
            act=act,
            subject=subject,
            digest=digest(entry, last.digest),
        )
    )


def head() -> Head:
    """The last entry's number and digest."""
    query = select(_TABLE.c.seq, _TABLE.c.digest).order_by(_TABLE.c.seq.desc()).limit(1)
    row = db.session.execute(query).one_or_none()
    return Head(0, BEGINNING) if row is None else Head(*row)


def page(before: int | None, limit: int, member: str | None = None, act: Act | None = None) -> Page:
    """Up to `limit` entries older than the cursor `before`, newest first; of a member, of an act.

    Looks at `LOOKED_AT` entries and no more, so that a page costs the same whatever is looked for:
    it may hold few or none and have a `next` all the same.
    """
    looked_at = select(*_ENTRY).order_by(_TABLE.c.seq.desc()).limit(LOOKED_AT)
    if before is not None:
        looked_at = looked_at.where(_TABLE.c.seq < before)
    span = looked_at.subquery()
    query = select(span).order_by(span.c.seq.desc()).limit(limit + 1)
    if member is not None:
        query = query.where(span.c.member == member)
    if act is not None:
        query = query.where(span.c.act == act)
    entries = [Entry(*row) for row in db.session.execute(query)]
    if len(entries) > limit:
        return Page(entries[:limit], entries[limit - 1].seq)
    last, count = db.session.execute(select(func.min(span.c.seq), func.count())).one()
    return Page(entries, last if count == LOOKED_AT else None)


def chain() -> Iterator[tuple[Entry, bytes]]:
    """All entries with their digests, oldest first, read a few at a time."""
    query = select(*_ENTRY, _TABLE.c.digest).order_by(_TABLE.c.seq).limit(_AT_ONCE)
    rows = db.session.execute(query).all()
    while rows:
        for row in rows:
            yield Entry(row.seq, row.day, row.member, row.act, row.subject), row.digest
        rows = db.session.execute(query.where(_TABLE.c.seq > rows[-1].seq)).all()
