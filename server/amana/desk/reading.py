"""Reading what is sent: JSON bodies, queries and envelope ids, strictly and without an echo."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, NoReturn

import flask_smorest
from flask import Request
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser
from werkzeug.routing import BaseConverter

from amana import http
from amana.core.encoding import json_decode
from amana.core.envelope import ID_BYTES
from amana.errors import Code, Problem

JSON_TYPE: Final = "application/json"
MAX_BODY_BYTES: Final = 16 * 1024
BODY_FAILS: Final[tuple[Code, ...]] = ("bad_request", "too_large", "bad_content_type", "invalid")
"""How a door with a JSON body may fail."""

View = Callable[..., Any]


class EnvelopeId(BaseConverter):
    """An envelope's id in an address, in hexadecimal; anything else is no address."""

    regex = f"[0-9a-f]{{{2 * ID_BYTES}}}"

    def to_python(self, value: str) -> bytes:
        """The id's bytes."""
        return bytes.fromhex(value)

    def to_url(self, value: bytes) -> str:
        """Its place in an address."""
        return value.hex()

    def describe(self) -> dict[str, str]:
        """Its form, for the API's description."""
        return {"type": "string", "pattern": f"^{self.regex}$"}


def with_query(schema: type[Schema], view: View) -> View:
    """The view, given the query as the schema reads it; `invalid` for any other."""
    reading: View = _READER.arguments(schema, location="query")(view)
    return reading


def with_body(form: type[Schema] | Mapping[str, Any], view: View) -> View:
    """The view, given the JSON body: as the schema reads it, or as it is where the form is a
    description only and the view checks it."""
    if isinstance(form, Mapping):
        return _with_json(view)
    reading: View = _READER.arguments(form)(view)
    return reading


def _with_json(view: View) -> View:
    @wraps(view)
    def given(**parts: object) -> Any:  # noqa: ANN401
        return view(_read_json(), **parts)

    return given


def _read_json() -> Any:  # noqa: ANN401
    encoded = http.read_body(JSON_TYPE, MAX_BODY_BYTES)
    try:
        return json_decode(encoded)
    except ValueError as error:
        raise Problem("bad_request") from error


class _Parser(FlaskParser):
    """Reads bodies and queries, and says nothing about what was wrong with them."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ANN401
        """The body as JSON; `bad_request` when it is none."""
        return _read_json()

    def handle_error(self, error: object, *_: object, **__: object) -> NoReturn:
        """Refuse: what did not fit is not repeated."""
        raise Problem("invalid") from None


class _Reader(flask_smorest.Blueprint):  # type: ignore[misc]
    """Puts schemas before views; it has no addresses of its own."""

    ARGUMENTS_PARSER = _Parser()


_READER: Final = _Reader("reader", __name__)
