"""What has left the organisation stays as it was: releases over time.

A release settles the weeks it holds: what was counted of them, under which thresholds. Later files
of either tier tell those weeks from what was settled and not from what is counted by then, so that
two files cannot be subtracted from each other, whatever was reported, corrected or taken back in
between. A week that was told of as quiet stays quiet.

**Revisions.** A week of one kind in one governorate (a *block*) is settled anew when what it tells
changed only in pieces (`core.disclosure.atoms`) that changed by `k_reports` reports in `m_events`
events or more, and nothing that it withholds changed. The file names it as revised.

A month's total is made of settled weeks, and only of weeks settled under the same thresholds.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from amana.core.cells import Cell, CellKey
from amana.core.disclosure import AREA, CATEGORY, Period, atoms, disclose
from amana.core.encoding import json_decode, json_encode
from amana.core.places import adm2_of, level_of
from amana.core.tiers import Rules, Thresholds

_NUMBERS: Final = tuple(name for name in Cell._fields if name != "key")

Block = tuple[date, str, str]
"""A week's Monday, a governorate, a kind."""
Blocks = dict[Block, list[Cell]]
"""Cells of districts and subdistricts."""


@dataclass(frozen=True)
class Week:
    """A week as it was settled: what was counted of it, and the thresholds it is told under."""

    thresholds: Thresholds
    blocks: Blocks


Settled = dict[date, Week]
"""Weeks by their Mondays."""


@dataclass(frozen=True)
class Release:
    """A file that left: of which tier and weeks, what it told, and what it settled for good."""

    tier: str
    first: date
    last: date
    thresholds: Thresholds
    settles: Sequence[Cell]
    tells: Sequence[Cell]

    def encode(self) -> bytes:
        """The release as JSON, as it is kept."""
        return json_encode(
            {
                "tier": self.tier,
                "from": self.first.isoformat(),
                "to": self.last.isoformat(),
                "thresholds": asdict(self.thresholds),
                "settles": [_cell_json(cell) for cell in self.settles],
                "tells": [_cell_json(cell) for cell in self.tells],
            }
        )


@dataclass(frozen=True)
class Draft:
    """A release as it would be: its weeks, which blocks are new or revised, what it tells.

    `kept` is how many blocks are told as they were settled although they are counted otherwise now.
    """

    weeks: Settled
    new: frozenset[Block]
    revised: frozenset[Block]
    kept: int
    tells: list[Cell]

    @property
    def settles(self) -> list[Cell]:
        """The cells of what is new or revised."""
        changed = sorted(self.new | self.revised)
        return [cell for block in changed for cell in self.weeks[block[0]].blocks[block]]


def parse_release(data: bytes) -> Release:
    """A kept release; `ValueError` or `KeyError` when it is none."""
    given: Any = json_decode(data)
    return Release(
        tier=given["tier"],
        first=date.fromisoformat(given["from"]),
        last=date.fromisoformat(given["to"]),
        thresholds=Thresholds(**given["thresholds"]),
        settles=[_cell(each) for each in given["settles"]],
        tells=[_cell(each) for each in given["tells"]],
    )


def digest(encoded: bytes) -> bytes:
    """SHA-256 of a label and a release as it is kept."""
    return hashlib.sha256(b"amana/1/release" + encoded).digest()


def mondays(first: date, last: date) -> list[date]:
    """The Mondays from one to another."""
    return [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]


def settled(releases: Iterable[Release]) -> Settled:
    """What all releases together have settled, the oldest first."""
    weeks: Settled = {}
    for release in releases:
        for monday in mondays(release.first, release.last):
            weeks.setdefault(monday, Week(release.thresholds, {}))
        for block, cells in by_block(release.settles).items():
            weeks[block[0]].blocks[block] = cells
    return weeks


def left(releases: Iterable[Release], tier: str) -> set[date]:
    """The Mondays of the weeks that a file of this tier has told of."""
    return {
        monday
        for release in releases
        if release.tier == tier
        for monday in mondays(release.first, release.last)
    }


def draft(
    rules: Rules, thresholds: Thresholds, period: Period, counted: Iterable[Cell], earlier: Settled
) -> Draft:
    """The next release of a tier: weeks settled earlier as they were, the others as counted now."""
    now: dict[date, Blocks] = defaultdict(dict)
    for block, cells in by_block(counted).items():
        now[block[0]][block] = cells
    weeks: Settled = {}
    new: set[Block] = set()
    revised: set[Block] = set()
    kept = 0
    for monday in mondays(period.first, period.last):
        found = now[monday]
        if monday in earlier:
            weeks[monday], changed = _revise(earlier[monday], found)
            revised |= changed
            told = weeks[monday].blocks
            kept += sum(told.get(block) != found.get(block) for block in told.keys() | found.keys())
        else:
            weeks[monday] = Week(thresholds, found)
            new |= found.keys()
    tells = tell(rules.tier, period, weeks)
    return Draft(weeks, frozenset(new), frozenset(revised), kept, tells)


def tell(tier: str, period: Period, weeks: Settled) -> list[Cell]:
    """What a tier that leaves the organisation tells of settled weeks."""
    told: list[Cell] = []
    for thresholds in dict.fromkeys(week.thresholds for week in weeks.values()):
        others = (monday for monday in weeks if weeks[monday].thresholds != thresholds)
        own = Period(period.first, period.last, without=frozenset(others))
        counted = [
            cell
            for monday, week in weeks.items()
            if own.has_week(monday)
            for cells in week.blocks.values()
            for cell in cells
        ]
        most = disclose(counted, Rules.of("partners", thresholds), own)
        public = Rules.of("public", thresholds)
        told += most if tier == "partners" else disclose(counted, public, own, within=most)
    return sorted(told, key=lambda cell: cell.key)


def by_block(cells: Iterable[Cell]) -> Blocks:
    """Cells by week, governorate and kind."""
    blocks: Blocks = defaultdict(list)
    for cell in cells:
        blocks[cell.key.start, cell.adm1, cell.key.kind].append(cell)
    return dict(blocks)


def _revise(week: Week, found: Blocks) -> tuple[Week, set[Block]]:
    """A settled week with the blocks that may be told anew, and which these are."""
    rules = Rules.of("partners", week.thresholds)
    changed = {
        block: cells
        for block, cells in found.items()
        if cells != week.blocks.get(block)
        and _may_replace(week.blocks.get(block, []), cells, rules)
    }
    return Week(week.thresholds, week.blocks | changed), set(changed)


def _may_replace(old: Sequence[Cell], new: Sequence[Cell], rules: Rules) -> bool:
    """Whether nothing small can be told from two versions of a block that are both known."""
    for dimension in (AREA, CATEGORY):
        before, hidden_before = atoms(old, rules, dimension)
        after, hidden_after = atoms(new, rules, dimension)
        rows = {_row(key) for key in before}
        added = after.keys() - before.keys()
        if hidden_before != hidden_after or not before.keys() <= after.keys():
            return False
        if any(_row(key) in rows for key in added):
            return False
        if not all(_is_large(before.get(key), cell, rules) for key, cell in after.items()):
            return False
    return True


def _row(key: CellKey) -> CellKey:
    area = adm2_of(key.area) if level_of(key.area) == "adm3" else key.area
    return key._replace(area=area, category="")


def _is_large(before: Cell | None, after: Cell, rules: Rules) -> bool:
    """Whether a piece did not change, or by so much that the difference could be a row."""
    if before == after:
        return True
    was = before or Cell(key=after.key, reports=0, events=0)
    reports = abs((after.reports or 0) - (was.reports or 0))
    events = abs((after.events or 0) - (was.events or 0))
    return reports >= rules.k_reports and events >= rules.m_events


def _cell_json(cell: Cell) -> dict[str, Any]:
    numbers = {name: getattr(cell, name) for name in _NUMBERS}
    place = cell.key._asdict() | {"start": cell.key.start.isoformat()}
    return {name: value for name, value in (place | numbers).items() if value not in (None, "")}


def _cell(given: Mapping[str, Any]) -> Cell:
    start, category = date.fromisoformat(given["start"]), given.get("category", "")
    key = CellKey(start, given.get("area", ""), given["kind"], given["span"], category)
    return Cell(key=key, **{name: given[name] for name in _NUMBERS if name in given})
