"""Releases over time: what stays as it was told, what is revised, what is kept."""

from datetime import date
from typing import Any

from amana.core.cells import Cell
from amana.core.disclosure import Period
from amana.core.ledger import Draft, Ledger, Release, parse_release
from amana.core.tiers import Thresholds

from .test_disclosure import DIVISIONS, MONDAY, WEEK, cell

THRESHOLDS = Thresholds()
BLOCK = (MONDAY, "SY06", "displacement")


class Files:
    """Files that leave one after the other."""

    def __init__(self) -> None:
        self.releases: list[Release] = []

    def leave(
        self,
        *cells: Cell,
        tier: str = "partners",
        period: Period = WEEK,
        thresholds: Thresholds = THRESHOLDS,
    ) -> Draft:
        """The next file, of what is counted now."""
        made = self.book.draft(tier, thresholds, period, cells)
        self.releases.append(
            Release(tier, period.first, period.last, thresholds, made.settles, before=None)
        )
        return made

    @property
    def book(self) -> Ledger:
        """What they make of weeks."""
        return Ledger(self.releases, DIVISIONS)


def release(*files: list[Cell], tiers: tuple[str, ...] = ()) -> Draft:
    """The last of some files for partners or for others."""
    left = Files()
    made = [
        left.leave(*cells, tier=tier)
        for cells, tier in zip(files, tiers or ("partners",) * len(files), strict=True)
    ]
    return made[-1]


def told(made: Draft) -> dict[str, int | None]:
    return {each.key.area: each.reports for each in made.tells}


def both(area: str, reports: int, events: int) -> list[Cell]:
    """A district of one subdistrict that anything happened in."""
    return [cell(area, reports, events), cell(f"{area}00", reports, events)]


def test_a_late_report_changes_nothing_that_was_released() -> None:
    second = release(both("SY0602", 5, 3), both("SY0602", 6, 4))
    assert (told(second)["SY0602"], second.kept, second.settles) == (5, 1, [])


def test_three_late_reports_in_two_events_are_a_revision() -> None:
    second = release(both("SY0602", 5, 3), both("SY0602", 8, 5))
    assert (told(second)["SY0602"], second.revised) == (8, [BLOCK])


def test_a_row_follows_beside_a_withheld_one_that_stays() -> None:
    first = [*both("SY0602", 5, 3), *both("SY0603", 1, 1), *both("SY0604", 2, 1)]
    first += [*both("SY0601", 2, 2)]
    later = [*both("SY0602", 9, 6), *both("SY0603", 2, 1), *both("SY0604", 9, 9)]
    second = release(first, [*later, *both("SY0601", 2, 2)])
    assert (told(second)["SY0602"], told(second)["SY0603"]) == (9, None)
    # 9 and the 1 + 2 + 2 of the first file: a sum in which the withheld stay what they were.
    assert (told(second)["SY0604"], told(second)["SY06"]) == (None, 14)


def test_a_district_follows_without_its_subdistricts_where_one_of_them_changed_by_one() -> None:
    row, part, other = cell("SY0602", 9, 6), cell("SY060200", 5, 3), cell("SY060201", 4, 3)
    later = [cell("SY0602", 14, 9), cell("SY060200", 6, 4), cell("SY060201", 8, 5)]
    third = [cell("SY0602", 24, 19), cell("SY060200", 12, 9), cell("SY060201", 12, 10)]
    assert set(told(release([row, part, other]))) >= {"SY060200", "SY060201"}
    assert told(release([row, part, other], later)) == {"SY0602": 14, "SY06": 14}
    assert told(release([row, part, other], later, third)) == {"SY0602": 24, "SY06": 24}


def test_parts_follow_once_and_never_drift() -> None:
    row = cell("SY0602", 12, 12)
    files = [
        [row, cell("SY060200", one, one), cell("SY060201", 12 - one, 12 - one)] for one in (6, 9, 5)
    ]
    assert [told(release(*files[:count]))["SY060200"] for count in (1, 2, 3)] == [6, 9, 9]


def test_the_same_file_again_settles_nothing_and_revises_nothing() -> None:
    first = [*both("SY0602", 5, 3), *both("SY0603", 4, 4)]
    later = [*both("SY0602", 9, 9), *both("SY0603", 4, 4), *both("SY0604", 3, 3)]
    for again in (release(first, first), release(first, later, later)):
        assert (again.settles, again.revised, again.kept) == ([], [], 0)


def test_a_report_that_moves_between_subdistricts_moves_in_no_file() -> None:
    row, part, other = cell("SY0602", 9, 6), cell("SY060200", 5, 3), cell("SY060201", 4, 3)
    later = [row, cell("SY060200", 6, 4), cell("SY060201", 3, 2)]
    assert told(release([row, part, other], later)) == told(release([row, part, other]))


def test_a_week_that_was_told_of_as_quiet_stays_quiet_until_there_is_a_row_to_show() -> None:
    assert told(release([], both("SY0602", 2, 1))) == {}
    assert told(release([], both("SY0602", 3, 2)))["SY0602"] == 3
    # Also beside one report of which nothing is told.
    third = release([], [*both("SY0602", 50, 50), *both("SY0603", 1, 1)])
    assert (told(third), third.revised) == ({"SY0602": 50, "SY06": 50} | told(third), [BLOCK])
    assert "SY0603" not in told(third)


def test_what_was_taken_back_is_told_no_more_nor_its_totals() -> None:
    many = [*both("SY0602", 9, 6), *both("SY0603", 4, 4)]
    for left in ((2, 2), (2, 1), (0, 0)):
        some = both("SY0602", *left) if left != (0, 0) else []
        few = [*some, *both("SY0603", 4, 4)]
        for files in ((many, few), (many, few, many)):
            assert told(release(*files)) == {"SY0602": None, "SY0603": 4, "SY06": None} | {
                "SY060300": 4
            }
        assert release(many, few).revised == [BLOCK]


def test_one_report_less_changes_nothing_that_was_released() -> None:
    assert told(release(both("SY0602", 4, 3), both("SY0602", 2, 2)))["SY0602"] == 4
    assert told(release(both("SY0602", 5, 3), both("SY0602", 4, 3)))["SY0602"] == 5


def test_reports_that_turn_out_to_be_of_one_event_stay_told_as_they_were() -> None:
    assert told(release(both("SY0602", 5, 3), both("SY0602", 5, 1)))["SY0602"] == 5


def test_large_changes_of_which_one_report_would_be_left_are_not_told_one_by_one() -> None:
    files = [both("SY0602", *number) for number in ((4, 4), (9, 9), (5, 5), (20, 15))]
    assert [told(release(*files[:count]))["SY0602"] for count in (1, 2, 3, 4)] == [4, 9, 9, 20]


def test_many_events_that_turn_out_to_be_few_are_few_in_the_next_file() -> None:
    second = release(both("SY0602", 10, 10), both("SY0602", 10, 2))
    assert {each.events for each in second.tells} == {2}
    third = release(both("SY0602", 10, 10), both("SY0602", 10, 9))
    assert {each.events for each in third.tells} == {10}


def test_many_events_that_are_verified_later_are_verified_in_the_next_file() -> None:
    first = cell("SY0602", 20, 20)
    later = first._replace(v1=10, v3plus=10, killed_min=60, killed_max=100)
    (row, _total) = release([first], [later]).tells
    assert (row.v3plus, row.killed_min) == (10, 60)
    (row, _total) = release([first], [first._replace(v1=18, v3plus=2)]).tells
    assert row.v3plus == 0


def test_the_public_is_told_what_was_settled_for_partners() -> None:
    tiers = ("partners", "public")
    public = release(both("SY0602", 5, 3), both("SY0602", 6, 4), tiers=tiers)
    assert told(public)["SY0602"] == 5


def cleared(number: int) -> list[Cell]:
    """Five reports, of which so many may go public."""
    return [
        each._replace(may_go_public=number == 5, cleared=number) for each in both("SY0602", 5, 3)
    ]


def test_a_row_that_may_go_public_later_goes_if_it_is_the_same() -> None:
    tiers, closed = ("partners", "public"), cleared(2)
    assert told(release(closed, cleared(5), tiers=tiers))["SY0602"] == 5
    others = [each._replace(severity=4) for each in cleared(5)]
    assert told(release(closed, others, tiers=tiers))["SY0602"] is None


def test_a_row_of_which_reports_were_taken_back_from_the_public_is_told_it_no_more() -> None:
    tiers = ("partners", "public")
    assert told(release(cleared(5), cleared(4), tiers=tiers))["SY0602"] is None
    # Also when others came in; and a late report for partners only takes nothing from the public.
    more = [each._replace(may_go_public=False) for each in both("SY0602", 6, 4)]
    for number, reports in ((4, None), (5, 5)):
        late = [each._replace(cleared=number) for each in more]
        assert told(release(cleared(5), late, tiers=tiers))["SY0602"] == reports


def test_one_late_report_of_a_shelter_that_can_be_attacked_changes_nothing() -> None:
    parts = [cell("SY0602", 9, 6), cell("SY060200", 5, 3), cell("SY060201", 4, 3)]
    later = [cell("SY0602", 10, 7), cell("SY060200", 6, 4), parts[2]]
    exposed = [later[0]._replace(is_exposed=True), later[1]._replace(is_exposed=True), later[2]]
    assert told(release(parts, exposed)) == told(release(parts, later)) == told(release(parts))


def test_harm_of_a_week_in_which_rows_came_later_is_not_told_the_public() -> None:
    harm: dict[str, Any] = {"v1": 0, "v2": 4, "killed_min": 24, "killed_max": 40}
    first = [cell(area, 4, 4, **harm) for area in ("SY0602", "SY0603", "SY0604")]
    tiers = ("public", "public")
    late = [*first, cell("SY0601", 4, 4, **harm)]
    for later, killed in ((first, 50), (late, None), (first[:2], None)):
        rows = {each.key.area: each for each in release(first, later, tiers=tiers).tells}
        assert (rows["SY06"].killed_min, rows["SY0602"].reports) == (killed, 4)
    third = release(first, late, late, tiers=("public", *tiers))
    assert {each.key.area: each.killed_min for each in third.tells}["SY06"] is None


def test_a_file_names_what_an_earlier_one_of_its_tier_told_otherwise() -> None:
    files, now = Files(), both("SY0602", 8, 5)
    files.leave(*both("SY0602", 5, 3), tier="public")
    assert files.leave(*now, tier="partners").revised == []
    assert told(files.leave(*now, tier="public"))["SY0602"] == 8
    assert Ledger(files.releases[:2], DIVISIONS).draft("public", THRESHOLDS, WEEK, now).revised == [
        BLOCK
    ]
    assert files.leave(*now, tier="public").revised == []


def test_what_left_for_partners_only_is_not_what_the_public_was_told() -> None:
    files = Files()
    files.leave(*both("SY0602", 5, 3), tier="public")
    files.leave(*both("SY0602", 8, 5), tier="partners")
    told_public, told_partners = (files.book.told[tier] for tier in ("public", "partners"))
    assert [cell.reports for cell in told_public[MONDAY].blocks[BLOCK]] == [5, 5]
    assert [cell.reports for cell in told_partners[MONDAY].blocks[BLOCK]] == [8, 8]


def test_a_week_keeps_the_thresholds_it_was_settled_under() -> None:
    files, rows = Files(), both("SY0602", 3, 2)
    first = files.leave(*rows)
    assert told(files.leave(*rows, thresholds=Thresholds(k_reports=9))) == told(first)


def test_a_month_of_weeks_under_different_thresholds_has_no_total() -> None:
    march, rows = Period(MONDAY, date(2031, 3, 24)), both("SY0602", 5, 3)
    for thresholds, spans in (
        (Thresholds(k_reports=4), {"week"}),
        (Thresholds(delay_days=14), {"week", "month"}),  # which rows are shown is the same
    ):
        files = Files()
        files.leave(*rows)
        later = files.leave(*rows, period=march, thresholds=thresholds)
        assert {each.key.span for each in later.tells} == spans


def test_what_was_written_down_is_read_as_it_was() -> None:
    rows = [*both("SY0602", 5, 3), *both("SY0603", 1, 1)]
    made = release(rows)
    kept = Release("partners", MONDAY, MONDAY, THRESHOLDS, made.settles, before=bytes(32))
    assert parse_release(kept.encode()) == kept
    assert Ledger([kept], DIVISIONS).settled == made.weeks
