"""Releases over time: what stays as it was told, what is revised, what is kept."""

from dataclasses import replace
from datetime import date

from amana.core.cells import Cell
from amana.core.disclosure import Period
from amana.core.ledger import Draft, Release, Settled, draft, parse_release, settled
from amana.core.tiers import Rules, Thresholds

from .test_disclosure import MONDAY, WEEK, cell

THRESHOLDS = Thresholds()


def release(*cells: Cell, earlier: Settled | None = None, tier: str = "partners") -> Draft:
    return draft(Rules.of(tier, THRESHOLDS), THRESHOLDS, WEEK, cells, earlier or {})


def told(made: Draft) -> dict[str, int | None]:
    return {each.key.area: each.reports for each in made.tells}


def both(area: str, reports: int, events: int) -> list[Cell]:
    """A district of one subdistrict that anything happened in."""
    return [cell(area, reports, events), cell(f"{area}00", reports, events)]


def test_a_late_report_changes_nothing_that_was_released() -> None:
    first = release(*both("SY0602", 5, 3))
    second = release(*both("SY0602", 6, 4), earlier=first.weeks)
    assert (told(second), second.kept, second.settles) == (told(first), 1, [])


def test_three_late_reports_in_two_events_are_a_revision() -> None:
    first = release(*both("SY0602", 5, 3))
    second = release(*both("SY0602", 8, 5), earlier=first.weeks)
    assert told(second)["SY0602"] == 8
    assert second.revised == {(MONDAY, "SY06", "displacement")}


def test_nothing_is_revised_beside_a_withheld_row_that_changed() -> None:
    first = release(*both("SY0602", 5, 3), *both("SY0603", 1, 1))
    second = release(*both("SY0602", 9, 6), *both("SY0603", 2, 1), earlier=first.weeks)
    assert told(second) == told(first)


def test_a_subdistrict_that_changed_by_one_keeps_its_district_as_it_was() -> None:
    row, part, other = cell("SY0602", 9, 6), cell("SY060200", 5, 3), cell("SY060201", 4, 3)
    first = release(row, part, other)
    later = [cell("SY0602", 14, 9), cell("SY060200", 6, 4), cell("SY060201", 8, 5)]
    assert told(release(*later, earlier=first.weeks)) == told(first)


def test_a_week_that_was_told_of_as_quiet_stays_quiet_until_there_is_a_row_to_show() -> None:
    first = release()
    assert told(release(*both("SY0602", 2, 1), earlier=first.weeks)) == {}
    assert told(release(*both("SY0602", 3, 2), earlier=first.weeks))["SY0602"] == 3


def test_the_public_is_told_what_was_settled_for_partners() -> None:
    first = release(*both("SY0602", 5, 3))
    public = release(*both("SY0602", 6, 4), earlier=first.weeks, tier="public")
    assert told(public)["SY0602"] == 5


def test_a_week_keeps_the_thresholds_it_was_settled_under() -> None:
    first = release(*both("SY0602", 3, 2))
    stricter = Thresholds(k_reports=9)
    rules = Rules.of("partners", stricter)
    second = draft(rules, stricter, WEEK, both("SY0602", 3, 2), first.weeks)
    assert told(second) == told(first)


def test_a_month_of_weeks_under_different_thresholds_has_no_total() -> None:
    first = release(*both("SY0602", 5, 3))
    march, stricter = Period(MONDAY, date(2031, 3, 24)), Thresholds(k_reports=4)
    rules = Rules.of("partners", stricter)
    second = draft(rules, stricter, march, both("SY0602", 5, 3), first.weeks)
    assert {each.key.span for each in second.tells} == {"week"}


def test_what_was_written_down_is_read_as_it_was() -> None:
    made = release(*both("SY0602", 5, 3), *both("SY0603", 1, 1))
    kept = Release("partners", MONDAY, MONDAY, THRESHOLDS, made.settles, made.tells)
    assert parse_release(kept.encode()) == kept
    assert settled([kept]) == made.weeks
    later = replace(kept, settles=[])
    assert settled([kept, later]) == made.weeks
