"""Every door of the desk: what it is called, who may pass, what comes in, what goes out.

The table is the only place where that is said. `guard` reads it before anything of a request's body
is read, and refuses every address that is not in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Final

from flask import Flask, request
from marshmallow import Schema

from amana import http
from amana.core.summary import OUTSIDE
from amana.errors import Problem

from . import (
    assessments,
    audit,
    cases,
    claims,
    description,
    factors,
    mailboxes,
    people,
    proofs,
    queue,
    schemas,
    sessions,
    summaries,
    tokens,
    views,
)
from .fields import OPENAPI_TYPES
from .reading import BODY_FAILS, JSON_TYPE, VERSION_TAG, with_body, with_query
from .reference import AREAS, VOCABULARY

ANYBODY: Final = None
EVERY_MEMBER: Final = frozenset({"reviewer", "coordinator", "administrator"})
READERS: Final = frozenset({"reviewer", "administrator"})
"""Roles that hold desk keys and decide."""
ADMINISTRATORS: Final = frozenset({"administrator"})
RELEASERS: Final = frozenset({"coordinator", "administrator"})
"""Roles that decide what leaves the organisation."""


@dataclass(frozen=True)
class Door(http.Door):
    """An address that reads a query or a JSON body and opens to some roles.

    `who` are roles; ANYBODY needs no session, and a door that names nobody opens to nobody.
    `waits`: it opens to members of these roles before they are let in, too.
    `by_token`: it opens to programs that have a token, and to no member.
    `before_factor`: a member who has to add a second factor first may pass too.
    `who_outside`: of `who`, those to whom it opens for a tier that leaves the organisation, where
    the body names one.
    A `body` that is a description, not a schema, comes to the view as it is, to be checked there.
    """

    who: frozenset[str] | None = frozenset()
    waits: bool = False
    query: type[Schema] | None = None
    body: type[Schema] | Mapping[str, Any] | None = None
    before_factor: bool = False
    who_outside: frozenset[str] | None = None
    by_token: bool = False


_API = http.API_PREFIX
_BYTES: Final = {"type": "string", "format": "binary"}
_FIGURES: Final = {"type": "object", "required": ["amana", "rows"]}
_ASSESSMENTS: Final = f"{_API}/envelopes/<hex(32):envelope_id>/assessments"
_MEMBER: Final = f"{_API}/members/<int(max={schemas.MAX_MEMBER}):member_id>"
_CLAIM: Final = f"{_API}/envelopes/<hex(32):envelope_id>/claim"
_IF_MATCH: Final = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string", "pattern": VERSION_TAG},
    "description": "The newest version that was seen, in quotes.",
}

DOORS: Final = (
    Door("GET", "/healthz", http.give_health, http.HealthSchema, "All is well.", who=ANYBODY),
    Door(
        "POST",
        f"{_API}/salts",
        sessions.give_salt,
        schemas.Salt,
        "A salt, made up for a name that nobody has.",
        who=ANYBODY,
        body=schemas.SaltQuestion,
    ),
    Door(
        "POST",
        f"{_API}/sessions",
        sessions.sign_in,
        schemas.SignedIn,
        "A session.",
        fails=("wrong_passphrase", "too_many_tries", "storage_full"),
        status=201,
        unfinished=schemas.Unproven,
        who=ANYBODY,
        body=schemas.SignIn,
    ),
    Door(
        "POST",
        f"{_API}/sessions/factor",
        sessions.prove_factor,
        schemas.SignedIn,
        "A session.",
        fails=("not_signed_in", "wrong_factor", "too_many_tries", "storage_full"),
        status=201,
        who=ANYBODY,
        body=schemas.FactorProof,
    ),
    Door(
        "DELETE",
        f"{_API}/sessions/current",
        sessions.sign_out,
        None,
        "The session is over.",
        fails=("storage_full",),
        status=204,
        who=EVERY_MEMBER,
        waits=True,
        before_factor=True,
    ),
    Door(
        "GET",
        f"{_API}/factors",
        factors.give_factors,
        schemas.HeldFactors,
        "Second factors.",
        who=EVERY_MEMBER,
        waits=True,
        before_factor=True,
    ),
    Door(
        "POST",
        f"{_API}/factors/challenges",
        factors.begin_factor,
        schemas.FactorBegun,
        "What the new factor has to answer.",
        fails=("conflict", "storage_full"),
        status=201,
        who=EVERY_MEMBER,
        body=schemas.NewFactor,
        waits=True,
        before_factor=True,
    ),
    Door(
        "POST",
        f"{_API}/factors",
        factors.add_factor,
        schemas.HeldFactor,
        "The factor as it was kept.",
        fails=("wrong_factor", "not_found", "conflict", "storage_full"),
        status=201,
        who=EVERY_MEMBER,
        body=schemas.FactorAnswer,
        waits=True,
        before_factor=True,
    ),
    Door(
        "POST",
        f"{_API}/factors/<hex(16):factor_id>/removal",
        factors.remove_factor,
        None,
        "It is removed.",
        fails=("wrong_passphrase", "too_many_tries", "not_found", "last_factor", "storage_full"),
        status=204,
        who=EVERY_MEMBER,
        body=schemas.FactorRemoval,
    ),
    Door(
        "GET",
        f"{_API}/members/me",
        sessions.give_member,
        schemas.Member,
        "Name, role and keys.",
        who=EVERY_MEMBER,
        waits=True,
    ),
    Door(
        "GET",
        f"{_API}/members",
        people.give_people,
        schemas.People,
        "Members, invitations, desk keys.",
        who=ADMINISTRATORS,
    ),
    Door(
        "POST",
        f"{_API}/members",
        people.join,
        schemas.Joined,
        "The member waits to be let in.",
        fails=("not_found", "too_many_tries", "storage_full"),
        status=201,
        who=ANYBODY,
        body=schemas.Join,
    ),
    Door(
        "POST",
        f"{_API}/invitations",
        people.invite,
        schemas.InvitationLink,
        "The token of the link.",
        fails=("conflict", "storage_full"),
        status=201,
        who=ADMINISTRATORS,
        body=schemas.Invite,
    ),
    Door(
        "POST",
        f"{_MEMBER}/grants",
        people.let_in,
        None,
        "The member is in and holds what was granted.",
        fails=("not_found", "conflict", "storage_full"),
        status=204,
        who=ADMINISTRATORS,
        body=schemas.LetIn,
    ),
    Door(
        "DELETE",
        f"{_MEMBER}/sessions",
        people.end_sessions,
        None,
        "No session of the member's is left.",
        fails=("not_found", "storage_full"),
        status=204,
        who=ADMINISTRATORS,
    ),
    Door(
        "DELETE",
        _MEMBER,
        people.remove,
        None,
        "The member is gone.",
        fails=("not_found", "still_needed", "storage_full"),
        status=204,
        who=ADMINISTRATORS,
    ),
    Door(
        "GET",
        f"{_API}/queue",
        queue.give_queue,
        schemas.QueuePage,
        "One page.",
        who=READERS,
        query=schemas.QueueQuestion,
    ),
    Door(
        "POST",
        f"{_API}/parcels",
        queue.give_parcel,
        _BYTES,
        "A parcel (PROTOCOL section 6).",
        fails=("storage_full",),
        answer_type=queue.PARCEL_TYPE,
        who=READERS,
        body=schemas.ParcelQuestion,
    ),
    Door(
        "GET",
        _ASSESSMENTS,
        assessments.give_versions,
        schemas.Versions,
        "Every version, every note.",
        fails=("not_found",),
        who=READERS,
    ),
    Door(
        "POST",
        _ASSESSMENTS,
        assessments.assess,
        schemas.AssessmentVersion,
        "The version as it was kept.",
        fails=("not_found", "conflict", "version_required", "storage_full"),
        status=201,
        doc={"parameters": [_IF_MATCH]},
        who=READERS,
        body=description.describe_assessment(VOCABULARY),
    ),
    Door(
        "POST",
        f"{_API}/envelopes/<hex(32):envelope_id>/notes",
        assessments.add_note,
        None,
        "The note is kept.",
        fails=("not_found", "storage_full"),
        status=204,
        who=READERS,
        body=schemas.Note,
    ),
    Door(
        "GET",
        f"{_API}/members/me/views",
        views.give_views,
        schemas.Views,
        "Views, sealed.",
        who=READERS,
    ),
    Door(
        "PUT",
        f"{_API}/members/me/views",
        views.put_views,
        schemas.ViewsVersion,
        "The views' version.",
        fails=("conflict", "version_required", "storage_full"),
        doc={"parameters": [_IF_MATCH]},
        who=READERS,
        body=schemas.ViewsGiven,
    ),
    Door(
        "GET",
        f"{_API}/claims",
        claims.give_claims,
        schemas.Claims,
        "Claims.",
        who=READERS,
    ),
    Door(
        "PUT",
        _CLAIM,
        claims.claim,
        schemas.Claimed,
        "Whose it is now.",
        fails=("not_found", "storage_full"),
        who=READERS,
        body=schemas.Claim,
    ),
    Door(
        "DELETE",
        _CLAIM,
        claims.release,
        None,
        "It is not the member's any more.",
        fails=("storage_full",),
        status=204,
        who=READERS,
    ),
    Door(
        "POST",
        f"{_API}/mailboxes",
        mailboxes.give_letters,
        schemas.Letters,
        "Letters, still sealed.",
        who=READERS,
        body=schemas.LettersQuestion,
    ),
    Door(
        "PUT",
        f"{_API}/mailboxes/<hex(16):mailbox_id>",
        mailboxes.put_letter,
        schemas.LetterVersion,
        "The letter's version.",
        fails=("conflict", "version_required", "storage_full"),
        doc={"parameters": [_IF_MATCH]},
        who=READERS,
        body=schemas.Letter,
    ),
    Door(
        "GET",
        f"{_API}/events",
        assessments.give_events,
        schemas.Events,
        "Events.",
        who=READERS,
        query=schemas.EventQuestion,
    ),
    Door(
        "GET",
        f"{_API}/events/<hex(8):event_id>",
        assessments.give_event,
        schemas.EventReports,
        "Its reports.",
        fails=("not_found",),
        who=READERS,
    ),
    Door(
        "GET",
        f"{_API}/cases/<hex(8):event_id>",
        assessments.give_case,
        schemas.CaseReports,
        "Its reports.",
        fails=("not_found",),
        who=ADMINISTRATORS,
    ),
    Door(
        "POST",
        f"{_API}/cases",
        cases.export_case,
        schemas.Custody,
        "What the record says of them.",
        fails=("not_found", "storage_full"),
        status=201,
        who=ADMINISTRATORS,
        body=schemas.CaseTaken,
    ),
    Door(
        "GET",
        f"{_API}/summaries",
        summaries.give_summary,
        schemas.Summary,
        "Cells, oldest week first.",
        who=EVERY_MEMBER,
        query=schemas.SummaryQuestion,
    ),
    Door(
        "POST",
        f"{_API}/summaries/package",
        summaries.give_package,
        _BYTES,
        "A zip of files and their signed manifest.",
        fails=("not_due", "storage_full"),
        answer_type=summaries.PACKAGE_TYPE,
        who=EVERY_MEMBER,
        who_outside=RELEASERS,
        body=schemas.SummaryQuestion,
    ),
    Door(
        "GET",
        f"{_API}/bi/summary.csv",
        tokens.give_figures_csv,
        _BYTES,
        "A file.",
        fails=("too_many_tries", "storage_full"),
        answer_type="text/csv",
        by_token=True,
        query=schemas.FiguresQuestion,
    ),
    Door(
        "GET",
        f"{_API}/bi/summary.json",
        tokens.give_figures_json,
        _FIGURES,
        "The same as JSON.",
        fails=("too_many_tries", "storage_full"),
        by_token=True,
        query=schemas.FiguresQuestion,
    ),
    Door(
        "GET",
        f"{_API}/tokens",
        tokens.give_tokens,
        schemas.Tokens,
        "Tokens.",
        who=ADMINISTRATORS,
    ),
    Door(
        "POST",
        f"{_API}/tokens",
        tokens.make_token,
        schemas.MadeToken,
        "The token.",
        fails=("storage_full",),
        status=201,
        who=ADMINISTRATORS,
        body=schemas.NewToken,
    ),
    Door(
        "DELETE",
        f"{_API}/tokens/<int(max={schemas.MAX_MEMBER}):token_id>",
        tokens.revoke_token,
        None,
        "It is worth nothing any more.",
        fails=("not_found", "storage_full"),
        status=204,
        who=ADMINISTRATORS,
    ),
    Door(
        "GET",
        f"{_API}/audit",
        audit.give_record,
        schemas.RecordPage,
        "Entries.",
        fails=("not_found",),
        who=ADMINISTRATORS,
        query=schemas.RecordQuestion,
    ),
)

OPEN_ENDPOINTS: Final = frozenset({"page", "api-docs.openapi_json"})
"""The desk app itself and the API's description: the same for everybody, nothing of a report."""

_DOORS: Final = {f"api.{door.view.__name__}": door for door in DOORS}


def guard() -> None:
    """Let a request pass or end it: `not_signed_in`, `forbidden`, `factor_required`."""
    # No endpoint: there is no such address, or not this method of it.
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return
    if request.endpoint not in _DOORS:
        raise Problem("forbidden")
    door = _DOORS[request.endpoint]
    if door.who is ANYBODY:
        return
    if door.by_token:
        tokens.admit()
        return
    member = sessions.admit()
    if member.role not in door.who or (member.is_waiting and not door.waits):
        raise Problem("forbidden")
    if not door.before_factor and proofs.is_missing(member):
        raise Problem("factor_required")


def register(app: Flask, api: http.Api) -> None:
    """Open the doors of the table, and no other."""
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    for kind, names in OPENAPI_TYPES.items():
        api.register_field(kind, *names)
    api.spec.components.schema("Subdistrict", description.describe_subdistrict(AREAS))
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    app.before_request(guard)
    http.open_doors(app, api, map(_reading, DOORS))


def _reading(door: Door) -> http.Door:
    """The door with what it reads put before its view, and all that follows from that said."""
    view, fails, doc = door.view, door.fails, dict(door.doc)
    if door.who_outside is not None:
        view = _only_for(door.who_outside, view)
    if door.query is not None:
        view, fails = with_query(door.query, view), ("invalid", *fails)
    if door.body is not None:
        view, fails = with_body(door.body, view), (*BODY_FAILS, *fails)
    if isinstance(door.body, Mapping):
        doc["requestBody"] = {"required": True, "content": {JSON_TYPE: {"schema": door.body}}}
    if door.who and not door.before_factor:
        fails = ("factor_required", *fails)
    if door.who:
        fails = ("forbidden", *fails)
    if door.who is not ANYBODY:
        fails = ("not_signed_in", *fails)
    doc["security"] = [] if door.who is ANYBODY else [{"bearer": []}]
    return replace(door, view=view, fails=fails, doc=doc)


def _only_for(roles: frozenset[str], view: Callable[..., Any]) -> Callable[..., Any]:
    """The view, closed to other roles where the body asks for a tier that leaves."""

    @wraps(view)
    def given(question: Mapping[str, Any]) -> Any:  # noqa: ANN401
        if question["tier"] in OUTSIDE and sessions.signed_in().role not in roles:
            raise Problem("forbidden")
        return view(question)

    return given
