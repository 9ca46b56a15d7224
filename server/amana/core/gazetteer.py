"""The areas and places of a country, read from the workbook of boundaries that OCHA publishes.

A COD-AB workbook has a sheet for each level of areas, and often one of populated places. Headings
differ between countries and years; every spelling of them that is known is read. docs/PLACES.md
describes what comes out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Protocol

LEVELS = (1, 2, 3)
"""Governorates, districts, subdistricts."""

COLUMNS = ("pcode", "en", "ar", "adm3", "lat", "lon", "kind(C=community,N=neighbourhood)", "alias?")

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,15}", re.ASCII)
_SUBDISTRICT_CODE = re.compile(r"[A-Z]{2,3}[0-9]{5,9}", re.ASCII)
"""Forms of codes that a report can carry (PROTOCOL section 5)."""

_PLACE_SHEET = re.compile(r"popul|place|settlement|communit|localit", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:name)?(?:(?P<number>\d?)|(?P<language>[a-z]{2}))")
_PLACE_STEMS = ("featurename", "adm4", "")
_SEVERAL = re.compile(r"\s+[-–]\s*|(?<=\w\w\w)(?:[-–]\s+|_\s*)|\s*[/\\|;()]\s*")
"""What parts the names in one cell. Behind two letters a dash or stroke belongs to an article."""

_TATWEEL = "\u0640"
_NEIGHBOURHOOD = "ne"
"""What stands in brackets behind the name of a neighbourhood."""

_CENTRE = "مركز"
"""What stands before the name of a district's own subdistrict."""

Row = Mapping[str, str]
Area = dict[str, Any]


class Tables(Protocol):
    """A workbook: its sheets, and their rows by the headings of the columns."""

    @property
    def sheets(self) -> Sequence[str]:
        """The names of the sheets."""

    def rows(self, sheet: str) -> Iterable[Row]:
        """The rows of one."""


class UnfitWorkbook(ValueError):
    """Areas or places that cannot be read, or not be used; the message says why in one line."""


@dataclass(frozen=True)
class Choices:
    """What the workbook does not say.

    `source` credits the publisher. `carried` are the codes of the governorates whose places travel
    with the reporter app. `other_names` of places go by their codes.
    """

    source: str
    carried: Sequence[str]
    other_names: Mapping[str, Sequence[str]]


def read_gazetteer(tables: Tables, choices: Choices) -> tuple[dict[str, Any], dict[str, Any]]:
    """The content of `admin.json` and of `places.json`; `UnfitWorkbook` when there is none."""
    areas = {level: list(_areas(tables, level)) for level in LEVELS}
    _check_codes(areas)
    _check_carried(choices.carried, areas[1])
    known = {area["p"]: area for level in LEVELS for area in areas[level]}
    rows = list(_places(tables, known, choices.other_names))
    if not rows:
        raise UnfitWorkbook("the workbook has neither populated places nor a fourth level")
    admin = {f"adm{level}": sorted(areas[level], key=lambda area: area["p"]) for level in LEVELS}
    return (
        {"source": choices.source, "carried": sorted(set(choices.carried)), **admin},
        {
            "source": choices.source,
            "cols": COLUMNS,
            "rows": sorted(rows, key=lambda cells: (cells[3], cells[0])),
        },
    )


def _areas(tables: Tables, level: int) -> Iterator[Area]:
    """The areas of a level by code, each with the code of the one around it, and with a point of
    its own where the workbook has one."""
    name = re.compile(rf"adm(?:in)?[ _]?{level}(?!\d)", re.IGNORECASE)
    for row in _rows(tables, name):
        latin, local = _names(row, (f"adm{level}",))
        around = {"parent": row.get(f"adm{level - 1}pcode", "")} if level > 1 else {}
        code = row.get(f"adm{level}pcode", "")
        yield {"p": code, "en": latin, "ar": local, **around, **_own_point(row)}


def _rows(tables: Tables, sheet: re.Pattern[str]) -> Iterator[Row]:
    """The rows of the first sheet of such a name, by plain headings; none where there is none."""
    for name in [each for each in tables.sheets if sheet.search(each)][:1]:
        for row in tables.rows(name):
            yield {_plain(heading): text for heading, text in row.items()}


def _plain(heading: str) -> str:
    """A heading in the spelling that is looked for: `admin1Name_en` is `adm1nameen`."""
    return re.sub(r"[^a-z0-9]", "", heading.lower()).replace("admin", "adm")


def _names(row: Row, stems: Sequence[str]) -> tuple[str, str]:
    """The Latin name and the Arabic one; for want of that another local one, or the Latin one."""
    for stem in stems:
        named = dict(_by_language(row, stem))
        if named:
            latin = named.get("en") or next(iter(named.values()))
            others = [name for language, name in named.items() if language != "en"]
            return latin, named.get("ar") or next(iter(others), latin)
    raise UnfitWorkbook(f"a row has no name: {', '.join(row.values())[:60]}")


def _by_language(row: Row, stem: str) -> Iterator[tuple[str, str]]:
    for heading, text in row.items():
        rest = heading.removeprefix(stem)
        if stem and rest == heading:
            continue
        if found := _LANGUAGE.fullmatch(rest):
            yield found["language"] or row.get(f"lang{found['number']}", "en"), text


def _check_codes(areas: Mapping[int, Sequence[Area]]) -> None:
    """Codes nest: those of one level are as long as one another, and begin with the one around."""
    known = {""}
    for level in LEVELS:
        if not areas[level]:
            raise UnfitWorkbook(
                f"the workbook has no areas of level {level}: it needs three levels that nest"
            )
        form = _SUBDISTRICT_CODE if level == LEVELS[-1] else _CODE
        for area in areas[level]:
            code, around = area["p"], area.get("parent", "")
            fits = form.fullmatch(code) and around in known and code.startswith(around)
            if not fits or len(code) != len(areas[level][0]["p"]):
                raise UnfitWorkbook(f"the code {code!r} of level {level} is of no form known here")
        known = {area["p"] for area in areas[level]}


def _check_carried(carried: Sequence[str], governorates: Sequence[Area]) -> None:
    known = {area["p"]: area["en"] for area in governorates}
    if not carried or set(carried) - known.keys():
        choice = ", ".join(f"{code} {name}" for code, name in sorted(known.items()))
        raise UnfitWorkbook(f"say which governorates travel with the app: {choice}")


def _places(
    tables: Tables, areas: Mapping[str, Area], other_names: Mapping[str, Sequence[str]]
) -> Iterator[list[Any]]:
    """The rows of `places.json`: populated places; where there are none, a fourth level."""
    fourth = re.compile(r"adm(?:in)?[ _]?4(?!\d)", re.IGNORECASE)
    fields = list(_rows(tables, _PLACE_SHEET)) or list(_rows(tables, fourth))
    area_names = _area_names(areas)
    for row in fields:
        code, adm3 = row.get("pcode") or row.get("adm4pcode", ""), row.get("adm3pcode", "")
        if not _CODE.fullmatch(code) or adm3 not in areas:
            raise UnfitWorkbook(f"the place {code!r} has no code, or lies in no subdistrict")
        latin, local = (_several(name, area_names) for name in _names(row, _PLACE_STEMS))
        names = [*local[1:], *latin[1:], *other_names.get(code, ())]
        cells = [code, latin[0], local[0], adm3, *_point(row), _kind(row)]
        yield [*cells, names] if names else cells


def _several(cell: str, areas: Set[str]) -> list[str]:
    """The name in a cell, and the others behind it. What is there to tell it from names elsewhere
    is no name of it: its area is always shown beside it."""
    line = " ".join(cell.replace(_TATWEEL, "").split())
    first, *others = [part for part in _SEVERAL.split(line) if part] or [cell]
    return [first, *(name for name in others if _without_centre(name) not in areas)]


def _area_names(areas: Mapping[str, Area]) -> Set[str]:
    names = {area[language] for area in areas.values() for language in ("en", "ar")}
    return {_without_centre(name) for name in names} | {_NEIGHBOURHOOD}


def _without_centre(name: str) -> str:
    return name.removeprefix(_CENTRE).strip()


def _kind(row: Row) -> str:
    return "N" if row.get("popplaceclasstitle", "").startswith("Neighb") else "C"


def _own_point(row: Row) -> Area:
    lat, lon = _point(row)
    return {} if lat is None or lon is None else {"lat": lat, "lon": lon}


def _point(row: Row) -> tuple[float | None, float | None]:
    """Latitude and longitude, as far as they are there."""
    return _degrees(row, "pointy", "centerlat"), _degrees(row, "pointx", "centerlon")


def _degrees(row: Row, *headings: str) -> float | None:
    found = [row[heading] for heading in headings if heading in row]
    return round(float(found[0]), 4) if found else None
