"""The cells of assessments, added up in plain Python: what `store.counting` adds up in SQL."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from amana.core.cells import Cell, CellKey
from amana.core.places import adm2_of
from amana.core.summary import (
    ACCESS,
    CALM,
    DISPLACEMENT,
    FAMILIES,
    LEVELS,
    MEASURES,
    NO_ARRIVAL,
    ROOM,
    SHELTER,
    SITES,
    Assessed,
    Event,
    Measure,
    happened,
)
from amana.core.vocabulary import Vocabulary

FRIDAY = 4


def summarise(
    rows: Iterable[Assessed],
    vocabulary: Vocabulary,
    levels: Sequence[Callable[[str], str]] = (adm2_of,),
) -> list[Cell]:
    """Cells of all that counts, sorted by key, by areas of some levels."""
    groups: dict[CellKey, list[Event]] = defaultdict(list)
    for event in events_of(rows):
        for level in levels:
            groups[CellKey(event.week, level(event.adm3), event.kind)].append(event)
    return [_cell(key, groups[key], vocabulary) for key in sorted(groups)]


def categories(rows: Iterable[Assessed]) -> list[Cell]:
    """Reports and events of districts by category."""
    groups: dict[CellKey, list[Event]] = defaultdict(list)
    for event in events_of(rows):
        if event.category not in (None, CALM):
            key = CellKey(event.week, adm2_of(event.adm3), event.kind, category=str(event.category))
            groups[key].append(event)
    return [Cell(key=key, **_counts(groups[key])) for key in sorted(groups)]


def arrivals(rows: Iterable[Assessed], vocabulary: Vocabulary) -> list[Cell]:
    """Families of districts by the district that they left."""
    groups: dict[CellKey, list[Event]] = defaultdict(list)
    for event in events_of(rows):
        if event.kind == DISPLACEMENT:
            arrival = event.adm2_arrival or NO_ARRIVAL
            key = CellKey(event.week, adm2_of(event.adm3), DISPLACEMENT, arrival=arrival)
            groups[key].append(event)
    numbers: dict[CellKey, dict[str, Any]] = {
        key: _counts(events) | _measured(FAMILIES, events, vocabulary)
        for key, events in groups.items()
    }
    return [Cell(key=key, **numbers[key]) for key in sorted(groups)]


def events_of(rows: Iterable[Assessed]) -> list[Event]:
    """All events that assessments tell of."""
    groups: dict[tuple[str | None, str], list[Assessed]] = defaultdict(list)
    for row in rows:
        groups[row.kind, row.event].append(row)
    return [event for reports in groups.values() for event in happened(reports)]


def _cell(key: CellKey, events: Sequence[Event], vocabulary: Vocabulary) -> Cell:
    levels = [event.level for event in events]
    late = [event for event in events if event.day.weekday() >= FRIDAY and event.access]
    numbers: dict[str, Any] = _counts(events)
    numbers["severity"] = max(event.severity for event in events)
    numbers |= {"v1": levels.count(1), "v2": levels.count(2), "contested": levels.count(0)}
    numbers["v3plus"] = levels.count(3) + levels.count(4)
    numbers["access"] = max((ACCESS.index(str(event.access)) for event in late), default=None)
    for measure in MEASURES:
        if measure.kind == key.kind:
            numbers |= _measured(measure, events, vocabulary)
    if key.kind == SHELTER:
        numbers |= _shelters([event for event in events if event.level], vocabulary)
    return Cell(key=key, **numbers)


def _counts(events: Sequence[Event]) -> dict[str, Any]:
    return {
        "reports": sum(event.reports for event in events),
        "events": len(events),
        "may_go_public": all(event.may_go_public for event in events),
        "is_exposed": any(event.is_exposed for event in events),
        "cleared": sum(event.reports for event in events if event.may_go_public),
    }


def _measured(
    measure: Measure, events: Sequence[Event], vocabulary: Vocabulary
) -> dict[str, int | None]:
    bands = vocabulary.bands(measure.bands)
    good = [event for event in events if event.level >= max(measure.least, LEVELS["v1"])]
    given = [getattr(event, measure.field) for event in good]
    known = [bands[code] for code in given if code]
    low, middle, high = measure.names
    is_open = any(band.max is None for band in known) or (measure.is_expected and None in given)
    numbers: dict[str, int | None] = {
        low: sum(band.min for band in known) if known else None,
        high: None if is_open or not known else sum(band.max or 0 for band in known),
    }
    return numbers | (
        {middle: sum(band.mid for band in known) if known else None} if middle else {}
    )


def _shelters(events: Sequence[Event], vocabulary: Vocabulary) -> dict[str, int | None]:
    bands = vocabulary.bands("people_band")
    rooms = [ROOM.get(event.room or "") for event in events]
    both = [event for event in events if event.people and event.capacity]
    sums = {
        "housed": sum(bands[str(event.people)].mid for event in both),
        "capacity": sum(bands[str(event.capacity)].mid for event in both),
    }
    return {name: rooms.count(name) for name in SITES} | {
        name: number if both else None for name, number in sums.items()
    }
