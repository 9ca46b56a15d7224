"""How long reports waited for their first assessment, as it is counted and as it is upgraded."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from amana import store
from amana.core.envelope import envelope_id
from amana.core.timeliness import Waits
from amana.store.assessments import Draft
from amana.store.members import Member
from tests.server.postgres import Postgres

ARRIVED = date(2031, 3, 3)
EVER = (date.min, date.max)


@pytest.fixture
def old_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """A database of the version before waits were counted, on the same engine."""
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
        store.upgrade(url, "0013")
        yield url
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create("before_waits")
    store.upgrade(url, "0013")
    yield url
    server.drop("before_waits")


def receive(sealed: Callable[[], bytes], *days: date) -> list[bytes]:
    """Envelopes that arrived on these days; their ids."""
    found = []
    for day in days:
        envelope = sealed()
        with store.writing():
            store.envelopes.put([envelope], day)
        found.append(envelope_id(envelope))
    return found


def member() -> int:
    with store.writing():
        rima = Member("rima", "reviewer", bytes(16), bytes(32), bytes(1216), bytes(60))
        return store.members.add(rima, ARRIVED)


def assess(envelope: bytes, by: int, after: int, seen: int = 0) -> None:
    """A version so many days after the third of March."""
    moment = datetime(2031, 3, 3, 9, tzinfo=UTC) + timedelta(days=after)
    draft = Draft("fedcba9876543210", by, moment, {"decision": "hold"})
    with store.writing():
        store.assessments.append(envelope, draft, seen)


@pytest.mark.usefixtures("opened_store")
def test_a_report_is_counted_with_its_first_assessment_and_never_again(
    sealed: Callable[[], bytes],
) -> None:
    rima, days = member(), (ARRIVED, ARRIVED, ARRIVED + timedelta(days=1), ARRIVED)
    first, second, third, _waits_on = receive(sealed, *days)
    assess(first, rima, after=2)
    assess(first, rima, after=9, seen=1)
    assess(second, rima, after=2)
    assess(third, rima, after=2)
    day = ARRIVED + timedelta(days=2)
    assert list(store.waits.between(*EVER)) == [Waits(day, 1, 1), Waits(day, 2, 2)]
    assert list(store.waits.between(date.min, ARRIVED)) == []


@pytest.mark.usefixtures("opened_store")
def test_a_clock_that_was_set_back_makes_no_wait_of_less_than_nothing(
    sealed: Callable[[], bytes],
) -> None:
    rima, (envelope,) = member(), receive(sealed, ARRIVED + timedelta(days=3))
    assess(envelope, rima, after=1)
    assert [each.days for each in store.waits.between(*EVER)] == [0]


@pytest.mark.usefixtures("opened_store")
def test_an_assessment_that_is_refused_is_not_counted(sealed: Callable[[], bytes]) -> None:
    rima, (envelope,) = member(), receive(sealed, ARRIVED)
    with pytest.raises(store.assessments.Conflict):
        assess(envelope, rima, after=1, seen=4)
    assert list(store.waits.between(*EVER)) == []


def test_an_upgrade_counts_the_reports_that_were_assessed_before(
    old_url: str, sealed: Callable[[], bytes]
) -> None:
    with store.opened(old_url):
        rima = member()
        early, late, _waits_on = receive(sealed, ARRIVED, ARRIVED + timedelta(days=9), ARRIVED)
        with store.writing():
            for envelope, version, after in ((early, 1, 4), (early, 2, 8), (late, 1, 4)):
                day = ARRIVED + timedelta(days=after)
                store.db.session.execute(
                    text(
                        "INSERT INTO assessments (envelope_id, version, ref, member_id, assessed,"
                        " decision) VALUES (:id, :version, '0123456789abcdef', :member, :day,"
                        " 'hold')"
                    ),
                    {"id": envelope, "version": version, "member": rima, "day": day},
                )
    store.upgrade(old_url)
    with store.opened(old_url):
        day = ARRIVED + timedelta(days=4)
        assert list(store.waits.between(*EVER)) == [Waits(day, 0, 1), Waits(day, 4, 1)]
