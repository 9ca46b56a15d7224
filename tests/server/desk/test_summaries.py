"""Summaries over the wire, as JSON and as a file, after the disclosure rule."""

import csv
import io
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl
from zipfile import ZipFile

import pytest
from werkzeug.test import TestResponse

from amana.core.cells import WHOLE_NUMBERS
from amana.desk.sessions import ORGANISATION
from amana.export.verifying import verify_package

from .conftest import NOON, ROLES, SAFETY, Desk, Watch

WEEK = "from=2031-03-03&to=2031-03-09"
PACKAGE = "/api/v1/summaries/package"
FLIGHT: dict[str, Any] = SAFETY | {
    "kind": "displacement",
    "category": "fear",
    "households": "hh6_20",
    "verification": "v3",
    "event_id": "0" * 16,
}

NUMBERS = (*WHOLE_NUMBERS, "mean4", "access")


def summary(desk: Desk, query: str = WEEK) -> dict[str, Any]:
    answer = desk.get(f"/api/v1/summaries?{query}", "coordinator")
    assert answer.status_code == 200
    body: dict[str, Any] = answer.get_json()
    return body


def assess_all(desk: Desk, *contents: dict[str, Any]) -> None:
    for envelope, content in zip(desk.receive(len(contents)), contents, strict=True):
        assert desk.assess(envelope, content).status_code == 201


def test_no_assessment_makes_an_empty_summary(desk: Desk) -> None:
    assert summary(desk) == {
        "from": "2031-03-03",
        "to": "2031-03-09",
        "tier": "internal",
        "area": "adm2",
        "k_reports": 3,
        "m_events": 1,
        "k_people": 5,
        "delay_days": 0,
        "reports_in": 0,
        "reports_cleared": 0,
        "reports_shown": 0,
        "withheld": 0,
        "revised": 0,
        "kept": 0,
        "cells": [],
        "totals": [],
        "types": [],
        "untold": [],
        "timeliness": [],
    }


def test_three_reports_are_counted_and_two_are_withheld(desk: Desk) -> None:
    assess_all(desk, FLIGHT, FLIGHT | {"verification": "v1"}, FLIGHT | {"event_id": "1" * 16})
    assess_all(desk, SAFETY, SAFETY)
    place = {
        "week_start": "2031-03-03",
        "week_end": "2031-03-09",
        "span": "week",
        "adm1_code": "SY06",
        "adm2_code": "SY0602",
        "adm3_code": "",
    }
    numbers: dict[str, Any] = dict.fromkeys(NUMBERS)
    counts = {"reports": 3, "events": 2, "severity": 3, "v3plus": 2, "contested": 0}
    shown = numbers | counts | {"hh_min": 12, "hh_mid": 24, "hh_max": 40, "v1": 0, "v2": 0}
    shown |= {"change": 2, "mean4": 0.0}  # all was quiet before
    place["category"] = ""
    assert summary(desk)["cells"] == [
        place | {"kind": "displacement", "suppressed": False} | shown,
        place | {"kind": "safety", "suppressed": True} | numbers,
    ]


def test_only_the_newest_version_of_an_assessment_counts(desk: Desk) -> None:
    envelopes = desk.receive(3)
    for envelope in envelopes:
        desk.assess(envelope, SAFETY)
    assert summary(desk)["cells"][0]["reports"] == 3
    desk.assess(envelopes[0], {"decision": "reject_spam"}, seen=1)
    assert summary(desk)["cells"][0]["suppressed"] is True


def test_days_are_widened_to_whole_weeks(desk: Desk) -> None:
    assess_all(desk, *[SAFETY | {"day": "2031-03-03"}] * 3)
    narrow = summary(desk, "from=2031-03-05&to=2031-03-05")
    assert (narrow["from"], narrow["to"]) == ("2031-03-03", "2031-03-09")
    assert narrow["cells"] == summary(desk)["cells"] != []


def test_weeks_outside_are_left_out(desk: Desk) -> None:
    assess_all(desk, *[SAFETY] * 3, *[SAFETY | {"day": "2031-03-10"}] * 3)
    assert len(summary(desk, "from=2031-03-03&to=2031-03-16")["cells"]) == 2
    assert len(summary(desk)["cells"]) == 1
    assert summary(desk, "from=2031-03-17&to=2031-04-17")["cells"] == []


def test_the_ends_of_the_calendar_are_days_like_others(desk: Desk) -> None:
    first = summary(desk, "from=0001-01-01&to=0001-01-01")
    assert (first["from"], first["to"]) == ("0001-01-01", "0001-01-07")
    last = summary(desk, "from=9999-12-31&to=9999-12-31")
    assert (last["from"], last["to"]) == ("9999-12-20", "9999-12-26")


def test_twenty_years_can_be_asked_for_and_taken_out_and_no_week_more(desk: Desk) -> None:
    asked = {"from": "2031-03-03", "to": "2051-03-05", "tier": "internal"}
    whole = summary(desk, "from=2031-03-03&to=2051-03-05")
    assert (whole["from"], whole["to"]) == ("2031-03-03", "2051-03-05")
    assert desk.post(PACKAGE, "reviewer", json=asked).status_code == 200


def test_a_question_of_another_form_is_invalid(desk: Desk, subtests: pytest.Subtests) -> None:
    for query in (
        "",
        "from=2031-03-03",
        "to=2031-03-03",
        "from=2031-03-10&to=2031-03-03",
        "from=2031-3-3&to=2031-03-09",
        "from=2031-W10-1&to=2031-03-09",
        "from=2031-02-30&to=2031-03-09",
        "from=2031-03-03&to=2051-03-06",
        "from=0001-01-01&to=9999-12-31",
        "from=&to=",
        f"{WEEK}&k_reports=1",
        f"{WEEK}&tier=everybody",
        f"{WEEK}&area=adm4",
        f"{WEEK}&tier=public&area=adm3",
    ):
        with subtests.test(query):
            asked = dict(parse_qsl(query, keep_blank_values=True))
            for answer in (
                desk.get(f"/api/v1/summaries?{query}", "administrator"),
                desk.post(PACKAGE, "administrator", json=asked),
            ):
                assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "invalid")


def test_a_package_is_not_to_be_had_by_an_address_alone(desk: Desk) -> None:
    assert desk.get(f"{PACKAGE}?{WEEK}", "administrator").status_code == 405
    assert desk.get(f"/api/v1/summaries.csv?{WEEK}", "administrator").status_code == 404


@pytest.mark.parametrize("who", ROLES)
def test_the_files_say_the_same_as_the_answer(desk: Desk, who: str) -> None:
    assess_all(desk, FLIGHT, FLIGHT, FLIGHT, SAFETY)
    answer = take_out(desk, who=who)
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=amana-2031-03-03-2031-03-09.zip"
    )
    file = csv_of(answer.data)
    assert file.startswith(b"\xef\xbb\xbf")
    rows = rows_of(file)
    assert [row["#meta+count"] for row in rows] == ["3", "", "3", "", "3"]
    body = summary(desk)
    cells = (*body["cells"], *body["totals"], *body["types"])
    assert [str(cell["reports"] or "") for cell in cells] == ["3", "", "3", "", "3"]
    assert [row["#event+type+code"] for row in rows] == ["", "", "", "", "fear"]


def test_the_manifest_is_the_organisation_s_and_speaks_of_these_very_files(desk: Desk) -> None:
    assess_all(desk, FLIGHT, FLIGHT, FLIGHT, SAFETY)
    ours = desk.app.extensions[ORGANISATION]
    manifest = verify_package(io.BytesIO(take_out(desk).data), ours.key_set)
    assert (manifest.tier, manifest.first, manifest.last, manifest.area) == (
        *("internal", date(2031, 3, 3), date(2031, 3, 9)),
        "adm2",
    )
    assert (manifest.org, manifest.made) == (ours.key_set.org, NOON.date())
    counts = manifest.counts
    assert (counts.reports_counted, counts.reports_shown) == (4, 3)
    assert (counts.rows, counts.rows_withheld) == (2, 1)
    assert (counts.totals, counts.totals_withheld) == (2, 1)
    assert (manifest.release, manifest.not_counted) == (None, None)


def test_how_long_reports_waited_is_told_inside_and_nowhere_else(desk: Desk, watch: Watch) -> None:
    quick, slow, slowest = desk.receive(3)
    spam = {"decision": "reject_spam"}
    for days, envelope, content, seen in (
        *((0, quick, SAFETY, 0), (3, slow, SAFETY, 0)),
        *((3, quick, SAFETY, 1), (4, slowest, spam, 0)),
    ):
        watch.moment = NOON + timedelta(days=days)
        desk.tokens.clear()  # sessions end sooner
        assert desk.assess(envelope, content, seen).status_code == 201
    week = "from=2031-03-10&to=2031-03-16"
    told = {"week_start": "2031-03-10", "reports": 3, "days": 3.0}
    assert summary(desk, week)["timeliness"] == [told]
    assert summary(desk)["timeliness"] == []
    for tier in ("partners", "public"):
        assert summary(desk, f"{week}&tier={tier}")["timeliness"] == []
    both = {"from": "2031-03-10", "to": "2031-03-16"}
    file = csv_of(take_out(desk, **both).data).decode()
    assert 'median of days waited for it, reports",2031-03-10,3,3\r\n' in file
    watch.moment = NOON + timedelta(days=20)
    desk.tokens.clear()
    assert "2031-03-10,3,3" not in csv_of(take_out(desk, tier="partners", **both).data).decode()


def take_out(desk: Desk, who: str = "coordinator", **more: str) -> TestResponse:
    """A package of the week, or of other days and for others."""
    asked = {"from": "2031-03-03", "to": "2031-03-09"} | more
    answer = desk.post(PACKAGE, who, json=asked)
    assert answer.status_code == 200
    return answer


def csv_of(package: bytes) -> bytes:
    """The CSV file in a package."""
    with ZipFile(io.BytesIO(package)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".csv"))
        return archive.read(name)


def rows_of(file: bytes) -> list[dict[str, str]]:
    """The rows of a file by HXL tag, behind its notes."""
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    start = next(number for number, row in enumerate(rows) if row[0].startswith("#"))
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]
