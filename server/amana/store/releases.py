"""Releases: the files that left, one row each; appended to, read, never changed.

`append` belongs to a transaction that has read `about` before: on PostgreSQL others wait from
`hold` on, on SQLite from the beginning of the transaction.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import Table, func, insert, select

from amana.core.ledger import Release, digest, parse_release

from . import tables
from .database import db

_TABLE: Table = tables.Release.metadata.tables[tables.Release.__tablename__]
_LEDGER_LOCK: Final = 0x616D616E6C
"""PostgreSQL's number for "I am at the ledger's end"."""


class Broken(Exception):
    """A release is not what was written."""


def hold() -> None:
    """Let nobody else append before this transaction ends."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_LEDGER_LOCK)))


def append(release: Release, day: date) -> bytes:
    """Keep a release and answer its digest."""
    content = release.encode()
    db.session.execute(
        insert(_TABLE).values(
            day=day,
            tier=release.tier,
            first=release.first,
            last=release.last,
            digest=digest(content),
            content=content,
        )
    )
    return digest(content)


def digests() -> list[bytes]:
    """The digests of all releases, oldest first."""
    return list(db.session.scalars(select(_TABLE.c.digest).order_by(_TABLE.c.seq)))


def last() -> bytes | None:
    """The digest of the newest release, None when there is none."""
    return db.session.scalar(select(_TABLE.c.digest).order_by(_TABLE.c.seq.desc()).limit(1))


def about(first: date, last: date) -> Iterator[Release]:
    """Releases that hold weeks between two Mondays, oldest first, one at a time; `Broken` when one
    does not have its digest.
    """
    is_about = (_TABLE.c.first <= last, _TABLE.c.last >= first)
    query = select(_TABLE.c.digest, _TABLE.c.content).where(*is_about).order_by(_TABLE.c.seq)
    for written, content in db.session.execute(query.execution_options(yield_per=1)):
        if digest(content) != written:
            raise Broken
        yield parse_release(content)
