"""Counting assessments by week, area and kind: pure arithmetic, before disclosure control.

Counted is the latest version of an envelope's assessment when its decision is `accept` or `merge`,
its verification is neither `v0` nor `discounted`, and it is not flagged `gbv` (such a report is
referred, never counted). Weeks are ISO weeks, Monday to Sunday; days are UTC dates.

Reports of one event are about one thing that happened once, so an event of a kind lives in one
cell: the week and the area of its best-verified report. All its reports are counted there and
its families once, however many people told of it and whichever days and places they gave.

What is counted:

- `reports`: envelopes; `events`: distinct events; `contested`: events about which credible accounts
  disagree, in no sum but these two; `v1`, `v2`, `v3plus`: the other events by their best report.
- `hh_*`: families displaced, an event's band from its best-verified report that gives one.
- `killed_*`, `injured_*`, `taken_*`: people harmed, the same, of events at `v2` or above.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from amana.core.places import adm1_of, adm2_of
from amana.core.vocabulary import Band, Vocabulary

COUNTED_DECISIONS = frozenset({"accept", "merge"})
NEVER_COUNTED_FLAG = "gbv"
LEVELS = {"contested": 0, "v1": 1, "v2": 2, "v3": 3, "v4": 4}
"""Grades of verification that count, weakest first; every other grade is left out."""
CORROBORATED = LEVELS["v3"]
HARM_COUNTS_FROM = LEVELS["v2"]
HOUSEHOLD_BANDS = "hh_band"
HARM_BANDS = "harm_band"
HARM = ("killed", "injured", "taken")
FAMILIES = ("hh_min", "hh_mid", "hh_max")
HARMED = tuple(f"{harm}_{end}" for harm in HARM for end in ("min", "max"))
COUNTS = ("reports", "events")
OTHERS = ("severity", "v1", "v2", "v3plus", "contested")

WEEK, MONTH = "week", "month"
OUTSIDE = frozenset({"partners", "public"})
KEPT_INSIDE = frozenset({"personal_data", "child"})
"""Flags that keep a report inside of the organisation, whatever its `release_tier` says."""

Families = tuple[int | None, int | None, int | None]
"""Low, middle, high."""

_NOT_KNOWN: Families = (None, None, None)


@dataclass(frozen=True)
class Assessed:
    """The latest version of one envelope's assessment, as far as summaries need it."""

    envelope_id: bytes
    assessed: date
    decision: str
    kind: str | None = None
    adm3: str | None = None
    day: date | None = None
    event_id: str | None = None
    verification: str | None = None
    severity: str | None = None
    households: str | None = None
    flags: tuple[str, ...] = ()
    release_tier: str | None = None
    killed: str | None = None
    injured: str | None = None
    taken: str | None = None


class CellKey(NamedTuple):
    """One week (its Monday) or month (its first day), one area (P-code), one kind. Sorts so.

    The area is "" for the whole country.
    """

    start: date
    area: str
    kind: str
    span: str = WEEK


@dataclass(frozen=True)
class Cell:
    """The numbers of one week, area and kind. None is "not known" or, suppressed, "withheld".

    `events` are distinct events; `v1`, `v2`, `v3plus` and `contested` are its parts. `hh_*` are
    families displaced and the others people harmed: sums of the bands' ends, a high end None when
    it is open. `may_go_public` is about every one of the reports.
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


@dataclass(frozen=True)
class _Report:
    """An assessment that counts, with what counting needs made certain."""

    week: date
    adm3: str
    event: tuple[str, str]
    level: int
    severity: int
    bands: Mapping[str, str | None] = field(repr=False)
    may_go_public: bool
    rank: tuple[int, date, bytes]


Level = Callable[[str], str]
"""The area of a subdistrict that is counted by."""


def week_start(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def month_of(monday: date) -> date:
    """The first day of the month that a week belongs to: the one its Thursday lies in."""
    return (monday + timedelta(days=3)).replace(day=1)


def may_leave(row: Assessed) -> bool:
    """Whether a report may be counted in what leaves the organisation.

    A report that nobody has cleared stays inside.
    """
    return row.release_tier in OUTSIDE and KEPT_INSIDE.isdisjoint(row.flags)


def summarise(
    rows: Iterable[Assessed], vocabulary: Vocabulary, levels: Sequence[Level] = (adm2_of,)
) -> list[Cell]:
    """Cells of all rows that count, sorted by key. `rows` holds each envelope at most once."""
    events: dict[tuple[str, str], list[_Report]] = defaultdict(list)
    for row in rows:
        report = _counted(row)
        if report is not None:
            events[report.event].append(report)
    cells: dict[CellKey, list[list[_Report]]] = defaultdict(list)
    for reports in events.values():
        reports.sort(key=lambda report: report.rank, reverse=True)
        best = reports[0]
        for level in levels:
            cells[CellKey(best.week, level(best.adm3), best.event[0])].append(reports)
    return [_cell(key, cells[key], vocabulary) for key in sorted(cells)]


def _counted(row: Assessed) -> _Report | None:
    if row.decision not in COUNTED_DECISIONS or NEVER_COUNTED_FLAG in row.flags:
        return None
    if row.verification not in LEVELS:
        return None
    if row.kind is None or row.adm3 is None or row.day is None or row.severity is None:
        return None  # `check_assessment` lets no such row in; an older table might hold one
    level = LEVELS[row.verification]
    return _Report(
        week=week_start(row.day),
        adm3=row.adm3,
        event=(row.kind, row.event_id or row.envelope_id.hex()),
        level=level,
        severity=int(row.severity),
        bands={"hh": row.households} | {harm: getattr(row, harm) for harm in HARM},
        may_go_public=row.release_tier == "public" and may_leave(row),
        rank=(level, row.assessed, row.envelope_id),
    )


def _cell(key: CellKey, events: Sequence[Sequence[_Report]], vocabulary: Vocabulary) -> Cell:
    """One cell from its events' reports, each event's best report first."""
    certain = [reports for reports in events if not _is_contested(reports)]
    grades = [reports[0].level for reports in certain]
    numbers: dict[str, Any] = _families(certain, vocabulary) if key.kind == "displacement" else {}
    numbers |= _harm(certain, vocabulary) if key.kind == "safety" else {}
    return Cell(
        key=key,
        reports=sum(len(reports) for reports in events),
        events=len(events),
        severity=max(report.severity for reports in events for report in reports),
        v1=grades.count(LEVELS["v1"]),
        v2=grades.count(LEVELS["v2"]),
        v3plus=sum(grade >= CORROBORATED for grade in grades),
        contested=len(events) - len(certain),
        may_go_public=all(report.may_go_public for reports in events for report in reports),
        **numbers,
    )


def _is_contested(reports: Sequence[_Report]) -> bool:
    """Whether credible accounts disagree: one contested report is enough to say so."""
    return any(report.level == LEVELS["contested"] for report in reports)


def _families(events: Sequence[Sequence[_Report]], vocabulary: Vocabulary) -> dict[str, int | None]:
    """Low, middle and high sums over events of how many families, one band for each event.

    An event that nobody put a number to adds nothing to low and middle and leaves the high end
    open. When no event has a number the sums are not known, which is not the same as none.
    """
    bands = vocabulary.bands(HOUSEHOLD_BANDS)
    sizes = [_band(reports, "hh", bands) for reports in events]
    return dict(zip(FAMILIES, _sums(sizes), strict=True))


def _harm(events: Sequence[Sequence[_Report]], vocabulary: Vocabulary) -> dict[str, int | None]:
    """Low and high sums of people harmed over events at `v2` or above that anybody put a number to.

    An event of which no harm is told has harmed nobody as far as is known, so that unlike families
    it leaves no high end open.
    """
    bands = vocabulary.bands(HARM_BANDS)
    numbers: dict[str, int | None] = {}
    for harm in HARM:
        good = [reports for reports in events if reports[0].level >= HARM_COUNTS_FROM]
        sizes = [size for reports in good if (size := _band(reports, harm, bands))]
        low, _, high = _sums(sizes)
        numbers |= {f"{harm}_min": low, f"{harm}_max": high}
    return numbers


def _sums(sizes: Sequence[Band | None]) -> Families:
    """Low, middle and high; the high end is open when one of them is not known."""
    known = [size for size in sizes if size is not None]
    if not known:
        return _NOT_KNOWN
    highs = [size.max if size else None for size in sizes]
    return (
        sum(size.min for size in known),
        sum(size.mid for size in known),
        None if None in highs else sum(high for high in highs if high is not None),
    )


def _band(reports: Sequence[_Report], question: str, bands: Mapping[str, Band]) -> Band | None:
    """The band of the best-verified report that gives one."""
    given = (bands.get(report.bands[question] or "") for report in reports)
    return next((band for band in given if band is not None), None)
