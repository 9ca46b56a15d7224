"""Releases: the files that left, one row each; appended to, read, never changed.

`append` belongs to a transaction that has read `ledger` before: on PostgreSQL others wait from
`hold` on, on SQLite from the beginning of the transaction.
"""

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


def ledger() -> list[Release]:
    """All releases, oldest first; `Broken` when one of them does not have its digest."""
    query = select(_TABLE.c.digest, _TABLE.c.content).order_by(_TABLE.c.seq)
    releases = []
    for written, content in db.session.execute(query):
        if digest(content) != written:
            raise Broken
        releases.append(parse_release(content))
    return releases
