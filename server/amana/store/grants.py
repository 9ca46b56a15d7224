"""Grants: desk keys' seeds, each sealed to one member."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from . import tables
from .database import db


@dataclass(frozen=True)
class Grant:
    """`sealed` (1168 bytes) opens with the member's seed to the seed of desk key `kid`."""

    kid: bytes
    sealed: bytes


def add(kid: bytes, member_id: int, sealed: bytes) -> None:
    """Grant a desk key to a member. Raises `IntegrityError` where either is unknown or has it."""
    db.session.execute(insert(tables.Grant).values(kid=kid, member_id=member_id, sealed=sealed))


def of(member_id: int) -> list[Grant]:
    """The member's grants."""
    query = select(tables.Grant.kid, tables.Grant.sealed).where(tables.Grant.member_id == member_id)
    return [Grant(*row) for row in db.session.execute(query.order_by(tables.Grant.kid))]


def holders(kid: bytes) -> int:
    """How many members hold the desk key."""
    query = select(func.count()).select_from(tables.Grant).where(tables.Grant.kid == kid)
    return db.session.execute(query).scalar_one()


def kids_of_all() -> Mapping[int, list[bytes]]:
    """Which desk keys each member holds, by the member's id."""
    query = select(tables.Grant.member_id, tables.Grant.kid).order_by(tables.Grant.kid)
    held: dict[int, list[bytes]] = defaultdict(list)
    for member_id, kid in db.session.execute(query):
        held[member_id].append(kid)
    return held
