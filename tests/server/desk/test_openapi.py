"""The API keeps to its own description, whatever schemathesis makes up."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, openapi

from .conftest import SAFETY, Desk

BOUNDED = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""The form of what comes and goes is the same on both engines, and trying it out takes a while."""

WITHOUT_INPUT = ("GET /healthz", "DELETE /api/v1/sessions/current", "GET /api/v1/members/me")


def operations(desk: Desk, *modes: GenerationMode) -> Iterator[tuple[str, Any]]:
    """Every operation that is described, on a desk with one assessed report."""
    desk.assess(desk.receive()[0], SAFETY)
    described: Any = openapi.from_wsgi("/api/v1/openapi.json", desk.app)
    for found in described.get_all_operations():
        operation = found.ok()
        for mode in modes:
            if operation.label in WITHOUT_INPUT and mode is GenerationMode.NEGATIVE:
                continue  # there is nothing to get wrong
            yield operation.label, operation.as_strategy(generation_mode=mode)


def try_out(cases: Any, check: Callable[[Any], None]) -> None:
    with_cases: Any = given(cases)
    BOUNDED(with_cases(check))()


def bearer(desk: Desk) -> dict[str, str]:
    return {"Authorization": f"Bearer {desk.token('administrator')}"}


def test_as_a_member(desk: Desk, subtests: pytest.Subtests) -> None:
    def check(case: Any) -> None:
        if case.path.endswith("/current"):
            desk.tokens.clear()  # this door ended the session before
        case.call_and_validate(headers=bearer(desk))

    for label, cases in operations(desk, *GenerationMode):
        with subtests.test(label):
            try_out(cases, check)


def test_as_nobody(desk: Desk, subtests: pytest.Subtests) -> None:
    def check(case: Any) -> None:
        case.call_and_validate()

    for label, cases in operations(desk, *GenerationMode):
        with subtests.test(label):
            try_out(cases, check)


def test_every_assessment_that_is_described_is_kept(desk: Desk) -> None:
    def check(case: Any) -> None:
        case.path_parameters["envelope_id"] = desk.receive()[0]
        case.headers["If-Match"] = '"0"'
        assert case.call_and_validate(headers=bearer(desk)).status_code == 201

    (cases,) = [
        cases
        for label, cases in operations(desk, GenerationMode.POSITIVE)
        if label.startswith("POST") and label.endswith("/assessments")
    ]
    try_out(cases, check)
