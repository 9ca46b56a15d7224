"""What has left the organisation stays as it was: releases over time.

A release settles the weeks it holds: what was counted of them, under which thresholds. Later files
of either tier tell those weeks from what was settled and not from what is counted by then, so that
two files cannot be subtracted from each other, whatever was reported, corrected or taken back in
between.

**Revisions.** A district's row of a week and kind follows what is counted by then where that tells
nothing small:

- of a row that was not there, when there is one to show; until then the week stays quiet;
- of a row that is shown, when it differs from all that was ever settled of it by `k_reports`
  reports and by `m_events` events or none, or by as many events of the same reports that were
  merged, parted or verified anew. The first time its parts come along if each of their pieces
  (`core.disclosure.pieces`) changed as much or not at all; else it has none from then on;
- of one of which fewer than `k_reports` are left, and as many went: it is *barred*, which is
  withheld from then on, with the totals above it.

A row that was withheld stays as it was settled: it may be part of a total. A row of which fewer
reports may go public than it tells is told the public no more. Numbers are compared, not reports:
where as many came as were taken back, a row stays. Whatever a file tells otherwise than an
earlier one of its tier is named in it as revised.

A month's total is made of settled weeks, and only of weeks settled under the same thresholds.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final

from amana.core.cells import WEEK, Cell, CellKey
from amana.core.disclosure import (
    AREA,
    CATEGORY,
    Divisions,
    Period,
    disclose,
    is_shown,
    pieces,
)
from amana.core.encoding import json_decode, json_encode
from amana.core.places import adm2_of, level_of
from amana.core.tiers import Rules, Thresholds

_NUMBERS: Final = tuple(name for name in Cell._fields if name != "key")
_GRADES: Final = ("v1", "v2", "v3plus", "contested")

Block = tuple[date, str, str]
"""A week's Monday, a governorate, a kind."""
Blocks = dict[Block, list[Cell]]
"""Cells of districts and their parts."""


@dataclass(frozen=True)
class Week:
    """A week as it was settled: what was counted of it, and the thresholds it is told under."""

    thresholds: Thresholds
    blocks: Blocks


Settled = dict[date, Week]
"""Weeks by their Mondays."""


@dataclass(frozen=True)
class Release:
    """A file that left: of which tier and weeks, and what it settled for good.

    `before` is the digest of the release before it, None for the first.
    """

    tier: str
    first: date
    last: date
    thresholds: Thresholds
    settles: Sequence[Cell]
    before: bytes | None

    def encode(self) -> bytes:
        """The release as JSON, as it is kept."""
        return json_encode(
            {
                "tier": self.tier,
                "from": self.first.isoformat(),
                "to": self.last.isoformat(),
                "thresholds": asdict(self.thresholds),
                "settles": [_cell_json(cell) for cell in self.settles],
                "before": self.before and self.before.hex(),
            }
        )


@dataclass(frozen=True)
class Draft:
    """A release as it would be: its weeks and what it tells.

    `settles` are the cells of blocks that are settled by it, `revised` blocks told otherwise than
    in an earlier file of its tier; `kept` is how many blocks are told as they were settled although
    they are counted otherwise now.
    """

    weeks: Settled
    settles: list[Cell]
    revised: list[Block]
    kept: int
    tells: list[Cell]


def parse_release(data: bytes) -> Release:
    """A kept release; `ValueError` or `KeyError` when it is none."""
    given: Any = json_decode(data)
    before = given.get("before")  # releases from before it was kept have none
    return Release(
        tier=given["tier"],
        first=date.fromisoformat(given["from"]),
        last=date.fromisoformat(given["to"]),
        thresholds=Thresholds(**given["thresholds"]),
        settles=[_cell(each) for each in given["settles"]],
        before=None if before is None else bytes.fromhex(before),
    )


def digest(encoded: bytes) -> bytes:
    """SHA-256 of a label and a release as it is kept."""
    return hashlib.sha256(b"amana/1/release" + encoded).digest()


def mondays(first: date, last: date) -> list[date]:
    """The Mondays from one to another."""
    return [first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1)]


class Ledger:
    """Releases, the oldest first, and what they make of weeks.

    `settled`: what all of them together have settled. `told`: by tier, its weeks as its last file
    about each of them told it.
    """

    def __init__(self, releases: Iterable[Release], divisions: Divisions) -> None:
        self.settled: Settled = {}
        self.told: dict[str, Settled] = defaultdict(dict)
        self._versions: dict[CellKey, list[tuple[Cell, ...]]] = defaultdict(list)
        self._divisions = divisions
        for release in releases:
            self._take(release)

    def draft(
        self, tier: str, thresholds: Thresholds, period: Period, counted: Iterable[Cell]
    ) -> Draft:
        """The next release of a tier: settled weeks as far as they stay, others as counted now."""
        now: dict[date, Blocks] = defaultdict(dict)
        for block, cells in by_block(counted).items():
            now[block[0]][block] = cells
        weeks = {
            monday: self._follow(self.settled[monday], now[monday])
            if monday in self.settled
            else Week(thresholds, now[monday])
            for monday in mondays(period.first, period.last)
        }
        return Draft(
            weeks,
            settles=[
                cell
                for monday, week in weeks.items()
                for block in _differing(week.blocks, self._blocks(monday))
                for cell in week.blocks[block]
            ],
            revised=self._revised(tier, weeks),
            kept=sum(
                len(_differing(_numbers(week.blocks), _numbers(now[monday])))
                for monday, week in weeks.items()
                if monday in self.settled
            ),
            tells=self.tell(tier, period, weeks),
        )

    def tell(self, tier: str, period: Period, weeks: Settled) -> list[Cell]:
        """What a tier that leaves the organisation tells of settled weeks."""
        told: list[Cell] = []
        for limits in dict.fromkeys(week.thresholds.limits for week in weeks.values()):
            others = (monday for monday in weeks if weeks[monday].thresholds.limits != limits)
            own = Period(period.first, period.last, period.without.union(others))
            counted = [
                cell
                for monday, week in weeks.items()
                if own.has_week(monday)
                for cells in week.blocks.values()
                for cell in cells
            ]
            thresholds = Thresholds(*limits)
            partners, public = (Rules.of(each, thresholds) for each in ("partners", "public"))
            most = disclose(counted, partners, own, self._divisions)
            if tier == "public":
                most = disclose(counted, public, own, self._divisions, within=most)
            told += most
        return sorted(told, key=lambda cell: cell.key)

    def _take(self, release: Release) -> None:
        for monday in mondays(release.first, release.last):
            self.settled.setdefault(monday, Week(release.thresholds, {}))
        for block, cells in by_block(release.settles).items():
            week = self.settled[block[0]]
            self.settled[block[0]] = Week(week.thresholds, {**week.blocks, block: cells})
            for key, row in _by_row(cells).items():
                self._versions[key].append(_unmarked(row))
        for monday in mondays(release.first, release.last):
            self.told[release.tier][monday] = self.settled[monday]

    def _blocks(self, monday: date) -> Blocks:
        return self.settled[monday].blocks if monday in self.settled else {}

    def _follow(self, week: Week, found: Blocks) -> Week:
        """A settled week as it is told from now on."""
        rules = Rules.of("partners", week.thresholds)
        blocks = {
            block: self._block(week.blocks.get(block, []), found.get(block, []), rules)
            for block in week.blocks.keys() | found.keys()
        }
        return Week(week.thresholds, {block: cells for block, cells in blocks.items() if cells})

    def _block(self, old: list[Cell], new: list[Cell], rules: Rules) -> list[Cell]:
        before, after = _by_row(old), _by_row(new)
        rows = {
            key: self._row(before.get(key, []), after.get(key, []), rules)
            for key in sorted(before.keys() | after.keys())
        }
        cells = [cell for row in rows.values() for cell in row]
        is_revised = _unmarked(cells) != _unmarked(sorted(old)) or any(c.is_revised for c in old)
        return [cell._replace(is_revised=is_revised) for cell in cells]

    def _row(self, old: list[Cell], new: list[Cell], rules: Rules) -> list[Cell]:
        """A row and its parts as they are told from now on, [] for one that is quiet."""
        if not old:
            return new if new and is_shown(new[0], rules) else []
        kept = _marked(old, new)
        if not is_shown(old[0], rules):
            return kept
        left = new[0].reports or 0 if new else 0
        if left >= rules.k_reports:
            return self._later(kept, new, rules)
        is_barred = (old[0].reports or 0) - left >= rules.k_reports
        return [cell._replace(is_barred=is_barred) for cell in kept]

    def _later(self, old: list[Cell], new: list[Cell], rules: Rules) -> list[Cell]:
        """A row that is shown and still there, as it was or as it is counted now."""
        versions = self._versions[old[0].key]
        is_large = all(_is_large(row, new[0], rules) for row, *_parts in versions)
        if not is_shown(new[0], rules) or not is_large or _unmarked(old) == _unmarked(new):
            return old
        is_first = len(set(versions)) == 1
        if is_first and all(self._parts_follow(old, new, rules, by) for by in (AREA, CATEGORY)):
            return new
        return old if _unmarked(old[:1]) == _unmarked(new[:1]) else new[:1]

    def _parts_follow(self, old: list[Cell], new: list[Cell], rules: Rules, dimension: str) -> bool:
        before, after = (pieces(each, rules, self._divisions, dimension) for each in (old, new))
        return before.keys() == after.keys() and all(
            _is_large(before[key], after[key], rules) for key in after
        )

    def _revised(self, tier: str, weeks: Settled) -> list[Block]:
        """Blocks told otherwise than in the last file of the tier about their week."""
        told = self.told[tier]
        again = {each: told[each] for each in weeks if each in told and told[each] != weeks[each]}
        if not again:
            return []
        others = frozenset(set(mondays(min(again), max(again))) - again.keys())
        period = Period(min(again), max(again), others)
        now = {monday: weeks[monday] for monday in again}
        before, after = (by_block(self._weekly(tier, period, each)) for each in (again, now))
        return _differing(before, after)

    def _weekly(self, tier: str, period: Period, weeks: Settled) -> list[Cell]:
        return [cell for cell in self.tell(tier, period, weeks) if cell.key.span == WEEK]


def by_block(cells: Iterable[Cell]) -> Blocks:
    """Cells by week, governorate and kind."""
    blocks: Blocks = defaultdict(list)
    for cell in cells:
        blocks[cell.key.start, cell.adm1, cell.key.kind].append(cell)
    return dict(blocks)


def _differing(one: Blocks, other: Blocks) -> list[Block]:
    """Blocks that have not the same cells in both, in whatever order."""
    return [
        block
        for block in sorted(one.keys() | other.keys())
        if sorted(one.get(block, [])) != sorted(other.get(block, []))
    ]


def _numbers(blocks: Blocks) -> Blocks:
    return {block: list(_unmarked(cells)) for block, cells in blocks.items()}


def _by_row(cells: Iterable[Cell]) -> dict[CellKey, list[Cell]]:
    """Cells by the key of their district's row, which comes first."""
    rows: dict[CellKey, list[Cell]] = defaultdict(list)
    for cell in sorted(cells, key=lambda cell: cell.key):
        area = adm2_of(cell.key.area) if level_of(cell.key.area) == "adm3" else cell.key.area
        rows[cell.key._replace(area=area, category="")].append(cell)
    return dict(rows)


def _unmarked(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Their numbers alone."""
    return tuple(
        cell._replace(
            may_go_public=False, is_exposed=False, is_revised=False, is_barred=False, cleared=None
        )
        for cell in cells
    )


def _marked(old: Sequence[Cell], new: Sequence[Cell]) -> list[Cell]:
    """A row and its parts as they were, with what is known now of whether the public may be told.

    No more when fewer of its reports may go public than were settled; now, when all may and it is
    the same in every number.
    """
    row, now = old[0], new[0] if new else None
    if row.may_go_public:
        may = now is None or (now.cleared or 0) >= (row.reports or 0)
        return list(old) if may else [cell._replace(may_go_public=False) for cell in old]
    is_same = _unmarked(old) == _unmarked(new)
    may = is_same and now is not None and now.may_go_public
    return [cell._replace(may_go_public=cell.may_go_public or may) for cell in old]


def _is_large(before: Cell, after: Cell, rules: Rules) -> bool:
    """Whether a number of reports and events did not change, or by enough for a row of its own.

    Where the reports are the same, as many events as a row has reports must be other ones or
    verified otherwise.
    """
    if _unmarked([before]) == _unmarked([after]):
        return True
    reports, events, *grades = (
        abs((getattr(after, name) or 0) - (getattr(before, name) or 0))
        for name in ("reports", "events", *_GRADES)
    )
    if reports == 0:
        touched: int = max(events + 1 if events else 0, *grades)
        return touched >= rules.k_reports
    is_row: bool = reports >= rules.k_reports and (events == 0 or events >= rules.m_events)
    return is_row


def _cell_json(cell: Cell) -> dict[str, Any]:
    numbers = {name: getattr(cell, name) for name in _NUMBERS}
    place = cell.key._asdict() | {"start": cell.key.start.isoformat()}
    return {name: value for name, value in (place | numbers).items() if value not in (None, "")}


def _cell(given: Mapping[str, Any]) -> Cell:
    start, category = date.fromisoformat(given["start"]), given.get("category", "")
    key = CellKey(start, given.get("area", ""), given["kind"], given["span"], category)
    return Cell(key=key, **{name: given[name] for name in _NUMBERS if name in given})
