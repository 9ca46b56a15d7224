"""What a table shows, row by row and total by total. Whether it holds: test_attack.py."""

from datetime import date
from typing import Any

import pytest

from amana.core.cells import Cell, CellKey
from amana.core.disclosure import Divisions, Period, disclose
from amana.core.tiers import FLOORS, Rules, Thresholds, TooLow

MONDAY = date(2031, 3, 3)
MARCH = Period(MONDAY, date(2031, 3, 24))
WEEK = Period(MONDAY, MONDAY)
DIVISIONS = Divisions({"SY0602": 6, "SY0603": 2}, {"displacement": 9, "safety": 9})
INTERNAL, PARTNERS, PUBLIC = (
    Rules.of(tier, Thresholds()) for tier in ("internal", "partners", "public")
)


def cell(area: str, reports: int, events: int = 2, **more: object) -> Cell:
    """A cell of the first week of March."""
    key = CellKey(MONDAY, area, "displacement")
    numbers: dict[str, Any] = {"severity": 3, "v1": events, "v2": 0, "v3plus": 0, "contested": 0}
    counted = Cell(key=key, reports=reports, events=events, may_go_public=True, cleared=reports)
    return counted._replace(**numbers | more)


def table(*cells: Cell, rules: Rules = PARTNERS, period: Period = WEEK) -> dict[str, Cell]:
    """What is shown of weeks and, by `month` before the area, of months."""
    return {
        each.key.area if each.key.span == "week" else f"month {each.key.area}": each
        for each in disclose(cells, rules, period, DIVISIONS)
    }


def test_two_reports_are_withheld_and_three_are_shown() -> None:
    shown = table(cell("SY0602", 2, 1), cell("SY0603", 3, 1), rules=INTERNAL)
    assert shown["SY0602"] == Cell(key=shown["SY0602"].key, suppressed=True)
    assert (shown["SY0603"].reports, shown["SY0603"].suppressed) == (3, False)


def test_what_leaves_rests_on_three_reports_in_two_events() -> None:
    shown = table(cell("SY0602", 9, 1), cell("SY0603", 3, 2))
    assert shown["SY0602"].suppressed
    assert shown["SY0603"].reports == 3


def test_no_organisation_sets_a_threshold_below_its_floor() -> None:
    assert FLOORS == {"k_reports": 3, "m_events": 2, "k_people": 5, "delay_days": 7}
    for name, least in FLOORS.items():
        with pytest.raises(TooLow, match=name.upper()):
            Thresholds(**{name: least - 1})


def test_a_total_over_one_withheld_row_is_withheld_too() -> None:
    shown = table(cell("SY0602", 2, 1), cell("SY0603", 7, 3))
    assert shown["SY0603"].reports == 7
    assert shown["SY06"].suppressed


def test_withheld_rows_that_could_be_anything_are_told_in_their_total() -> None:
    # 1 + 2 + 2 reports: each of the three could still be of 1 or of 2.
    hidden = [cell("SY0602", 1, 1), cell("SY0603", 2, 1), cell("SY0604", 2, 2)]
    total = table(*hidden, cell("SY0600", 4))["SY06"]
    assert (total.reports, total.events) == (9, 6)
    assert total.severity is None  # it would be the severity of few


@pytest.mark.parametrize("reports", [(1, 1, 1), (2, 2, 2), (2, 2), (1, 1)])
def test_withheld_rows_that_their_sum_would_tell_are_in_no_total(reports: tuple[int, ...]) -> None:
    areas = ("SY0602", "SY0603", "SY0604")
    hidden = [cell(area, number, 1) for area, number in zip(areas, reports, strict=False)]
    assert table(*hidden)["SY06"].suppressed


def test_what_is_too_little_for_a_governorates_week_rolls_up_to_its_month() -> None:
    later = [
        each._replace(key=each.key._replace(start=date(2031, 3, 17)))
        for each in (cell("SY0602", 2, 2), cell("SY0603", 2, 1))
    ]
    shown = table(cell("SY0602", 1, 1), *later, period=MARCH)
    assert shown["SY06"].suppressed
    assert (shown["month SY06"].reports, shown["month SY06"].events) == (5, 4)


def test_a_month_is_told_when_all_its_weeks_are_there() -> None:
    rows = [cell("SY0602", 5)]
    assert "month SY06" in table(*rows, period=MARCH)
    assert "month SY06" not in table(*rows, period=Period(MONDAY, date(2031, 3, 17)))


def test_a_subdistrict_is_shown_when_the_others_could_be_shown_as_one() -> None:
    parts = [cell("SY060200", 5), cell("SY060201", 2, 1), cell("SY060202", 1, 1)]
    shown = table(cell("SY0602", 8, 4), *parts)
    assert {area for area in shown if len(area) == 8} == {"SY060200"}


def test_the_smallest_subdistrict_is_left_out_with_one_that_is_too_small() -> None:
    parts = [cell("SY060200", 5), cell("SY060201", 3), cell("SY060202", 1, 1)]
    shown = table(cell("SY0602", 9, 5), *parts)
    assert {area for area in shown if len(area) == 8} == {"SY060200"}


def test_few_families_are_blank_in_their_row_and_in_every_total() -> None:
    few = cell("SY0602", 4, hh_min=4, hh_mid=6, hh_max=10)
    many = cell("SY0603", 4, hh_min=30, hh_mid=40, hh_max=None)
    shown = table(few, many, period=MARCH)
    assert (shown["SY0602"].hh_min, shown["SY0602"].reports) == (None, 4)
    assert shown["SY0603"].hh_min == 20  # at least 30: the step below
    for total in ("SY06", "month SY06", "month "):
        assert (shown[total].reports, shown[total].hh_min) == (8, None)


def test_the_public_is_told_of_harm_by_governorate_and_of_no_subdistrict() -> None:
    harm = {"v2": 2, "v1": 0, "killed_min": 12, "killed_max": 20}
    rows = [cell(area, 4, **harm) for area in ("SY0602", "SY060200", "SY0603")]
    rows.append(cell("SY0604", 4, v2=2))
    public, partners = table(*rows, rules=PUBLIC), table(*rows)
    killed = (public["SY06"].killed_min, public["SY06"].killed_max)
    assert (public["SY0602"].killed_min, killed) == (None, (20, None))
    # A month would say by its blank that somebody was harmed in the week that is not told.
    months = table(*rows, rules=PUBLIC, period=MARCH)
    assert (months["SY06"].killed_min, months["month SY06"].killed_min) == (20, None)
    assert "SY060200" not in public
    assert (partners["SY0602"].killed_min, partners["SY060200"].killed_min) == (10, 10)
    assert (partners["SY06"].killed_min, partners["SY06"].killed_max) == (10 + 10, 20 + 20)


SOME: dict[str, int] = {"v2": 2, "killed_min": 6, "killed_max": 10}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([SOME], id="one district"),
        pytest.param([SOME, SOME], id="two, and no third that could have some"),
        pytest.param([SOME, {"v2": 2}, {"v2": 2}], id="one of three"),
        pytest.param([SOME, SOME, {"v1": 2}], id="what one account says is no harm"),
        pytest.param([SOME, SOME, SOME | {"is_revised": True}], id="one came later"),
    ],
)
def test_harm_that_can_be_laid_to_one_district_is_not_told_the_public(
    rows: list[dict[str, Any]],
) -> None:
    areas = ("SY0602", "SY0603", "SY0604")
    told = [cell(area, 4, **({"v1": 0} | each)) for area, each in zip(areas, rows, strict=False)]
    shown = table(*told, rules=PUBLIC, period=MARCH)
    for total in ("SY06", "month SY06", "month "):
        assert (shown[total].suppressed, shown[total].killed_min) == (False, None)


def test_what_is_not_added_up_below_is_not_tried_again_further_up() -> None:
    # 1 + 1 in one week say that they are no 3: with the 2 of another week they would be known.
    hidden = [cell("SY0602", 1, 1), cell("SY0603", 1, 1), cell("SY0604", 1, 1)]
    later = [
        each._replace(key=each.key._replace(start=date(2031, 3, 17)))
        for each in (cell("SY0602", 2, 2), cell("SY0603", 2, 1))
    ]
    shown = table(*hidden, *later, period=MARCH)
    assert shown["month SY06"].suppressed
    assert shown["month "].suppressed


def test_no_subdistrict_is_told_outside_beside_one_whose_shelter_can_be_attacked() -> None:
    parts = [cell("SY060200", 5), cell("SY060201", 5, is_exposed=True)]
    row = cell("SY0602", 10, is_exposed=True)
    assert set(table(row, *parts)) == {"SY0602", "SY06"}
    assert set(table(row, *parts, rules=INTERNAL)) >= {"SY060200", "SY060201"}


def test_people_leave_between_two_steps_and_their_totals_are_sums_of_these() -> None:
    row = cell("SY0602", 4, hh_min=12, hh_mid=24, hh_max=40)
    many = cell("SY0603", 40, 40, hh_min=312, hh_mid=530, hh_max=801)
    shown = table(row, many)
    told = {area: (each.hh_min, each.hh_mid, each.hh_max) for area, each in shown.items()}
    assert told == {
        "SY0602": (10, 30, 50),
        "SY0603": (300, 600, 900),
        "SY06": (310, 630, 950),
    }
    inside = table(row, many, rules=INTERNAL)
    assert (inside["SY0602"].hh_min, inside["SY06"].hh_mid) == (12, 24 + 530)


def test_a_report_that_is_not_for_the_public_keeps_its_row_and_totals_from_it() -> None:
    rows = [cell("SY0602", 9, may_go_public=False), cell("SY0603", 9), cell("SY1002", 9)]
    shown = table(*rows, rules=PUBLIC)
    assert {area for area, each in shown.items() if each.suppressed} == {"SY0602", "SY06"}


def test_a_table_shows_nothing_that_the_one_around_it_does_not_show() -> None:
    rows = [cell("SY0602", 9), cell("SY1002", 9)]
    within = [
        each for each in disclose(rows, PARTNERS, WEEK, DIVISIONS) if each.key.area != "SY0602"
    ]
    shown = {
        each.key.area: each.suppressed for each in disclose(rows, PUBLIC, WEEK, DIVISIONS, within)
    }
    assert shown["SY0602"]
    assert not shown["SY1002"]


def test_the_public_waits_seven_days_and_nobody_outside_sees_a_week_that_is_not_over() -> None:
    sunday = date(2031, 3, 9)
    assert PUBLIC.is_due(sunday, date(2031, 3, 17))
    assert not PUBLIC.is_due(sunday, date(2031, 3, 16))
    assert PARTNERS.is_due(sunday, date(2031, 3, 10))
    assert not PARTNERS.is_due(sunday, sunday)
