"""Counting assessments by week, district and kind: pure arithmetic, before disclosure control.

Counted is the latest version of an envelope's assessment when its decision is `accept` or `merge`,
its verification is neither `v0` nor `discounted`, and it is not flagged `gbv` (such a report is
referred, never counted). Weeks are ISO weeks, Monday to Sunday; days are UTC dates.

Reports of one event are about one thing that happened once, so an event of a kind lives in one
cell: the week and the district of its best-verified report. All its reports are counted there and
its families once, however many people told of it and whichever days and places they gave.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from amana.core.places import adm1_of, adm2_of
from amana.core.vocabulary import Band, Vocabulary

COUNTED_DECISIONS = frozenset({"accept", "merge"})
NEVER_COUNTED_FLAG = "gbv"
LEVELS = {"contested": 0, "v1": 1, "v2": 2, "v3": 3, "v4": 4}
"""Grades of verification that count, weakest first; every other grade is left out."""
CORROBORATED = LEVELS["v3"]
HOUSEHOLD_BANDS = "hh_band"

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


class CellKey(NamedTuple):
    """One week (its Monday), one district (P-code), one kind. Sorts in that order."""

    week_start: date
    adm2: str
    kind: str


@dataclass(frozen=True)
class Cell:
    """The numbers of one week, district and kind. None is "not known" or, suppressed, "withheld".

    `events` are distinct events; `v3plus` and `contested` are parts of it. `hh_*` are families
    displaced: sums of the bands' ends, `hh_max` None when the high end is open.
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

    @property
    def week_end(self) -> date:
        """The Sunday."""
        return self.key.week_start + timedelta(days=6)

    @property
    def adm1(self) -> str:
        """The governorate: P-codes nest by prefix."""
        return adm1_of(self.key.adm2)


@dataclass(frozen=True)
class _Report:
    """An assessment that counts, with what counting needs made certain."""

    key: CellKey
    event: tuple[str, str]
    level: int
    severity: int
    households: str | None
    rank: tuple[int, date, bytes]


def week_start(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def summarise(rows: Iterable[Assessed], vocabulary: Vocabulary) -> list[Cell]:
    """Cells of all rows that count, sorted by key. `rows` holds each envelope at most once."""
    events: dict[tuple[str, str], list[_Report]] = defaultdict(list)
    for row in rows:
        report = _counted(row)
        if report is not None:
            events[report.event].append(report)
    cells: dict[CellKey, list[list[_Report]]] = defaultdict(list)
    for reports in events.values():
        reports.sort(key=lambda report: report.rank, reverse=True)
        cells[reports[0].key].append(reports)
    bands = vocabulary.bands(HOUSEHOLD_BANDS)
    return [_cell(key, cells[key], bands) for key in sorted(cells)]


def _counted(row: Assessed) -> _Report | None:
    if row.decision not in COUNTED_DECISIONS or NEVER_COUNTED_FLAG in row.flags:
        return None
    if row.verification not in LEVELS:
        return None
    if row.kind is None or row.adm3 is None or row.day is None or row.severity is None:
        return None  # `check_assessment` lets no such row in; an older table might hold one
    level = LEVELS[row.verification]
    return _Report(
        key=CellKey(week_start(row.day), adm2_of(row.adm3), row.kind),
        event=(row.kind, row.event_id or row.envelope_id.hex()),
        level=level,
        severity=int(row.severity),
        households=row.households,
        rank=(level, row.assessed, row.envelope_id),
    )


def _cell(key: CellKey, events: Sequence[Sequence[_Report]], bands: Mapping[str, Band]) -> Cell:
    """One cell from its events' reports, each event's best report first."""
    certain = [reports for reports in events if not _is_contested(reports)]
    hh_min, hh_mid, hh_max = _families(certain, bands) if key.kind == "displacement" else _NOT_KNOWN
    return Cell(
        key=key,
        reports=sum(len(reports) for reports in events),
        events=len(events),
        hh_min=hh_min,
        hh_mid=hh_mid,
        hh_max=hh_max,
        severity=max(report.severity for reports in events for report in reports),
        v3plus=sum(reports[0].level >= CORROBORATED for reports in certain),
        contested=len(events) - len(certain),
    )


def _is_contested(reports: Sequence[_Report]) -> bool:
    """Whether credible accounts disagree: one contested report is enough to say so."""
    return any(report.level == LEVELS["contested"] for report in reports)


def _families(events: Sequence[Sequence[_Report]], bands: Mapping[str, Band]) -> Families:
    """Low, middle and high sums over events of how many families, one band for each event.

    An event that nobody put a number to adds nothing to low and middle and leaves the high end
    open. When no event has a number the sums are not known, which is not the same as none.
    """
    sizes = [_band(reports, bands) for reports in events]
    known = [size for size in sizes if size is not None]
    if not known:
        return _NOT_KNOWN
    highs = [size.max if size else None for size in sizes]
    return (
        sum(size.min for size in known),
        sum(size.mid for size in known),
        None if None in highs else sum(high for high in highs if high is not None),
    )


def _band(reports: Sequence[_Report], bands: Mapping[str, Band]) -> Band | None:
    """The band of the best-verified report that gives one."""
    given = (bands.get(report.households or "") for report in reports)
    return next((band for band in given if band is not None), None)
