"""Letters in mailboxes: replaced as a whole, kept for some months after the last writing.

A letter is noise to everybody but its writers and its reader (PROTOCOL section 9).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from . import tables
from .database import db
from .tables import Envelope, Mailbox

_TABLE: Table = Mailbox.metadata.tables[Mailbox.__tablename__]
_INSERTS = {
    "sqlite": sqlite.insert(_TABLE).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(_TABLE).on_conflict_do_nothing(),
}


@dataclass(frozen=True)
class Kept:
    """The letter in a mailbox; `version` counts how often it was written."""

    id: bytes
    version: int
    letter: bytes


def letter(mailbox_id: bytes) -> bytes | None:
    """The letter in a mailbox, by one statement whether or not there is one."""
    return db.session.scalar(select(_TABLE.c.letter).where(_TABLE.c.id == mailbox_id))


def letters(ids: Sequence[bytes]) -> list[Kept]:
    """The letters in these mailboxes, in the order of their ids."""
    query = select(_TABLE.c.id, _TABLE.c.version, _TABLE.c.letter).where(_TABLE.c.id.in_(ids))
    return [Kept(*row) for row in db.session.execute(query.order_by(_TABLE.c.id))]


def has_room(mailbox_id: bytes, seen: int) -> bool:
    """Whether a letter may follow version `seen` in a mailbox.

    There are never more mailboxes than reports have come, and none is written to without end.
    """
    if seen > 0:
        return seen < tables.MAX_LETTERS
    came = select(func.coalesce(func.max(Envelope.seq), 0)).scalar_subquery()
    others = select(func.count()).where(_TABLE.c.id != mailbox_id).scalar_subquery()
    return bool(db.session.scalar(select(others < came)))


def put(mailbox_id: bytes, sealed: bytes, seen: int, until: date) -> int | None:
    """Put a letter in the place of version `seen`, 0 for none; its version.

    None when another letter came first. The same letter again is answered as if it had come once.
    """
    kept = {"version": seen + 1, "letter": sealed, "until": until}
    if seen == 0:
        insert = _INSERTS[db.session.connection().dialect.name]
        db.session.execute(insert.values(id=mailbox_id, **kept))
    else:
        held = (_TABLE.c.id == mailbox_id) & (_TABLE.c.version == seen)
        db.session.execute(update(_TABLE).where(held).values(**kept))
    lies = select(_TABLE.c.letter == sealed).where(
        _TABLE.c.id == mailbox_id, _TABLE.c.version == seen + 1
    )
    return seen + 1 if db.session.scalar(lies) else None


def forget(today: date) -> None:
    """Forget the letters whose time is over."""
    db.session.execute(delete(_TABLE).where(_TABLE.c.until <= today))
