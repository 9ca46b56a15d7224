"""Every small country there is, against somebody who knows the rules themselves.

A linear program sees sums. It does not see that a total is withheld *because* its rest was not
safe, or that no subdistrict is shown because one of them is too small. So here all countries of a
few numbers are put through the rules, and those of which the same is told are put together: what is
the same in all of them is known.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from itertools import product

import pytest

from amana.core import disclosure
from amana.core.cells import Cell, CellKey, add, with_rows
from amana.core.disclosure import Divisions, Period, disclose
from amana.core.ledger import Ledger, Release
from amana.core.tiers import Rules, Thresholds

MONDAY = date(2031, 3, 3)
MARCH = Period(MONDAY, date(2031, 3, 24))
WEEK = Period(MONDAY, MONDAY)
KIND = "displacement"
THRESHOLDS = Thresholds()

Number = tuple[int, int]
"""Reports and events."""
World = tuple[Number, ...]
NOTHING: Number = (0, 0)


def numbers(most: int) -> list[Number]:
    """Nothing, or up to so many reports in some events."""
    return [
        NOTHING,
        *((reports, events) for reports in range(1, most + 1) for events in range(1, reports + 1)),
    ]


def cell(key: CellKey, number: Number) -> Cell:
    reports, events = number
    counted = Cell(key=key, reports=reports, events=events, severity=1, may_go_public=True)
    return counted._replace(v1=events, v2=0, v3plus=0, contested=0, cleared=reports)


def countries(
    keys: Sequence[CellKey], tried: Sequence[Number]
) -> Iterable[tuple[World, list[Cell]]]:
    """All of them in which each subdistrict has one of these numbers."""
    for world in product(tried, repeat=len(keys)):
        some = [cell(*each) for each in zip(keys, world, strict=True) if each[1] != NOTHING]
        yield world, with_rows(some)


def known(worlds: Iterable[tuple[Hashable, World]]) -> list[World]:
    """Worlds in which a number of too few reports follows from what is told."""
    alike: dict[Hashable, list[World]] = defaultdict(list)
    for told, world in worlds:
        alike[told].append(world)
    few = range(1, THRESHOLDS.k_reports)
    return [
        same[0]
        for same in alike.values()
        for at in range(len(same[0]))
        if len({world[at][0] for world in same}) == 1 and same[0][at][0] in few
    ]


def told(cells: list[Cell], tier: str, period: Period, divisions: Divisions) -> tuple[Cell, ...]:
    partners = disclose(cells, Rules.of("partners", THRESHOLDS), period, divisions)
    if tier == "partners":
        return tuple(partners)
    rules = Rules.of(tier, THRESHOLDS)
    within = partners if tier == "public" else None
    return tuple(disclose(cells, rules, period, divisions, within))


def at(weeks: int, area: str) -> CellKey:
    return CellKey(MONDAY + timedelta(weeks=weeks), area, KIND)


ONE_EACH = Divisions({"SY0602": 1, "SY0603": 1, "SY0604": 1, "SY1002": 1}, {KIND: 1})
ROWS = {
    "three in a week": ([at(0, "SY060200"), at(0, "SY060300"), at(0, "SY060400")], 4),
    "two and one": ([at(0, "SY060200"), at(0, "SY060300"), at(1, "SY060200")], 4),
    "one a week": ([at(0, "SY060200"), at(1, "SY060200"), at(2, "SY060200")], 4),
    "two in two weeks": (
        [at(0, "SY060200"), at(0, "SY060300"), at(1, "SY060200"), at(1, "SY060300")],
        2,
    ),
    "four in a week and one": (
        [at(0, "SY060200"), at(0, "SY060300"), at(0, "SY060400"), at(1, "SY060200")],
        2,
    ),
    "two governorates": (
        [at(0, "SY060200"), at(0, "SY060300"), at(1, "SY060200"), at(0, "SY100200")],
        2,
    ),
}


def rows_of(name: str, tier: str) -> Iterable[tuple[Hashable, World]]:
    keys, most = ROWS[name]
    for world, cells in countries(keys, numbers(most)):
        yield told(cells, tier, MARCH, ONE_EACH), world


def parts_of(subdistricts: int, most: int, tier: str) -> Iterable[tuple[Hashable, World]]:
    """Of a district whose row is shown."""
    keys = [at(0, f"SY06020{number}") for number in range(subdistricts)]
    divisions = Divisions({"SY0602": subdistricts}, {KIND: 1})
    for world, cells in countries(keys, numbers(most)):
        table = told(cells, tier, WEEK, divisions)
        if table and not table[0].suppressed:
            yield table, world


@pytest.mark.parametrize("tier", ["internal", "partners", "public"])
@pytest.mark.parametrize("name", ROWS)
def test_no_withheld_row_follows_from_the_rules(name: str, tier: str) -> None:
    assert known(rows_of(name, tier)) == []


@pytest.mark.parametrize("tier", ["internal", "partners"])
@pytest.mark.parametrize(("subdistricts", "most"), [(2, 6), (3, 4), (4, 3)])
def test_no_subdistrict_that_is_left_out_follows_from_the_rules(
    subdistricts: int, most: int, tier: str
) -> None:
    assert known(parts_of(subdistricts, most, tier)) == []


def by_category(world: World) -> list[Cell]:
    """A district's row, and its events by category; the last have none."""
    row = cell(at(0, "SY0602"), (sum(each[0] for each in world), sum(each[1] for each in world)))
    keys = [row.key._replace(category=name) for name in ("fear", "threats", "clashes", "order")]
    named = zip(keys, world[:-1], strict=False)
    return [row, *(cell(key, number) for key, number in named if number != NOTHING)]


@pytest.mark.parametrize("tier", ["internal", "partners", "public"])
@pytest.mark.parametrize(("categories", "most"), [(3, 4), (4, 3)])
def test_no_category_that_is_left_out_follows_from_the_rules(
    categories: int, most: int, tier: str
) -> None:
    divisions = Divisions({}, {KIND: categories})
    worlds = (
        (told(by_category(world), tier, WEEK, divisions), world[:-1])
        for world in product(numbers(most), repeat=categories)
        if sum(each[0] for each in world) >= THRESHOLDS.k_reports
    )
    assert known((table, world) for table, world in worlds if not table[0].suppressed) == []


def two_files(first: list[Cell], second: list[Cell], period: Period, of: Divisions) -> Hashable:
    """What two files for partners tell, of which the second is of what was counted later."""
    before = Ledger([], of).draft("partners", THRESHOLDS, period, first)
    release = Release(
        "partners", period.first, period.last, THRESHOLDS, before.settles, before=None
    )
    after = Ledger([release], of).draft("partners", THRESHOLDS, period, second)
    return tuple(before.tells), tuple(after.tells)


SOME: list[Number] = [*numbers(3), (5, 2), (6, 3), (6, 6), (9, 6)]
PAIRS: dict[str, tuple[list[CellKey], list[Number], Period, Divisions]] = {
    "one district": ([at(0, "SY060200")], numbers(9), WEEK, ONE_EACH),
    "two districts": ([at(0, "SY060200"), at(0, "SY060300")], SOME, WEEK, ONE_EACH),
    "two weeks": ([at(0, "SY060200"), at(1, "SY060200")], SOME, MARCH, ONE_EACH),
    "two subdistricts": (
        *([at(0, "SY060200"), at(0, "SY060201")], numbers(6), WEEK),
        Divisions({"SY0602": 2}, {KIND: 1}),
    ),
}
"""Two places at two times. Reports of subdistricts are no more than are tried for each of them."""


@pytest.mark.parametrize("name", PAIRS)
def test_what_came_in_or_was_taken_back_between_two_files_does_not_follow(name: str) -> None:
    keys, tried, period, divisions = PAIRS[name]
    every = list(countries(keys, tried))
    if name == "two subdistricts":
        most = max(reports for reports, _ in tried)
        every = [each for each in every if sum(reports for reports, _ in each[0]) <= most]
    worlds = []
    for (before, first), (after, second) in product(every, every):
        changes = tuple(
            (abs(now[0] - then[0]), abs(now[1] - then[1]))
            for then, now in zip(before, after, strict=True)
        )
        files = two_files(first, second, period, divisions)
        worlds.append((files, (*before, *changes)))
    assert known(worlds) == []


def test_a_rest_that_is_tried_again_further_up_is_seen_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    withheld = disclosure._withheld
    monkeypatch.setattr(disclosure, "APART", disclosure.ALWAYS)
    monkeypatch.setattr(
        disclosure,
        "_withheld",
        lambda cell, rest, is_stuck: withheld(cell, rest, is_stuck=bool(is_stuck and not rest)),
    )
    assert known(rows_of("two and one", "partners")) != []


def test_a_rest_that_is_shown_whatever_it_is_is_seen_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(disclosure.Rest, "is_safe", lambda *_: True)
    assert known(rows_of("three in a week", "partners")) != []


def test_subdistricts_of_which_what_is_left_could_only_be_two_small_ones_are_seen_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was the rule: that what is left could be a row itself."""

    def enough(judge: disclosure._Judge, parts: list[Cell], shown: list[Cell], _: int) -> bool:
        left = [cell for cell in parts if cell not in shown]
        return not left or judge._is_enough(add(left[0].key, left))

    monkeypatch.setattr(disclosure._Judge, "_hides", enough)
    assert known(parts_of(3, 4, "partners")) != []
