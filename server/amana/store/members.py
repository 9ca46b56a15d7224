"""Members of the desk: names, roles, and keys that only their passphrases unlock.

Who was removed is nobody here: only what they did, the record and their name's being taken tell
that they were.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select, update

from . import tables
from .database import db


@dataclass(frozen=True)
class Member:
    """A member as PROTOCOL section 8 keeps one. `id` is the store's own, 0 before it is added.

    `role` is one of reviewer, coordinator, administrator. `standing` is `waiting` for who has
    joined and was not let in yet, otherwise `let_in`. Lengths in bytes: `salt` 16, `auth_hash` 32,
    `public_key` 1216, `wrapped_seed` 60.
    """

    name: str
    role: str
    salt: bytes
    auth_hash: bytes
    public_key: bytes
    wrapped_seed: bytes
    id: int = 0
    standing: str = "let_in"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has let this member in yet."""
        return self.standing == "waiting"


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
        standing=member.standing,
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


def is_taken(name: str) -> bool:
    """Whether a member has or had that name: what they did must not be taken for another's."""
    query = select(tables.Member.id).where(tables.Member.name == name)
    return db.session.scalar(query) is not None


def let_in(member_id: int) -> None:
    """Let a member in who waits; one who was let in stays so."""
    row = tables.Member.id == member_id
    db.session.execute(update(tables.Member).where(row).values(standing="let_in"))


def is_needed(member: Member) -> bool:
    """Whether the desk would be without an administrator, or a desk key without a holder.

    The rows that this rests on are kept as they are until the transaction ends, so that of two
    members who remove each other one stays.
    """
    inside = _MEMBERS.where(tables.Member.standing == "let_in").order_by(tables.Member.id)
    everybody = [Member(*row) for row in db.session.execute(inside.with_for_update())]
    administrators = [one.id for one in everybody if one.role == "administrator"]
    grants = db.session.execute(select(tables.Grant.kid, tables.Grant.member_id)).all()
    held = {kid for kid, holder in grants if holder == member.id}
    kept = {kid for kid, holder in grants if holder != member.id}
    return administrators == [member.id] or not held <= kept


def remove(member_id: int) -> None:
    """Remove a member: all that is theirs alone, and all that the passphrase unlocks.

    The name stays, and desk keys that the member held are marked as to be renewed.
    """
    held = select(tables.Grant.kid).where(tables.Grant.member_id == member_id)
    marked = update(tables.DeskKey).where(tables.DeskKey.kid.in_(held)).values(must_renew=True)
    db.session.execute(marked)
    for table in _PERSONAL:
        db.session.execute(delete(table).where(table.member_id == member_id))
    invited = tables.Invitation.invited_by == member_id
    db.session.execute(delete(tables.Invitation).where(invited))
    db.session.execute(
        update(tables.Member)
        .where(tables.Member.id == member_id)
        .values(standing="removed", salt=bytes(16), auth_hash=bytes(32), wrapped_seed=bytes(60))
    )


_PERSONAL = (
    tables.Grant,
    tables.Session,
    tables.Factor,
    tables.Challenge,
    tables.Claim,
    tables.Views,
    tables.Invitation,
)
"""Whose rows end with their member; assessments and notes belong to the desk."""
_MEMBERS = select(
    tables.Member.name,
    tables.Member.role,
    tables.Member.salt,
    tables.Member.auth_hash,
    tables.Member.public_key,
    tables.Member.wrapped_seed,
    tables.Member.id,
    tables.Member.standing,
).where(tables.Member.standing != "removed")
