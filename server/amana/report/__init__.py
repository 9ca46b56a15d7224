"""The public zone: people with phones. No cookie, no session, no log line about a person."""

from flask import Flask

from amana import store
from amana.assets import Assets, remember_assets
from amana.config import Settings
from amana.http import Door, HealthSchema, give_health, make_app, open_doors, security_headers
from amana.organisation import Organisation

from . import clearing, keys, mailboxes, origins, parcels, shell

DOORS = (
    Door(
        "POST",
        "/api/v1/parcels",
        parcels.take_parcel,
        parcels.ParcelAnswerSchema,
        "What is held now, signed, and what was refused.",
        (
            "bad_request",
            "bad_parcel",
            "too_slow",
            "too_large",
            "bad_content_type",
            "storage_full",
        ),
        doc=parcels.PARCEL_BODY,
    ),
    Door(
        "GET",
        "/keys.jws",
        keys.give_key_set,
        {"type": "string"},
        "A compact JWS.",
        answer_type=keys.KEY_SET_TYPE,
    ),
    Door(
        "GET",
        "/api/v1/mailboxes/<hex(16):mailbox_id>",
        mailboxes.give_letter,
        mailboxes.LetterSchema,
        "A letter, or noise.",
    ),
    Door("POST", "/api/v1/clear", clearing.clear, None, "What this origin keeps goes.", status=204),
    Door("GET", "/healthz", give_health, HealthSchema, "All is well."),
)
"""Every address of the public zone besides the reporter app's own (`shell.DOCUMENTS`)."""


def create_report_app(settings: Settings | None = None) -> Flask:
    """The public zone's application for an organisation's folder.

    Raises `OrganisationError` when there is no organisation in the folder and `NotBuilt` when the
    client is not built.
    """
    settings = settings or Settings.from_environ()
    organisation = Organisation.load(settings.home)
    listening = organisation.key_set.origins
    headers = security_headers(connects=origins.connect_sources(listening))
    app, api = make_app("Amana public zone", headers)
    store.init_store(app, settings.database_url)
    parcels.sign_with(app, organisation.receipt_key)
    keys.publish(app, settings.home, organisation)
    mailboxes.fill_with(app, organisation.server_secret)
    open_doors(app, api, DOORS)
    origins.share_with(app, listening)
    shell.publish(app, settings, organisation.root_print)
    assets = settings.static / "report" / "assets"
    remembered = settings.home / "assets"
    remember_assets(assets, remembered)
    app.wsgi_app = Assets(app.wsgi_app, assets, remembered)  # type: ignore[method-assign]
    return app
