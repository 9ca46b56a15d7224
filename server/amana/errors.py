"""The closed list of what a door can answer instead of what was asked for.

Every error of both zones has the form `{"error": {"code", "message"}}`. The messages are fixed:
nothing of a request is repeated in an answer or in a log.
"""

import logging
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple

from flask import Flask, Response, jsonify
from marshmallow import Schema, fields
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from amana.store import Trouble, trouble

Code = Literal[
    "bad_request",
    "bad_parcel",
    "not_signed_in",
    "wrong_passphrase",
    "wrong_factor",
    "forbidden",
    "factor_required",
    "not_found",
    "method_not_allowed",
    "too_slow",
    "conflict",
    "not_due",
    "still_needed",
    "last_factor",
    "too_large",
    "bad_content_type",
    "invalid",
    "version_required",
    "too_many_tries",
    "busy",
    "storage_full",
    "internal",
]


class Answer(NamedTuple):
    """Status, the sentence in the answer, and headers that the status calls for."""

    status: int
    message: str
    headers: Mapping[str, str] = {}


_SIGN_IN = {"WWW-Authenticate": "Bearer"}
_RETRY = {"Retry-After": "5"}

ANSWERS: Final[Mapping[Code, Answer]] = {
    "bad_request": Answer(400, "This request is not well-formed."),
    "bad_parcel": Answer(400, "This is not a parcel."),
    "not_signed_in": Answer(401, "Sign in first.", _SIGN_IN),
    "wrong_passphrase": Answer(401, "Name or passphrase is wrong.", _SIGN_IN),
    "wrong_factor": Answer(401, "This code or security key is not the right one.", _SIGN_IN),
    "forbidden": Answer(403, "Your role does not allow this."),
    "factor_required": Answer(403, "Add a second factor first."),
    "not_found": Answer(404, "There is nothing here."),
    "method_not_allowed": Answer(405, "This address does not take that method."),
    "too_slow": Answer(408, "The request arrived too slowly."),
    "conflict": Answer(409, "Somebody else came first. Read it again."),
    "not_due": Answer(409, "None of these weeks may leave yet."),
    "still_needed": Answer(409, "The desk cannot be without this member."),
    "last_factor": Answer(409, "Add another factor before you remove this one."),
    "too_large": Answer(413, "This is too large."),
    "bad_content_type": Answer(415, "This address takes another kind of content."),
    "invalid": Answer(422, "Some fields are missing, unknown or wrong."),
    "version_required": Answer(428, "Say in If-Match which version you have seen."),
    "too_many_tries": Answer(429, "Too many tries. Wait as long as Retry-After says.", _RETRY),
    "busy": Answer(503, "Too busy at the moment. Try again.", _RETRY),
    "storage_full": Answer(507, "There is no room at the moment. Keep what you have."),
    "internal": Answer(500, "Something is broken here."),
}

_OF_STATUS: Final[Mapping[int | None, Code]] = {
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    409: "conflict",
    413: "too_large",
    415: "bad_content_type",
    422: "invalid",
    428: "version_required",
    429: "too_many_tries",
    503: "busy",
    507: "storage_full",
}
_OF_TROUBLE: Final[Mapping[Trouble | None, Code]] = {
    Trouble.FULL: "storage_full",
    Trouble.BUSY: "busy",
    None: "internal",
}

_log = logging.getLogger(__name__)


class Problem(Exception):
    """Ends a request with one of the answers above; `retry_after` are seconds to wait."""

    def __init__(self, code: Code, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code: Code = code
        self.status, self.message, self.headers = ANSWERS[code]
        if retry_after is not None:
            self.headers = {**self.headers, "Retry-After": str(retry_after)}


class ErrorBodySchema(Schema):
    """What went wrong: a code for programs, a sentence for people."""

    code = fields.String(required=True)
    message = fields.String(required=True)


class ErrorSchema(Schema):
    """Every error answer."""

    error = fields.Nested(ErrorBodySchema, required=True)


def register_errors(app: Flask) -> None:
    """Give every error of the application the one form. Call it after all extensions are in."""
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(HTTPException, _http_exception)
    app.register_error_handler(SQLAlchemyError, _storage_error)
    app.register_error_handler(OSError, _storage_error)
    app.register_error_handler(Exception, _broken)


def answer(code: Code) -> Response:
    """The answer for a code, to be sent."""
    status, message, headers = ANSWERS[code]
    response = jsonify({"error": {"code": code, "message": message}})
    response.status_code = status
    response.headers.update(headers)
    return response


def _problem(problem: Problem) -> Response:
    response = answer(problem.code)
    response.headers.update(problem.headers)
    return response


def _http_exception(error: HTTPException) -> Response:
    is_ours = error.code is None or error.code >= 500
    response = answer(_OF_STATUS.get(error.code, "internal" if is_ours else "bad_request"))
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _storage_error(error: SQLAlchemyError | OSError) -> Response:
    code = _OF_TROUBLE[trouble(error)]
    _note(error)
    return answer(code)


def _broken(error: Exception) -> Response:
    _note(error)
    return answer("internal")


def _note(error: Exception) -> None:
    # An exception's own words may hold what was sent; its kind and place never do.
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"
    _log.error("%s at %s", type(error).__name__, place)
