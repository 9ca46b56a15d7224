"""Sealed reports: put once, read in pages, and the tombstone that a deletion leaves.

An envelope's id is the SHA-256 of its bytes, so a resend finds the row that is there already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Insert,
    Table,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from amana.core.envelope import envelope_id, parse

from .database import db
from .tables import DeskKey, Envelope

PutState = Literal["stored", "known", "parked"]
QueueState = Literal["waiting", "assessed", "all"]

_TABLE: Table = Envelope.metadata.tables[Envelope.__tablename__]
_IS_KNOWN_KEY = Envelope.kid.in_(select(DeskKey.kid))

# Numbers are written out, not bound: a partial index is used only where its own words appear.
_HELD = Envelope.body.is_not(None)
_STATES: dict[QueueState, tuple[ColumnElement[bool], ...]] = {
    "waiting": (Envelope.version == literal_column("0"), _HELD),
    "assessed": (Envelope.version > literal_column("0"), _HELD),
    "all": (_HELD,),
}


@dataclass(frozen=True)
class Put:
    """The answer for one envelope: its id (32 bytes), its length in bytes, what became of it."""

    id: bytes
    length: int
    state: PutState


@dataclass(frozen=True)
class Queued:
    """An envelope as the queue shows it. `version` counts assessments; 0 waits for the first."""

    id: bytes
    kid: bytes
    day: date
    length: int
    parked: bool
    version: int


@dataclass(frozen=True)
class QueuePage:
    """One page, newest first; `next` is the cursor of the page after it, None on the last."""

    envelopes: list[Queued]
    next: int | None


def put(sealed: Sequence[bytes], day: date) -> list[Put]:
    """Keep envelopes that are well-formed and not held yet; answers in the order given.

    An envelope that stands twice is `stored` (or `parked`), then `known`. Of any number of
    transactions that put the same envelope at once, exactly one is told `stored`; the others wait
    for its commit and are told `known`. Raises `Refusal` for bytes that are no envelope.
    """
    rows: dict[bytes, dict[str, Any]] = {}
    ids = [envelope_id(envelope) for envelope in sealed]
    for id_, envelope in zip(ids, sealed, strict=True):
        rows[id_] = {
            "id": id_,
            "kid": parse(envelope).kid,
            "length": len(envelope),
            "day": day,
            "body": envelope,
        }
    new = _insert(rows)
    answers = []
    for id_, envelope in zip(ids, sealed, strict=True):
        answers.append(Put(id_, len(envelope), new.pop(id_, "known")))
    return answers


def page(before: int | None, limit: int, state: QueueState) -> QueuePage:
    """Up to `limit` envelopes older than the cursor `before`, newest first, without bodies."""
    query = select(
        Envelope.seq,
        Envelope.id,
        Envelope.kid,
        Envelope.day,
        Envelope.length,
        Envelope.version,
        _IS_KNOWN_KEY.label("known_key"),
    ).where(*_STATES[state])
    if before is not None:
        query = query.where(Envelope.seq < before)
    rows = db.session.execute(query.order_by(Envelope.seq.desc()).limit(limit + 1)).all()
    envelopes = [
        Queued(row.id, row.kid, row.day, row.length, not row.known_key, row.version)
        for row in rows[:limit]
    ]
    return QueuePage(envelopes, rows[limit - 1].seq if len(rows) > limit else None)


def count(state: QueueState, most: int) -> int:
    """How many envelopes are in a state; nothing beyond `most` is counted.

    Waiting and assessed ones are counted apart: each has an index that knows no bodies.
    """
    parts: tuple[QueueState, ...] = ("waiting", "assessed") if state == "all" else (state,)
    return min(most, sum(_count(part, most) for part in parts))


def _count(state: QueueState, most: int) -> int:
    seen = select(Envelope.seq).where(*_STATES[state]).limit(most).subquery()
    return db.session.scalar(select(func.count()).select_from(seen)) or 0


def bodies(ids: Sequence[bytes]) -> dict[bytes, bytes]:
    """The envelopes' bytes by id, of those that are held."""
    query = select(Envelope.id, Envelope.body).where(Envelope.id.in_(ids), _HELD)
    return {id_: body for id_, body in db.session.execute(query) if body is not None}


def every_body() -> Iterator[bytes]:
    """All envelopes that are held, oldest first, read one at a time."""
    query = select(Envelope.body).where(_HELD).order_by(Envelope.seq)
    yield from filter(None, db.session.scalars(query.execution_options(yield_per=64)))


def delete(id_: bytes) -> bool:
    """Forget an envelope's bytes and leave the tombstone; False when no bytes were held."""
    gone = update(Envelope).where(Envelope.id == id_, _HELD).values(body=None)
    return db.session.execute(gone.returning(Envelope.seq)).first() is not None


def _insert(rows: dict[bytes, dict[str, Any]]) -> dict[bytes, PutState]:
    if not rows:
        return {}
    connection = db.session.connection()
    # In the order of ids: two transactions that hold the same envelopes never wait crosswise.
    ordered = [rows[id_] for id_ in sorted(rows)]
    statement = _INSERTS[connection.dialect.name]
    return {
        id_: "stored" if known_key else "parked"
        for id_, known_key in connection.execute(statement, ordered)
    }


def _once(insert: postgresql.Insert | sqlite.Insert) -> Insert:
    return insert.on_conflict_do_nothing(index_elements=["id"])


_INSERTS = {
    "sqlite": _once(sqlite.insert(_TABLE)).returning(_TABLE.c.id, _IS_KNOWN_KEY),
    "postgresql": _once(postgresql.insert(_TABLE)).returning(_TABLE.c.id, _IS_KNOWN_KEY),
}
