"""The organisation's other addresses: a phone whose own address is blocked sends to them.

Pages of the origins that the key set names may post parcels here and read the key set and letters,
without credentials, and the page from here may ask there. Who may read is the browser's business
only: nothing is kept from anybody else, and nothing is given to a page that it could not fetch
itself.
"""

from collections.abc import Sequence

from flask import Flask, Response, request

SHARED = frozenset({"api.take_parcel", "api.give_key_set", "api.give_letter"})
"""The doors that pages of the organisation's other origins may use."""

PREFLIGHT_SECONDS = 7200
"""How long a browser may remember that it may post; none remembers it longer."""


def connect_sources(origins: Sequence[str]) -> str:
    """The policy's `connect-src` of a page that may ask at all of the organisation's origins."""
    return " ".join(["'self'", *origins])


def share_with(app: Flask, origins: Sequence[str]) -> None:
    """Let pages of these origins use `SHARED`. To OPTIONS, a browser's question before it posts,
    Flask answers by itself; here the leave is added."""
    app.after_request(_Share(origins))


class _Share:
    """Tells the browser that a page of one of the organisation's origins may read an answer."""

    def __init__(self, origins: Sequence[str]) -> None:
        self._origins = frozenset(origins)

    def __call__(self, response: Response) -> Response:
        if request.endpoint not in SHARED:
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if origin in self._origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "POST"
                response.headers["Access-Control-Allow-Headers"] = "Content-Type"
                response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
        return response
