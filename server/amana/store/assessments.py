"""Assessments: appended, versioned, never changed. The newest version of an envelope counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, case, func, insert, literal, select, update

from amana.core.summary import Assessed

from . import tables
from .database import db
from .tables import Envelope, Member

FIELDS = (
    "decision",
    "kind",
    "adm3",
    "adm3_origin",
    "place_precision",
    "day",
    "time_precision",
    "category",
    "households",
    "people",
    "capacity",
    "killed",
    "injured",
    "taken",
    "homes",
    "severity",
    "verification",
    "source_reliability",
    "info_credibility",
    "access",
    "event_id",
    "release_tier",
    "flags",
)
"""The reviewer's own fields: those of the vocabulary except `ref`."""

CONFIRMED, BELOW_CONFIRMED = "v4", "v3"

_TABLE: Table = tables.Assessment.metadata.tables[tables.Assessment.__tablename__]
_FIELDS = tuple(_TABLE.c[name] for name in FIELDS)


class Conflict(Exception):
    """Somebody else's assessment came first: the expected version is not the newest."""


@dataclass(frozen=True)
class Assessment:
    """One version, saved on a UTC day and, but for old ones, at a UTC hour.

    `fields` holds what was decided in its JSON form: codes, `day` as text, `flags` as a list;
    fields without a value are absent.
    """

    ref: str
    version: int
    member: str
    assessed: date
    hour: int | None
    fields: dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """An assessment to be appended. `ref` is 16 hexadecimal characters drawn by the caller;
    `fields` is what `core.assessment.check_assessment` answered."""

    ref: str
    member_id: int
    moment: datetime
    fields: Mapping[str, Any]


def append(envelope_id: bytes, draft: Draft, expected_version: int) -> int:
    """Append a version and answer its number, `expected_version` + 1.

    Raises `KeyError` when there is no such envelope and `Conflict` when its newest version is
    not `expected_version`; of writers at the same moment one wins and the others get `Conflict`.
    """
    claimed = db.session.execute(
        update(Envelope)
        .where(Envelope.id == envelope_id, Envelope.version == expected_version)
        .values(version=Envelope.version + 1)
        .returning(Envelope.version)
    ).scalar_one_or_none()
    if claimed is None:
        raise Conflict if _exists(envelope_id) else KeyError("envelope")
    db.session.execute(
        insert(_TABLE).values(
            envelope_id=envelope_id,
            version=claimed,
            ref=draft.ref,
            member_id=draft.member_id,
            assessed=draft.moment.date(),
            hour=draft.moment.hour,
            **_to_columns(draft.fields),
        )
    )
    return claimed


def versions(envelope_id: bytes) -> list[Assessment]:
    """All versions for one envelope, oldest first; `KeyError` when there is no such envelope."""
    found = versions_of([envelope_id])[envelope_id]
    if not found and not _exists(envelope_id):
        raise KeyError("envelope")
    return found


def versions_of(envelope_ids: Sequence[bytes]) -> dict[bytes, list[Assessment]]:
    """All versions for each of these envelopes, oldest first; none for one that has none."""
    query = (
        select(
            _TABLE.c.envelope_id,
            _TABLE.c.ref,
            _TABLE.c.version,
            Member.name,
            _TABLE.c.assessed,
            _TABLE.c.hour,
            *_FIELDS,
        )
        .join(Member, Member.id == _TABLE.c.member_id)
        .where(_TABLE.c.envelope_id.in_(envelope_ids))
        .order_by(_TABLE.c.version)
    )
    found: dict[bytes, list[Assessment]] = {each: [] for each in envelope_ids}
    for id_, ref, version, member, assessed, hour, *values in db.session.execute(query):
        found[id_].append(Assessment(ref, version, member, assessed, hour, _from_columns(values)))
    return found


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


def latest() -> Iterator[Assessed]:
    """The newest version of every envelope that was assessed, whatever it decided.

    Which of them count, and where, is `core.summary`'s business: an event's reports may lie in
    different weeks, so no part of the table can be counted alone.
    """
    query = select(
        _TABLE.c.envelope_id,
        _TABLE.c.assessed,
        _TABLE.c.decision,
        _TABLE.c.kind,
        _TABLE.c.adm3,
        _TABLE.c.day,
        _TABLE.c.event_id,
        grade().label("verification"),
        _TABLE.c.severity,
        _TABLE.c.households,
        _TABLE.c.flags,
        _TABLE.c.release_tier,
        _TABLE.c.killed,
        _TABLE.c.injured,
        _TABLE.c.taken,
    ).join(Envelope, (Envelope.id == _TABLE.c.envelope_id) & (Envelope.version == _TABLE.c.version))
    for row in db.session.execute(query).mappings():
        yield Assessed(**{**row, "flags": tuple((row["flags"] or "").split())})


def _exists(envelope_id: bytes) -> bool:
    return db.session.scalar(select(Envelope.seq).where(Envelope.id == envelope_id)) is not None


def _to_columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(fields)
    if "day" in columns:
        columns["day"] = date.fromisoformat(columns["day"])
    if "flags" in columns:
        columns["flags"] = " ".join(columns["flags"])
    return columns


def _from_columns(values: Sequence[Any]) -> dict[str, Any]:
    fields = {name: value for name, value in zip(FIELDS, values, strict=True) if value is not None}
    if "day" in fields:
        fields["day"] = fields["day"].isoformat()
    if "flags" in fields:
        fields["flags"] = fields["flags"].split()
    return fields
