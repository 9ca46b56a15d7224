"""Every door of the desk: what it is called, who may pass, what comes in, what goes out.

The table is the only place where that is said. `guard` reads it before anything of a request's body
is read, and refuses every address that is not in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

import flask_smorest
from flask import Flask, Request, request
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser
from werkzeug.routing import BaseConverter

from amana import http
from amana.core.encoding import json_decode
from amana.core.envelope import ID_BYTES
from amana.errors import Code, Problem

from . import assessments, queue, schemas, sessions, summaries
from .fields import OPENAPI_TYPES

MAX_BODY_BYTES: Final = 16 * 1024
JSON_TYPE: Final = "application/json"

ANYBODY: Final = None
EVERY_MEMBER: Final = frozenset({"reviewer", "coordinator", "administrator"})
READERS: Final = frozenset({"reviewer", "administrator"})
"""Roles that hold desk keys and decide."""


@dataclass(frozen=True)
class Door:
    """One method of one address. `who` are roles; ANYBODY needs no session."""

    method: str
    path: str
    who: frozenset[str] | None
    view: Callable[..., Any]
    answer: type[Schema] | Mapping[str, str] | None = None
    status: int = 200
    content_type: str = JSON_TYPE
    query: type[Schema] | None = None
    body: type[Schema] | None = None
    may_fail: tuple[Code, ...] = ()
    parameters: tuple[Mapping[str, Any], ...] = ()

    @property
    def errors(self) -> tuple[Code, ...]:
        """What it may answer instead."""
        guarded: tuple[Code, ...] = ("not_signed_in", "forbidden") if self.who else ()
        read: tuple[Code, ...] = ()
        if self.body:
            read = ("bad_request", "too_large", "bad_content_type", "invalid")
        elif self.query:
            read = ("invalid",)
        return tuple(dict.fromkeys(guarded + read + self.may_fail))


_API = http.API_PREFIX
_BINARY: Final = {"type": "string", "format": "binary"}
_IF_MATCH: Final = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string", "pattern": assessments.VERSION_TAG},
    "description": "The newest version that was seen, in quotes.",
}

DOORS: Final = (
    Door("GET", "/healthz", ANYBODY, http.health, http.HealthSchema),
    Door(
        "POST",
        f"{_API}/salts",
        ANYBODY,
        sessions.give_salt,
        schemas.Salt,
        body=schemas.SaltQuestion,
    ),
    Door(
        "POST",
        f"{_API}/sessions",
        ANYBODY,
        sessions.sign_in,
        schemas.SignedIn,
        201,
        body=schemas.SignIn,
        may_fail=("wrong_passphrase", "storage_full"),
    ),
    Door("DELETE", f"{_API}/sessions/current", EVERY_MEMBER, sessions.sign_out, status=204),
    Door("GET", f"{_API}/members/me", EVERY_MEMBER, sessions.give_member, schemas.Member),
    Door(
        "GET",
        f"{_API}/queue",
        READERS,
        queue.give_queue,
        schemas.QueuePage,
        query=schemas.QueueQuestion,
    ),
    Door(
        "POST",
        f"{_API}/parcels",
        READERS,
        queue.give_parcel,
        _BINARY,
        content_type=queue.PARCEL_TYPE,
        body=schemas.ParcelQuestion,
    ),
    Door(
        "GET",
        f"{_API}/envelopes/<envelope:envelope_id>/assessments",
        READERS,
        assessments.give_versions,
        schemas.Versions,
        may_fail=("not_found",),
    ),
    Door(
        "POST",
        f"{_API}/envelopes/<envelope:envelope_id>/assessments",
        READERS,
        assessments.assess,
        schemas.AssessmentVersion,
        201,
        body=schemas.Assessment,
        may_fail=("not_found", "conflict", "version_required", "storage_full"),
        parameters=(_IF_MATCH,),
    ),
    Door(
        "GET",
        f"{_API}/events",
        READERS,
        assessments.give_events,
        schemas.Events,
        query=schemas.EventQuestion,
    ),
    Door(
        "GET",
        f"{_API}/summaries",
        EVERY_MEMBER,
        summaries.give_summary,
        schemas.Summary,
        query=schemas.SummaryQuestion,
    ),
    Door(
        "GET",
        f"{_API}/summaries.csv",
        EVERY_MEMBER,
        summaries.give_summary_file,
        _BINARY,
        content_type=summaries.CSV_TYPE,
        query=schemas.SummaryQuestion,
    ),
)

OPEN_ENDPOINTS: Final = frozenset({"page", "api-docs.openapi_json"})
"""The desk app itself and the API's description: the same for everybody, nothing of a report."""

_NAME: Final = "desk"
_WHO: Final = {f"{_NAME}.{door.view.__name__}": door.who for door in DOORS} | dict.fromkeys(
    OPEN_ENDPOINTS, ANYBODY
)


def guard() -> None:
    """Let a request pass or end it: `not_signed_in`, `forbidden`."""
    if request.endpoint is None:  # no such address, or not this method of it
        return
    if request.endpoint not in _WHO:
        raise Problem("forbidden")
    roles = _WHO[request.endpoint]
    if roles is not ANYBODY and sessions.admit().role not in roles:
        raise Problem("forbidden")


def register(app: Flask, api: http.Api) -> None:
    """Open the doors of the table, and no other."""
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.converters["envelope"] = _EnvelopeId
    api.register_converter(_EnvelopeId, _describe_envelope_id)
    for kind, names in OPENAPI_TYPES.items():
        api.register_field(kind, *names)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    app.before_request(guard)
    api.register_blueprint(_blueprint())


class _EnvelopeId(BaseConverter):
    """An envelope's id in an address, in hexadecimal; anything else is no address."""

    regex = f"[0-9a-f]{{{2 * ID_BYTES}}}"

    def to_python(self, value: str) -> bytes:
        """The id's bytes."""
        return bytes.fromhex(value)

    def to_url(self, value: bytes) -> str:
        """Its place in an address."""
        return value.hex()


class _Parser(FlaskParser):
    """Reads bodies and queries strictly, and says nothing about what was wrong with them."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401
        """The body as JSON; `bad_request` when it is none."""
        body = http.read_body(JSON_TYPE, MAX_BODY_BYTES)
        try:
            return json_decode(body)
        except ValueError as error:
            raise Problem("bad_request") from error

    def handle_error(self, error: object, *_: object, **__: object) -> NoReturn:
        """Refuse: what did not fit is not repeated."""
        raise Problem("invalid") from None


class _Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]
    ARGUMENTS_PARSER = _Parser()


def _blueprint() -> _Blueprint:
    blueprint = _Blueprint(_NAME, __name__, description="What members of the desk may do.")
    for door in DOORS:
        blueprint.add_url_rule(
            door.path, door.view.__name__, _documented(blueprint, door), methods=[door.method]
        )
    return blueprint


def _documented(blueprint: _Blueprint, door: Door) -> Callable[..., Any]:
    """The door's view behind its schemas, with its description."""
    view = door.view
    if door.query is not None:
        view = blueprint.arguments(door.query, location="query")(view)
    if door.body is not None:
        view = blueprint.arguments(door.body)(view)
    answer = blueprint.response(door.status, door.answer, content_type=door.content_type)
    view = http.may_fail(blueprint, *door.errors)(answer(view))
    described: dict[str, Any] = {"security": [{"bearer": []}] if door.who else []}
    if door.parameters:
        described["parameters"] = list(door.parameters)
    documented: Callable[..., Any] = blueprint.doc(**described)(view)
    return documented


def _describe_envelope_id(converter: _EnvelopeId) -> dict[str, str]:
    return {"type": "string", "pattern": f"^{converter.regex}$"}
