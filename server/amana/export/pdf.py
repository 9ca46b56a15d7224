"""Summaries as a sheet of paper: two pages, Arabic and English, of the same numbers (PDF/UA-1).

The pages hold what fits: sums over rows that are shown, charts, a map, the largest rows and
totals. `situation.typ` draws them and has their words; here is what they tell. Nothing of the table
is ever part of the program that draws: it is handed over as data.

Tagged for screen readers, text stays text, fonts are embedded, no address and no script is in it,
and the same table is the same file. Nothing is asked of a network or of the machine's fonts.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from heapq import nsmallest
from importlib import resources
from importlib.metadata import version
from math import cos, radians
from typing import Any, Final

from typst import Compiler, Fonts

from amana.core.cells import WEEK, Cell
from amana.core.places import Areas, Point, level_of
from amana.core.summary import DISPLACEMENT, HARM, SAFETY, SHELTER, SITE_PEOPLE, SITES, week_start
from amana.core.vocabulary import Vocabulary

from .sheet import Sheet, Value, lines, notes

Line = Mapping[str, Value]
Words = dict[str, str]
"""The same in Arabic and English, by language."""

_KINDS: Final = (DISPLACEMENT, SHELTER, SAFETY)
_GRADES: Final = ("v1", "v2", "v3plus", "contested")
_FAMILIES: Final = ("hh_min", "hh_max")
_PEOPLE: Final = (SITE_PEOPLE.names[0], SITE_PEOPLE.names[2])
_HARM: Final = {each.field: (each.names[0], each.names[2]) for each in HARM}
_OF_KIND: Final = {
    DISPLACEMENT: _FAMILIES,
    SHELTER: (*_PEOPLE, *SITES),
    SAFETY: tuple(name for names in _HARM.values() for name in names),
}
_ROWS, _TOTALS = 13, 5
"""How many lines of the table fit on a page."""
_WEEKS: Final = 53
"""How many weeks are drawn: a year."""
_NAMED: Final = 5
"""How many places on the map bear their name."""
_LONGEST: Final = 160
_UNDRAWN: Final = re.compile(
    "[^ -~\u00a1-\u00ac\u00ae-\u00ff\u060c\u061b\u061f\u0621-\u063a\u0640-\u064a\u0660-\u0669"
    "\u0671-\u06a1\u06a3-\u06d3\u2013\u2014\u2018-\u201a\u201c-\u201e\u2026]"
)
"""What the font has no sign for, what would turn the text around it, and vowel marks: many readers
lose the order of letters with marks when text is taken out again."""
_NO_PACKAGES: Final = "no-packages"
_SMALLEST_VIEW: Final = 0.3
"""How much of the country's width the map shows at least."""


def situation_pdf(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> bytes:
    """The two pages."""
    told = json.dumps(_told(sheet, areas, vocabulary), ensure_ascii=False)
    template = resources.files("amana") / "export/situation.typ"
    compiler = Compiler(
        template.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={"told": told},
        package_path=_NO_PACKAGES,
        package_cache_path=_NO_PACKAGES,
    )
    pages = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    assert isinstance(pages, bytes)  # a list only of pictures, None only with a file to write
    return pages


@cache
def _fonts() -> Fonts:
    folder = resources.files("fontpkg_ibm_plex_sans_arabic") / "files"
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


@dataclass
class _Sum:
    """Numbers added up over the rows that are shown, by column code.

    `shown` and `withheld` count rows by kind; `blank` are the codes that some shown row of their
    kind does not tell.
    """

    shown: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    blank: set[str] = field(default_factory=set)

    def add(self, line: Line) -> None:
        """Take in a row."""
        kind = str(line["kind"])
        if line["suppressed"]:
            self.withheld[kind] += 1
            return
        self.shown[kind] += 1
        for code in ("reports", "events", *_GRADES, *_OF_KIND[kind]):
            number = line.get(code)
            if isinstance(number, int):
                self.numbers[code] += number
            else:
                self.blank.add(code)

    def tell(self, kinds: Sequence[str], low: str, high: str) -> dict[str, Any]:
        """A number of these kinds, from its low to its high end (None: open, or nobody knows).

        `is_part` when there is more of it than these rows tell.
        """
        return {
            "low": self.numbers.get(low),
            "high": None if high in self.blank else self.numbers[high],
            "is_part": low in self.blank or any(self.withheld[kind] for kind in kinds),
            "withheld": sum(self.withheld[kind] for kind in kinds),
        }


@dataclass
class _Sums:
    """What the pages tell of a table's rows: all of them, the last week's, by week and by area."""

    last: str
    whole: _Sum = field(default_factory=_Sum)
    latest: _Sum = field(default_factory=_Sum)
    weeks: dict[str, Counter[str]] = field(default_factory=dict)
    places: Counter[str] = field(default_factory=Counter)
    withheld_weeks: set[str] = field(default_factory=set)
    withheld_places: set[str] = field(default_factory=set)

    def add(self, line: Line) -> None:
        """Take in a row."""
        week, place = str(line["week_start"]), _code(line)
        self.whole.add(line)
        if week == self.last:
            self.latest.add(line)
        if line["suppressed"]:
            self.withheld_weeks.add(week)
            self.withheld_places.add(place)
        elif isinstance(line["events"], int):
            self.weeks.setdefault(week, Counter())[str(line["kind"])] += line["events"]
            self.places[place] += line["events"]


def _told(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> dict[str, Any]:
    """All that the pages say, but for their words."""
    last = week_start(sheet.last).isoformat()
    sums = _Sums(last)
    for line in lines(_only(sheet, _added_up(sheet)), areas, vocabulary):
        sums.add(line)
    whole, latest = sums.whole, sums.latest
    return {
        "software": version("amana"),
        "tier": sheet.rules.tier,
        "rules": {"k": sheet.rules.k_reports, "m": sheet.rules.m_events, "p": sheet.rules.k_people},
        "first": sheet.first.isoformat(),
        "last": sheet.last.isoformat(),
        "last_week": last,
        "events": whole.tell(_KINDS, "events", "events"),
        "reports": whole.tell(_KINDS, "reports", "reports"),
        "families": whole.tell((DISPLACEMENT,), *_FAMILIES),
        "people": latest.tell((SHELTER,), *_PEOPLE),
        "harm": {what: whole.tell((SAFETY,), *names) for what, names in _HARM.items()},
        "kinds": {kind: whole.shown[kind] + whole.withheld[kind] for kind in _KINDS},
        "weeks": list(_weeks(sheet, sums)),
        "weeks_earlier": max(0, _count_weeks(sheet) - _WEEKS),
        "grades": {grade: whole.numbers[grade] for grade in _GRADES},
        "sites": {room: latest.numbers[room] for room in SITES},
        "sites_withheld": latest.withheld[SHELTER],
        "map": _map(sums, areas),
        "table": _table(sheet, areas, vocabulary),
        "notes": [
            {"ar": _drawn(note.ar), "en": note.en, "value": note.values[0]}
            for note in notes(sheet)
            if note.values and all(isinstance(value, int) for value in note.values)
        ],
        "revised": len(sheet.revised),
        "untold": len(sheet.untold),
        "earlier_rules": len(sheet.settled_under),
        "waited": [
            {"week": each.week.isoformat(), "days": f"{each.days:g}", "reports": each.reports}
            for each in sheet.timeliness[-1:]
        ],
        "source": _drawn(areas.source),
    }


def _added_up(sheet: Sheet) -> Sequence[Cell]:
    """The rows that sums, charts and map are made of.

    Those of districts also where the table is of subdistricts: one that is left out has no row.
    """
    if sheet.area != "adm3":
        return sheet.rows
    weeks = (cell for cell in sheet.totals if cell.key.span == WEEK)
    return [cell for cell in weeks if level_of(cell.key.area) == "adm2"]


def _only(sheet: Sheet, cells: Sequence[Cell]) -> Sheet:
    return Sheet(sheet.first, sheet.last, sheet.area, sheet.rules, cells, ())


def _weeks(sheet: Sheet, sums: _Sums) -> Iterator[dict[str, Any]]:
    """Events by kind in each of the last weeks, also in one of which nobody told."""
    count = _count_weeks(sheet)
    for number in range(max(0, count - _WEEKS), count):
        start = (sheet.first + timedelta(weeks=number)).isoformat()
        told = sums.weeks.get(start, Counter())
        yield {
            "start": start,
            "events": [told[kind] for kind in _KINDS],
            "is_part": start in sums.withheld_weeks,
            "is_untold": date.fromisoformat(start) in sheet.untold,
        }


def _count_weeks(sheet: Sheet) -> int:
    return (sheet.last - sheet.first).days // 7 + 1


def _table(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> dict[str, Any]:
    """The largest totals and rows, and how many more there are."""
    totals = lines(_only(sheet, sheet.totals), areas, vocabulary)
    rows = lines(_only(sheet, sheet.rows), areas, vocabulary)
    shown = [
        *(_table_line(line, is_total=True) for line in nsmallest(_TOTALS, totals, key=_size)),
        *(_table_line(line, is_total=False) for line in nsmallest(_ROWS, rows, key=_size)),
    ]
    return {"lines": shown, "more": len(sheet.rows) + len(sheet.totals) - len(shown)}


def _size(line: Line) -> tuple[int, int]:
    """Sorts the largest first, what is withheld last; stable, so else as the table is."""
    events, reports = line["events"], line["reports"]
    return -(events if isinstance(events, int) else -1), -(
        reports if isinstance(reports, int) else -1
    )


def _table_line(line: Line, is_total: bool) -> dict[str, Any]:
    level = str(line["level"]).split()
    return {
        "name": _name(line),
        "level": level[0],
        "is_month": "month" in level,
        "is_total": is_total,
        "week": line["week_start"],
        "kind": line["kind"],
        "is_withheld": bool(line["suppressed"]),
        **{code: line[code] for code in ("reports", "events", "v3plus", "contested")},
        "families": _ends(line, _FAMILIES),
        "people": _ends(line, _PEOPLE),
        **{what: _ends(line, names) for what, names in _HARM.items()},
    }


def _ends(line: Line, names: Sequence[str]) -> list[Value]:
    return [line.get(name) for name in names]


def _code(line: Line) -> str:
    return str(line["adm3_code"] or line["adm2_code"] or line["adm1_code"])


def _name(line: Line) -> Words:
    """An area's name, its code where it has none; "" for the whole country."""
    level = next((each for each in ("adm3", "adm2", "adm1") if line[f"{each}_code"]), None)
    if level is None:
        return {"ar": "", "en": ""}
    return {
        lang: _drawn(str(line[f"{level}_{lang}"])) or str(line[f"{level}_code"])
        for lang in ("ar", "en")
    }


def _drawn(text: str) -> str:
    """A text as the font can write it: a letter that it lacks as what it is made of, or as "?"."""
    return _UNDRAWN.sub(_plain, " ".join(text.split()))[:_LONGEST]


def _plain(found: re.Match[str]) -> str:
    sign = found[0]
    if unicodedata.category(sign).startswith(("C", "M")):
        return ""
    return _UNDRAWN.sub("", unicodedata.normalize("NFKD", sign)) or "?"


def _map(sums: _Sums, areas: Areas) -> dict[str, Any]:
    """Where events are, in a square of which the country takes the whole width or height.

    `view` is the part of it that is worth a closer look: left, top, right, bottom.
    """
    outline = [point for ring in areas.outline for point in ring]
    seen = {code: areas.points[code] for code in _seen(sums) if code in areas.points}
    project = _projection(outline or list(seen.values()))
    largest = [code for code, _ in sums.places.most_common(_NAMED)]
    return {
        "outline": [[project(point) for point in ring] for ring in areas.outline],
        "view": _view([project(point) for point in seen.values()]),
        "places": [
            {
                "at": project(point),
                "events": sums.places[code],
                "is_part": code in sums.withheld_places,
                "name": _area_name(code, areas) if code in largest else None,
            }
            for code, point in seen.items()
        ],
        "unplaced": len(_seen(sums)) - len(seen),
    }


def _seen(sums: _Sums) -> list[str]:
    """Areas with events or something withheld, the one with the most events first."""
    found = [code for code, events in sums.places.most_common() if events]
    return found + sorted(sums.withheld_places - set(found))


def _area_name(code: str, areas: Areas) -> Words:
    levels = (areas.adm3, areas.adm2, areas.adm1)
    names = next((level[code] for level in levels if code in level), {"ar": "", "en": ""})
    return {lang: _drawn(names[lang]) or code for lang in ("ar", "en")}


def _projection(points: Sequence[Point]) -> Callable[[Point], list[float]]:
    """Degrees to a square from 0 to 1, x to the east, y to the south, the points in its middle."""
    west, east = _span(lon for lon, _ in points)
    south, north = _span(lat for _, lat in points)
    narrow = cos(radians((south + north) / 2))
    size = max((east - west) * narrow, north - south) * 1.1 or 1

    def project(point: Point) -> list[float]:
        x = 0.5 + (point[0] - (west + east) / 2) * narrow / size
        y = 0.5 - (point[1] - (south + north) / 2) / size
        return [round(x, 4), round(y, 4)]

    return project


def _view(points: Sequence[Sequence[float]]) -> list[float]:
    """A square around the points with some room; the whole where they are far apart or none."""
    if not points:
        return [0, 0, 1, 1]
    left, right = _span(x for x, _ in points)
    top, bottom = _span(y for _, y in points)
    half = max(right - left, bottom - top) * 0.7
    half = max(half, _SMALLEST_VIEW / 2)
    if half > 0.35:
        return [0, 0, 1, 1]
    x, y = (left + right) / 2, (top + bottom) / 2
    return [x - half, y - half, x + half, y + half]


def _span(numbers: Iterable[float]) -> tuple[float, float]:
    every = list(numbers) or [0.0]
    return min(every), max(every)
