"""Invitations: links that make one member each. The server keeps the token's hash.

All moments are whole seconds since 1970-01-01 UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from .database import db
from .tables import Invitation as _Table


@dataclass(frozen=True)
class Invitation:
    """An invitation whose time is not over. `member_id` is who joined by it, None before that."""

    name: str
    role: str
    expires_at: int
    member_id: int | None


@dataclass(frozen=True)
class NewInvitation:
    """An invitation to be kept; `invited_by` is a member's id."""

    name: str
    role: str
    invited_by: int
    expires_at: int


def put(token_hash: bytes, new: NewInvitation) -> None:
    """Keep an invitation in the place of an earlier one of that name."""
    db.session.execute(delete(_Table).where(_Table.name == new.name))
    db.session.execute(
        insert(_Table).values(
            token_hash=token_hash,
            name=new.name,
            role=new.role,
            invited_by=new.invited_by,
            expires_at=new.expires_at,
        )
    )


def find(token_hash: bytes, now: int) -> Invitation | None:
    """The invitation behind a token, used or not, if its time is not over."""
    query = _INVITATIONS.where(_Table.token_hash == token_hash, _Table.expires_at > now)
    row = db.session.execute(query).one_or_none()
    return None if row is None else Invitation(*row)


def use(token_hash: bytes, member_id: int) -> None:
    """Say who joined by an invitation."""
    row = _Table.token_hash == token_hash
    db.session.execute(update(_Table).where(row).values(member_id=member_id))


def unused(now: int) -> Sequence[Invitation]:
    """Those that may still be used, by name."""
    query = _INVITATIONS.where(_Table.member_id.is_(None), _Table.expires_at > now)
    return [Invitation(*row) for row in db.session.execute(query.order_by(_Table.name))]


def forget(now: int) -> None:
    """Drop those whose time is over."""
    db.session.execute(delete(_Table).where(_Table.expires_at <= now))


_INVITATIONS = select(_Table.name, _Table.role, _Table.expires_at, _Table.member_id)
