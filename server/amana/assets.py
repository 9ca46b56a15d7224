"""Serving the built client: pages held in memory, hashed assets from their folder.

Both come brotli-compressed where the visitor takes it. An asset's name contains its hash, so it
may be kept for ever; a page is not kept.
"""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import brotli
from flask import Response, request
from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


_FEATURES = (
    "accelerometer",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
_FOR_EVER = "max-age=315360000, public, immutable"
_NO_FEATURES = ", ".join(f"{feature}=()" for feature in _FEATURES)


class NotBuilt(Exception):
    """The folder of the built client is not complete. The message is one plain line."""


@dataclass(frozen=True)
class Page:
    """A document with a fixed address, as it is and compressed."""

    body: bytes
    compressed: bytes
    content_type: str
    kept: bool

    @classmethod
    def of(cls, body: bytes, content_type: str, *, kept: bool = False) -> "Page":
        """Compress a document once, as small as it gets.

        `kept`: its address changes with its content, so that browsers may keep it.
        """
        return cls(body, brotli.compress(body), content_type, kept)

    @property
    def sha256(self) -> str:
        """Hexadecimal hash of the uncompressed bytes."""
        return hashlib.sha256(self.body).hexdigest()

    def answer(self) -> Response:
        """The answer to the request at hand, usually not to be kept by the browser's own cache.

        A document that a middlebox cut would otherwise be confirmed as good by every 304 after it.
        What is kept for offline is the service worker's, which checks each file's hash.
        """
        takes_brotli = request.accept_encodings["br"] > 0
        response = Response(self.compressed if takes_brotli else self.body)
        response.headers["Content-Type"] = self.content_type
        response.headers["Cache-Control"] = _FOR_EVER if self.kept else "no-store"
        if self.content_type.startswith("text/html"):  # elsewhere it means nothing and costs bytes
            response.headers["Permissions-Policy"] = _NO_FEATURES
        if takes_brotli:
            response.headers["Content-Encoding"] = "br"
        return response


def read_built(file: Path) -> bytes:
    """A file of the built client, or `NotBuilt`."""
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise NotBuilt(
            f"the client is not built ({file.name} is missing): run `make build`"
        ) from error


def remember_assets(folder: Path, remembered: Path) -> None:
    """Copy a build's assets to where those of the builds before it are.

    A page of an older build that is open while this one is put in its place may still want parts of
    its own. Several servers may do so at once, and nobody sees half a file. Where nothing can be
    written there is nothing to remember, and serving goes on.
    """
    with suppress(OSError), TemporaryDirectory(dir=remembered.parent) as whole:
        remembered.mkdir(mode=0o700, exist_ok=True)
        for file in folder.iterdir():
            if not (remembered / file.name).exists():
                Path(copy(file, whole)).replace(remembered / file.name)


class Assets:
    """Serves `/assets/` from folders read once at start, and hands everything else on."""

    def __init__(self, app: "WSGIApplication", folder: Path, *older: Path) -> None:
        if not folder.is_dir():
            raise NotBuilt("the client is not built (it has no assets): run `make build`")
        self._app = app
        self._files = WhiteNoise(app, allow_all_origins=False, immutable_file_test=_is_immutable)
        for each in (*older, folder):
            if each.is_dir():
                self._files.add_files(each, "assets")

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._app(environ, start_response)
        environ.pop("HTTP_RANGE", None)  # everything here is small: always whole
        serve: Callable[..., Iterable[bytes]] = self._files
        return serve(environ, start_response)


def _is_immutable(_path: str, _url: str) -> bool:
    return True
