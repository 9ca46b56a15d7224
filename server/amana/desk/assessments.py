"""Assessments: a member's decision on a report, checked, appended, versioned.

`If-Match` names the version that the member has seen (0 when there is none yet): whoever decides on
an older one is told so (409) instead of overwriting a colleague.

A resend is no conflict. When the answer to a saved assessment is lost on the way, the browser
sends it again, still with the version from before. If the newest version is the one right after it,
by the same member, with the same content, the request has done what it asked for already, and it is
answered as if it had arrived once: 201 with that version, and nothing is written. Any difference in
base, member or content is a conflict, and so is a newer version behind it, by whomever: the member
must see that one before going on. The same content on top of the newest version is a new decision
and a new version.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from flask import Response
from marshmallow import ValidationError

from amana import clock, store
from amana.core.assessment import check_assessment
from amana.core.audit import Act
from amana.core.refusal import Refusal
from amana.errors import Problem
from amana.store.assessments import Assessment, Conflict, Draft
from amana.store.members import Member
from amana.store.notes import Sealed

from . import schemas
from .description import NOTE
from .reading import version_seen
from .reference import AREAS, VOCABULARY
from .sessions import signed_in

MAX_EVENTS: Final = 1000
MAX_EVENT_REPORTS: Final = 200
REF_BYTES: Final = 8

_NOTE: Final = schemas.Note()


@dataclass(frozen=True)
class Decided:
    """What was decided: `fields` as `check_assessment` answered them, and why, sealed."""

    fields: Mapping[str, Any]
    note: Sealed | None = None


def give_versions(envelope_id: bytes) -> dict[str, Any]:
    """All assessments of a report, and the notes on it

    Oldest first; the last assessment counts.
    """
    return {
        "assessments": [_as_answer(version) for version in _versions(envelope_id)],
        "notes": store.notes.of(envelope_id),
    }


def assess(given: object, envelope_id: bytes) -> dict[str, Any]:
    """Assess a report

    `If-Match` holds the version seen, `"0"` for none yet. Sent again unchanged, the same assessment
    is answered again and kept once. `accept` and `merge` need the facts that summaries count by. A
    `note` says why, sealed.
    """
    seen, decided = version_seen(), _parted(given)
    try:
        keep("assessed", signed_in(), envelope_id, seen, decided)
    except KeyError:
        raise Problem("not_found") from None
    except Conflict:
        raise Problem("conflict") from None
    versions = _versions(envelope_id)
    return _as_answer(versions[seen])  # versions count from 1: this is the one after the seen


def give_events(question: Mapping[str, Any]) -> dict[str, Any]:
    """Events to see, and to merge into

    Those that count, newest first, at most 1,000.
    """
    return {"events": store.events.newest(question["kind"], question["adm2"], MAX_EVENTS)}


def give_event(event_id: bytes) -> dict[str, Any]:
    """The reports of an event

    Those that count, best verified first, at most 200, each with every version of its assessment.
    """
    counted = store.events.reports(event_id.hex(), MAX_EVENT_REPORTS)
    if not counted:
        raise Problem("not_found")
    ids = [each.envelope_id for each in counted]
    envelopes, versions = store.envelopes.listed(ids), store.assessments.versions_of(ids)
    return {
        "reports": [
            {
                "envelope": envelopes[each.envelope_id],
                "verification": each.verification,
                "assessments": [_as_answer(version) for version in versions[each.envelope_id]],
            }
            for each in counted
        ]
    }


def give_case(event_id: bytes) -> dict[str, Any]:
    """All reports of an event

    Also those that do not count, or do not any more, each with every version of its assessment.
    """
    ids = store.assessments.ever_of(event_id.hex())
    if not ids:
        raise Problem("not_found")
    envelopes, versions = store.envelopes.listed(ids), store.assessments.versions_of(ids)
    return {
        "reports": [
            {
                "envelope": envelopes[id_],
                "assessments": [_as_answer(version) for version in versions[id_]],
            }
            for id_ in ids
        ]
    }


def add_note(given: Mapping[str, Any], envelope_id: bytes) -> Response:
    """Write a note on a report

    Sealed in the browser. Sent again, it is kept once.
    """
    member, moment = signed_in(), clock.now()
    note = Sealed(**given)
    try:
        with store.writing():
            id_ = store.notes.append(envelope_id, member.id, moment, note)
            if id_ is not None:
                subject = f"{envelope_id.hex()} {id_.hex()}"
                store.audit.append("note_added", member.name, subject, moment.date())
    except KeyError:
        raise Problem("not_found") from None
    return Response(status=204)


def keep(act: Act, member: Member, envelope_id: bytes, seen: int, decided: Decided) -> bool:
    """Append a version after the one seen, with its note, and record it as `act`; False for a
    resend, of which only a note that is not there yet is kept.

    Raises `KeyError` when there is no such envelope and `Conflict` when `seen` is not its newest
    version.
    """
    moment, fields = clock.now(), decided.fields
    draft = Draft(secrets.token_hex(REF_BYTES), member.id, moment, fields)
    try:
        with store.writing():
            version = store.assessments.append(envelope_id, draft, seen)
            _keep_note(envelope_id, member, moment, decided.note)
            subject = f"{envelope_id.hex()} {version} {fields['decision']}"
            store.audit.append(act, member.name, subject, moment.date())
    except Conflict:
        if not _is_resend(store.assessments.versions(envelope_id), member, fields, seen):
            raise
        with store.writing():
            _keep_note(envelope_id, member, moment, decided.note)
        return False
    return True


def _keep_note(envelope_id: bytes, member: Member, moment: datetime, note: Sealed | None) -> None:
    if note is not None:
        store.notes.append(envelope_id, member.id, moment, note)


def _parted(given: object) -> Decided:
    if not isinstance(given, dict):
        raise Problem("invalid")
    coded = {name: value for name, value in given.items() if name != NOTE}
    try:
        fields = check_assessment(coded, VOCABULARY, AREAS)
        note = Sealed(**_NOTE.load(given[NOTE])) if NOTE in given else None
    except (Refusal, ValidationError) as refusal:
        raise Problem("invalid") from refusal
    return Decided(fields, note)


def _versions(envelope_id: bytes) -> list[Assessment]:
    try:
        return store.assessments.versions(envelope_id)
    except KeyError:
        raise Problem("not_found") from None


def _is_resend(
    versions: Sequence[Assessment], member: Member, fields: Mapping[str, Any], seen: int
) -> bool:
    newest = versions[-1] if versions else None
    return (
        newest is not None
        and newest.version == seen + 1
        and newest.member == member.name
        and newest.fields == fields
    )


def _as_answer(version: Assessment) -> dict[str, Any]:
    return version.fields | {
        "ref": version.ref,
        "version": version.version,
        "member": version.member,
        "assessed": version.assessed,
        "hour": version.hour,
    }
