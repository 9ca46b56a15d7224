"""The desk app's page and assets, as built; no service worker, nothing kept in the browser."""

from pathlib import Path

from flask import Flask, Response, current_app

from amana.assets import Assets, Page, read_built

_EXTENSION = "amana-desk-page"


def register(app: Flask, folder: Path) -> None:
    """Serve the built client in `folder`; `NotBuilt` when it is not complete."""
    page = Page.of(read_built(folder / "index.html"), "text/html; charset=utf-8")
    app.extensions[_EXTENSION] = page
    app.add_url_rule("/", "page", give_page, methods=["GET"])
    app.wsgi_app = Assets(app.wsgi_app, folder / "assets")  # type: ignore[method-assign]


def give_page() -> Response:
    """The desk app."""
    page: Page = current_app.extensions[_EXTENSION]
    return page.answer()
