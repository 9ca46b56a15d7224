"""Who works on which envelope just now: a lease that its holder renews and that ends by itself.

All moments are whole seconds since 1970-01-01 UTC. A claim that is over goes with the next one
that is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from .database import db
from .tables import Claim, Envelope, Member

_TABLE: Table = Claim.metadata.tables[Claim.__tablename__]
_INSERTS: Mapping[str, sqlite.Insert | postgresql.Insert] = {
    "sqlite": sqlite.insert(_TABLE),
    "postgresql": postgresql.insert(_TABLE),
}


@dataclass(frozen=True)
class Held:
    """An envelope (32 bytes) and the name of the member who works on it."""

    id: bytes
    member: str


def hold(envelope_id: bytes, member_id: int, now: int, expires_at: int, *, taking: bool) -> None:
    """Claim an envelope that nobody else holds, or renew one's own claim; with `taking` any.

    Raises `KeyError` when there is no such envelope. Whose it is now, `holder` tells: of members at
    the same moment one has it.
    """
    known = select(Envelope.seq).where(Envelope.id == envelope_id)
    if db.session.scalar(known) is None:
        raise KeyError("envelope")
    insert = _INSERTS[db.session.connection().dialect.name]
    values = {"member_id": member_id, "expires_at": expires_at}
    is_free = or_(_TABLE.c.member_id == member_id, _TABLE.c.expires_at <= now)
    db.session.execute(
        insert.on_conflict_do_update(
            index_elements=[_TABLE.c.envelope_id],
            set_=values,
            where=None if taking else is_free,
        ),
        {"envelope_id": envelope_id, **values},
    )


def holder(envelope_id: bytes, now: int) -> str | None:
    """The name of who holds an envelope now."""
    query = (
        select(Member.name)
        .join(_TABLE, _TABLE.c.member_id == Member.id)
        .where(_TABLE.c.envelope_id == envelope_id, _TABLE.c.expires_at > now)
    )
    return db.session.scalar(query)


def release(envelope_id: bytes, member_id: int) -> None:
    """Give up a claim; somebody else's stays."""
    own = (_TABLE.c.envelope_id == envelope_id) & (_TABLE.c.member_id == member_id)
    db.session.execute(delete(_TABLE).where(own))


def forget(now: int) -> None:
    """Drop the claims whose time is over."""
    db.session.execute(delete(_TABLE).where(_TABLE.c.expires_at <= now))


def everybodys(now: int) -> Sequence[Held]:
    """All claims that hold, in the order of the envelopes' ids."""
    query = (
        select(_TABLE.c.envelope_id, Member.name)
        .join(Member, Member.id == _TABLE.c.member_id)
        .where(_TABLE.c.expires_at > now)
        .order_by(_TABLE.c.envelope_id)
    )
    return [Held(*row) for row in db.session.execute(query)]
