"""What assessments add up to: which of them count, and the events that they tell of.

Counted is the latest version of an envelope's assessment when its decision is `accept` or `merge`,
its verification is neither `v0` nor `discounted`, and it is not flagged `gbv` (such a report is
referred, never counted). Weeks are ISO weeks, Monday to Sunday; days are UTC dates.

Reports of one event are about one thing that happened once, so an event of a kind lives in one
cell: the week and the area of its best-verified report. All its reports are counted there and
its families once, however many people told of it and whichever days and places they gave. A
shelter goes on: it is counted once in each week that is told of, as the latest report of that week
says.

`store.counting` adds events up to cells (`core.cells`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from amana.core.places import adm2_of

COUNTED_DECISIONS: Final = frozenset({"accept", "merge"})
NEVER_COUNTED_FLAG: Final = "gbv"
LEVELS: Final = {"contested": 0, "v1": 1, "v2": 2, "v3": 3, "v4": 4}
"""Grades of verification that count, weakest first; every other grade is left out."""
CONTESTED: Final = LEVELS["contested"]
CORROBORATED: Final = LEVELS["v3"]

DISPLACEMENT, SHELTER, SAFETY = "displacement", "shelter", "safety"
NO_ARRIVAL: Final = "?"
"""Where families went when nobody named a place."""
CALM: Final = "calm"
"""The one category of safety that is no incident."""
ROOM: Final = {
    "many": "sites_room",
    "few": "sites_room",
    "full": "sites_full",
    "over": "sites_over",
    "closed": "sites_closed",
}
"""Where a shelter is counted by the room that is left in it."""
SITES: Final = ("sites_room", "sites_full", "sites_over", "sites_closed")
ACCESS: Final = ("", "open", "limited", "blocked")
"""Levels of access, the worst last; the first says that nobody told of it."""
ACCESS_DAYS: Final = 3

OUTSIDE: Final = frozenset({"partners", "public"})
KEPT_INSIDE: Final = frozenset({"personal_data", "child"})
"""Flags that keep a report inside of the organisation, whatever its `release_tier` says."""
EXPOSED_SITES: Final = frozenset({"near_base", "open_air"})
"""Shelters that can be attacked: the public is not told of them, and partners by district only."""


@dataclass(frozen=True)
class Measure:
    """A number that is told in bands and added up over the events of a kind, from a grade on.

    `names` are a cell's numbers of its low end, its middle (None when it is not told) and its high
    end, `field` the assessment's, `bands` the vocabulary's option set. When `is_expected`, an event
    that nobody put a number to leaves the high end open; otherwise it has none of it, as far as is
    known.
    """

    names: tuple[str, str | None, str]
    field: str
    bands: str
    kind: str
    least: int
    is_expected: bool


def _harm(field: str) -> Measure:
    names = (f"{field}_min", None, f"{field}_max")
    return Measure(names, field, "harm_band", SAFETY, LEVELS["v2"], is_expected=False)


FAMILIES: Final = Measure(
    names=("hh_min", "hh_mid", "hh_max"),
    field="households",
    bands="hh_band",
    kind=DISPLACEMENT,
    least=LEVELS["v1"],
    is_expected=True,
)
HARM: Final = tuple(_harm(field) for field in ("killed", "injured", "taken"))
SITE_PEOPLE: Final = Measure(
    names=("site_people_min", "site_people", "site_people_max"),
    field="people",
    bands="people_band",
    kind=SHELTER,
    least=LEVELS["v1"],
    is_expected=True,
)
MEASURES: Final = (FAMILIES, *HARM, SITE_PEOPLE)


@dataclass(frozen=True)
class Assessed:
    """The latest version of one envelope's assessment, as far as summaries need it."""

    envelope_id: bytes
    assessed: date
    decision: str
    hour: int | None = None
    kind: str | None = None
    adm3: str | None = None
    adm3_arrival: str | None = None
    day: date | None = None
    category: str | None = None
    event_id: str | None = None
    verification: str | None = None
    severity: str | None = None
    households: str | None = None
    flags: tuple[str, ...] = ()
    release_tier: str | None = None
    killed: str | None = None
    injured: str | None = None
    taken: str | None = None
    people: str | None = None
    capacity: str | None = None
    room: str | None = None
    access: str | None = None

    @property
    def event(self) -> str:
        """What its event is called: a report without one is an event of its own."""
        return self.event_id or self.envelope_id.hex()


@dataclass(frozen=True)
class Event:
    """What the reports of one event say together; of a shelter, those of one week.

    `verification` is the grade of the best report, `level` the one it counts with: `contested` when
    one of its reports is. Bands and codes are of the best report that gives one, numbers of harm of
    one at `v2` or above, None when none does; `access` is the worst. `may_go_public` is about every
    one of the reports, `is_exposed` about any of them: a shelter that can be attacked.
    """

    kind: str
    event: str
    day: date
    adm3: str
    adm3_arrival: str | None
    category: str | None
    verification: str
    level: int
    reports: int
    severity: int
    may_go_public: bool
    is_exposed: bool
    households: str | None
    killed: str | None
    injured: str | None
    taken: str | None
    people: str | None
    capacity: str | None
    room: str | None
    access: str | None

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return week_start(self.day)

    @property
    def adm2(self) -> str:
        """Its district."""
        return adm2_of(self.adm3)

    @property
    def adm2_arrival(self) -> str | None:
        """The district that people came to."""
        return adm2_of(self.adm3_arrival) if self.adm3_arrival else None


def week_start(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def may_leave(row: Assessed) -> bool:
    """Whether a report may be counted in what leaves the organisation.

    A report that nobody has cleared stays inside.
    """
    return row.release_tier in OUTSIDE and KEPT_INSIDE.isdisjoint(row.flags)


def counts(row: Assessed) -> bool:
    """Whether an assessment counts."""
    if row.decision not in COUNTED_DECISIONS or NEVER_COUNTED_FLAG in row.flags:
        return False
    # `check_assessment` lets no row in that lacks one of these; an older table might hold one.
    facts = (row.kind, row.adm3, row.day, row.severity)
    return row.verification in LEVELS and None not in facts


def best_first(rows: Iterable[Assessed]) -> list[Assessed]:
    """Assessments that count, of one kind, the one first whose word on place, time and numbers is
    taken: the best-verified, then the last assessed; of a shelter the latest.
    """
    return sorted((row for row in rows if counts(row)), key=_rank, reverse=True)


def happened(rows: Iterable[Assessed]) -> list[Event]:
    """What the assessments of one event and kind tell: one event, or none when none of them counts;
    of a shelter one for each week, the latest first.
    """
    weeks: dict[date, list[Assessed]] = defaultdict(list)
    for row in best_first(rows):
        lasts = row.kind == SHELTER and row.day is not None
        weeks[week_start(row.day) if lasts and row.day else date.min].append(row)
    return [_event(reports) for reports in weeks.values()]


def _rank(row: Assessed) -> tuple[date, int, date, int, bytes]:
    day = row.day if row.kind == SHELTER and row.day else date.min
    return day, _level(row), row.assessed, row.hour or 0, row.envelope_id


def _level(row: Assessed) -> int:
    return LEVELS.get(row.verification or "", CONTESTED)


def _event(reports: Sequence[Assessed]) -> Event:
    """An event from its reports, best first."""
    best = reports[0]
    assert best.kind  # `counts` has seen to these
    assert best.adm3
    assert best.day
    levels = [_level(row) for row in reports]
    told = [ACCESS.index(row.access) for row in reports if row.access in ACCESS and _level(row)]
    # Harm is told from a grade on: what a weaker report says of it stays out.
    harm = {each.field: _given(_from(each.least, reports), each.field) for each in HARM}
    return Event(
        kind=best.kind,
        event=best.event,
        day=best.day,
        adm3=best.adm3,
        adm3_arrival=_given(reports, "adm3_arrival"),
        category=best.category,
        verification=max(reports, key=_level).verification or "",
        level=CONTESTED if CONTESTED in levels else max(levels),
        reports=len(reports),
        severity=max(int(row.severity or 0) for row in reports),
        may_go_public=all(_may_go_public(row) for row in reports),
        is_exposed=any(_is_exposed(row) for row in reports),
        households=_given(reports, "households"),
        killed=harm["killed"],
        injured=harm["injured"],
        taken=harm["taken"],
        people=_given(reports, "people"),
        capacity=_given(reports, "capacity"),
        room=_given(reports, "room"),
        access=ACCESS[max(told)] if told else None,
    )


def _may_go_public(row: Assessed) -> bool:
    return row.release_tier == "public" and may_leave(row) and not _is_exposed(row)


def _is_exposed(row: Assessed) -> bool:
    return row.kind == SHELTER and row.category in EXPOSED_SITES


def _from(least: int, reports: Sequence[Assessed]) -> list[Assessed]:
    """The reports of a grade on."""
    return [row for row in reports if _level(row) >= least]


def _given(reports: Sequence[Assessed], name: str) -> str | None:
    """The word of the best report that gives one."""
    given = (getattr(row, name) for row in reports)
    return next((word for word in given if word not in (None, "unknown")), None)
