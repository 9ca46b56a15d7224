"""The week that was counted by hand, decided on at the desk: the screen says what the files say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from amana.core.envelope import seal
from amana.core.summary import Assessed
from tests.e2e.desk_app.ground import decide, put, sample_report, window
from tests.e2e.servers import REVIEWER, Ground, Site, served_copy
from tests.server.core.test_golden_week import rows
from tests.server.export.test_forms import GOLDEN

MONDAY, SUNDAY = "2031-03-03", "2031-03-09"
EVENT_CHARS = 16
NOT_DECIDED = ("envelope_id", "assessed")
SHOWN = """(rows) => rows.map((row) => [
  [row.dataset.area, row.dataset.kind],
  ["reports", "events"].map((name) => row.querySelector(`[data-field=${name}]`)?.innerText ?? ""),
])"""


@pytest.fixture(scope="module")
def decided(first_ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An organisation that has decided on the week."""
    with served_copy(first_ground, tmp_path_factory.mktemp("golden")) as site:
        for row in rows():
            sealed = seal(
                sample_report(row.envelope_id.decode().strip()), site.key_set.desk[-1].pub
            )
            put(site, sealed)
            decide(site, sealed, fields_of(row))
        yield site


def fields_of(row: Assessed) -> dict[str, object]:
    """What a reviewer would have chosen in the form."""
    given = {name: value for name, value in asdict(row).items() if name not in NOT_DECIDED}
    given |= {"day": str(row.day), "flags": list(row.flags)}
    given["event_id"] = row.event.ljust(EVENT_CHARS, "0")
    return {name: value for name, value in given.items() if value not in (None, [])}


def shown(page: Page, part: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Reports and events of rows by area and kind."""
    found = page.locator(f"[data-part=summary] {part}").evaluate_all(SHOWN)
    return {tuple(place): tuple(numbers) for place, numbers in found}


def test_the_week_that_was_added_up_by_hand_is_on_the_screen_and_in_its_file(
    desk_chromium: Chromium, decided: Site
) -> None:
    counted = {place: numbers[:2] for place, numbers in GOLDEN["internal"].items()}
    with window(desk_chromium, decided) as desk:
        desk.sign_in(REVIEWER)
        desk.act("show-summary")
        desk.choose_days(MONDAY, SUNDAY)
        desk.act("show")
        page = desk.page
        page.locator(f"[data-part=summary][data-from='{MONDAY}']").wait_for()
        districts = "tr[data-span=week][data-district]:not([data-district=''])[data-category='']"
        assert shown(page, districts) == counted
        fled, shelters = (
            page.locator(f"tr[data-area=SY0602][data-kind={kind}][data-category='']")
            for kind in ("displacement", "shelter")
        )
        assert fled.locator("[data-field=families]").inner_text() == "21–50"
        assert fled.locator("[data-field=came]").inner_text() == "21–50"
        assert shelters.locator("[data-field=site_people]").inner_text() == "602+"
        assert shelters.locator("[data-field=sites]").inner_text() == "1 / 0 / 1 / 0"
        file = {
            (row["#adm2+code"], row["#event+kind+code"]): (
                row["#meta+count"],
                row["#indicator+events+num"],
            )
            for row in desk.download_summary(MONDAY, SUNDAY)
            if row["#event+type+code"] == ""
        }
        assert file == counted
