"""The steps between which numbers of people leave: around every sum, and too wide for its bands."""

from collections import defaultdict
from itertools import combinations_with_replacement
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.cells import Cell, CellKey
from amana.core.steps import above, below, in_steps
from amana.core.summary import MEASURES, Measure
from amana.core.vocabulary import Vocabulary

from .test_disclosure import MONDAY

BANDS = Vocabulary.load()


@given(st.integers(0, 2_000_000), st.booleans())
def test_a_number_lies_between_its_steps_which_are_steps_themselves(
    number: int, is_fine: bool
) -> None:
    low, high = below(number, is_fine), above(number, is_fine)
    assert low <= number <= high
    for step in (low, high):
        assert below(step, is_fine) == above(step, is_fine) == step
    if number >= 10:
        assert high <= (2 if is_fine else 2.5) * low


def test_the_steps_are_those_of_a_coin() -> None:
    for step in (below, above):
        coarse = sorted({step(number, is_fine=False) for number in range(1001)})
        fine = sorted({step(number, is_fine=True) for number in range(301)})
        assert coarse == [0, 5, 10, 20, 50, 100, 200, 500, 1000]
        assert fine == [0, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 200, 300]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda each: each.field)
@pytest.mark.parametrize(("events", "most"), [(2, 0.05), (3, 0.02), (4, 0.03), (6, 0.01)])
def test_which_bands_of_few_were_added_up_does_not_follow(
    measure: Measure, events: int, most: float
) -> None:
    """In a small part of all sums at most; without steps it does in half of them and more."""
    bands = BANDS.bands(measure.bands)
    few = [code for code, band in bands.items() if band.min is not None and band.min < 5]
    alike: dict[tuple[int | None, ...], list[tuple[str, ...]]] = defaultdict(list)
    for codes in combinations_with_replacement([*bands, "unknown"], events):
        some = [bands[code] for code in codes if code != "unknown"]
        ends = [band.max for band in some]
        is_open = None in ends or (measure.is_expected and len(some) < events)
        low, _, high = measure.names
        cell = Cell(key=CellKey(MONDAY, "SY0602", measure.kind), events=events, contested=0)
        numbers: dict[str, Any] = {
            low: sum(band.min or 0 for band in some),
            high: None if is_open else sum(end or 0 for end in ends),
        }
        told = in_steps(cell._replace(**numbers))
        if sum(band.min or 0 for band in some) >= 5:
            alike[getattr(told, low), getattr(told, high)].append(codes)
    known = sum(
        len(same)
        for same in alike.values()
        for code in few
        if len({codes.count(code) for codes in same}) == 1 and code in same[0]
    )
    assert known <= most * sum(map(len, alike.values()))


def test_how_full_shelters_are_does_not_leave() -> None:
    cell = Cell(key=CellKey(MONDAY, "SY0602", "shelter"), housed=175, capacity=75, contested=0)
    for events in (2, 40):
        assert in_steps(cell._replace(events=events)).occupancy is None
