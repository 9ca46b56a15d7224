"""The newest version of each assessment: which it is, and how it counts."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, Select, Table, case, func, literal, select

from amana.core.summary import Assessed

from . import tables
from .database import db
from .tables import Envelope

_TABLE: Table = tables.Assessment.metadata.tables[tables.Assessment.__tablename__]
_PLAIN: Final = tuple(
    each.name for each in fields(Assessed) if each.name not in ("envelope_id", "verification")
)
CONFIRMED, BELOW_CONFIRMED = "v4", "v3"
AT_ONCE: Final = 1000
"""Rows that are fetched together where all are read."""


def grade() -> ColumnElement[str]:
    """A version's verification as it counts, for a statement over `assessments`.

    Confirmed (`v4`) is what two members have signed: until another one has saved it for the same
    envelope, it counts as `v3`.
    """
    return case((is_alone(), BELOW_CONFIRMED), else_=_TABLE.c.verification)


def is_alone() -> ColumnElement[bool]:
    """Whether a version confirms what no second member has, for a statement over `assessments`."""
    other = _TABLE.alias("other")
    is_signed = (
        select(other.c.version)
        .where(
            other.c.envelope_id == _TABLE.c.envelope_id,
            other.c.member_id != _TABLE.c.member_id,
            other.c.verification == CONFIRMED,
        )
        .exists()
    )
    return (_TABLE.c.verification == CONFIRMED) & ~is_signed


def has_flag(flag: str) -> ColumnElement[bool]:
    """Whether a version carries a flag, for a statement over `assessments`."""
    flags = literal(" ") + func.coalesce(_TABLE.c.flags, "") + " "
    return flags.contains(f" {flag} ", autoescape=True)


def of_envelope(envelope_id: bytes) -> Assessed | None:
    """The newest version for an envelope; None for one that is not assessed."""
    return next(_read(_newest().where(_TABLE.c.envelope_id == envelope_id)), None)


def of_event(kind: str, event: str) -> list[Assessed]:
    """The newest versions that are of one kind and event, whatever they decided."""
    is_event = (
        _TABLE.c.event_id == event
        if len(event) == tables.EVENT_ID_CHARS
        else _TABLE.c.event_id.is_(None) & (_TABLE.c.envelope_id == bytes.fromhex(event))
    )
    return list(_read(_newest().where(is_event, _TABLE.c.kind == kind)))


def by_event() -> Iterator[Assessed]:
    """The newest version of every envelope that was assessed, those of one event and kind together;
    streamed.
    """
    return _read(_newest().order_by(_TABLE.c.kind, _TABLE.c.event_id, _TABLE.c.envelope_id))


def _newest() -> Select[Any]:
    columns = (*(_TABLE.c[name] for name in _PLAIN), grade().label("verification"))
    is_newest = (Envelope.id == _TABLE.c.envelope_id) & (Envelope.version == _TABLE.c.version)
    return select(_TABLE.c.envelope_id, *columns).join(Envelope, is_newest)


def _read(query: Select[Any]) -> Iterator[Assessed]:
    streamed = query.execution_options(yield_per=AT_ONCE)
    yield from map(_as_assessed, db.session.execute(streamed).mappings())


def _as_assessed(row: RowMapping) -> Assessed:
    return Assessed(**{**row, "flags": tuple((row["flags"] or "").split())})
