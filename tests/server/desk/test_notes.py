"""Notes on reports: sealed, appended, kept once, with hour and name."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from amana import store
from amana.core.encoding import b64encode
from amana.store.tables import NOTE_BYTES

from .conftest import SEALED_NOTE, Desk

HOLD = {"decision": "hold"}
OTHER = SEALED_NOTE | {"sealed": b64encode(b"o" * NOTE_BYTES)}
SHORT = SEALED_NOTE | {"sealed": b64encode(bytes(NOTE_BYTES - 1))}


def notes(desk: Desk, envelope: str) -> list[dict[str, Any]]:
    answer = desk.get(f"/api/v1/envelopes/{envelope}/assessments", "administrator")
    found: list[dict[str, Any]] = answer.get_json()["notes"]
    return [{name: each[name] for name in each if name != "id"} for each in found]


def write(desk: Desk, envelope: str, note: dict[str, Any], who: str = "reviewer") -> int:
    return desk.post(f"/api/v1/envelopes/{envelope}/notes", who, json=note).status_code


def test_a_note_is_kept_with_name_day_hour_and_the_version_it_stands_behind(desk: Desk) -> None:
    (envelope,) = desk.receive()
    assert write(desk, envelope, SEALED_NOTE) == 204
    desk.assess(envelope, HOLD)
    desk.watch.forward(hours=3)
    desk.tokens.clear()
    assert write(desk, envelope, OTHER, "administrator") == 204
    first = {"member": "reviewer", "day": "2031-03-12", "hour": 12, "version": 0}
    second = {"member": "administrator", "day": "2031-03-12", "hour": 15, "version": 1}
    assert notes(desk, envelope) == [first | SEALED_NOTE, second | OTHER]


def test_an_assessment_brings_its_note_along_or_neither_is_kept(desk: Desk) -> None:
    (envelope,) = desk.receive()
    assert desk.assess(envelope, HOLD | {"note": SEALED_NOTE}).status_code == 201
    assert [each["version"] for each in notes(desk, envelope)] == [1]
    assert desk.assess(envelope, HOLD | {"note": OTHER}, who="administrator").status_code == 409
    assert desk.assess(envelope, HOLD | {"note": SHORT}, seen=1).status_code == 422
    assert len(notes(desk, envelope)) == 1


def test_a_note_sent_again_is_kept_once_also_with_its_assessment(desk: Desk) -> None:
    (envelope,) = desk.receive()
    assert [write(desk, envelope, SEALED_NOTE) for _ in range(2)] == [204, 204]
    assert len(notes(desk, envelope)) == 1
    for _ in range(2):
        assert desk.assess(envelope, HOLD | {"note": OTHER}).status_code == 201
    assert len(notes(desk, envelope)) == 2


def test_a_decision_sent_again_with_another_note_loses_none(desk: Desk) -> None:
    (envelope,) = desk.receive()
    assert desk.assess(envelope, HOLD).status_code == 201
    assert desk.assess(envelope, HOLD | {"note": OTHER}).status_code == 201
    assert [each["version"] for each in notes(desk, envelope)] == [1]


def test_the_same_note_on_two_reports_is_two_notes(desk: Desk) -> None:
    for envelope in desk.receive(2):
        assert write(desk, envelope, SEALED_NOTE) == 204
        assert len(notes(desk, envelope)) == 1


def test_there_is_no_note_on_a_report_that_is_not_there(desk: Desk) -> None:
    assert write(desk, "0" * 64, SEALED_NOTE) == 404


@pytest.mark.parametrize("statement", ["UPDATE notes SET hour = 0", "DELETE FROM notes"])
def test_the_database_refuses_to_change_or_forget_a_note(desk: Desk, statement: str) -> None:
    (envelope,) = desk.receive()
    write(desk, envelope, SEALED_NOTE)
    with desk.app.app_context(), pytest.raises(DBAPIError, match="are kept"), store.writing():
        store.db.session.execute(text(statement))
    assert len(notes(desk, envelope)) == 1


def test_the_record_says_that_a_note_was_written_and_not_what(desk: Desk) -> None:
    (envelope,) = desk.receive()
    write(desk, envelope, SEALED_NOTE)
    ((member, act, subject),) = desk.rows(
        "SELECT member, act, subject FROM audit WHERE act = 'note_added'"
    )
    assert (member, act) == ("reviewer", "note_added")
    assert subject.startswith(f"{envelope} ")
