"""The desk zone: members of the organisation. No cookie, nothing cached, nothing in the clear that
a person wrote."""

from flask import Flask

from amana import store
from amana.config import Settings
from amana.http import make_app, security_headers
from amana.organisation import Organisation

from . import doors, proofs, sessions, shell, summaries

SCRIPTS = "'self' 'wasm-unsafe-eval'"
"""The desk app's own scripts; Argon2 is compiled to WebAssembly."""


def create_desk_app(settings: Settings | None = None) -> Flask:
    """The desk zone's application for an organisation's folder.

    Raises `OrganisationError` when there is no organisation in the folder and `NotBuilt` when the
    client is not built.
    """
    settings = settings or Settings.from_environ()
    app, api = make_app("Amana, desk zone", security_headers(SCRIPTS))
    app.extensions[sessions.ORGANISATION] = Organisation.load(settings.home)
    app.extensions[proofs.DEMANDED] = settings.demands_factor
    app.extensions[summaries.THRESHOLDS] = settings.thresholds
    store.init_store(app, settings.database_url)
    doors.register(app, api)
    shell.register(app, settings.static / "desk")
    return app
