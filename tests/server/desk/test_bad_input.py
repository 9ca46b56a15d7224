"""Whatever is sent: one error form, nothing kept half, nothing of it said again."""

import json
import logging
from typing import Any

import pytest
from werkzeug.test import TestResponse

from amana import store
from amana.desk.doors import DOORS
from amana.desk.reading import MAX_BODY_BYTES

from .conftest import LETTER, SAFETY, SEALED_NOTE, Desk, address_of

CANARY = "canary7f3a"
JSON = "application/json"
FACTOR = {"handle": "A" * 43}


def code(answer: TestResponse) -> tuple[int, str]:
    body = answer.get_json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    return answer.status_code, body["error"]["code"]


def doors_with_a_body(envelope: str) -> list[str]:
    """Method and address of each."""
    return [f"{door.method} {address_of(door.path, envelope)}" for door in DOORS if door.body]


def send(desk: Desk, path: str, body: bytes, content_type: str | None = JSON) -> TestResponse:
    method, address = path.split(" ")
    return desk.call(
        method,
        address,
        "administrator",
        data=body,
        content_type=content_type,
        headers={"If-Match": '"0"'},
    )


@pytest.fixture
def paths(desk: Desk) -> list[str]:
    return doors_with_a_body(desk.receive()[0])


def test_bytes_that_are_no_json_are_a_bad_request(
    desk: Desk, paths: list[str], subtests: pytest.Subtests
) -> None:
    bodies = {
        "nothing": b"",
        "half": b'{"name": "rev',
        "no UTF-8": b'{"name": "\xff\xfe"}',
        "a byte order mark": b'\xef\xbb\xbf{"name": "x"}',
        "not a number": b'{"name": NaN}',
        "a member twice": b'{"name": "x", "name": "y"}',
        "two values": b"{} {}",
        "too deep": b"[" * 8000 + b"]" * 8000,
        "an endless number": b'{"name": ' + b"9" * 8000 + b"}",
    }
    for path in paths:
        for name, body in bodies.items():
            with subtests.test(f"{name} at {path[:28]}"):
                assert code(send(desk, path, body)) == (400, "bad_request")


def test_json_of_another_form_is_invalid(
    desk: Desk, paths: list[str], subtests: pytest.Subtests
) -> None:
    values: tuple[object, ...] = (None, True, 7, "text", [], {}, [{}], {"unknown": 1})
    for path in paths:
        for value in values:
            with subtests.test(f"{value!r} at {path[:28]}"):
                assert code(send(desk, path, json.dumps(value).encode())) == (422, "invalid")


def test_a_name_of_another_form_is_invalid(desk: Desk, subtests: pytest.Subtests) -> None:
    names: tuple[object, ...] = (
        *("", "x" * 101, "a\x00b", "a\nb", "\ud800", "a\x9fb", None, 7, ["reviewer"]),
    )
    for name in names:
        with subtests.test(repr(name)[:30]):
            for path, more in (("salts", {}), ("sessions", {"auth": "A" * 43})):
                body = json.dumps({"name": name} | more).encode()
                assert code(send(desk, f"POST /api/v1/{path}", body)) == (422, "invalid")


def test_any_name_that_a_person_may_have_is_taken(desk: Desk, subtests: pytest.Subtests) -> None:
    for name in ("ريما", "x" * 100, "O'Neil; DROP TABLE members", "%", "😀", "a b", "<b>"):
        with subtests.test(name):
            answer = desk.post("/api/v1/salts", json={"name": name})
            assert answer.status_code == 200


def test_a_secret_of_another_form_is_invalid(desk: Desk, subtests: pytest.Subtests) -> None:
    secrets: tuple[object, ...] = (
        *("", "A" * 42, "A" * 44, "A" * 43 + "=", "A" * 42 + "B", "+" * 43, None, 1, []),
    )
    for auth in secrets:
        with subtests.test(repr(auth)):
            answer = desk.post("/api/v1/sessions", json={"name": "reviewer", "auth": auth})
            assert code(answer) == (422, "invalid")


def test_another_content_type_is_refused(
    desk: Desk, paths: list[str], subtests: pytest.Subtests
) -> None:
    kinds = (None, "", "text/plain", "application/x-www-form-urlencoded", "application/jsonx")
    for path in paths:
        for kind in (*kinds, "multipart/form-data; boundary=x", "application/octet-stream"):
            with subtests.test(f"{kind} at {path[:28]}"):
                assert code(send(desk, path, b"{}", kind)) == (415, "bad_content_type")


def test_a_body_beyond_the_limit_is_too_large(
    desk: Desk, paths: list[str], subtests: pytest.Subtests
) -> None:
    for path in paths:
        with subtests.test(path[:28]):
            body = b" " * (MAX_BODY_BYTES + 1)
            assert code(send(desk, path, body)) == (413, "too_large")
            assert code(send(desk, path, body[:-1])) == (400, "bad_request")


def test_an_announced_body_that_is_huge_is_refused_unread(desk: Desk) -> None:
    answer = desk.post(
        "/api/v1/salts",
        data=b"{}",
        content_type=JSON,
        headers={"Content-Length": str(2**40)},
        environ_overrides={"CONTENT_LENGTH": str(2**40)},
    )
    assert code(answer) == (413, "too_large")


def test_nobody_learns_what_is_wrong_with_a_body(desk: Desk) -> None:
    for body in (b"{", b" " * 10**6):
        answer = desk.post("/api/v1/parcels", data=body, content_type="text/plain")
        assert code(answer) == (401, "not_signed_in")


def test_refused_requests_leave_nothing_in_the_database(desk: Desk, paths: list[str]) -> None:
    desk.token("administrator")
    tables = (
        *("envelopes", "members", "sessions", "assessments", "grants", "mailboxes", "notes"),
        *("views", "invitations"),
    )
    before = {table: desk.rows(f"SELECT count(*) FROM {table}") for table in tables}
    for path in paths:
        send(desk, path, b"{")
        send(desk, path, json.dumps(SAFETY | {"note": CANARY, "name": CANARY}).encode())
    assert {table: desk.rows(f"SELECT count(*) FROM {table}") for table in tables} == before


def with_canaries(envelope: str) -> list[dict[str, Any]]:
    """Requests that carry the canary in every place that a request has."""
    bearer = {"Authorization": f"Bearer {CANARY}"}
    assessments = f"/api/v1/envelopes/{envelope}/assessments"
    views = "/api/v1/members/me/views"
    notes = f"/api/v1/envelopes/{envelope}/notes"
    mailbox = f"/api/v1/mailboxes/{'0' * 32}"
    tag = {"If-Match": '"0"'}
    return [
        {"method": "GET", "path": f"/{CANARY}"},
        {"method": "GET", "path": f"/api/v1/envelopes/{CANARY}/assessments"},
        {"method": "GET", "path": f"/assets/{CANARY}.js"},
        {"method": "GET", "path": f"/api/v1/queue?before={CANARY}&{CANARY}={CANARY}"},
        {"method": "GET", "path": f"/api/v1/events?kind={CANARY}"},
        {"method": "GET", "path": f"/api/v1/summaries?from={CANARY}&to={CANARY}"},
        {
            "method": "POST",
            "path": "/api/v1/summaries/package",
            "json": {"from": CANARY, "to": CANARY},
        },
        {"method": "GET", "path": "/api/v1/members/me", "headers": bearer},
        {"method": "PUT", "path": f"/api/v1/salts?{CANARY}", "json": {"name": CANARY}},
        {"method": "POST", "path": "/api/v1/salts", "json": {"name": CANARY}},
        {"method": "POST", "path": "/api/v1/salts", "json": {CANARY: CANARY}},
        {"method": "POST", "path": "/api/v1/salts", "data": CANARY, "content_type": JSON},
        {"method": "POST", "path": "/api/v1/salts", "data": CANARY, "content_type": CANARY},
        {"method": "POST", "path": "/api/v1/sessions", "json": {"name": CANARY, "auth": "A" * 43}},
        {"method": "POST", "path": "/api/v1/sessions", "json": {"name": "x", "auth": CANARY}},
        {"method": "POST", "path": "/api/v1/sessions/factor", "json": {"handle": CANARY}},
        {"method": "POST", "path": "/api/v1/sessions/factor", "json": FACTOR | {"code": CANARY}},
        {"method": "POST", "path": "/api/v1/factors/challenges", "json": {"kind": CANARY}},
        {"method": "POST", "path": "/api/v1/factors", "json": FACTOR | {"attestation": CANARY}},
        {"method": "POST", "path": f"/api/v1/factors/{CANARY}/removal", "json": {"auth": "A" * 43}},
        {"method": "POST", "path": "/api/v1/parcels", "json": {"ids": [CANARY]}},
        {"method": "POST", "path": assessments, "json": {"decision": CANARY}, "headers": tag},
        {"method": "POST", "path": assessments, "json": SAFETY | {"note": CANARY}, "headers": tag},
        {"method": "PUT", "path": views, "json": {"sealed": CANARY}, "headers": tag},
        {"method": "POST", "path": notes, "json": {"kid": CANARY, "sealed": CANARY}},
        {"method": "POST", "path": notes, "json": SEALED_NOTE | {"text": CANARY}},
        {"method": "POST", "path": assessments, "json": SAFETY, "headers": {"If-Match": CANARY}},
        {"method": "POST", "path": "/api/v1/mailboxes", "json": {"ids": [CANARY]}},
        {"method": "POST", "path": "/api/v1/members", "json": {"token": CANARY}},
        {"method": "POST", "path": "/api/v1/invitations", "json": {"name": "x", "role": CANARY}},
        {"method": "DELETE", "path": f"/api/v1/members/{CANARY}"},
        {"method": "PUT", "path": f"/api/v1/mailboxes/{CANARY}", "json": {"letter": LETTER}},
        {"method": "PUT", "path": mailbox, "json": {"letter": CANARY}, "headers": tag},
        {"method": "GET", "path": "/", "headers": {"User-Agent": CANARY, "Referer": CANARY}},
    ]


def test_nothing_that_was_sent_is_said_again_or_logged(
    desk: Desk, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    (envelope,) = desk.receive()
    with caplog.at_level(logging.DEBUG):
        for who in (None, "administrator"):
            for one in with_canaries(envelope):
                more = dict(one)
                answer = desk.call(more.pop("method"), more.pop("path"), who, **more)
                assert CANARY not in answer.text
                assert CANARY not in str(answer.headers)
    printed = capfd.readouterr()
    assert CANARY not in caplog.text + printed.out + printed.err


def test_a_broken_door_says_and_logs_nothing_of_the_request(
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def break_down(name: str) -> None:
        raise RuntimeError(f"no member called {name}")

    monkeypatch.setattr(store.members, "get", break_down)
    answer = desk.post("/api/v1/salts", json={"name": CANARY})
    assert code(answer) == (500, "internal")
    assert CANARY not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
