"""Somebody who takes tables apart: what a linear program can tell about what they withhold.

The attacker knows the rules, the list of areas, every table they were given with its totals, and
one report: their own. Unknown are the reports, events and families of each subdistrict by week, and
what came in between releases. They also guess, and are right, which of the withheld rows are of too
few reports, and which blank numbers of families are of too few families. Where a table has
categories and arrivals, the unknowns are those of each subdistrict's categories and arrivals. What
leaves in steps is known to lie between them; what a rule tells besides: test_enumeration.py.

Many tables are solved at once: what one says has no bearing on another, so the sum of one goal from
each is at its highest when each of them is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from amana.core.cells import MONTH, Cell, CellKey, month_of
from amana.core.places import adm2_of, level_of
from amana.core.steps import FINE_FROM, above

MOST = 1000.0
"""More than any number in a table."""


class Unknown(NamedTuple):
    """A number of one leaf: `reports`, `events`, `hh_min`; `since` says what came in after it."""

    name: str
    leaf: CellKey
    since: int = 0


class Statement(NamedTuple):
    """What is known of a sum of unknowns."""

    unknowns: frozenset[Unknown]
    least: float
    most: float


class Goal(NamedTuple):
    """A sum that should not be known better than to so many values."""

    unknowns: frozenset[Unknown]
    values: int


@dataclass
class Attack:
    """What one attacker knows of one history of tables, and wants to know."""

    leaves: Sequence[CellKey]
    statements: list[Statement] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    in_steps: bool = False
    _under: dict[CellKey, list[CellKey]] = field(default_factory=dict)

    def read(self, table: Sequence[Cell], new: Mapping[CellKey, int]) -> None:
        """Take in a table; `new` says until which release it counts what came in, by leaf."""
        rows = set()
        for cell in table:
            under = self.under(cell.key)
            rows.add(cell.key)
            for name in ("reports", "events"):
                known = getattr(cell, name)
                if known is not None:
                    self._know(name, under, known, known, new)
            self._read_families(cell, under, new)
            if cell.suppressed and level_of(cell.key.area) == "adm2":
                self._know("events", under, 1, MOST, new)
            if cell.came_min is not None:
                left = self.came(table, cell.key)
                self._know("hh_min", left, cell.came_min, cell.came_min, new)
        for leaf in self.leaves:
            if _row(leaf) not in rows and leaf in new:
                self._know("reports", [leaf], 0, 0, new)

    def _read_families(
        self, cell: Cell, under: Sequence[CellKey], new: Mapping[CellKey, int]
    ) -> None:
        low = cell.hh_min
        if low is None:
            return
        if not self.in_steps:
            self._know("hh_min", under, low, low, new)
        elif level_of(cell.key.area) in ("adm2", "adm3"):  # a total is the sum of what its rows say
            is_fine = (cell.events or 0) >= FINE_FROM
            self._know("hh_min", under, low, above(low + 1, is_fine) - 1, new)

    def came(self, table: Iterable[Cell], district: CellKey) -> list[CellKey]:
        """The leaves that the families which came to a district are the sum of: those of rows that
        show their families."""
        rows = {cell.key for cell in table if cell.hh_min is not None}
        return [
            leaf
            for leaf in self.leaves
            if (leaf.start, leaf.arrival) == (district.start, district.area) and _row(leaf) in rows
        ]

    def guess(self, name: str, key: CellKey, most: int, new: Mapping[CellKey, int]) -> None:
        """Take the number of a district that no table tells for one that is too small."""
        if level_of(key.area) == "adm2":
            self._know(name, self.under(key), 1, most, new)

    def under(self, key: CellKey) -> list[CellKey]:
        """The leaves that a row or a total is the sum of."""
        if key not in self._under:
            self._under[key] = [leaf for leaf in self.leaves if _holds(key, leaf)]
        return self._under[key]

    def own(self, leaf: CellKey) -> None:
        """Know of one report, which was there from the first release on."""
        for name in ("reports", "events"):
            self._know(name, [leaf], 1, MOST, {leaf: 0})

    def want(self, name: str, of: Iterable[tuple[CellKey, int]], values: int) -> None:
        """Want to know a sum of what was first and of what came in for releases, leaf by leaf."""
        self.goals.append(Goal(frozenset(Unknown(name, *each) for each in of), values))

    def _know(
        self,
        name: str,
        under: Sequence[CellKey],
        least: float,
        most: float,
        new: Mapping[CellKey, int],
    ) -> None:
        unknowns = (Unknown(name, leaf, since) for leaf in under for since in range(new[leaf] + 1))
        self.statements.append(Statement(frozenset(unknowns), least, most))


def _holds(key: CellKey, leaf: CellKey) -> bool:
    start = month_of(leaf.start) if key.span == MONTH else leaf.start
    is_part = key.category in ("", leaf.category) and key.arrival in ("", leaf.arrival)
    is_there = leaf.area.startswith(key.area) and (start, leaf.kind) == (key.start, key.kind)
    return is_there and is_part


def _row(leaf: CellKey) -> CellKey:
    return leaf._replace(area=adm2_of(leaf.area), category="", arrival="")


def breaches(attacks: Sequence[Attack]) -> list[Goal]:
    """The goals that some attack reaches: sums known to fewer values than they are to have."""
    found: list[Goal] = []
    system = _System(attacks)
    for number in range(max((len(attack.goals) for attack in attacks), default=0)):
        goals = [attack.goals[number] if number < len(attack.goals) else None for attack in attacks]
        lows, highs = system.extremes(goals, +1), system.extremes(goals, -1)
        for goal, low, high in zip(goals, lows, highs, strict=True):
            if goal and np.floor(high + 1e-6) - np.ceil(low - 1e-6) + 1 < goal.values:
                found.append(goal)
    return found


class _System:
    """The statements of many attacks as one linear program."""

    def __init__(self, attacks: Sequence[Attack]) -> None:
        self._index: dict[tuple[int, Unknown], int] = {}
        self._equal: list[tuple[list[int], float, float]] = []
        self._between: list[tuple[list[int], float, float]] = []
        self._less: list[tuple[int, int]] = []
        for number, attack in enumerate(attacks):
            for goal in attack.goals:
                self._columns(number, goal.unknowns)
            for unknowns, least, most in attack.statements:
                row = (self._columns(number, unknowns), least, most)
                (self._equal if least == most else self._between).append(row)
        for (number, unknown), column in list(self._index.items()):
            if unknown.name == "events":
                reports = self._columns(number, [unknown._replace(name="reports")])
                self._less.append((column, reports[0]))
        self._matrices = self._build()

    def extremes(self, goals: Sequence[Goal | None], sign: int) -> list[float]:
        """The least (+1) or the most (-1) that each goal's sum can be."""
        columns = [
            self._columns(number, goal.unknowns) if goal else []
            for number, goal in enumerate(goals)
        ]
        cost = np.zeros(len(self._index))
        for chosen in columns:
            cost[chosen] = sign
        upper, limits, equal, values = self._matrices
        solved = linprog(cost, upper, limits, equal, values, bounds=(0, MOST), method="highs")
        assert solved.status == 0, solved.message
        return [float(solved.x[chosen].sum()) for chosen in columns]

    def _columns(self, number: int, unknowns: Iterable[Unknown]) -> list[int]:
        return [self._index.setdefault((number, unknown), len(self._index)) for unknown in unknowns]

    def _build(self) -> tuple[coo_array, np.ndarray, coo_array, np.ndarray]:
        rows = [(columns, 1.0, most) for columns, _, most in self._between]
        rows += [(columns, -1.0, -least) for columns, least, _ in self._between]
        upper = [[(column, sign) for column in columns] for columns, sign, _ in rows]
        upper += [[(small, 1.0), (large, -1.0)] for small, large in self._less]
        limits = np.array([limit for *_, limit in rows] + [0.0] * len(self._less))
        equal = [[(column, 1.0) for column in columns] for columns, *_ in self._equal]
        values = np.array([value for _, value, _ in self._equal])
        return self._sparse(upper), limits, self._sparse(equal), values

    def _sparse(self, rows: Sequence[Sequence[tuple[int, float]]]) -> coo_array:
        entries = [(at, column, value) for at, row in enumerate(rows) for column, value in row]
        at, columns, values = zip(*entries, strict=True)
        return coo_array((values, (at, columns)), shape=(len(rows), len(self._index)))
