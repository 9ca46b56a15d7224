"""Every answer of the public zone: one error form, the same headers, no cookie, nothing echoed."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from amana.errors import ANSWERS

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types amana"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGES = ("/", "/page")
GOOD = (
    *PAGES,
    "/sw.js",
    "/manifest.webmanifest",
    "/assets/app-0123456789.js",
    "/keys.jws",
    "/healthz",
    "/api/v1/openapi.json",
)
NOWHERE = (
    "/nowhere",
    "/assets/nowhere.js",
    "/assets/",
    "/assets/app-0123456789.js.br",
    "/assets/../../../../etc/passwd",
    "/assets/%2e%2e/index.html",
    "/index.html",
    "http://localhost//keys.jws",
    "http://other.example",
    "/keys.jws/",
    "/api/v1/parcels/",
    "/api/v1/queue",
    "/api/v1",
    "/static/report/index.html",
    "/\x00",
    "/%00",
    "/%ff%fe",
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")


def assert_error(response: TestResponse, status: int, code: str) -> None:
    assert response.status_code == status
    assert response.content_type == "application/json"
    assert response.get_json() == {"error": {"code": code, "message": ANSWERS[code].message}}  # type: ignore[index]


def assert_headers(response: TestResponse) -> None:
    found = {name: response.headers.getlist(name) for name in HEADERS}
    assert found == {name: [value] for name, value in HEADERS.items()}
    assert "Set-Cookie" not in response.headers
    assert "Access-Control-Allow-Origin" not in response.headers
    assert len(response.headers.getlist("Cache-Control")) == 1


def test_pages_alone_carry_the_list_of_what_they_may_not_use(sqlite_client: FlaskClient) -> None:
    for path in PAGES:
        features = sqlite_client.get(path).headers["Permissions-Policy"].split(", ")
        assert "geolocation=()" in features
        assert all(re.fullmatch(r"[a-z-]+=\(\)", feature) for feature in features)
    for path in set(GOOD) - set(PAGES):
        assert "Permissions-Policy" not in sqlite_client.get(path, buffered=True).headers


@pytest.fixture
def responses(sqlite_client: FlaskClient) -> list[TestResponse]:
    """Answers to everything that is asked for in the right and in the wrong way."""
    return [
        sqlite_client.open(path, method=method, buffered=True)
        for path in (*GOOD, *NOWHERE, "/api/v1/parcels")
        for method in (*METHODS, "HEAD", "OPTIONS")
    ]


def test_every_answer_has_the_headers_and_none_a_cookie(responses: list[TestResponse]) -> None:
    assert len(responses) > 200
    for response in responses:
        assert_headers(response)


def test_every_answer_that_is_no_success_has_the_one_form(responses: list[TestResponse]) -> None:
    for response in responses:
        assert response.status_code in (200, 400, 404, 405, 415)
        if response.status_code != 200 and response.request.method != "HEAD":
            code = response.get_json()["error"]["code"]
            assert_error(response, ANSWERS[code].status, code)


@pytest.mark.parametrize("path", NOWHERE)
@pytest.mark.parametrize("method", METHODS)
def test_an_address_that_is_not_there_is_not_found(
    sqlite_client: FlaskClient, path: str, method: str
) -> None:
    assert_error(sqlite_client.open(path, method=method), 404, "not_found")


@pytest.mark.parametrize("path", [path for path in GOOD if not path.startswith("/assets")])
def test_a_method_that_is_not_taken_is_told_with_those_that_are(
    sqlite_client: FlaskClient, path: str
) -> None:
    response = sqlite_client.post(path)
    assert_error(response, 405, "method_not_allowed")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_parcel_is_only_ever_posted(sqlite_client: FlaskClient) -> None:
    response = sqlite_client.get("/api/v1/parcels")
    assert_error(response, 405, "method_not_allowed")
    assert response.headers["Allow"] == "OPTIONS, POST"


def test_an_asset_is_only_ever_got(sqlite_client: FlaskClient) -> None:
    assert_error(sqlite_client.post("/assets/app-0123456789.js"), 404, "not_found")


def test_a_fault_of_the_program_says_nothing_about_itself(
    sqlite_app: Flask, sqlite_client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("canary-7391")

    sqlite_app.view_functions["api.give_health"] = fail  # type: ignore[assignment]
    response = sqlite_client.get("/healthz")
    assert_error(response, 500, "internal")
    assert_headers(response)
    assert "canary-7391" not in caplog.text
    assert "ValueError at test_answers.py:" in caplog.text


def test_health_is_told_from_the_database(
    sqlite_app: Flask, sqlite_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sqlite_client.get("/healthz").get_json() == {"status": "ok"}

    def gone() -> None:
        raise OSError

    monkeypatch.setattr("amana.store.ping", gone)
    assert_error(sqlite_client.get("/healthz"), 500, "internal")


def test_answers_of_the_api_are_not_kept_by_anyone(sqlite_client: FlaskClient) -> None:
    for path in ("/healthz", "/api/v1/openapi.json", "/nowhere"):
        assert sqlite_client.get(path).headers["Cache-Control"] == "no-store"


def test_the_messages_are_the_only_words_and_echo_nothing() -> None:
    for answer in ANSWERS.values():
        assert "{" not in answer.message
        assert "%" not in answer.message
    assert json.dumps(ANSWERS)
