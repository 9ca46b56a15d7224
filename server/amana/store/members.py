"""Members of the desk: names, roles, and keys that only their passphrases unlock."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, select

from . import tables
from .database import db


@dataclass(frozen=True)
class Member:
    """A member as PROTOCOL section 8 keeps one. `id` is the store's own, 0 before it is added.

    `role` is one of reviewer, coordinator, administrator. Lengths in bytes: `salt` 16,
    `auth_hash` 32, `public_key` 1216, `wrapped_seed` 60.
    """

    name: str
    role: str
    salt: bytes
    auth_hash: bytes
    public_key: bytes
    wrapped_seed: bytes
    id: int = 0


def add(member: Member, day: date) -> int:
    """Add a member and answer the id. Raises `IntegrityError` for a name that is taken."""
    statement = insert(tables.Member).values(
        name=member.name,
        role=member.role,
        salt=member.salt,
        auth_hash=member.auth_hash,
        public_key=member.public_key,
        wrapped_seed=member.wrapped_seed,
        day=day,
    )
    return db.session.execute(statement.returning(tables.Member.id)).scalar_one()


def get(name: str) -> Member | None:
    """The member of that name, compared byte for byte."""
    row = db.session.execute(_MEMBERS.where(tables.Member.name == name)).one_or_none()
    return None if row is None else Member(*row)


def by_id(member_id: int) -> Member | None:
    """The member with that id."""
    row = db.session.execute(_MEMBERS.where(tables.Member.id == member_id)).one_or_none()
    return None if row is None else Member(*row)


def everyone() -> list[Member]:
    """All members in the order they were added."""
    rows = db.session.execute(_MEMBERS.order_by(tables.Member.id))
    return [Member(*row) for row in rows]


_MEMBERS = select(
    tables.Member.name,
    tables.Member.role,
    tables.Member.salt,
    tables.Member.auth_hash,
    tables.Member.public_key,
    tables.Member.wrapped_seed,
    tables.Member.id,
)
