"""Another country: from its workbook to a report at the desk, without a change of the code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e import rows
from tests.e2e.builds import Build
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.servers import REVIEWER, Site
from tests.server.workbooks import INVENTED, workbook

CLIENT = Path(__file__).parents[2] / "client"


@pytest.fixture
def nowhere(tmp_path: Path) -> Build:
    """The client built with the places of a country that does not exist."""
    places, static = tmp_path / "places", tmp_path / "static"
    book = tmp_path / "nowhere.xlsx"
    book.write_bytes(workbook(INVENTED))
    amana = (sys.executable, "-m", "amana", "places", "import")
    run(*amana, str(book), str(places), "--carry", "XY01")
    run("node", "build.mjs", str(static), AMANA_PLACES=str(places))
    return Build(static)


def run(*command: str, **environment: str) -> None:
    subprocess.run(command, cwd=CLIENT, env={**os.environ, **environment}, check=True, timeout=120)


def test_a_report_from_another_country_is_written_with_its_places_and_read_with_its_areas(
    organisation: Site, phone: Phone, desk: Desk, nowhere: Build
) -> None:
    for zone in (organisation.report, organisation.desk):
        zone.deploy(nowhere)
    phone.open()
    phone.page.locator("[data-kind=safety]").tap()
    place = phone.page.locator("[data-field=place]")
    place.locator("input").fill("فج الريح")
    expect(place.locator("[data-place=P0001]")).to_have_text("فج الريح فج الريح، القمة")
    place.locator("input").fill("")
    place.locator("[data-act=browse]").tap()
    for area in ("XY02", "XY0201", "XY020101"):
        place.locator(f"[data-area={area}]").tap()
    place.locator("[data-place=P0003]").tap()
    for code, option in {"event": "arson", "when": "today", "basis": "saw"}.items():
        phone.page.locator(f"[data-field={code}] [data-option={option}]").tap()
    phone.act("review")
    phone.seal()
    phone.wait_sent()
    (row,) = rows.envelopes(organisation.ground.database)
    desk.sign_in(REVIEWER)
    desk.open(bytes.fromhex(desk.queue()[0]))
    assert organisation.open(row.body)["answers"]["place"]["pcode"] == "P0003"
    assert desk.answers()["place"] == {"text": "حي الرفراف", "official": "Kingfisher"}
    expect(desk.page.locator("article [data-field=place]")).to_contain_text("Reedmouth, Delta")
