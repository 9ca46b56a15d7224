"""The first disclosure rule: nothing is told by a cell that rests on fewer than three reports."""

from dataclasses import fields
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from amana.core.disclosure import K_REPORTS, withhold
from amana.core.summary import Cell, CellKey

KEY = CellKey(date(2031, 3, 3), "SY0602", "displacement")
NUMBERS = [field.name for field in fields(Cell) if field.name not in ("key", "suppressed")]

cells = st.lists(
    st.builds(
        Cell,
        key=st.just(KEY),
        reports=st.integers(1, 8),
        events=st.integers(1, 8),
        hh_min=st.none() | st.integers(0, 500),
        hh_mid=st.none() | st.integers(0, 500),
        hh_max=st.none() | st.integers(0, 500),
        severity=st.integers(1, 5),
        v3plus=st.integers(0, 8),
        contested=st.integers(0, 8),
    ),
    max_size=6,
)


def test_two_reports_are_withheld_and_three_are_shown() -> None:
    two, three = (Cell(key=KEY, reports=n, events=1, severity=4, v3plus=0) for n in (2, 3))
    assert withhold([two, three]) == [Cell(key=KEY, suppressed=True), three]


def test_the_shipped_threshold_is_three_reports() -> None:
    assert K_REPORTS == 3


@given(cells, st.integers(1, 8))
def test_a_withheld_cell_has_no_number_and_says_so(rows: list[Cell], k_reports: int) -> None:
    for before, after in zip(rows, withhold(rows, k_reports), strict=True):
        if (before.reports or 0) < k_reports:
            assert after.suppressed
            assert {getattr(after, name) for name in NUMBERS} == {None}


@given(cells, st.integers(1, 8))
def test_a_cell_on_enough_reports_is_not_touched(rows: list[Cell], k_reports: int) -> None:
    for before, after in zip(rows, withhold(rows, k_reports), strict=True):
        if (before.reports or 0) >= k_reports:
            assert after == before


@given(cells)
def test_every_row_stays_in_its_place(rows: list[Cell]) -> None:
    assert [cell.key for cell in withhold(rows)] == [cell.key for cell in rows]


@given(cells)
def test_withholding_twice_changes_nothing(rows: list[Cell]) -> None:
    assert withhold(withhold(rows)) == withhold(rows)


@given(cells, st.integers(1, 7))
def test_a_stricter_rule_never_shows_more(rows: list[Cell], k_reports: int) -> None:
    shown = [not cell.suppressed for cell in withhold(rows, k_reports)]
    stricter = [not cell.suppressed for cell in withhold(rows, k_reports + 1)]
    assert all(was or not now for was, now in zip(shown, stricter, strict=True))
