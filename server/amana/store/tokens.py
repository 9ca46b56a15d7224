"""Tokens: each lets a program read the figures of one tier. The server keeps the token's hash."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import delete, insert, or_, select, update

from .database import db
from .tables import Member
from .tables import Token as _Table


@dataclass(frozen=True)
class Token:
    """A token as it is told of.

    `until` is its last day, `used` the last day it was used, `made_by` the name of the member who
    made it, None for one that the operator made or that is older than this.
    """

    id: int
    name: str
    tier: str
    made: date
    until: date | None
    used: date | None
    made_by: str | None

    @property
    def subject(self) -> str:
        """What the record calls it."""
        return f"{self.tier} {self.name}"


@dataclass(frozen=True)
class NewToken:
    """A token to be kept; `made_by` is a member's id, None for the operator."""

    name: str
    tier: str
    made: date
    until: date | None
    made_by: int | None


def put(token_hash: bytes, new: NewToken) -> None:
    """Keep a token."""
    db.session.execute(insert(_Table).values(token_hash=token_hash, **asdict(new)))


def find(token_hash: bytes, today: date) -> Token | None:
    """The token of that hash, if its time is not over."""
    is_good = or_(_Table.until.is_(None), _Table.until >= today)
    query = _TOKENS.where(_Table.token_hash == token_hash, is_good)
    row = db.session.execute(query).one_or_none()
    return None if row is None else Token(*row)


def everyone() -> Sequence[Token]:
    """All tokens, those whose time is over too, the newest last."""
    return [Token(*row) for row in db.session.execute(_TOKENS.order_by(_Table.id))]


def use(token_id: int, today: date) -> bool:
    """Note that a token is used; whether this is its first time today."""
    is_first = or_(_Table.used.is_(None), _Table.used != today)
    row = update(_Table).where(_Table.id == token_id, is_first).values(used=today)
    return db.session.execute(row.returning(_Table.id)).first() is not None


def revoke(token_id: int) -> Token | None:
    """Forget a token; the one that it was, None where there is none."""
    row = db.session.execute(_TOKENS.where(_Table.id == token_id)).one_or_none()
    db.session.execute(delete(_Table).where(_Table.id == token_id))
    return None if row is None else Token(*row)


def revoke_made_by(member_id: int) -> Sequence[Token]:
    """Forget the tokens that a member made; those that they were, the newest last."""
    query = _TOKENS.where(_Table.made_by == member_id).order_by(_Table.id)
    tokens = [Token(*row) for row in db.session.execute(query)]
    db.session.execute(delete(_Table).where(_Table.made_by == member_id))
    return tokens


_TOKENS = select(
    _Table.id, _Table.name, _Table.tier, _Table.made, _Table.until, _Table.used, Member.name
).outerjoin(Member, Member.id == _Table.made_by)
