"""Members' sessions. The server keeps the token's hash; moments are arguments.

All moments are whole seconds since 1970-01-01 UTC.
"""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from . import tables
from .database import db
from .members import Member, by_id


@dataclass(frozen=True)
class Session:
    """A session that has not ended: whose it is, when it ends unused, when it ends in any case."""

    member: Member
    expires_at: int
    ends_at: int


def start(token_hash: bytes, member_id: int, now: int, expires_at: int, ends_at: int) -> None:
    """Begin a session, and drop those whose time is over. `token_hash` is 32 bytes."""
    db.session.execute(delete(tables.Session).where(tables.Session.expires_at <= now))
    db.session.execute(
        insert(tables.Session).values(
            token_hash=token_hash, member_id=member_id, expires_at=expires_at, ends_at=ends_at
        )
    )


def find(token_hash: bytes, now: int) -> Session | None:
    """The session behind a token, if its time is not over."""
    query = select(
        tables.Session.member_id, tables.Session.expires_at, tables.Session.ends_at
    ).where(tables.Session.token_hash == token_hash, tables.Session.expires_at > now)
    row = db.session.execute(query).one_or_none()
    member = by_id(row[0]) if row is not None else None
    return Session(member, row[1], row[2]) if row is not None and member is not None else None


def touch(token_hash: bytes, expires_at: int) -> None:
    """Move the end of an unused session, never past its last moment."""
    db.session.execute(
        update(tables.Session)
        .where(tables.Session.token_hash == token_hash, tables.Session.ends_at >= expires_at)
        .values(expires_at=expires_at)
    )


def end(token_hash: bytes) -> None:
    """End a session; one that is not there has ended."""
    db.session.execute(delete(tables.Session).where(tables.Session.token_hash == token_hash))


def end_all(member_id: int | None = None) -> None:
    """End every session of a member, or of all members."""
    whose = [] if member_id is None else [tables.Session.member_id == member_id]
    db.session.execute(delete(tables.Session).where(*whose))
