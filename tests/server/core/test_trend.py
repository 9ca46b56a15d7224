"""How a week differs from those before it."""

from datetime import date, timedelta

import pytest

from amana.core.cells import Cell, CellKey
from amana.core.trend import with_trend

MONDAY = date(2031, 3, 31)


def week(weeks_ago: int, events: int) -> Cell:
    key = CellKey(MONDAY - timedelta(weeks=weeks_ago), "SY0602", "safety")
    return Cell(key=key, reports=events, events=events)


@pytest.mark.parametrize(
    ("before", "mean"),
    [
        ((0, 0, 0, 1), 0.3),  # 0.25
        ((1, 0, 1, 1), 0.8),  # 0.75
        ((1, 1, 1, 2), 1.3),  # 1.25
        ((1, 1, 0, 0), 0.5),
        ((0, 0, 0, 0), 0.0),
        ((7, 8, 9, 1_000_001), 250_006.3),  # 250,006.25
    ],
)
def test_the_mean_of_four_weeks_is_told_to_one_decimal_half_up(
    before: tuple[int, ...], mean: float
) -> None:
    earlier = [week(weeks_ago, events) for weeks_ago, events in enumerate(before, 1)]
    (cell,) = with_trend([week(0, 5)], earlier, lambda _monday: True)
    assert (cell.change, cell.mean4) == (5 - before[0], mean)


def test_where_one_of_the_four_weeks_is_not_told_there_is_no_mean() -> None:
    earlier = [week(weeks_ago, 3) for weeks_ago in (1, 2, 3)]
    (cell,) = with_trend([week(0, 5)], earlier, lambda monday: monday >= earlier[2].key.start)
    assert (cell.change, cell.mean4) == (2, None)
