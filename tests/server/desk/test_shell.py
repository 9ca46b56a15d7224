"""The desk app's page and assets, and the headers on every answer."""

import shutil
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from amana.assets import NotBuilt
from amana.config import Settings
from amana.desk import create_desk_app
from amana.organisation import OrganisationError

from .conftest import SAFETY, Desk

POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "amana",
}


def policy_of(answer: TestResponse) -> dict[str, str]:
    (policy,) = answer.headers.get_all("Content-Security-Policy")
    return dict(directive.strip().split(" ", 1) for directive in policy.split(";"))


def asset_of(settings: Settings) -> str:
    return next(file.name for file in (settings.static / "desk/assets").glob("*.js"))


def every_kind_of_answer(desk: Desk, settings: Settings) -> dict[str, TestResponse]:
    (envelope,) = desk.receive()
    days = {"from": "2031-03-03", "to": "2031-03-09"}
    week = "from=2031-03-03&to=2031-03-09"
    return {
        "page": desk.get("/"),
        "asset": desk.get(f"/assets/{asset_of(settings)}"),
        "description": desk.get("/api/v1/openapi.json"),
        "health": desk.get("/healthz"),
        "salt": desk.post("/api/v1/salts", json={"name": "x"}),
        "sign in": desk.sign_in("reviewer"),
        "member": desk.get("/api/v1/members/me", "reviewer"),
        "queue": desk.get("/api/v1/queue", "reviewer"),
        "parcel": desk.post("/api/v1/parcels", "reviewer", json={"ids": [envelope]}),
        "assessment": desk.assess(envelope, SAFETY),
        "summary": desk.get(f"/api/v1/summaries?{week}", "reviewer"),
        "file": desk.post("/api/v1/summaries/package", "reviewer", json=days),
        "sign out": desk.call("DELETE", "/api/v1/sessions/current", "reviewer"),
        "nobody": desk.get("/api/v1/queue"),
        "forbidden": desk.get("/api/v1/queue", "coordinator"),
        "unknown": desk.get("/nothing"),
        "method": desk.get("/api/v1/salts"),
        "invalid": desk.post("/api/v1/salts", json={}),
    }


def test_every_answer_carries_the_security_headers_and_no_cookie(
    desk: Desk, settings: Settings, subtests: pytest.Subtests
) -> None:
    for name, answer in every_kind_of_answer(desk, settings).items():
        with subtests.test(name):
            assert policy_of(answer) == POLICY
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "Set-Cookie" not in answer.headers
            assert "Access-Control-Allow-Origin" not in answer.headers


def test_no_answer_of_the_api_may_be_kept(
    desk: Desk, settings: Settings, subtests: pytest.Subtests
) -> None:
    for name, answer in every_kind_of_answer(desk, settings).items():
        if name not in ("page", "asset"):
            with subtests.test(name):
                assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_is_asked_for_again_each_time(desk: Desk, settings: Settings) -> None:
    answer = desk.get("/")
    assert answer.data == (settings.static / "desk/index.html").read_bytes()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_comes_compressed_to_whom_takes_it(desk: Desk) -> None:
    plain = desk.get("/")
    compressed = desk.get("/", headers={"Accept-Encoding": "br"})
    assert compressed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(compressed.data) == plain.data


def test_assets_are_kept_for_ever_and_come_precompressed(
    settings: Settings, tmp_path: Path
) -> None:
    body = b"export const built = true; " * 20
    assets = Path(shutil.copytree(settings.static, tmp_path / "static")) / "desk/assets"
    (assets / "app-abcdef0123.js").write_bytes(body)
    (assets / "app-abcdef0123.js.br").write_bytes(brotli.compress(body))
    app = create_desk_app(replace(settings, static=tmp_path / "static"))
    answer = app.test_client().get(
        "/assets/app-abcdef0123.js", headers={"Accept-Encoding": "br"}, buffered=True
    )
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert brotli.decompress(answer.data) == body


def test_the_reporter_apps_files_are_not_served_here(desk: Desk) -> None:
    for path in ("/sw.js", "/manifest.webmanifest", "/keys.jws"):
        assert desk.get(path).status_code == 404


def test_a_desk_without_its_built_client_does_not_start(settings: Settings) -> None:
    with pytest.raises(NotBuilt):
        create_desk_app(replace(settings, static=settings.home / "nothing"))


def test_a_desk_without_an_organisation_does_not_start(settings: Settings) -> None:
    with pytest.raises(OrganisationError):
        create_desk_app(replace(settings, home=settings.home / "nothing"))


def test_the_description_names_every_door(desk: Desk) -> None:
    client: FlaskClient = desk.client
    described = client.get("/api/v1/openapi.json").get_json()
    found = {
        f"{method.upper()} {path}"
        for path, methods in described["paths"].items()
        for method in methods
        if method != "parameters"
    }
    assert len(found) == 40
    assert "POST /api/v1/envelopes/{envelope_id}/assessments" in found
