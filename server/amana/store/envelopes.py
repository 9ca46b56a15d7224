"""Sealed reports: put once, read in pages, and the tombstone that a deletion leaves.

An envelope's id is the SHA-256 of its bytes, so a resend finds the row that is there already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Insert,
    Row,
    Select,
    Table,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from amana.core.envelope import envelope_id, parse

from . import latest
from .database import db
from .tables import Assessment, DeskKey, Envelope, Member

PutState = Literal["stored", "known", "parked"]
QueueState = Literal["waiting", "assessed", "all"]

_SHOWN = ("seq", "id", "kid", "day", "length", "version")
LOOKED_AT = 2_000
"""How many envelopes a page of chosen ones is looked for among."""

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
class Latest:
    """What the newest assessment of an envelope says in short, and whose it is.

    `verification` is the grade as it counts, None where there is none.
    """

    decision: str
    verification: str | None
    flags: list[str]
    member: str


@dataclass(frozen=True)
class Queued:
    """An envelope as the queue shows it. `version` counts assessments; 0 waits for the first."""

    id: bytes
    kid: bytes
    day: date
    length: int
    parked: bool
    version: int
    latest: Latest | None


@dataclass(frozen=True)
class Choice:
    """Which assessed envelopes are wanted, by their newest assessment; None leaves a thing open.

    `verification` is a grade as it counts. `is_alone` wants those that await a second member's
    confirmation, `member_id` those that this member assessed.
    """

    decision: str | None = None
    verification: str | None = None
    flag: str | None = None
    is_alone: bool = False
    member_id: int | None = None


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
    query = _entries(_TABLE).where(*_older(before, state))
    rows = db.session.execute(query.limit(limit + 1)).all()
    envelopes = [_queued(row) for row in rows[:limit]]
    return QueuePage(envelopes, rows[limit - 1].seq if len(rows) > limit else None)


def listed(ids: Sequence[bytes]) -> dict[bytes, Queued]:
    """Envelopes by id, as the queue would show them, also those whose bytes are gone."""
    query = _entries(_TABLE).where(_TABLE.c.id.in_(ids))
    return {row.id: _queued(row) for row in db.session.execute(query)}


def chosen_page(before: int | None, limit: int, choice: Choice) -> QueuePage:
    """Like `page`, of those assessed envelopes that were chosen.

    Looks at `LOOKED_AT` envelopes and no more, so that a page costs the same whatever is chosen:
    it may hold few or none and have a `next` all the same.
    """
    columns = (_TABLE.c[name] for name in _SHOWN)
    looked_at = select(*columns).where(*_older(before, "assessed")).order_by(_TABLE.c.seq.desc())
    span = looked_at.limit(LOOKED_AT).subquery()
    query = _entries(span).where(*_chosen(choice))
    rows = db.session.execute(query.limit(limit + 1)).all()
    envelopes = [_queued(row) for row in rows[:limit]]
    if len(rows) > limit:
        return QueuePage(envelopes, rows[limit - 1].seq)
    last, count = db.session.execute(select(func.min(span.c.seq), func.count())).one()
    return QueuePage(envelopes, last if count == LOOKED_AT else None)


def _older(before: int | None, state: QueueState) -> tuple[ColumnElement[bool], ...]:
    cursor = () if before is None else (Envelope.seq < before,)
    return (*_STATES[state], *cursor)


def _entries(envelopes: FromClause) -> Select[*tuple[Any, ...]]:
    """Envelopes with what their newest assessment says in short, newest first."""
    newest = (Assessment.envelope_id == envelopes.c.id) & (
        Assessment.version == envelopes.c.version
    )
    return (
        select(
            *(envelopes.c[name] for name in _SHOWN),
            envelopes.c.kid.in_(select(DeskKey.kid)).label("known_key"),
            Assessment.decision,
            latest.grade().label("verification"),
            Assessment.flags,
            Member.name.label("member"),
        )
        .select_from(envelopes)
        .outerjoin(Assessment, newest)
        .outerjoin(Member, Member.id == Assessment.member_id)
        .order_by(envelopes.c.seq.desc())
    )


def _queued(row: Row[*tuple[Any, ...]]) -> Queued:
    latest = None
    if row.decision is not None:
        flags = (row.flags or "").split()
        latest = Latest(row.decision, row.verification, flags, row.member)
    return Queued(row.id, row.kid, row.day, row.length, not row.known_key, row.version, latest)


def _chosen(choice: Choice) -> Iterator[ColumnElement[bool]]:
    if choice.decision is not None:
        yield Assessment.decision == choice.decision
    if choice.verification is not None:
        yield latest.grade() == choice.verification
    if choice.flag is not None:
        yield latest.has_flag(choice.flag)
    if choice.is_alone:
        yield latest.is_alone()
    if choice.member_id is not None:
        yield Assessment.member_id == choice.member_id


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
