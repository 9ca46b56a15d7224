"""What becomes of parcels, good and bad, on both engines."""

import gzip
import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from sqlalchemy import text

from amana import clock, store
from amana.config import Settings
from amana.core.envelope import LENGTHS, envelope_id
from amana.core.parcel import MAX_BYTES, encode_parcel
from amana.core.receipt import Received, verify_receipt
from amana.organisation import Organisation
from amana.store import database
from tests.server.conftest import make_envelope

PATH = "/api/v1/parcels"
PARCEL = "application/octet-stream"
MAGIC = b"AMP\x01"

Seal = Callable[..., bytes]
Answer = dict[str, Any]


def send(client: FlaskClient, parcel: bytes, content_type: str | None = PARCEL) -> Answer:
    """Send what must be accepted."""
    response = client.post(PATH, data=parcel, content_type=content_type)
    assert response.status_code == 200, response.text
    answer: Answer = response.get_json()
    return answer


def refused(client: FlaskClient, parcel: bytes, content_type: str | None = PARCEL) -> Answer:
    """Send what must be refused whole."""
    response = client.post(PATH, data=parcel, content_type=content_type)
    assert response.status_code >= 400
    answer: Answer = response.get_json()["error"] | {"status": response.status_code}
    return answer


def states(answer: Answer) -> list[str]:
    return [entry.get("error", entry["state"]) for entry in answer["envelopes"]]


def held(app: Flask) -> list[bytes]:
    with app.app_context():
        return list(store.envelopes.every_body())


def record(body: bytes, type_: int = 1, stamp: bytes = b"") -> bytes:
    head = bytes([type_]) + len(body).to_bytes(4, "big")
    return head + body + bytes([len(stamp)]) + stamp


def test_a_sealed_report_is_stored_and_signed_for(
    app: Flask, client: FlaskClient, organisation: Organisation, seal_report: Seal
) -> None:
    envelope = seal_report()
    answer = send(client, encode_parcel([envelope]))
    assert answer["envelopes"] == [{"id": envelope_id(envelope).hex(), "state": "stored"}]
    receipt = verify_receipt(answer["receipt"], organisation.key_set)
    assert receipt.day == clock.today()
    assert receipt.envelopes == (Received(envelope_id(envelope), len(envelope), "stored"),)
    assert held(app) == [envelope]


@pytest.mark.failure("F01", "F02")
def test_a_resent_report_is_known_and_signed_for_again(
    app: Flask, client: FlaskClient, organisation: Organisation, seal_report: Seal
) -> None:
    parcel = encode_parcel([seal_report()])
    send(client, parcel)
    answer = send(client, parcel)
    assert states(answer) == ["known"]
    receipt = verify_receipt(answer["receipt"], organisation.key_set)
    assert [entry.state for entry in receipt.envelopes] == ["known"]
    assert len(held(app)) == 1


@pytest.mark.failure("F19")
def test_a_report_that_was_deleted_here_is_known_and_not_kept_again(
    app: Flask, client: FlaskClient, seal_report: Seal
) -> None:
    envelope = seal_report()
    send(client, encode_parcel([envelope]))
    with app.app_context(), store.writing():
        store.envelopes.delete(envelope_id(envelope))
    assert states(send(client, encode_parcel([envelope]))) == ["known"]
    assert held(app) == []


@pytest.mark.failure("F76")
def test_a_report_to_a_key_nobody_here_knows_is_parked_and_signed_for(
    app: Flask, client: FlaskClient, organisation: Organisation
) -> None:
    envelope = make_envelope(1, kid=b"unknown.")
    answer = send(client, encode_parcel([envelope]))
    assert states(answer) == ["parked"]
    receipt = verify_receipt(answer["receipt"], organisation.key_set)
    assert [entry.state for entry in receipt.envelopes] == ["parked"]
    assert held(app) == [envelope]


def test_a_report_twice_in_a_parcel_is_stored_then_known(
    client: FlaskClient, seal_report: Seal
) -> None:
    envelope = seal_report()
    assert states(send(client, encode_parcel([envelope, envelope]))) == ["stored", "known"]


@pytest.mark.parametrize(("takes", "coding"), [("gzip, br", "gzip"), ("gzip;q=0, br", None)])
def test_an_answer_is_squeezed_for_a_client_that_takes_gzip(
    client: FlaskClient, takes: str, coding: str | None
) -> None:
    parcel = encode_parcel(make_envelope(number) for number in range(20))
    plain = send(client, parcel)
    response = client.post(
        PATH, data=parcel, content_type=PARCEL, headers={"Accept-Encoding": takes}
    )
    assert response.headers.get("Content-Encoding") == coding
    text = gzip.decompress(response.data) if coding else response.data
    assert (len(response.data) < 0.6 * len(text)) == (coding == "gzip")
    known = json.loads(text)["envelopes"]
    assert [entry["id"] for entry in known] == [entry["id"] for entry in plain["envelopes"]]


def test_an_empty_parcel_is_well_formed(
    app: Flask, client: FlaskClient, organisation: Organisation
) -> None:
    answer = send(client, MAGIC)
    assert answer["envelopes"] == []
    assert verify_receipt(answer["receipt"], organisation.key_set).envelopes == ()
    assert held(app) == []


def test_a_stamp_is_carried_and_not_weighed(client: FlaskClient, seal_report: Seal) -> None:
    assert states(send(client, MAGIC + record(seal_report(), stamp=bytes(16)))) == ["stored"]


@pytest.mark.parametrize("length", LENGTHS)
def test_every_length_of_envelope_is_taken(app: Flask, client: FlaskClient, length: int) -> None:
    envelope = make_envelope(1, length=length)
    assert states(send(client, encode_parcel([envelope]))) == ["parked"]
    assert held(app) == [envelope]


GOOD = make_envelope(1), make_envelope(2)
WRONG_RECORDS: dict[str, tuple[bytes, str]] = {
    "of an unknown type": (record(make_envelope(3), type_=2), "type"),
    "of type nought": (record(make_envelope(3), type_=0), "type"),
    "empty": (record(b""), "length"),
    "one byte short": (record(make_envelope(3)[:-1]), "length"),
    "one byte long": (record(make_envelope(3) + b"\0"), "length"),
    "of another version": (record(b"AMN\x02" + make_envelope(3)[4:]), "version"),
    "of random bytes": (record(bytes(range(256)) * 8 + bytes(124)), "version"),
}


@pytest.mark.parametrize("name", WRONG_RECORDS)
def test_a_wrong_record_is_refused_and_its_neighbours_are_kept(
    app: Flask, client: FlaskClient, organisation: Organisation, name: str
) -> None:
    wrong, error = WRONG_RECORDS[name]
    answer = send(client, MAGIC + record(GOOD[0]) + wrong + record(GOOD[1]))
    assert states(answer) == ["parked", error, "parked"]
    assert answer["envelopes"][1] == {"id": None, "state": "refused", "error": error}
    receipt = verify_receipt(answer["receipt"], organisation.key_set)
    assert [entry.id for entry in receipt.envelopes] == [envelope_id(each) for each in GOOD]
    assert sorted(held(app)) == sorted(GOOD)


@pytest.mark.parametrize(
    "end",
    [
        record(make_envelope(3), stamp=bytes(17)),
        record(make_envelope(3))[:-1],
        record(make_envelope(3))[:1000],
        b"\x01\xff\xff\xff\xff" + make_envelope(3),
        b"\x01\x00",
        b"\x01",
    ],
)
def test_a_parcel_that_ends_inside_a_record_loses_only_that_record(
    app: Flask, client: FlaskClient, end: bytes
) -> None:
    answer = send(client, MAGIC + record(GOOD[0]) + record(GOOD[1]) + end)
    assert states(answer) == ["parked", "parked", "truncated"]
    assert sorted(held(app)) == sorted(GOOD)


def test_of_65_records_the_64_are_kept_and_the_last_is_told(
    app: Flask, client: FlaskClient
) -> None:
    envelopes = [make_envelope(number) for number in range(65)]
    answer = send(client, MAGIC + b"".join(map(record, envelopes)))
    assert states(answer) == ["parked"] * 64 + ["too_many"]
    assert sorted(held(app)) == sorted(envelopes[:64])


@pytest.mark.parametrize(
    "parcel",
    [b"", b"AMP", b"AMP\x02", b"AMN\x01", b"{}", bytes(2172), MAGIC[::-1] + record(GOOD[0])],
)
def test_what_is_no_parcel_is_refused_whole(app: Flask, client: FlaskClient, parcel: bytes) -> None:
    answer = refused(client, parcel)
    assert (answer["status"], answer["code"]) == (400, "bad_parcel")
    assert held(app) == []


def test_a_parcel_beyond_a_mebibyte_is_refused_whole(app: Flask, client: FlaskClient) -> None:
    parcel = MAGIC + record(GOOD[0])
    answer = refused(client, parcel.ljust(MAX_BYTES + 1, b"\0"))
    assert (answer["status"], answer["code"]) == (413, "too_large")
    assert held(app) == []


def test_a_parcel_of_exactly_a_mebibyte_is_read(client: FlaskClient) -> None:
    parcel = MAGIC + record(GOOD[0])
    filler = record(bytes(MAX_BYTES - len(parcel) - 6))
    assert states(send(client, parcel + filler)) == ["parked", "length"]


@pytest.mark.parametrize(
    "content_type",
    [None, "", "application/json", "text/plain", "multipart/form-data", "application/octet"],
)
def test_another_content_type_is_refused_whole(
    app: Flask, client: FlaskClient, content_type: str | None
) -> None:
    answer = refused(client, encode_parcel([GOOD[0]]), content_type)
    assert (answer["status"], answer["code"]) == (415, "bad_content_type")
    assert held(app) == []


@pytest.mark.parametrize("content_type", ["Application/Octet-Stream", f"{PARCEL}; v=1"])
def test_the_content_type_is_read_as_http_reads_it(client: FlaskClient, content_type: str) -> None:
    assert states(send(client, encode_parcel([GOOD[0]]), content_type)) == ["parked"]


def test_a_full_disk_is_told_and_nothing_is_kept(
    sqlite_app: Flask, sqlite_client: FlaskClient
) -> None:
    with sqlite_app.app_context():
        pages = store.db.session.execute(text("PRAGMA page_count")).scalar_one()
        store.db.session.execute(text(f"PRAGMA max_page_count = {pages + 8}"))
    parcel = encode_parcel([make_envelope(number) for number in range(64)])
    answer = refused(sqlite_client, parcel)
    assert (answer["status"], answer["code"]) == (507, "storage_full")
    assert held(sqlite_app) == []


def test_a_busy_database_is_told_with_when_to_come_again(
    settings: Settings, sqlite_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = [*database.SQLITE_PRAGMAS[:-1], "PRAGMA busy_timeout = 50"]
    monkeypatch.setattr(database, "SQLITE_PRAGMAS", pragmas)
    other = sqlite3.connect(settings.home / "amana.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    response = sqlite_client.post(PATH, data=encode_parcel([GOOD[0]]), content_type=PARCEL)
    other.close()
    assert response.status_code == 503
    assert response.get_json()["error"]["code"] == "busy"
    assert int(response.headers["Retry-After"]) > 0


def test_what_is_stored_stands_under_the_day_it_came(
    app: Flask, client: FlaskClient, seal_report: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2031, 3, 7))
    send(client, encode_parcel([seal_report()]))
    with app.app_context():
        (entry,) = store.envelopes.page(None, 1, "waiting").envelopes
    assert entry.day == date(2031, 3, 7)


PIECES = st.one_of(
    st.integers(0, 20).map(lambda number: record(make_envelope(number))),
    st.sampled_from([wrong for wrong, _ in WRONG_RECORDS.values()]),
    st.binary(max_size=40),
    st.binary(max_size=40).map(record),
    st.builds(record, st.just(GOOD[0]), st.integers(0, 255), st.binary(max_size=20)),
)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.lists(PIECES, max_size=8).map(lambda pieces: MAGIC + b"".join(pieces)),
    st.lists(PIECES, min_size=1, max_size=4).flatmap(lambda pieces: cut(pieces)),
)


def cut(pieces: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    whole = MAGIC + b"".join(pieces)
    return st.integers(0, len(whole)).map(lambda end: whole[:end])


@bounded(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=BODIES)
def test_whatever_is_sent_the_rows_are_what_the_answers_say(
    app: Flask, client: FlaskClient, organisation: Organisation, body: bytes
) -> None:
    before = {envelope_id(envelope) for envelope in held(app)}
    response = client.post(PATH, data=body, content_type=PARCEL)
    after = {envelope_id(envelope) for envelope in held(app)}
    if response.status_code != 200:
        assert (response.status_code, after) == (400, before)
        return
    answer = response.get_json()
    new = [entry for entry in answer["envelopes"] if entry["state"] in ("stored", "parked")]
    old = [entry for entry in answer["envelopes"] if entry["state"] == "known"]
    assert {bytes.fromhex(entry["id"]) for entry in new} == after - before
    assert {bytes.fromhex(entry["id"]) for entry in old} <= after
    signed = verify_receipt(answer["receipt"], organisation.key_set).envelopes
    assert [(entry.id.hex(), entry.state) for entry in signed] == [
        (entry["id"], entry["state"]) for entry in answer["envelopes"] if entry["id"]
    ]
