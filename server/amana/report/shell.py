"""The reporter app's page, its service worker and its manifest.

The page carries the root print of this deployment (PROTOCOL section 3), and the worker carries the
page's hash, so both are finished here, once, at start.
"""

from pathlib import Path

from flask import Flask, Response, current_app

from amana.assets import NotBuilt, Page, read_built

ROOT_PRINT = b"__ROOT_PRINT__"
PAGE_SHA256 = b"__PAGE_SHA256__"

DOCUMENTS = {"/": "page", "/sw.js": "worker", "/manifest.webmanifest": "manifest"}
"""The app's addresses that stay the same from build to build."""

_EXTENSION = "amana-shell"


def publish(app: Flask, folder: Path, root_print: str) -> None:
    """Serve the documents of the built client in `folder`; `NotBuilt` when one is missing."""
    app.extensions[_EXTENSION] = finish(folder, root_print)
    for path, name in DOCUMENTS.items():
        app.add_url_rule(path, name, give_document, defaults={"name": name}, methods=["GET"])


def finish(folder: Path, root_print: str) -> dict[str, Page]:
    """The documents by name: the page with the root print in it, the worker with its hash."""
    page = Page.of(
        _fill(read_built(folder / "index.html"), ROOT_PRINT, root_print),
        "text/html; charset=utf-8",
    )
    worker = _fill(read_built(folder / "sw.js"), PAGE_SHA256, page.sha256)
    manifest = read_built(folder / "manifest.webmanifest")
    return {
        "page": page,
        "worker": Page.of(worker, "text/javascript; charset=utf-8"),
        "manifest": Page.of(manifest, "application/manifest+json"),
    }


def give_document(name: str) -> Response:
    """The page, its worker or its manifest."""
    documents: dict[str, Page] = current_app.extensions[_EXTENSION]
    return documents[name].answer()


def _fill(template: bytes, placeholder: bytes, value: str) -> bytes:
    if template.count(placeholder) != 1:
        raise NotBuilt("the client was built for another server: run `make build`")
    return template.replace(placeholder, value.encode("ascii"))
