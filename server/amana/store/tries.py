"""How fast somebody tries to sign in, in one number a row: the moment when its tries are forgotten.

Each try moves the moment on by `seconds`, counted from now where it has passed. Whose moment lies
further away than `at_once` tries would bring it has to wait. All moments are whole seconds since
1970-01-01 UTC. Nothing else is left of a try, and nothing at all once its moment has passed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table, case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from .database import db
from .tables import Tries

_TABLE: Table = Tries.metadata.tables[Tries.__tablename__]
_INSERTS: Mapping[str, sqlite.Insert | postgresql.Insert] = {
    "sqlite": sqlite.insert(_TABLE),
    "postgresql": postgresql.insert(_TABLE),
}


@dataclass(frozen=True)
class Limit:
    """What is counted under `key` (32 bytes): `at_once` tries, then one each `seconds`."""

    key: bytes
    at_once: int
    seconds: int

    def wait(self, until: int, now: int) -> int:
        """The seconds before the next try, 0 for none."""
        return max(0, until - now - self.seconds * (self.at_once - 1))


def wait(limits: Sequence[Limit], now: int) -> int:
    """The seconds before the next try that all of these limits allow, 0 for none."""
    query = select(_TABLE.c.key, _TABLE.c.until).where(
        _TABLE.c.key.in_([one.key for one in limits])
    )
    untils = {row.key: row.until for row in db.session.execute(query)}
    return max(one.wait(untils.get(one.key, now), now) for one in limits)


def take(limit: Limit, now: int) -> bool:
    """Count a try, unless the limit is reached: of tries at the same moment each is counted."""
    insert = _INSERTS[db.session.connection().dialect.name]
    later = case((_TABLE.c.until > now, _TABLE.c.until), else_=now) + limit.seconds
    counted = insert.on_conflict_do_update(
        index_elements=[_TABLE.c.key],
        set_={"until": later},
        where=_TABLE.c.until <= now + limit.seconds * (limit.at_once - 1),
    ).returning(_TABLE.c.until)
    values = {"key": limit.key, "until": now + limit.seconds}
    return db.session.scalar(counted, values) is not None


def give_back(limit: Limit) -> None:
    """Uncount a try: it was right."""
    row = _TABLE.c.key == limit.key
    db.session.execute(update(_TABLE).where(row).values(until=_TABLE.c.until - limit.seconds))


def forget(now: int) -> None:
    """Drop what counts no more."""
    db.session.execute(delete(_TABLE).where(_TABLE.c.until <= now))
