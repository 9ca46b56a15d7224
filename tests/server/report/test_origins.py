"""Which pages may send here, and where the page from here may send."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from amana.config import Settings
from amana.organisation import Plan, create_organisation
from tests.server.report.conftest import made

HERE, THERE = "https://here.example", "http://there.onion"
STRANGER = "https://stranger.example"
EMPTY_PARCEL = b"AMP\x01"
LETTER = f"/api/v1/mailboxes/{'0f' * 16}"
SHARING = "Access-Control-Allow-Origin"

pytestmark = pytest.mark.failure("F70")


@pytest.fixture
def client(tmp_path: Path, static: Path) -> Iterator[FlaskClient]:
    """The public zone of an organisation that listens at two origins."""
    settings = Settings(tmp_path / "home", f"sqlite:///{tmp_path}/home/amana.sqlite3", static)
    plan = Plan("Two addresses", [], (HERE, THERE))
    create_organisation(settings.home, settings.database_url, plan, date(2031, 3, 1))
    for app in made(settings):
        yield app.test_client()


def post(
    client: FlaskClient, origin: str, content_type: str = "application/octet-stream"
) -> TestResponse:
    return client.post(
        "/api/v1/parcels",
        data=EMPTY_PARCEL,
        headers={"Origin": origin, "Content-Type": content_type},
    )


@pytest.mark.parametrize("origin", [HERE, THERE])
def test_a_page_of_one_of_the_origins_may_post_and_read_the_answer(
    client: FlaskClient, origin: str
) -> None:
    asked = client.options(
        "/api/v1/parcels",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert asked.status_code == 200
    assert asked.headers[SHARING] == origin
    assert asked.headers["Access-Control-Allow-Methods"] == "POST"
    assert asked.headers["Access-Control-Allow-Headers"] == "Content-Type"
    answered = post(client, origin)
    assert (answered.status_code, answered.headers[SHARING]) == (200, origin)


def test_a_refusal_can_be_read_like_an_answer(client: FlaskClient) -> None:
    refused = post(client, THERE, "text/plain")
    assert (refused.status_code, refused.headers[SHARING]) == (415, THERE)
    assert refused.headers["Access-Control-Expose-Headers"] == "Retry-After"


@pytest.mark.parametrize("path", ["/keys.jws", LETTER])
def test_key_set_and_letters_can_be_read_from_the_other_origin(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path, headers={"Origin": THERE})
    assert (answer.status_code, answer.headers[SHARING]) == (200, THERE)


@pytest.mark.parametrize("origin", [STRANGER, "null", "", HERE + ".stranger.example", "*"])
@pytest.mark.parametrize("path", ["/keys.jws", LETTER, "/api/v1/parcels"])
def test_no_leave_is_given_to_anybody_else(client: FlaskClient, path: str, origin: str) -> None:
    method = "OPTIONS" if path == "/api/v1/parcels" else "GET"
    answer = client.open(path, method=method, headers={"Origin": origin})
    assert [name for name, _ in answer.headers if name.startswith("Access-Control")] == []


@pytest.mark.parametrize(
    "path", ["/", "/sw.js", "/healthz", "/api/v1/openapi.json", "/nowhere", f"{LETTER}00"]
)
def test_nothing_else_is_shared_with_another_origin(client: FlaskClient, path: str) -> None:
    assert SHARING not in client.get(path, headers={"Origin": THERE}).headers


def test_credentials_are_never_asked_for(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Credentials" not in post(client, THERE).headers


def test_no_cache_gives_one_origins_answer_to_another(client: FlaskClient) -> None:
    for origin in (THERE, STRANGER):
        for answer in (post(client, origin), client.get("/keys.jws", headers={"Origin": origin})):
            assert "Origin" in answer.headers["Vary"]


def test_the_page_may_ask_at_the_origins_and_nowhere_else(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert f"connect-src 'self' {HERE} {THERE};" in policy
