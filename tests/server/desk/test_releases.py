"""What leaves the organisation: by tier, previewed, kept as a release, told the same ever after."""

import io
from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from amana import store
from amana.core.tiers import Thresholds
from amana.desk.sessions import ORGANISATION
from amana.desk.summaries import THRESHOLDS
from amana.export.verifying import verify_package

from .conftest import SAFETY, Desk
from .test_summaries import WEEK, assess_all, csv_of, rows_of, summary
from .test_summaries import take_out as package_of

OPEN = SAFETY | {"day": "2031-02-26", "release_tier": "public", "verification": "v2"}
"""A report of a week that is over for everybody, cleared for everybody."""
FEBRUARY = "from=2031-02-24&to=2031-03-02"


def events(number: int, first: int = 0, **more: Any) -> list[dict[str, Any]]:
    """Reports of so many events."""
    return [OPEN | {"event_id": f"{first + each:016x}"} | more for each in range(number)]


def take_out(desk: Desk, tier: str) -> bytes:
    """The CSV file of a package of February."""
    return csv_of(package_of(desk, **dict(parse_qsl(FEBRUARY)), tier=tier).data)


def told(file: bytes) -> list[tuple[str, str]]:
    rows = rows_of(file)
    return [(row["#adm2+code"], row["#meta+count"]) for row in rows if row["#meta+level"] == "adm2"]


def test_only_what_was_cleared_for_a_tier_is_counted_in_it(desk: Desk) -> None:
    partners = events(4, 10, release_tier="partners", adm3="SY100200")
    inside = [OPEN | {"release_tier": "internal"}, SAFETY | {"day": "2031-02-26"}]
    named = [OPEN | {"flags": [flag]} for flag in ("personal_data", "child")]
    assess_all(desk, *events(3), *partners, *inside, *named)
    counted = {tier: summary(desk, f"{FEBRUARY}&tier={tier}") for tier in ("partners", "public")}
    rows = {
        tier: [(cell["adm2_code"], cell["reports"]) for cell in body["cells"]]
        for tier, body in counted.items()
    }
    assert rows["partners"] == [("SY0602", 3), ("SY1002", 4)]
    assert rows["public"] == [("SY0602", 3), ("SY1002", None)]
    assert summary(desk, FEBRUARY)["cells"][0]["reports"] == 3 + 2 + 2
    assert (counted["partners"]["reports_in"], counted["partners"]["reports_cleared"]) == (11, 7)


def test_the_weeks_that_are_not_due_are_in_no_file_that_leaves(desk: Desk) -> None:
    week = [content | {"day": "2031-03-05"} for content in events(3)]
    assess_all(desk, *week)
    assert len(summary(desk)["cells"]) == 1
    assert summary(desk, f"{WEEK}&tier=partners")["cells"] != []
    assert summary(desk, f"{WEEK}&tier=public")["cells"] == []
    desk.watch.forward(days=5)
    desk.tokens.clear()
    assert summary(desk, f"{WEEK}&tier=public")["cells"] != []


@pytest.mark.parametrize("tier", ["partners", "public"])
def test_nothing_is_taken_out_of_weeks_that_are_not_due(desk: Desk, tier: str) -> None:
    assess_all(desk, *[content | {"day": "2031-03-11"} for content in events(3)])
    week = {"from": "2031-03-10", "to": "2031-03-16", "tier": tier}
    answer = desk.post("/api/v1/summaries/package", "coordinator", json=week)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "not_due")
    acts = desk.get("/api/v1/audit", "administrator").get_json()["entries"]
    assert [each for each in acts if each["act"] == "exported"] == []
    assert desk.rows("SELECT count(*) FROM releases") == [(0,)]


def test_a_file_says_which_weeks_it_does_not_tell(desk: Desk) -> None:
    assess_all(desk, *events(3))
    key_set = desk.app.extensions[ORGANISATION].key_set
    both = {"from": "2031-02-24", "to": "2031-03-09"}
    package = package_of(desk, **both, tier="public").data
    assert "Weeks not told in this file,2031-03-03\r\n" in csv_of(package).decode()
    manifest = verify_package(io.BytesIO(package), key_set)
    assert [str(week) for week in manifest.untold] == ["2031-03-03"]
    query = "from=2031-02-24&to=2031-03-09&tier=public"
    assert summary(desk, query)["untold"] == ["2031-03-03"]


def test_a_file_says_which_weeks_it_tells_by_earlier_rules(desk: Desk) -> None:
    assess_all(desk, *events(3))
    take_out(desk, "partners")
    desk.app.extensions[THRESHOLDS] = Thresholds(k_reports=9, delay_days=9)
    days = dict(parse_qsl(FEBRUARY))
    package = package_of(desk, **days, tier="partners").data
    assert told(csv_of(package)) == [("SY0602", "3")]
    note = 'fewest reports, events, people",2031-02-24,3,2,5\r\n'
    assert note in csv_of(package).decode()
    manifest = verify_package(io.BytesIO(package), desk.app.extensions[ORGANISATION].key_set)
    limits = {"k_reports": 3, "m_events": 2, "k_people": 5}
    assert {str(week): rules for week, rules in manifest.earlier_rules.items()} == {
        "2031-02-24": limits
    }


def test_a_public_file_names_what_a_file_for_partners_has_revised(desk: Desk) -> None:
    assess_all(desk, *events(5))
    take_out(desk, "public")
    assess_all(desk, *events(3, 100))
    take_out(desk, "partners")
    file = take_out(desk, "public")
    assert told(file) == [("SY0602", "8")]
    assert "Revised since an earlier file,2031-02-24 SY06 safety\r\n" in file.decode()


def test_two_files_of_the_same_table_are_two_releases(desk: Desk) -> None:
    assess_all(desk, *events(5))
    take_out(desk, "public")
    take_out(desk, "public")
    assert len(set(desk.rows("SELECT digest FROM releases"))) == 2


def test_looking_settles_nothing_and_a_file_does(desk: Desk) -> None:
    assess_all(desk, *events(3))
    summary(desk, f"{FEBRUARY}&tier=public")
    assert desk.rows("SELECT count(*) FROM releases") == [(0,)]
    take_out(desk, "internal")
    assert desk.rows("SELECT count(*) FROM releases") == [(0,)]
    take_out(desk, "public")
    assert desk.rows("SELECT tier FROM releases") == [("public",)]


@pytest.mark.parametrize("next_tier", ["partners", "public"])
def test_a_late_report_cannot_be_told_by_comparing_two_files(desk: Desk, next_tier: str) -> None:
    assess_all(desk, *events(5))
    first = take_out(desk, "public")
    assess_all(desk, OPEN | {"event_id": "f" * 16})
    assert told(take_out(desk, next_tier)) == told(first) == [("SY0602", "5")]
    assert summary(desk, f"{FEBRUARY}&tier=public")["kept"] == 1
    assert summary(desk, FEBRUARY)["cells"][0]["reports"] == 6


def test_a_change_tells_of_no_week_that_has_not_left_for_the_same_tier(desk: Desk) -> None:
    week = {"from": "2031-02-17", "to": "2031-02-23"}
    before = [content | {"day": "2031-02-19"} for content in events(4)]
    assess_all(desk, *before, *events(5, 100))

    def changes() -> list[int | None]:
        cells = summary(desk, f"{FEBRUARY}&tier=public")["cells"]
        return [cell["change"] for cell in cells]

    package_of(desk, **week, tier="partners")
    assert changes() == [None]
    package_of(desk, **week, tier="public")
    assert changes() == [5 - 4]


def test_a_large_change_is_a_revision(desk: Desk) -> None:
    assess_all(desk, *events(5))
    take_out(desk, "partners")
    assess_all(desk, *events(3, 100))
    body = summary(desk, f"{FEBRUARY}&tier=partners")
    assert (body["revised"], body["cells"][0]["reports"]) == (1, 8)
    file = take_out(desk, "partners")
    assert told(file) == [("SY0602", "8")]
    assert "Revised since an earlier file,2031-02-24 SY06 safety\r\n" in file.decode()


def test_the_file_says_for_whom_it_is_and_by_which_rules(desk: Desk) -> None:
    lines = take_out(desk, "public").decode("utf-8-sig").splitlines()
    for note in ("Tier,public", "Fewest reports,3", "Fewest events,2", "Days of delay,7"):
        assert any(line.endswith(note) for line in lines), note


def test_the_record_names_the_release_by_its_digest(desk: Desk) -> None:
    assess_all(desk, *events(3))
    take_out(desk, "partners")
    ((digest,),) = desk.rows("SELECT digest FROM releases")
    entries = desk.get("/api/v1/audit", "administrator").get_json()["entries"]
    subject = next(each["subject"] for each in entries if each["act"] == "exported")
    assert subject == f"2031-02-24 2031-03-02 partners {bytes(digest).hex()[:16]}"


@pytest.mark.parametrize("change", ["UPDATE releases SET tier = 'public'", "DELETE FROM releases"])
def test_the_database_refuses_to_change_or_forget_a_release(desk: Desk, change: str) -> None:
    take_out(desk, "partners")
    with desk.app.app_context():
        with pytest.raises(DBAPIError), store.writing():
            store.db.session.execute(text(change))
        assert len(store.releases.digests()) == 1


@pytest.mark.parametrize("tier", ["partners", "public"])
def test_what_leaves_says_neither_how_many_reports_there_were_nor_the_release_s_digest(
    desk: Desk, tier: str
) -> None:
    assess_all(desk, *events(3), *events(4, 10, adm3="SY100200"), OPEN)
    package = package_of(desk, **dict(parse_qsl(FEBRUARY)), tier=tier).data
    manifest = verify_package(io.BytesIO(package), desk.app.extensions[ORGANISATION].key_set)
    assert manifest.counts.reports_counted is None
    assert manifest.not_counted is not None
    assert manifest.counts.reports_shown == 7 + 1
    ((digest,),) = desk.rows("SELECT digest FROM releases")
    assert manifest.release is not None
    # Whoever guessed what is withheld could try the guess against a digest of it.
    assert manifest.release not in bytes(digest)
    assert bytes(digest).hex()[:16].encode() not in package


def test_two_releases_of_the_same_weeks_have_names_of_their_own(desk: Desk) -> None:
    assess_all(desk, *events(3))
    key_set = desk.app.extensions[ORGANISATION].key_set
    names = {
        verify_package(
            io.BytesIO(package_of(desk, **dict(parse_qsl(FEBRUARY)), tier=tier).data), key_set
        ).release
        for tier in ("partners", "public")
    }
    assert len(names) == 2
