"""Summaries: what counts, in which cell, and the sums."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.cells import Cell, CellKey
from amana.core.summary import COUNTED_DECISIONS, LEVELS, Assessed, week_start
from amana.core.vocabulary import Vocabulary

from .counting import summarise

VOCABULARY = Vocabulary.load()
MONDAY = date(2031, 3, 3)
JABLAH = "SY060200"  # a subdistrict of district SY0602
BANYAS = "SY100200"  # a subdistrict of district SY1002


def assessed(number: int, **changes: object) -> Assessed:
    row = Assessed(
        envelope_id=number.to_bytes(32, "big"),
        assessed=date(2031, 3, 12),
        decision="accept",
        kind="displacement",
        adm3=JABLAH,
        day=MONDAY,
        event_id=f"{number:016x}",
        verification="v1",
        severity="2",
        households="hh2_5",
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def only_cell(*rows: Assessed) -> Cell:
    (cell,) = summarise(rows, VOCABULARY)
    return cell


def test_a_week_computed_by_hand() -> None:
    fled, burned, disputed = "0" * 15 + "1", "0" * 15 + "2", "0" * 15 + "3"
    rows = [
        # One flight told by three people. The best-verified says 21 to 50 families (21, 35, 50);
        # one of the others gives another day of the week and a neighbouring subdistrict.
        assessed(1, event_id=fled, verification="v3", households="hh21_50", severity="4"),
        assessed(2, event_id=fled, decision="merge", verification="v1", households="hh51_100"),
        assessed(3, event_id=fled, decision="merge", day=date(2031, 3, 8), adm3="SY060202"),
        # A second flight, one report: 2 to 5 families (2, 3, 5).
        assessed(4, event_id=burned, day=date(2031, 3, 9), severity="3"),
        # A third that people disagree about: in reports and events, not in the sums of families.
        assessed(5, event_id=disputed, verification="contested", households="hh101p"),
    ]
    assert only_cell(*rows) == Cell(
        key=CellKey(MONDAY, "SY0602", "displacement"),
        reports=5,  # 3 + 1 + 1 envelopes
        events=3,  # fled, burned, disputed
        hh_min=21 + 2,
        hh_mid=35 + 3,
        hh_max=50 + 5,
        severity=4,  # highest of 4, 2, 2, 3, 2
        v1=1,  # burned
        v2=0,
        v3plus=1,  # fled
        contested=1,  # disputed
        cleared=0,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"decision": "hold"},
        {"decision": "refer"},
        {"decision": "reject_spam"},
        {"verification": "v0"},
        {"verification": "discounted"},
        {"flags": ("gbv",)},
        {"flags": ("immediate_danger", "gbv")},
    ],
)
def test_what_must_not_count_is_in_no_cell(changes: dict[str, object]) -> None:
    assert summarise([assessed(1, **changes)], VOCABULARY) == []


def test_other_flags_do_not_keep_a_report_out() -> None:
    assert only_cell(assessed(1, flags=("child", "personal_data"))).reports == 1


def test_the_grades_that_count_are_those_the_vocabulary_counts() -> None:
    counting = {
        code
        for code, option in VOCABULARY.options["verification"].items()
        if option.more["counts_in_totals"] is not False
    }
    assert set(LEVELS) == counting


def test_decisions_and_flags_that_matter_exist_in_the_vocabulary() -> None:
    assert set(VOCABULARY.options["decision"]) >= COUNTED_DECISIONS
    assert "gbv" in VOCABULARY.options["flag"]


def test_sunday_and_monday_lie_in_different_weeks() -> None:
    sunday, monday = date(2031, 3, 9), date(2031, 3, 10)
    cells = summarise([assessed(1, day=sunday), assessed(2, day=monday)], VOCABULARY)
    assert [cell.key.start for cell in cells] == [MONDAY, monday]
    assert [cell.end for cell in cells] == [sunday, date(2031, 3, 16)]


def test_an_iso_week_may_begin_in_the_year_before() -> None:
    assert only_cell(assessed(1, day=date(2031, 1, 1))).key.start == date(2030, 12, 30)


def test_an_open_ended_band_leaves_the_high_sum_open() -> None:
    cell = only_cell(assessed(1, households="hh101p"), assessed(2, households="hh1"))
    assert (cell.hh_min, cell.hh_mid, cell.hh_max) == (101 + 1, 150 + 1, None)


@pytest.mark.parametrize("households", [None, "unknown"])
def test_an_event_without_a_number_leaves_the_high_sum_open(households: str | None) -> None:
    cell = only_cell(assessed(1, households=households), assessed(2, households="hh6_20"))
    assert (cell.hh_min, cell.hh_mid, cell.hh_max) == (6, 12, None)


def test_no_number_at_all_is_not_known_rather_than_zero() -> None:
    cell = only_cell(assessed(1, households=None), assessed(2, households="unknown"))
    assert (cell.hh_min, cell.hh_mid, cell.hh_max) == (None, None, None)


def test_the_band_is_the_best_verified_reports_that_gives_one() -> None:
    event = "f" * 16
    cell = only_cell(
        assessed(1, event_id=event, verification="v4", households="unknown"),
        assessed(2, event_id=event, verification="v2", households="hh6_20"),
        assessed(3, event_id=event, verification="v1", households="hh51_100"),
    )
    assert (cell.hh_min, cell.hh_mid, cell.hh_max) == (6, 12, 20)


def test_of_equally_verified_reports_the_last_assessed_gives_the_band() -> None:
    event = "f" * 16
    cell = only_cell(
        assessed(1, event_id=event, assessed=date(2031, 3, 11), households="hh51_100"),
        assessed(2, event_id=event, assessed=date(2031, 3, 12), households="hh6_20"),
    )
    assert cell.hh_mid == 12


def test_families_are_counted_for_displacement_only() -> None:
    cell = only_cell(assessed(1, kind="safety"))
    assert (cell.hh_min, cell.hh_mid, cell.hh_max) == (None, None, None)


def test_reports_of_one_event_are_counted_where_the_best_verified_puts_it() -> None:
    event = "f" * 16
    cell = only_cell(
        assessed(1, event_id=event, verification="v1", adm3=BANYAS, day=date(2031, 3, 12)),
        assessed(2, event_id=event, verification="v2"),
    )
    assert cell.key == CellKey(MONDAY, "SY0602", "displacement")
    assert (cell.reports, cell.events, cell.hh_mid) == (2, 1, 3)


def test_one_event_told_as_two_kinds_counts_once_in_each() -> None:
    event = "f" * 16
    cells = summarise(
        [assessed(1, event_id=event), assessed(2, event_id=event, kind="safety")], VOCABULARY
    )
    assert [(cell.key.kind, cell.events) for cell in cells] == [("displacement", 1), ("safety", 1)]


def test_reports_without_an_event_are_events_of_their_own() -> None:
    assert only_cell(assessed(1, event_id=None), assessed(2, event_id=None)).events == 2


def test_one_contested_report_makes_its_event_contested() -> None:
    event = "f" * 16
    cell = only_cell(
        assessed(1, event_id=event, verification="v4"),
        assessed(2, event_id=event, verification="contested"),
    )
    assert (cell.reports, cell.events, cell.contested, cell.v3plus) == (2, 1, 1, 0)
    assert cell.hh_mid is None


def test_the_governorate_is_the_districts() -> None:
    assert only_cell(assessed(1)).adm1 == "SY06"


ROWS = st.lists(
    st.builds(
        Assessed,
        envelope_id=st.binary(min_size=32, max_size=32),
        assessed=st.dates(date(2031, 3, 1), date(2031, 3, 20)),
        decision=st.sampled_from(sorted(VOCABULARY.options["decision"])),
        kind=st.sampled_from(sorted(VOCABULARY.kinds)),
        adm3=st.sampled_from([JABLAH, BANYAS, "SY060201"]),
        day=st.dates(date(2031, 3, 1), date(2031, 3, 20)),
        event_id=st.none() | st.sampled_from(["a" * 16, "b" * 16, "c" * 16]),
        verification=st.sampled_from(sorted(VOCABULARY.options["verification"])),
        severity=st.sampled_from(["1", "2", "3", "4", "5"]),
        households=st.none() | st.sampled_from(sorted(VOCABULARY.options["hh_band"])),
        flags=st.sampled_from([(), ("gbv",), ("child",)]),
    ),
    max_size=30,
    unique_by=lambda row: row.envelope_id,
)


def counts(row: Assessed) -> bool:
    return (
        row.decision in ("accept", "merge")
        and row.verification not in ("v0", "discounted")
        and "gbv" not in row.flags
    )


@given(ROWS)
def test_every_report_that_counts_is_in_exactly_one_cell(rows: list[Assessed]) -> None:
    cells = summarise(rows, VOCABULARY)
    assert sum(cell.reports or 0 for cell in cells) == sum(counts(row) for row in rows)


@given(ROWS)
def test_every_event_of_a_kind_is_in_exactly_one_cell(rows: list[Assessed]) -> None:
    events = {
        # A shelter goes on: it is counted in each week that is told of.
        (row.kind, row.event, week_start(row.day) if row.kind == "shelter" and row.day else None)
        for row in rows
        if counts(row)
    }
    assert sum(cell.events or 0 for cell in summarise(rows, VOCABULARY)) == len(events)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[Assessed], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert summarise(shuffled, VOCABULARY) == summarise(rows, VOCABULARY)


@given(ROWS)
def test_numbers_of_a_cell_are_in_their_natural_order(rows: list[Assessed]) -> None:
    for cell in summarise(rows, VOCABULARY):
        reports, events = cell.reports or 0, cell.events or 0
        assert 1 <= events <= reports
        assert (cell.v3plus or 0) + (cell.contested or 0) <= events
        assert 1 <= (cell.severity or 0) <= 5
        low, middle, high = cell.hh_min, cell.hh_mid, cell.hh_max
        assert (low is None) == (middle is None)
        assert low is None or middle is None or low <= middle
        assert high is None or (middle is not None and middle <= high)


@given(ROWS)
def test_cells_are_sorted_and_each_key_stands_once(rows: list[Assessed]) -> None:
    keys = [cell.key for cell in summarise(rows, VOCABULARY)]
    assert keys == sorted(set(keys))


@given(st.dates(date(2000, 1, 3), date(2099, 12, 31)))
def test_a_week_starts_on_the_monday_at_most_six_days_before(day: date) -> None:
    start = week_start(day)
    assert start.isoweekday() == 1
    assert timedelta(0) <= day - start <= timedelta(days=6)


def test_harm_of_a_weaker_report_is_not_told_in_the_name_of_a_better_one() -> None:
    said = {"kind": "safety", "event_id": "0" * 16}
    strong = assessed(1, **said, verification="v3", injured="n2_5")
    weak = assessed(2, **said, verification="v1", killed="n51p", injured="n11_50")
    cell = only_cell(strong, weak)
    assert (cell.v3plus, cell.killed_min, cell.injured_min) == (1, None, 2)
    assert only_cell(strong, replace(weak, verification="v2")).killed_min == 51


def test_of_two_reports_as_good_the_one_that_was_assessed_last_is_believed() -> None:
    earlier = assessed(2, event_id="0" * 16, hour=9, households="hh6_20")
    later = assessed(1, event_id="0" * 16, hour=10, households="hh21_50")
    assert only_cell(earlier, later).hh_min == only_cell(later, earlier).hh_min == 21
