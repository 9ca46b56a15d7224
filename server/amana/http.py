"""What both zones' doors have in common: headers, the API's description, bodies, health.

The zones share these helpers and nothing else.
"""

import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, NoReturn

import flask_smorest
from flask import Flask, Request, Response, jsonify, request
from gunicorn.http.errors import ParseException
from marshmallow import RAISE, Schema, fields
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, Map, RequestRedirect

from amana import store
from amana.errors import ANSWERS, Code, ErrorSchema, Problem, register_errors

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

API_PREFIX = "/api/v1"

_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; "
    "connect-src {connects}; manifest-src 'self'; worker-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types amana"
)
SQUEEZE_LEVEL: Final = 1
"""The quickest; a receipt is half hexadecimal digits, and more effort finds nothing more in it."""

UNFINISHED_STATUS: Final = 202

EVERYWHERE: Final[tuple[Code, ...]] = ("busy", "internal")
"""Errors that any door may answer."""


class App(Flask):
    """An application that puts the same headers on everything it answers, and never redirects."""

    def __init__(self, title: str, headers: Mapping[str, str]) -> None:
        super().__init__(title, static_folder=None)
        self._always = {"Cache-Control": "no-store", **headers}

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request (PEP 3333). Outside of everything, so that no answer passes by."""

        def start(status: str, headers: list[tuple[str, str]], *trouble: Any) -> Any:  # noqa: ANN401
            present = {name for name, _ in headers}
            missing = [each for each in self._always.items() if each[0] not in present]
            return start_response(status, headers + missing, *trouble)

        return self.wsgi_app(environ, start)

    def raise_routing_exception(self, request: Request) -> NoReturn:
        """Find nothing where a redirect would repeat the address and the host it was asked for."""
        if isinstance(request.routing_exception, RequestRedirect):
            raise Problem("not_found")
        super().raise_routing_exception(request)


class StrictSchema(Schema):
    """A schema in which a field that nobody asked for is an error."""

    class Meta:
        """marshmallow's settings."""

        unknown = RAISE


class HexId(BaseConverter):
    """An id of so many bytes in an address, in hexadecimal; anything else is no address."""

    def __init__(self, map: Map, length: int) -> None:
        super().__init__(map)
        self.regex = f"[0-9a-f]{{{2 * length}}}"

    def to_python(self, value: str) -> bytes:
        """The id's bytes."""
        return bytes.fromhex(value)

    def to_url(self, value: bytes) -> str:
        """Its place in an address."""
        return value.hex()

    def describe(self) -> dict[str, str]:
        """Its form, for the API's description."""
        return {"type": "string", "pattern": f"^{self.regex}$"}


class Api(flask_smorest.Api):  # type: ignore[misc]
    """The API's description. Errors are `errors.py`'s business, not the library's."""

    ERROR_SCHEMA = ErrorSchema

    def _register_error_handlers(self) -> None:
        """Register none: the library's would repeat what was sent."""


class HealthSchema(StrictSchema):
    """The door is open and the database can be read."""

    status = fields.Constant("ok", required=True)


@dataclass(frozen=True)
class Unfinished:
    """What a view answers, with 202, when more is wanted before the door's own answer."""

    value: Mapping[str, Any]


@dataclass(frozen=True)
class Door:
    """One address: who calls it how, what it answers, how it may fail.

    `answer` is a schema that the view's value goes out through, or describes the body that the view
    makes itself. `unfinished` is the schema of an `Unfinished`. `fails` names the errors besides
    those that any door may answer. `doc` goes into the description as it is.
    """

    method: str
    path: str
    view: Callable[..., Any]
    answer: type[Schema] | Mapping[str, Any] | None
    says: str
    fails: tuple[Code, ...] = ()
    status: int = 200
    answer_type: str = "application/json"
    unfinished: type[Schema] | None = None
    doc: Mapping[str, Any] = field(default_factory=dict)


def security_headers(scripts: str = "'self'", connects: str = "'self'") -> Mapping[str, str]:
    """Headers of every answer. `scripts` is the policy's `script-src`, `connects` its
    `connect-src`."""
    return {
        "Content-Security-Policy": _POLICY.format(scripts=scripts, connects=connects),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def make_app(title: str, headers: Mapping[str, str]) -> tuple[Flask, Api]:
    """A zone's application without a door in it yet: one error form, these headers on everything.

    Answers carry `Cache-Control: no-store` where the view sets nothing else.
    """
    app = App(title, headers)
    app.url_map.merge_slashes = False
    app.config.update(
        API_TITLE=title,
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=API_PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    app.url_map.converters["hex"] = HexId
    api = Api(app)
    api.register_converter(HexId, HexId.describe)
    register_errors(app)
    return app, api


def open_doors(app: Flask, api: Api, doors: Iterable[Door]) -> None:
    """Put doors into the application and into its description."""
    blueprint = flask_smorest.Blueprint("api", app.name)
    for door in doors:
        blueprint.add_url_rule(
            door.path, view_func=_documented(blueprint, door), methods=[door.method]
        )
    api.register_blueprint(blueprint)


def _documented(blueprint: flask_smorest.Blueprint, door: Door) -> Callable[..., Response]:
    """The door's view with its description, answering through the door's schema.

    The library's own wrapping of a view costs more time than the view; only its words are kept.
    """
    words = door.view
    for status, sentences in _failures(door):
        words = blueprint.alt_response(status, schema=ErrorSchema, description=sentences)(words)
    if door.unfinished is not None:
        words = blueprint.alt_response(
            UNFINISHED_STATUS, schema=door.unfinished, description="More is wanted first."
        )(words)
    words = blueprint.response(
        door.status, door.answer, content_type=door.answer_type, description=door.says
    )(words)
    words = blueprint.doc(**door.doc)(words)
    schema = door.answer() if isinstance(door.answer, type) else None
    half = door.unfinished() if door.unfinished else None

    @wraps(words)
    def view(**parts: object) -> Response:
        value = door.view(**parts)
        if half is not None and isinstance(value, Unfinished):
            return _json(half.dump(value.value), UNFINISHED_STATUS)
        if schema is None or isinstance(value, Response):
            response: Response = value
            return response
        return _json(schema.dump(value), door.status)

    return view


def _json(body: object, status: int) -> Response:
    response = jsonify(body)
    response.status_code = status
    return response


def _failures(door: Door) -> Iterator[tuple[int, str]]:
    sentences: dict[int, list[str]] = defaultdict(list)
    for code in (*door.fails, *EVERYWHERE):
        sentences[ANSWERS[code].status].append(f"`{code}`: {ANSWERS[code].message}")
    for status, said in sorted(sentences.items(), reverse=True):
        yield status, " ".join(said)


def read_body(content_type: str, limit: int) -> bytes:
    """The request's body: `bad_content_type`, `too_large` beyond `limit` bytes, or
    `bad_request` for chunks that cannot be read.

    A body that ends before its announced length is answered with what came: a parcel keeps its
    whole records (PROTOCOL section 6), and JSON that was cut does not parse.
    """
    if request.mimetype != content_type:
        raise Problem("bad_content_type")
    # One byte more: a chunked body is cut off at this length without a word.
    request.max_content_length = limit + 1
    try:
        body = request.get_data(cache=False)
    except (HTTPException, OSError, ParseException) as error:
        is_large = isinstance(error, HTTPException) and error.code == 413
        raise Problem("too_large" if is_large else "bad_request") from error
    if len(body) > limit:
        raise Problem("too_large")
    return body


def squeeze(answer: Response) -> Response:
    """The same answer, gzipped for a client that takes that."""
    if request.accept_encodings["gzip"] > 0:
        answer.set_data(gzip.compress(answer.get_data(), SQUEEZE_LEVEL, mtime=0))
        answer.content_encoding = "gzip"
    return answer


def give_health() -> dict[str, str]:
    """Whether this server can do its work"""
    store.ping()
    return {"status": "ok"}
