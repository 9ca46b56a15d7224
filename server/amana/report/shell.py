"""The reporter app's page, the ordinary page beside it, its service worker and its manifest.

The page carries the root print of this deployment (PROTOCOL section 3), both pages its appearance,
and the worker the hashes of both, so all are finished here, once, at start.
"""

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app

from amana.appearance import Appearance
from amana.assets import NotBuilt, Page, read_built
from amana.config import Settings

DOCUMENTS = {
    "/": "page",
    "/page": "ordinary",
    "/sw.js": "worker",
    "/manifest.webmanifest": "manifest",
}
"""The app's addresses that stay the same from build to build."""

_EXTENSION = "amana-shell"
_HTML = "text/html; charset=utf-8"


def publish(app: Flask, settings: Settings, root_print: str) -> None:
    """Serve the documents of the built client; `NotBuilt` when one is missing, `OrganisationError`
    when the folder's appearance is not valid."""
    appearance = Appearance.load(settings.home)
    documents = finish(settings, root_print, appearance)
    addresses = dict(DOCUMENTS)
    if icon := appearance.icon:
        documents["icon"] = Page.of(icon.body, icon.content_type, kept=True)
        addresses[icon.address] = "icon"
    app.extensions[_EXTENSION] = documents
    for path, name in addresses.items():
        app.add_url_rule(path, name, give_document, defaults={"name": name}, methods=["GET"])


def finish(settings: Settings, root_print: str, appearance: Appearance) -> dict[str, Page]:
    """The documents by name: what a build cannot know is in them, and in the worker their hashes.
    The worker is the empty one where the settings ask for it."""
    folder = settings.static / "report"
    manifest = json.loads(read_built(folder / "manifest.webmanifest"))
    looks = _looks(appearance, manifest)
    page = {
        **looks,
        "__TITLE__": escape(appearance.title),
        "__OUTSIDE__": escape(appearance.outside),
        "__ROOT_PRINT__": root_print,
    }
    ordinary = {**looks, "__TITLE__": escape(appearance.lines[0])}
    pages = {
        "page": Page.of(_filled(folder / "index.html", page), _HTML),
        "ordinary": Page.of(_filled(folder / "ordinary.html", ordinary), _HTML),
    }
    hashes = {f"__{name.upper()}_SHA256__": page.sha256 for name, page in pages.items()}
    worker = _filled(folder / "sw.js", hashes)
    if settings.empty_worker:
        worker = read_built(folder / "empty.js")
    return {
        **pages,
        "worker": Page.of(worker, "text/javascript; charset=utf-8"),
        "manifest": Page.of(_manifest(manifest, appearance), "application/manifest+json"),
    }


def give_document(name: str) -> Response:
    """One of the documents."""
    documents: dict[str, Page] = current_app.extensions[_EXTENSION]
    return documents[name].answer()


def _looks(appearance: Appearance, manifest: Mapping[str, Any]) -> dict[str, str]:
    """What both pages show, by the mark in whose place it comes."""
    looks = {"__COLOUR__": appearance.colour, "__ORDINARY__": appearance.ordinary}
    if appearance.icon:
        built, *_ = manifest["icons"]
        looks[built["src"]] = appearance.icon.address
    return looks


def _manifest(built: Mapping[str, Any], appearance: Appearance) -> bytes:
    icon = appearance.icon
    shown = {
        **built,
        "name": appearance.title,
        "short_name": appearance.title,
        "theme_color": appearance.colour,
        "background_color": appearance.colour,
        "icons": [{"src": icon.address, "sizes": icon.sizes, "type": icon.content_type}]
        if icon
        else built["icons"],
    }
    return json.dumps(shown, ensure_ascii=False).encode()


def _filled(file: Path, marks: Mapping[str, str]) -> bytes:
    """A template with every mark, each of which it has once, replaced."""
    template = read_built(file)
    for mark, value in marks.items():
        if template.count(mark.encode()) != 1:
            raise NotBuilt("the client was built for another server: run `make build`")
        template = template.replace(mark.encode(), value.encode())
    return template
