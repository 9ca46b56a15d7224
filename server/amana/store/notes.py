"""Notes: what members wrote down about a report, sealed. Appended, never changed."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from .database import db
from .tables import Envelope, Member, Note

ID_BYTES = 16

_TABLE: Table = Note.metadata.tables[Note.__tablename__]
_INSERTS = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(),
}


@dataclass(frozen=True)
class Sealed:
    """A note as a browser sealed it: which desk key's notes (8 bytes), and the note (2076)."""

    kid: bytes
    sealed: bytes


@dataclass(frozen=True)
class Kept:
    """A note with who wrote it, when, and behind which version of the assessment."""

    id: bytes
    member: str
    day: date
    hour: int
    version: int
    kid: bytes
    sealed: bytes


def append(envelope_id: bytes, member_id: int, moment: datetime, note: Sealed) -> bytes | None:
    """Append a note behind the newest version of the assessment; its id (16 bytes).

    None when the very same note is there already. Raises `KeyError` when there is no such envelope.
    """
    version = db.session.scalar(select(Envelope.version).where(Envelope.id == envelope_id))
    if version is None:
        raise KeyError("envelope")
    insert = _INSERTS[db.session.connection().dialect.name]
    kept: bytes | None = db.session.scalar(
        insert.values(
            id=hashlib.sha256(note.sealed).digest()[:ID_BYTES],
            envelope_id=envelope_id,
            member_id=member_id,
            day=moment.date(),
            hour=moment.hour,
            version=version,
            kid=note.kid,
            sealed=note.sealed,
        ).returning(_TABLE.c.id)
    )
    return kept


def of(envelope_id: bytes) -> list[Kept]:
    """The notes on an envelope, oldest first."""
    query = (
        select(Note.id, Member.name, Note.day, Note.hour, Note.version, Note.kid, Note.sealed)
        .join(Member, Member.id == Note.member_id)
        .where(Note.envelope_id == envelope_id)
        .order_by(Note.seq)
    )
    return [Kept(*row) for row in db.session.execute(query)]
