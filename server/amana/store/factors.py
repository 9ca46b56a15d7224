"""Members' second factors, and the challenges that are open; moments are arguments.

A factor's counter only grows while it matters, a challenge is taken once: of two requests with the
same proof at the same moment one goes away empty. All moments are whole seconds since 1970-01-01
UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, exists, func, insert, or_, select, update

from amana.core.factors import DRIFT_STEPS, STEP_SECONDS, STEPS_A_DAY

from . import tables
from .database import db


@dataclass(frozen=True)
class Factor:
    """A second factor. `id` has 16 bytes; `kind` is webauthn or totp.

    A security key has `origin`, `credential` and `public_key`, codes have a sealed `secret`.
    """

    id: bytes
    kind: str
    day: date
    counter: int
    origin: str | None = None
    credential: bytes | None = None
    public_key: bytes | None = None
    secret: bytes | None = None


@dataclass(frozen=True)
class Challenge:
    """What a member was asked to prove: to sign in, or that a new factor is theirs.

    `purpose` is sign_in, webauthn or totp; the latter has the new factor's sealed `secret`.
    """

    member_id: int
    purpose: str
    secret: bytes | None = None


def add(member_id: int, factor: Factor) -> None:
    """Add a member's factor. Raises `IntegrityError` for a credential that is somebody's."""
    db.session.execute(
        insert(tables.Factor).values(
            id=factor.id,
            member_id=member_id,
            kind=factor.kind,
            origin=factor.origin,
            credential=factor.credential,
            public_key=factor.public_key,
            secret=factor.secret,
            counter=factor.counter,
            day=factor.day,
        )
    )


def of(member_id: int) -> list[Factor]:
    """A member's factors, oldest first; those of one day in an order that stays."""
    rows = db.session.execute(_FACTORS.where(tables.Factor.member_id == member_id))
    return [Factor(*row) for row in rows]


def hold(member_id: int) -> list[Factor]:
    """The same, and nobody else removes one of them before this transaction ends."""
    mine = _FACTORS.where(tables.Factor.member_id == member_id)
    return [Factor(*row) for row in db.session.execute(mine.with_for_update())]


def count(member_id: int) -> int:
    """How many factors a member has."""
    query = select(func.count()).where(tables.Factor.member_id == member_id)
    return db.session.execute(query).scalar_one()


def is_known(credential: bytes) -> bool:
    """Whether a credential is some member's factor."""
    query = select(exists().where(tables.Factor.credential == credential))
    return bool(db.session.execute(query).scalar_one())


def advance(factor_id: bytes, counter: int) -> bool:
    """Move a factor's counter on, or keep that of a key that does not count at 0.

    False when the counter is there already: somebody was faster with the same proof.
    """
    row = tables.Factor
    moved = update(row).where(
        row.id == factor_id, or_(row.counter < counter, (row.counter == 0) & (counter == 0))
    )
    found = db.session.execute(moved.values(counter=counter).returning(row.id))
    return found.one_or_none() is not None


def remove(factor_id: bytes) -> None:
    """Remove a factor."""
    db.session.execute(delete(tables.Factor).where(tables.Factor.id == factor_id))


def remove_all_of(member_id: int) -> None:
    """Remove a member's factors, and close what the member was asked to prove."""
    for table in (tables.Factor, tables.Challenge):
        db.session.execute(delete(table).where(table.member_id == member_id))


def ask(handle_hash: bytes, challenge: Challenge, now: int, expires_at: int) -> None:
    """Open a challenge, and drop those whose time is over. `handle_hash` is 32 bytes."""
    _blur(now)
    db.session.execute(delete(tables.Challenge).where(tables.Challenge.expires_at <= now))
    db.session.execute(
        insert(tables.Challenge).values(
            handle_hash=handle_hash,
            member_id=challenge.member_id,
            purpose=challenge.purpose,
            secret=challenge.secret,
            expires_at=expires_at,
        )
    )


def asked(handle_hash: bytes, purposes: Sequence[str], now: int) -> Challenge | None:
    """The open challenge behind a handle, for one of these purposes."""
    row = db.session.execute(
        select(tables.Challenge.member_id, tables.Challenge.purpose, tables.Challenge.secret).where(
            tables.Challenge.handle_hash == handle_hash,
            tables.Challenge.purpose.in_(purposes),
            tables.Challenge.expires_at > now,
        )
    ).one_or_none()
    return None if row is None else Challenge(*row)


def take(handle_hash: bytes) -> bool:
    """Close a challenge; False when it is closed already."""
    row = tables.Challenge
    closed = delete(row).where(row.handle_hash == handle_hash).returning(row.handle_hash)
    return db.session.execute(closed).one_or_none() is not None


def _blur(now: int) -> None:
    """Leave the day of time steps whose codes are over: no row says at which hour somebody came."""
    row, first_taken = tables.Factor, now // STEP_SECONDS - DRIFT_STEPS
    hour = row.counter % STEPS_A_DAY
    over = (row.kind == "totp") & (row.counter < first_taken) & (hour != 0)
    db.session.execute(update(row).where(over).values(counter=row.counter - hour))


_FACTORS = select(
    tables.Factor.id,
    tables.Factor.kind,
    tables.Factor.day,
    tables.Factor.counter,
    tables.Factor.origin,
    tables.Factor.credential,
    tables.Factor.public_key,
    tables.Factor.secret,
).order_by(tables.Factor.day, tables.Factor.id)
