"""Assessments: appended, versioned, never changed. The newest version of an envelope counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, insert, select, update

from . import events, tables, waits
from .database import db
from .tables import Envelope, Member

FIELDS = (
    "decision",
    "kind",
    "adm3",
    "adm3_origin",
    "adm3_arrival",
    "place_precision",
    "day",
    "time_precision",
    "category",
    "households",
    "people",
    "capacity",
    "room",
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
    events.hold()
    before = events.of_envelope(envelope_id)
    claimed = db.session.execute(
        update(Envelope)
        .where(Envelope.id == envelope_id, Envelope.version == expected_version)
        .values(version=Envelope.version + 1)
        .returning(Envelope.version, Envelope.day)
    ).one_or_none()
    if claimed is None:
        raise Conflict if _exists(envelope_id) else KeyError("envelope")
    version, arrived = claimed
    db.session.execute(
        insert(_TABLE).values(
            envelope_id=envelope_id,
            version=version,
            ref=draft.ref,
            member_id=draft.member_id,
            assessed=draft.moment.date(),
            hour=draft.moment.hour,
            **_to_columns(draft.fields),
        )
    )
    if version == 1:
        waits.add(arrived, draft.moment.date())
    events.renew({*before, *events.of_envelope(envelope_id)})
    return int(version)


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


def ever_of(event_id: str) -> list[bytes]:
    """The envelopes that were put to an event, counted or not, and to no other since; by id."""
    put = select(_TABLE.c.envelope_id).where(_TABLE.c.event_id == event_id)
    query = (
        select(_TABLE.c.envelope_id, _TABLE.c.event_id)
        .where(_TABLE.c.envelope_id.in_(put), _TABLE.c.event_id.is_not(None))
        .order_by(_TABLE.c.envelope_id, _TABLE.c.version)
    )
    last: dict[bytes, str] = {id_: event for id_, event in db.session.execute(query)}
    return [id_ for id_, event in last.items() if event == event_id]


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
