"""The public zone's description of itself, held against what it does."""

import json
import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import positive_data_acceptance

from amana.errors import ANSWERS
from amana.http import Door
from amana.report import DOORS
from tests.server.conftest import make_envelope
from tests.server.report.test_parcels import MAGIC, WRONG_RECORDS, record

PARCELS = st.lists(
    st.one_of(
        st.integers(0, 20).map(lambda number: record(make_envelope(number))),
        st.sampled_from([wrong for wrong, _ in WRONG_RECORDS.values()]),
    ),
    max_size=4,
).map(lambda records: MAGIC + b"".join(records))


def address_of(door: Door) -> str:
    """How the description writes the door's address."""
    return re.sub(r"<[^:]+:(\w+)>", r"{\1}", door.path)


AS_IT_IS = {"Accept-Encoding": "identity"}
"""Without a network between them, schemathesis undoes no coding."""

schemathesis.openapi.media_type("application/octet-stream", st.one_of(PARCELS, st.binary()))


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.path)
def test_schemathesis_finds_nothing(sqlite_app: Flask, door: Door) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", sqlite_app)
    strategy = schema[address_of(door)][door.method].as_strategy()

    @bounded(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=strategy)
    def check(case: Case[Any]) -> None:
        # Bytes of the right type that are no parcel are refused: no schema describes a parcel.
        case.call_and_validate(headers=AS_IT_IS, excluded_checks=[positive_data_acceptance])

    check()


def test_every_door_is_described_with_every_error_it_may_answer(
    sqlite_client: FlaskClient,
) -> None:
    paths = sqlite_client.get("/api/v1/openapi.json").get_json()["paths"]
    assert set(paths) == {address_of(door) for door in DOORS}
    for door in DOORS:
        described = paths[address_of(door)][door.method.lower()]
        assert described["summary"]
        for code in (*door.fails, "busy", "internal"):
            answer = described["responses"][str(ANSWERS[code].status)]
            assert f"`{code}`: {ANSWERS[code].message}" in answer["description"]
            schema = answer["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Error"}


def test_every_address_is_a_described_door_or_the_apps_own(sqlite_app: Flask) -> None:
    rules = {rule.rule for rule in sqlite_app.url_map.iter_rules()}
    assert rules - {door.path for door in DOORS} == {
        "/",
        "/page",
        "/sw.js",
        "/manifest.webmanifest",
        "/api/v1/openapi.json",
    }


def test_two_applications_describe_themselves_alike(sqlite_client: FlaskClient, app: Flask) -> None:
    path = "/api/v1/openapi.json"
    first, second = sqlite_client.get(path).get_json(), app.test_client().get(path).get_json()
    assert first == second
    assert json.dumps(first).count("bad_parcel") == 1
