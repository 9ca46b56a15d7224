"""Events added up in SQL, on both engines, against the same events added up in plain Python."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from amana import store
from amana.core.assessment import check_assessment
from amana.core.cells import Cell
from amana.core.envelope import envelope_id
from amana.core.places import Areas
from amana.core.summary import may_leave
from amana.core.vocabulary import Vocabulary
from amana.store.assessments import Draft
from amana.store.counting import Weeks
from amana.store.members import Member
from tests.server.core import counting

MOMENT = datetime(2031, 4, 7, 9, tzinfo=UTC)
FIRST, LAST = date(2031, 3, 3), date(2031, 3, 24)
PLACES = ("SY060200", "SY060202", "SY060300", "SY100200")
VOCABULARY, AREAS = Vocabulary.load(), Areas.load()

pytestmark = pytest.mark.usefixtures("opened_store")


@dataclass
class Desk:
    """Two members who decide on envelopes at random."""

    chance: random.Random
    members: list[int]
    versions: dict[bytes, int]

    def decide(self, envelope: bytes) -> None:
        """Put the next version behind an envelope's last."""
        fields = check_assessment(self._decision(), VOCABULARY, AREAS)
        draft = Draft("fedcba9876543210", self.chance.choice(self.members), MOMENT, fields)
        with store.writing():
            seen = self.versions.get(envelope, 0)
            self.versions[envelope] = store.assessments.append(envelope, draft, seen)

    def _decision(self) -> dict[str, Any]:
        kind = self.chance.choice(sorted(VOCABULARY.kinds))
        decision = self.chance.choice(("accept", "accept", "accept", "merge", "hold", "withdrawn"))
        if decision not in ("accept", "merge"):
            return {"decision": decision}
        coded = {each.code: each.values.get(kind) for each in VOCABULARY.assessment}
        given: dict[str, Any] = {
            code: self.chance.choice(codes) for code, codes in coded.items() if codes
        }
        del given["flags"]
        given |= {"decision": decision, "kind": kind}
        given["adm3"] = self.chance.choice(PLACES)
        given["day"] = str(FIRST + timedelta(days=self.chance.randrange(28)))
        if decision == "merge" or self.chance.random() < 0.7:
            given["event_id"] = self.chance.choice("0123456789abcdef") * 16
        if kind == "displacement" and self.chance.random() < 0.7:
            given["adm3_arrival"] = self.chance.choice(PLACES)
        if self.chance.random() < 0.3:
            given["flags"] = [self.chance.choice(("gbv", "child", "hate"))]
        for optional in ("households", "people", "capacity", "room", "access", "killed"):
            if self.chance.random() < 0.3:
                given.pop(optional, None)
        return given


@pytest.fixture
def desk(opened_store: str, request: pytest.FixtureRequest) -> Desk:
    with store.writing():
        members = [
            store.members.add(
                Member(name, "reviewer", bytes(16), bytes(32), bytes(1216), bytes(60)), FIRST
            )
            for name in ("amal", "rima")
        ]
    return Desk(random.Random(request.node.name), members, {})


def in_sql(is_cleared: bool) -> list[Cell]:
    weeks = Weeks(FIRST, LAST, is_cleared, today=MOMENT.date())
    found = [*store.counting.cells(weeks, VOCABULARY), *store.counting.categories(weeks)]
    return [*found, *store.counting.arrivals(weeks, VOCABULARY)]


def in_python(is_cleared: bool) -> list[Cell]:
    rows = [row for row in store.latest.by_event() if may_leave(row) or not is_cleared]
    cells = counting.summarise(rows, VOCABULARY, (str,))
    return [*cells, *counting.categories(rows), *counting.arrivals(rows, VOCABULARY)]


@pytest.mark.parametrize("number", range(3))
def test_sql_adds_up_what_python_does_also_after_other_decisions(
    desk: Desk, sealed: Callable[[], bytes], number: int
) -> None:
    envelopes = [sealed() for _ in range(60)]
    with store.writing():
        store.envelopes.put(envelopes, FIRST)
    for envelope in (*envelopes, *desk.chance.choices(envelopes, k=40)):
        desk.decide(envelope_id(envelope))
    for is_cleared in (False, True):
        assert in_sql(is_cleared) == in_python(is_cleared) != []
    before = in_sql(is_cleared=False)
    with store.writing():
        store.events.rebuild()
    assert in_sql(is_cleared=False) == before


def test_access_of_a_week_that_goes_on_is_that_of_the_last_three_days(
    desk: Desk, sealed: Callable[[], bytes]
) -> None:
    levels = {"2031-03-03": "blocked", "2031-03-04": "limited", "2031-03-06": "open"}
    envelopes = [sealed() for _ in levels]
    with store.writing():
        store.envelopes.put(envelopes, FIRST)
    for envelope, (day, access) in zip(envelopes, levels.items(), strict=True):
        facts = {"kind": "safety", "category": "road_closed", "adm3": PLACES[0], "severity": "2"}
        precise = {"place_precision": "adm3", "time_precision": "day", "verification": "v1"}
        given = facts | precise | {"decision": "accept", "day": day, "access": access}
        fields = check_assessment(given, VOCABULARY, AREAS)
        with store.writing():
            draft = Draft("fedcba9876543210", desk.members[0], MOMENT, fields)
            store.assessments.append(envelope_id(envelope), draft, 0)

    def told(today: date) -> str | None:
        (cell,) = store.counting.cells(Weeks(FIRST, FIRST, False, today), VOCABULARY)
        return cell.access_level

    assert told(date(2031, 3, 5)) == "blocked"
    assert told(date(2031, 3, 6)) == "limited"
    assert told(date(2031, 3, 7)) == "open"
    assert told(date(2031, 3, 12)) is None  # the week's last three days told of none
