"""Nothing about a person is written down: no log line, no answer repeats what was sent."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from amana.arrival import Patience
from amana.config import Settings
from amana.core.envelope import envelope_id
from amana.core.parcel import encode_parcel
from tests.server.conftest import make_envelope
from tests.server.serving import HOST, Served, request, serving

CANARY = "canary7391"
PATH = "/api/v1/parcels"
FIELDS = (
    f"Cookie: session={CANARY}",
    f"Referer: https://{CANARY}.example/",
    f"User-Agent: {CANARY}",
    f"X-Forwarded-For: {CANARY}",
    f"Forwarded: for={CANARY}",
    f"Authorization: Bearer {CANARY}",
    f"Origin: https://{CANARY}.example",
    f"Accept-Language: {CANARY}",
    f"{CANARY}: {CANARY}",
)
BODY = CANARY.encode() * 300


def parcel(*records: bytes) -> bytes:
    return b"AMP\x01" + b"".join(records)


INPUTS = {
    "a good parcel": request("POST", PATH, encode_parcel([make_envelope(1)]), *FIELDS, close=True),
    "an address": request("GET", f"/{CANARY}?{CANARY}={CANARY}", None, *FIELDS, close=True),
    "an address with a question": request("GET", f"/?{CANARY}", None, *FIELDS, close=True),
    "a method": request(CANARY.upper(), "/", None, *FIELDS, close=True),
    "a body that is no parcel": request("POST", PATH, BODY, *FIELDS, close=True),
    "a record that is no envelope": request(
        "POST", PATH, parcel(b"\x01\x00\x00\x00\x10" + BODY[:16] + b"\x00"), close=True
    ),
    "a record cut short": request("POST", PATH, parcel(b"\x01\xff\xff\xff\xff" + BODY), close=True),
    "another type of content": request("POST", PATH, BODY, close=True).replace(
        b"application/octet-stream", CANARY.encode()
    ),
    "a body too large": request("POST", PATH, b"").replace(b": 0", b": 99999999") + BODY,
    "a body too slow": request("POST", PATH, BODY, *FIELDS)[:-1],
    "a broken chunk": b"POST /api/v1/parcels HTTP/1.1\r\nHost: a\r\n"
    b"Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    + CANARY.encode()
    + b"\r\n\r\n0\r\n\r\n",
    "no http": BODY + b"\r\n\r\n",
    "a head without end": b"GET / HTTP/1.1\r\n" + CANARY.encode() + b": " + BODY * 20,
    "a wrong field": b"GET / HTTP/1.1\r\n" + CANARY.encode() + b" : x\r\n\r\n",
    "a wrong version": f"GET /{CANARY} HTTP/7.7\r\nHost: {CANARY}\r\n\r\n".encode(),
}


@pytest.fixture
def served(settings: Settings, tmp_path: Path) -> Iterator[Served]:
    with serving(settings, tmp_path, Patience(pause=1, start=2, rate=1000)) as server:
        yield server


def test_no_input_is_repeated_in_an_answer_or_written_to_the_log(served: Served) -> None:
    """The server logs more here than `amana serve` does, which logs warnings only."""
    for name, data in INPUTS.items():
        answer = served.exchange(data)
        assert answer.startswith(b"HTTP/1.1 "), name
        assert CANARY.encode() not in answer.lower(), name
    assert CANARY not in served.log.lower()
    assert not re.search(rf"{HOST}(?!:{served.port})", served.log)


def test_a_fault_in_the_middle_of_a_request_is_logged_without_the_request(
    served: Served, settings: Settings
) -> None:
    with closing(sqlite3.connect(settings.home / "amana.sqlite3")) as database:
        database.execute("ALTER TABLE envelopes RENAME TO canary7391")
    answer = served.exchange(INPUTS["a good parcel"])
    assert answer.startswith(b"HTTP/1.1 500 ")
    assert b"OperationalError" not in answer
    assert "OperationalError at " in served.log
    assert CANARY not in served.log
    assert envelope_id(make_envelope(1)).hex() not in served.log


def test_what_is_kept_of_a_report_is_its_bytes_and_the_day(
    served: Served, settings: Settings
) -> None:
    served.exchange(INPUTS["a good parcel"])
    with closing(sqlite3.connect(settings.home / "amana.sqlite3")) as database:
        (row,) = database.execute("SELECT * FROM envelopes").fetchall()
    seq, id_, kid, length, day, version, body = row
    assert (seq, id_, kid, length, version) == (
        1,
        envelope_id(make_envelope(1)),
        b"desk-key",
        2172,
        0,
    )
    assert body == make_envelope(1)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)
    kept = b"".join(file.read_bytes() for file in settings.home.glob("amana.sqlite3*"))
    assert CANARY.encode() not in kept
    assert os.fsencode(HOST) not in kept
