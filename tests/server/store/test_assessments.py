"""Assessments and the events they tell of, on both engines."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from amana import store
from amana.core.envelope import envelope_id
from amana.core.summary import Assessed
from amana.core.vocabulary import Vocabulary
from amana.store.assessments import FIELDS, Assessment, Conflict, Draft
from amana.store.counting import Weeks
from amana.store.events import Event
from amana.store.members import Member
from tests.patience import PATIENCE

DAY = date(2031, 3, 7)
MOMENT = datetime(2031, 3, 7, 9, 59, tzinfo=UTC)
ACCEPTED = {
    "decision": "accept",
    "kind": "displacement",
    "adm3": "SY020200",
    "place_precision": "adm3",
    "day": "2031-03-06",
    "time_precision": "day",
    "category": "threat",
    "households": "h6_20",
    "severity": "3",
    "verification": "v2",
    "event_id": "0123456789abcdef",
    "flags": ["child", "immediate_danger"],
}
NOTHING = dict.fromkeys(ACCEPTED)
Assess = Callable[..., bytes]

pytestmark = pytest.mark.usefixtures("opened_store")


@pytest.fixture
def member_id(opened_store: str) -> int:
    with store.writing():
        return store.members.add(
            Member("amal", "reviewer", bytes(16), bytes(32), bytes(1216), bytes(60)), DAY
        )


@pytest.fixture
def second_id(opened_store: str) -> int:
    with store.writing():
        return store.members.add(
            Member("rima", "reviewer", bytes(16), bytes(32), bytes(1216), bytes(60)), DAY
        )


@pytest.fixture
def envelope(sealed: Callable[[], bytes], opened_store: str) -> bytes:
    """The id of an envelope that waits."""
    return put(sealed())


@pytest.fixture
def assess(member_id: int, sealed: Callable[[], bytes]) -> Assess:
    """Assesses an envelope, a new one unless one is given, and answers its id."""

    def run(
        id_: bytes | None = None, expected_version: int = 0, by: int = member_id, **changes: Any
    ) -> bytes:
        id_ = id_ or put(sealed())
        fields = {name: value for name, value in (ACCEPTED | changes).items() if value is not None}
        with store.writing():
            store.assessments.append(id_, draft(by, fields), expected_version)
        return id_

    return run


def put(envelope: bytes) -> bytes:
    with store.writing():
        store.envelopes.put([envelope], DAY)
    return envelope_id(envelope)


def draft(member_id: int, fields: dict[str, Any]) -> Draft:
    return Draft("fedcba9876543210", member_id, MOMENT, fields)


def test_the_table_has_exactly_the_vocabularys_fields() -> None:
    expected = {field.code for field in Vocabulary.load().assessment} - {"ref"}
    assert set(FIELDS) == expected


def test_an_assessment_comes_back_as_it_was_decided(assess: Assess) -> None:
    id_ = assess()
    assert store.assessments.versions(id_) == [
        Assessment("fedcba9876543210", 1, "amal", DAY, 9, ACCEPTED)
    ]


def test_what_was_not_decided_is_absent(assess: Assess) -> None:
    id_ = assess(**NOTHING | {"decision": "hold"})
    assert [each.fields for each in store.assessments.versions(id_)] == [{"decision": "hold"}]


def test_versions_are_kept_oldest_first_and_the_envelope_counts_them(assess: Assess) -> None:
    id_ = assess(decision="hold")
    assess(id_, 1)
    assert [each.version for each in store.assessments.versions(id_)] == [1, 2]
    (entry,) = store.envelopes.page(None, 1, "assessed").envelopes
    assert entry.version == 2
    assert store.envelopes.page(None, 1, "waiting").envelopes == []


@pytest.mark.parametrize("expected_version", [0, 2])
def test_an_assessment_of_another_version_than_the_newest_is_a_conflict(
    assess: Assess, expected_version: int
) -> None:
    id_ = assess()
    with pytest.raises(Conflict):
        assess(id_, expected_version)
    assert len(store.assessments.versions(id_)) == 1


def test_an_unknown_envelope_has_no_assessments_and_takes_none(assess: Assess) -> None:
    with pytest.raises(KeyError):
        store.assessments.versions(bytes(32))
    with pytest.raises(KeyError):
        assess(bytes(32))


def test_an_envelope_that_waits_has_no_assessments(envelope: bytes) -> None:
    assert store.assessments.versions(envelope) == []


def test_an_assessment_outlives_the_envelopes_bytes(assess: Assess) -> None:
    id_ = assess()
    with store.writing():
        store.envelopes.delete(id_)
    assert len(store.assessments.versions(id_)) == 1
    assert len(list(store.latest.by_event())) == 1


PROCESS = """
import sys
from tests.server.store.test_assessments import ACCEPTED, draft
from amana import store

with store.opened(sys.argv[1]):
    store.ping()
    sys.stdin.readline()
    try:
        with store.writing():
            store.assessments.append(
                bytes.fromhex(sys.argv[2]), draft(int(sys.argv[3]), ACCEPTED), 0
            )
        print("saved")
    except store.assessments.Conflict:
        print("conflict")
"""


def test_of_two_members_at_once_one_is_told_that_the_other_came_first(
    opened_store: str, envelope: bytes, member_id: int
) -> None:
    command = [sys.executable, "-c", PROCESS, opened_store, envelope.hex(), str(member_id)]
    processes = [
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert sorted(process.communicate(timeout=PATIENCE)[0] for process in processes) == [
        "conflict\n",
        "saved\n",
    ]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE assessments SET decision = 'hold'", "DELETE FROM assessments"],
)
def test_the_database_itself_refuses_to_change_an_assessment(
    assess: Assess, statement: str
) -> None:
    assess()
    with pytest.raises(IntegrityError), store.writing():
        store.db.session.execute(text(statement))


def test_the_latest_version_of_each_envelope_goes_into_summaries(assess: Assess) -> None:
    id_ = assess(decision="hold")
    assess(id_, 1, flags=None)
    other = assess(**NOTHING | {"decision": "reject_spam"})
    latest = {row.envelope_id: row for row in store.latest.by_event()}
    assert latest == {
        id_: Assessed(
            id_,
            DAY,
            "accept",
            MOMENT.hour,
            kind="displacement",
            adm3="SY020200",
            day=date(2031, 3, 6),
            category="threat",
            event_id="0123456789abcdef",
            verification="v2",
            severity="3",
            households="h6_20",
        ),
        other: Assessed(other, DAY, "reject_spam", MOMENT.hour),
    }


def test_confirmed_counts_once_a_second_member_has_signed_it(
    assess: Assess, second_id: int
) -> None:
    def grades() -> dict[bytes, str | None]:
        return {row.envelope_id: row.verification for row in store.latest.by_event()}

    alone = assess(verification="v4")
    assess(alone, 1, verification="v4")
    signed = assess(verification="v4")
    assess(signed, 1, by=second_id, verification="v4")
    doubted = assess(verification="v4")
    assess(doubted, 1, by=second_id, verification="contested")
    assert grades() == {alone: "v3", signed: "v4", doubted: "contested"}
    assess(alone, 2, by=second_id, verification="v4")
    assess(signed, 2, verification="v2")
    assert grades() == {alone: "v4", signed: "v2", doubted: "contested"}
    assert [row.fields["verification"] for row in store.assessments.versions(alone)] == ["v4"] * 3


def test_what_one_member_alone_confirms_does_not_outweigh_in_an_event(
    assess: Assess, second_id: int
) -> None:
    first = assess(verification="v4", category="fire")
    signed = assess(verification="v4", category="threat")
    assess(signed, 1, by=second_id, verification="v4", category="threat")
    assert store.events.newest(None, None, 1)[0].category == "threat"
    assess(first, 1, by=second_id, verification="v4", category="fire")
    assess(signed, 2, verification="v1", category="threat")
    assert store.events.newest(None, None, 1)[0].category == "fire"


def test_an_event_is_told_as_its_best_verified_report_tells_it(assess: Assess) -> None:
    assess(verification="v1", category="fire")
    assess(verification="v3", category="threat", adm3="SY020201", day="2031-03-05")
    assess(verification="contested", category="fire")
    assert store.events.newest(None, None, 10) == [
        Event(
            "0123456789abcdef", "displacement", "threat", "SY020201", date(2031, 3, 5), "3", "v3", 3
        )
    ]


def test_the_reports_of_an_event_are_those_that_count_the_best_verified_first(
    assess: Assess, second_id: int
) -> None:
    alone = assess(verification="v4")
    weak = assess(verification="v1")
    signed = assess(verification="v4")
    assess(signed, 1, by=second_id, verification="v4")
    disputed = assess(verification="contested")
    assess(flags=["gbv"])
    assess(event_id="f" * 16)
    assess(assess(), 1, **NOTHING | {"decision": "hold"})
    found = store.events.reports("0123456789abcdef", 10)
    assert [(each.envelope_id, each.verification) for each in found] == [
        (signed, "v4"),
        (alone, "v3"),
        (weak, "v1"),
        (disputed, "contested"),
    ]
    assert store.events.reports("0123456789abcdef", 1) == found[:1]
    assert store.events.reports("e" * 16, 10) == []


def test_an_event_is_as_severe_as_its_most_severe_report(assess: Assess) -> None:
    assess(verification="v3", severity="2")
    assess(verification="v1", severity="5")
    (event,) = store.events.newest(None, None, 10)
    assert (event.severity, event.verification) == ("5", "v3")


def test_the_versions_of_several_envelopes_are_those_of_each(assess: Assess) -> None:
    one, other = assess(decision="hold"), assess()
    assess(one, 1)
    found = store.assessments.versions_of([other, one, bytes(32)])
    assert {id_: [each.version for each in versions] for id_, versions in found.items()} == {
        other: [1],
        one: [1, 2],
        bytes(32): [],
    }


def test_events_are_newest_first_and_no_more_than_asked_for(assess: Assess) -> None:
    for number, day in enumerate(("2031-03-04", "2031-03-06", "2031-03-05")):
        assess(event_id=f"{number:016x}", day=day)
    days = [event.day.day for event in store.events.newest(None, None, 2)]
    assert days == [6, 5]


def test_events_are_found_by_kind_and_by_district(assess: Assess) -> None:
    assess(event_id="0" * 16, kind="safety")
    assess(event_id="1" * 16, adm3="SY060100")

    def found(kind: str | None, adm2: str | None) -> list[str]:
        return [event.event_id[0] for event in store.events.newest(kind, adm2, 10)]

    assert found("safety", None) == ["0"]
    assert found(None, "SY0601") == ["1"]
    assert found("safety", "SY0601") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"decision": "hold"},
        {"decision": "merge"},
        {"verification": "v0"},
        {"verification": "discounted"},
        {"verification": "contested"},
        {"flags": ["gbv"]},
        {"flags": ["child", "gbv", "hate"]},
        {"flags": ["child"]},
        {"flags": None},
    ],
)
def test_events_and_summaries_agree_on_what_counts(assess: Assess, changes: dict[str, Any]) -> None:
    assess(**changes)
    events = store.events.newest(None, None, 10)
    weeks = Weeks(date(2031, 3, 3), date(2031, 3, 3), is_cleared=False, today=DAY)
    cells = list(store.counting.cells(weeks, Vocabulary.load()))
    assert len(events) == len(cells)
