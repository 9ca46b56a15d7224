"""Desk keys this server knows. An envelope sealed to any other is parked until its key is added."""

from sqlalchemy import insert, select, update

from amana.core.keyset import DeskKey

from . import tables
from .database import db


def add(key: DeskKey, recovery_grant: bytes) -> None:
    """Know a desk key. `recovery_grant` is its seed sealed to the recovery key (1168 bytes):
    without one, a lost desk would lose every report sealed to the key."""
    db.session.execute(
        insert(tables.DeskKey).values(
            kid=key.kid,
            public_key=key.pub,
            from_day=key.from_,
            until_day=key.until,
            recovery_grant=recovery_grant,
        )
    )


def known() -> set[bytes]:
    """The kids (8 bytes each) of all keys, retired ones too."""
    return set(db.session.scalars(select(tables.DeskKey.kid)))


def recovery_grants() -> dict[bytes, bytes]:
    """Every key's grant to the recovery key, by kid."""
    query = select(tables.DeskKey.kid, tables.DeskKey.recovery_grant)
    return dict(db.session.execute(query).all())


def must_renew() -> bool:
    """Whether a removed member held a desk key and no newer one has been made since."""
    query = select(tables.DeskKey.kid).where(tables.DeskKey.must_renew).limit(1)
    return db.session.scalar(query) is not None


def renewed(kid: bytes) -> None:
    """Phones seal to the key `kid` from now on; the older ones need not be renewed any more."""
    older = tables.DeskKey.kid != kid
    db.session.execute(update(tables.DeskKey).where(older).values(must_renew=False))
