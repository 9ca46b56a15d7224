"""Reading what is sent: JSON bodies, queries and versions, strictly and without an echo."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final, NoReturn

import flask_smorest
from flask import Request, request
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser

from amana import http
from amana.core.encoding import json_decode
from amana.errors import Code, Problem

JSON_TYPE: Final = "application/json"
MAX_BODY_BYTES: Final = 16 * 1024
BODY_FAILS: Final[tuple[Code, ...]] = ("bad_request", "too_large", "bad_content_type", "invalid")
"""How a door with a JSON body may fail."""
VERSION_TAG: Final = r'^"(0|[1-9][0-9]{0,8})"$'
"""`If-Match` as it must be: one strong tag, a version."""

View = Callable[..., Any]


def version_seen() -> int:
    """The version in `If-Match`; `version_required` without one."""
    tag = request.headers.get("If-Match")
    if tag is None:
        raise Problem("version_required")
    matched = re.fullmatch(VERSION_TAG, tag, re.ASCII)
    if matched is None:
        raise Problem("bad_request")
    return int(matched[1])


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
