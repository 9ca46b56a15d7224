"""Cells: the numbers of one week or month, area and kind, and their sums.

- `reports`: envelopes; `events`: distinct events; `contested`: events about which credible accounts
  disagree, in no sum but these two; `v1`, `v2`, `v3plus`: the other events by their best report.
- `severity`: the highest of any report.
- Measures (`MEASURES`): bands added up, one band an event.
- `hh_*` are families that left a district, `came_*` those that came to it, of the events in rows
  that are shown; `net`: these less those, by the middle of the bands.
- `sites_*`: shelters by how much room is left; `occupancy`: people in the shelters whose capacity
  is known, in percent of it, by the middle of the bands.
- `access`: the worst level that events of the week's last three days tell of; of a week that is not
  over, of the three days up to today.
- `change`: events less those of the week before; `mean4`: events a week in the four weeks before.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from amana.core.places import adm1_of, adm2_of
from amana.core.summary import ACCESS, HARM, MEASURES, SITE_PEOPLE, SITES, Measure

WEEK, MONTH = "week", "month"


class CellKey(NamedTuple):
    """One week (its Monday) or month (its first day), one area (P-code), one kind. Sorts so.

    The area is "" for the whole country. `category` and `arrival` (a district) are "" but for the
    parts of a district's row that are about one of them.
    """

    start: date
    area: str
    kind: str
    span: str = WEEK
    category: str = ""
    arrival: str = ""


class Cell(NamedTuple):
    """The numbers of one week, area and kind. None is "not known" or, suppressed, "withheld".

    What they are is said at the head of this module; a measure's high end is None when it is open.
    `housed` and `capacity` are what `occupancy` is made of. `may_go_public` is about every one of
    the reports; `is_exposed` says that one of the shelters can be attacked. `cleared` are reports
    of events that may go public. Of what has left before: `is_barred`, not told any more, nor in
    any total; `is_revised`, not told in every file as it is now, or beside such a row.
    """

    key: CellKey
    reports: int | None = None
    events: int | None = None
    hh_min: int | None = None
    hh_mid: int | None = None
    hh_max: int | None = None
    severity: int | None = None
    v3plus: int | None = None
    contested: int | None = None
    suppressed: bool = False
    v1: int | None = None
    v2: int | None = None
    killed_min: int | None = None
    killed_max: int | None = None
    injured_min: int | None = None
    injured_max: int | None = None
    taken_min: int | None = None
    taken_max: int | None = None
    may_go_public: bool = False
    site_people_min: int | None = None
    site_people: int | None = None
    site_people_max: int | None = None
    sites_room: int | None = None
    sites_full: int | None = None
    sites_over: int | None = None
    sites_closed: int | None = None
    housed: int | None = None
    capacity: int | None = None
    access: int | None = None
    is_exposed: bool = False
    came_min: int | None = None
    came_mid: int | None = None
    came_max: int | None = None
    change: int | None = None
    mean4: float | None = None
    cleared: int | None = None
    is_barred: bool = False
    is_revised: bool = False

    @property
    def end(self) -> date:
        """The last day: a Sunday, or the last of a month."""
        start = self.key.start
        if self.key.span == WEEK:
            return start + timedelta(days=6)
        return (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    @property
    def adm1(self) -> str:
        """The governorate: P-codes nest by prefix."""
        return adm1_of(self.key.area)

    @property
    def access_level(self) -> str | None:
        """The word for how well the area can be reached."""
        return ACCESS[self.access] if self.access else None

    @property
    def net(self) -> int | None:
        """Families that came less families that left, by the middle of the bands."""
        if self.came_mid is None or (self.hh_mid is None and self.reports != 0):
            return None
        return self.came_mid - (self.hh_mid or 0)

    @property
    def occupancy(self) -> int | None:
        """Percent of the known capacity that is taken."""
        if self.housed is None or not self.capacity:
            return None
        return round(100 * self.housed / self.capacity)


_MEASURED: Final = tuple(name for each in MEASURES for name in each.names if name)
PEOPLE: Final = (*_MEASURED, "housed", "capacity")
"""A cell's numbers of people and families."""
HARMED: Final = tuple(name for each in HARM for name in each.names if name)
CAME: Final = ("came_min", "came_mid", "came_max")
STOCKS: Final = (
    *(name for name in SITE_PEOPLE.names if name),
    "housed",
    "capacity",
    *SITES,
    "access",
)
"""What is so in a week, and adds up over areas but not over weeks."""
COUNTS: Final = ("reports", "events")
OTHERS: Final = ("severity", "v1", "v2", "v3plus", "contested", *SITES, "access")
WHOLE_NUMBERS: Final = (
    *(*COUNTS, "severity", "v1", "v2", "v3plus", "contested", *_MEASURED),
    *(*SITES, "occupancy", *CAME, "net", "change"),
)
"""What a cell says in whole numbers; `mean4` is the one that has a decimal, `access` a word."""


def month_of(monday: date) -> date:
    """The first day of the month that a week belongs to: the one its Thursday lies in."""
    return (monday + timedelta(days=3)).replace(day=1)


def with_rows(subdistricts: Iterable[Cell]) -> list[Cell]:
    """Cells of subdistricts, and behind them the districts' that they add up to."""
    below: dict[CellKey, list[Cell]] = defaultdict(list)
    for cell in subdistricts:
        below[cell.key._replace(area=adm2_of(cell.key.area))].append(cell)
    rows = [add(key, cells) for key, cells in below.items()]
    return [*(cell for cells in below.values() for cell in cells), *rows]


def add(key: CellKey, cells: Sequence[Cell]) -> Cell:
    """The sum of cells that have no event in common, at least one.

    A high end is open when one of the cells leaves it open: where a number is expected of every
    event, also one in which nobody put one to an event that is not contested.
    """
    sums: dict[str, Any] = {name: _sum(cells, name) for name in (*COUNTS, *OTHERS, *PEOPLE)}
    sums["severity"] = max(cell.severity or 0 for cell in cells)
    sums["access"] = max(cell.access or 0 for cell in cells) or None
    for measure in MEASURES:
        low, _, high = measure.names
        if sums[low] is None or any(_is_open(cell, measure) for cell in cells):
            sums[high] = None
    return Cell(
        key=key,
        may_go_public=all(cell.may_go_public for cell in cells),
        is_exposed=any(cell.is_exposed for cell in cells),
        cleared=_sum(cells, "cleared"),
        is_barred=any(cell.is_barred for cell in cells),
        is_revised=any(cell.is_revised for cell in cells),
        **sums,
    )


def _sum(cells: Iterable[Cell], name: str) -> int | None:
    known = [number for cell in cells if (number := getattr(cell, name)) is not None]
    return sum(known) if known else None


def _is_open(cell: Cell, measure: Measure) -> bool:
    """Whether a cell's high end is open, where it has anything to measure."""
    low, _, high = measure.names
    if getattr(cell, high) is not None or cell.key.kind != measure.kind:
        return False
    if measure.is_expected:
        return (cell.events or 0) > (cell.contested or 0)
    return getattr(cell, low) is not None
