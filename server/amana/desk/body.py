"""Reading a JSON body strictly."""

from typing import Any, Final

from amana import http
from amana.core.encoding import json_decode
from amana.errors import Problem

JSON_TYPE: Final = "application/json"
MAX_BODY_BYTES: Final = 16 * 1024


def read_json() -> Any:  # noqa: ANN401
    """The request's body as JSON of at most 16 KiB: `bad_content_type`, `too_large`, or
    `bad_request` for what is not UTF-8 JSON or says a member twice."""
    encoded = http.read_body(JSON_TYPE, MAX_BODY_BYTES)
    try:
        return json_decode(encoded)
    except ValueError as error:
        raise Problem("bad_request") from error
