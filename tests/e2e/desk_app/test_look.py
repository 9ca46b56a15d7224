"""One look: what changed in a week, where, how sure that is; the same numbers in every form."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e.axe import trouble
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import NARROW, WIDE, window
from tests.e2e.desk_app.weeks import TOLD, monday, tell
from tests.e2e.servers import REVIEWER, Ground, Site, served_copy

STATES = "(bars) => bars.map((bar) => bar.dataset.state)"
WEEKS = "(bars) => bars.map((bar) => bar.dataset.week)"
LEFT = (
    "(bars) => bars.map((bar) => bar.querySelector('text, path, rect').getBoundingClientRect().x)"
)


@pytest.fixture(scope="module")
def told(first_ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An organisation with some weeks in it."""
    with served_copy(first_ground, tmp_path_factory.mktemp("look")) as served:
        tell(served)
        yield served


def look(desk: Desk) -> Page:
    desk.sign_in(REVIEWER)
    desk.act("show-summary")
    desk.page.locator("[data-part=look]").wait_for()
    return desk.page


def events(page: Page, kind: str) -> str:
    return page.locator(f"[data-headline={kind}] [data-number=events]").inner_text()


def into(page: Page, area: str) -> None:
    page.locator(f"[data-below={area}] [data-action=into]").click()
    page.locator(f"[data-part=look][data-area={area}]").wait_for()


def test_this_week_is_told_with_its_change_and_how_sure_that_is(
    desk_chromium: Chromium, told: Site
) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        assert page.locator("[data-part=look]").get_attribute("data-week") == str(monday(0))
        assert (events(page, "displacement"), events(page, "shelter")) == ("2", "2")
        fled = page.locator("[data-headline=displacement]")
        assert fled.locator("[data-part=change]").inner_text() == "2 more than in the week before"
        assert fled.locator("[data-range=families] dd").inner_text() == "12–40"
        room = page.locator("[data-chart=room] [data-part-of] b").all_inner_texts()
        assert room == ["1", "1", "0", "0"]
        sure = page.locator("[data-chart=sure-safety] [data-part-of] b").all_inner_texts()
        assert sure == ["1", "2", "1", "1"]
        killed = page.locator("[data-headline=safety] [data-range=killed] dd")
        assert killed.inner_text() == "6–10 (of what is shown)"


def test_how_long_reports_waited_is_said_to_members(desk_chromium: Chromium, told: Site) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        reports = sum(count for _, count, _ in TOLD)
        waited = page.locator("[data-part=waited] [data-number=waited]").inner_text()
        assert waited == (
            "Median of days from a report's arrival to its first assessment: 0 "
            f"(reports first assessed this week: {reports})"
        )
        into(page, "SY06")
        assert page.locator("[data-part=waited]").count() == 0


def test_what_is_withheld_is_said_and_drawn_and_never_counted_as_nothing(
    desk_chromium: Chromium, told: Site
) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        safety = page.locator("[data-headline=safety]")
        assert events(page, "safety") == "at least 5"
        assert safety.locator("[data-part=change]").count() == 0
        assert "1" in safety.locator("[data-part=hidden]").inner_text()
        bars = page.locator("[data-chart=safety] [data-state]")
        assert bars.evaluate_all(STATES) == ["told", "told", "withheld", "told", "told"]
        assert page.locator("[data-chart=safety] [data-state=withheld] .hidden-part").count() == 1
        into(page, "SY06")
        mark = page.locator("[data-part=map] [data-mark-of=SY0603]")
        assert "withheld" in (mark.get_attribute("aria-label") or "")
        assert mark.locator(".hidden-part").count() == 1


def test_chart_map_and_tables_say_the_same_number_down_to_the_subdistrict(
    desk_chromium: Chromium, told: Site
) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        into(page, "SY06")
        row = page.locator("[data-below=SY0602] [data-field=events]").inner_text()
        mark = page.locator("[data-part=map] [data-mark-of=SY0602]").get_attribute("aria-label")
        bar = page.locator(f"[data-chart=SY0602] [data-week='{monday(0)}'] text").text_content()
        rows = page.locator("tr[data-area=SY0602][data-kind=safety] [data-field=events]")
        assert (row, mark, bar, rows.inner_text()) == ("3", "Jablah: 3", "3", "3")
        assert page.locator("tr[data-area=SY1000]").count() == 0
        into(page, "SY0602")
        assert events(page, "safety") == "3"
        into(page, "SY060200")
        assert events(page, "safety") == "3"
        page.locator("[data-action=up][data-to='']").click()
        page.locator("[data-part=look][data-area='']").wait_for()
        assert page.locator("tr[data-area=SY1000]").count() > 0


def test_types_stand_in_a_table_of_their_own(desk_chromium: Chromium, told: Site) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        row = page.locator("tr[data-area=SY1000][data-category=fear]")
        assert row.locator("[data-field=events]").inner_text() == "2"
        assert page.locator("tr[data-area=SY1000][data-kind=displacement]").count() == 2


def test_a_week_is_chosen_by_steps_and_by_name_in_any_digits(
    desk_chromium: Chromium, told: Site
) -> None:
    with window(desk_chromium, told, "ar", NARROW) as desk:
        page = look(desk)
        desk.act("week-before")
        page.locator(f"[data-part=look][data-week='{monday(1)}']").wait_for()
        assert page.locator("[data-part=summary]").get_attribute("data-from") == str(monday(1))
        year, week, _ = monday(2).isocalendar()
        arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
        page.locator("input[data-field=week]").fill(f"{year}/{week}".translate(arabic))
        page.keyboard.press("Tab")
        page.locator(f"[data-part=look][data-week='{monday(2)}']").wait_for()
        desk.act("week-now")
        page.locator(f"[data-part=look][data-week='{monday(0)}']").wait_for()


def week_name(weeks_ago: int) -> str:
    year, week, _ = monday(weeks_ago).isocalendar()
    return f"{year}-W{week:02}"


def test_the_field_of_the_week_says_what_is_asked_for_once_a_step_is_taken(
    desk_chromium: Chromium, told: Site
) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        field = page.locator("input[data-field=week]")
        field.fill("2026-W54")
        expect(field).to_have_attribute("aria-invalid", "true")
        desk.act("week-before")
        page.locator(f"[data-part=look][data-week='{monday(1)}']").wait_for()
        expect(field).to_have_value(week_name(1))
        expect(field).to_have_attribute("aria-invalid", "false")


def test_a_week_that_is_not_to_be_had_shows_no_other(desk_chromium: Chromium, told: Site) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        page.context.set_offline(offline=True)
        desk.act("week-before")
        page.locator("[role=alert] [data-problem]").wait_for()
        expect(page.locator("input[data-field=week]")).to_have_value(week_name(1))
        assert page.locator("[data-part=summary]").count() == 0
        page.context.set_offline(offline=False)
        desk.act("show")
        page.locator(f"[data-part=look][data-week='{monday(1)}']").wait_for()
        assert page.locator("[data-problem]").count() == 0


@pytest.mark.parametrize(("lang", "is_reversed"), [("ar", True), ("en", False)])
def test_time_runs_as_the_language_is_read(
    desk_chromium: Chromium, told: Site, lang: str, is_reversed: bool
) -> None:
    with window(desk_chromium, told, lang) as desk:
        bars = look(desk).locator("[data-chart=safety] [data-state]")
        assert bars.evaluate_all(WEEKS) == [str(monday(ago)) for ago in (4, 3, 2, 1, 0)]
        lefts = bars.evaluate_all(LEFT)
        assert all((one > other) is is_reversed for one, other in pairwise(lefts))


def test_the_three_tiers_stand_side_by_side_before_anything_leaves(
    desk_chromium: Chromium, told: Site
) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        desk.act("week-before")
        page.locator(f"[data-part=look][data-week='{monday(1)}']").wait_for()
        tiers = page.locator("[data-part=tiers]")
        told_of = {
            tier: [
                tiers.locator(f"[data-tier={tier}][data-count={count}]").inner_text()
                for count in ("rows", "withheld")
            ]
            for tier in ("internal", "partners", "public")
        }
        # Four reports of one event are enough inside and not outside; the public waits.
        assert told_of == {
            "internal": ["1", "1"],
            "partners": ["0", "2"],
            "public": ["not told", "not told"],
        }


def test_areas_are_entered_and_left_by_keyboard(desk_chromium: Chromium, told: Site) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        page.locator("[data-below=SY06] [data-action=into]").focus()
        page.keyboard.press("Enter")
        page.locator("[data-part=look][data-area=SY06]").wait_for()
        assert page.locator("#summary-area:focus").count() == 1
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        page.locator("[data-part=look][data-area='']").wait_for()
        page.locator("[data-part=map] [data-mark-of]").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator("[data-part=look]:not([data-area=''])").wait_for()


@pytest.mark.parametrize(("lang", "size"), [("ar", NARROW), ("ar", WIDE), ("en", NARROW)])
def test_the_look_keeps_nobody_out(
    desk_chromium: Chromium, told: Site, lang: str, size: tuple[int, int]
) -> None:
    with window(desk_chromium, told, lang, size) as desk:
        page = look(desk)
        assert trouble(page) == []
        into(page, "SY06")
        page.locator("[data-part=trend-table] summary").click()
        assert trouble(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_on_paper_are_charts_and_tables_and_nothing_to_press(
    desk_chromium: Chromium, told: Site
) -> None:
    with window(desk_chromium, told, "ar") as desk:
        page = look(desk)
        page.emulate_media(media="print", color_scheme="dark")
        page.set_viewport_size({"width": 688, "height": 1000})
        assert page.locator("[data-part=trend] svg").first.is_visible()
        assert page.locator("table.summary thead").first.is_visible()
        assert page.locator(".on-paper").is_visible()
        for gone in ("nav button", "form", "[data-action]:not([data-action=into])", "details"):
            assert [each.is_visible() for each in page.locator(gone).all()].count(True) == 0
        # Counts that are in no file leave on no paper either.
        assert not page.locator("[data-part=tiers]").is_visible()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
            "rgb(255, 255, 255)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") == 688


def on_paper(page: Page) -> dict[str, tuple[int, float]]:
    """Where words stand on A4: the page's number, and points below its top edge."""
    places: dict[str, tuple[int, float]] = {}
    for number, sheet in enumerate(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages):

        def visit(
            text: str, cm: list[float], tm: list[float], *_: object, at: int = number
        ) -> None:
            places[text.strip()] = (at, -(tm[4] * cm[1] + tm[5] * cm[3] + cm[5]))

        sheet.extract_text(visitor_text=visit)
    return places


def test_on_paper_what_comes_after_a_pages_end_lies_over_nothing(
    desk_chromium: Chromium, told: Site
) -> None:
    with window(desk_chromium, told) as desk:
        page = look(desk)
        page.locator("select[data-field=tier]").select_option("public")
        desk.act("week-before")
        page.locator(f"[data-part=summary][data-from='{monday(1)}'][data-tier=public]").wait_for()
        places = on_paper(page)
        in_turn = ("Where", "Areas in it", "Tartous", "Rows of the table")
        assert sorted(in_turn, key=lambda words: places[words]) == list(in_turn)
