"""How long reports waited, against the standard library's median."""

from datetime import date, timedelta
from itertools import chain, repeat
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from amana.core.summary import week_start
from amana.core.timeliness import Timeliness, Waits, timeliness

MONDAY = date(2031, 3, 3)


def waits() -> st.SearchStrategy[list[Waits]]:
    """What the store counts: each day and wait once, in the days' order."""
    day = st.integers(0, 20).map(lambda after: MONDAY + timedelta(days=after))
    rows = st.dictionaries(st.tuples(day, st.integers(0, 9)), st.integers(1, 4), max_size=12)
    return rows.map(lambda found: [Waits(*key, found[key]) for key in sorted(found)])


@given(waits())
def test_a_week_s_days_are_the_median_over_its_reports(told: list[Waits]) -> None:
    weeks = {week_start(each.assessed) for each in told}
    found = timeliness(told)
    assert [each.week for each in found] == sorted(weeks)
    for each in found:
        some = [row for row in told if week_start(row.assessed) == each.week]
        every = list(chain.from_iterable(repeat(row.days, row.reports) for row in some))
        assert (each.reports, each.days) == (len(every), median(every))


def test_between_two_middle_reports_it_is_half_way() -> None:
    sunday = MONDAY + timedelta(days=6)
    told = [Waits(MONDAY, 1, 1), Waits(sunday, 4, 1), Waits(sunday + timedelta(days=1), 2, 3)]
    assert timeliness(told) == [
        Timeliness(MONDAY, 2, 2.5),
        Timeliness(MONDAY + timedelta(days=7), 3, 2),
    ]
