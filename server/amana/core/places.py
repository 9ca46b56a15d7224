"""Administrative areas by P-code (three levels, prefix by prefix) and the communities in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

Point = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84)."""


@dataclass(frozen=True)
class Areas:
    """Names of governorates, districts and subdistricts; the subdistrict of each community.

    `points` are the areas' own points by code; an area whose publisher gave none has none. `source`
    credits the publisher. `outline` are the closed lines around the country, coarse and settling no
    border; none as long as no client was built.
    """

    adm1: Mapping[str, Mapping[str, str]]
    adm2: Mapping[str, Mapping[str, str]]
    adm3: Mapping[str, Mapping[str, str]]
    communities: Mapping[str, str]
    points: Mapping[str, Point]
    source: str
    outline: Sequence[Sequence[Point]]

    @classmethod
    @cache
    def load(cls) -> "Areas":
        """Read the areas and places that the client was built with, once in a process; those of the
        source as long as none was built."""
        areas, places = _read("admin.json"), _read("places.json")
        return cls(
            adm1=_names(areas["adm1"]),
            adm2=_names(areas["adm2"]),
            adm3=_names(areas["adm3"]),
            communities={row[0]: row[3] for row in places["rows"]},
            points={
                area["p"]: (area["lon"], area["lat"])
                for level in ("adm1", "adm2", "adm3")
                for area in areas[level]
                if "lat" in area
            },
            source=areas["source"],
            outline=_outline(),
        )

    def exists(self, adm3: str) -> bool:
        """Whether a subdistrict of that P-code is known."""
        return adm3 in self.adm3

    def place_adm3(self, pcode: str) -> str | None:
        """The subdistrict of a community or neighbourhood; `None` when the place is not known."""
        return self.communities.get(pcode)


def adm2_of(adm3: str) -> str:
    """The district of a subdistrict, by prefix."""
    return adm3[: _length("adm2")]


def adm1_of(code: str) -> str:
    """The governorate of a district or subdistrict, by prefix."""
    return code[: _length("adm1")]


def level_of(code: str) -> str:
    """`adm3`, `adm2`, `adm1`, or `adm0` for the whole country, which is written ""."""
    return _levels()[len(code)]


@cache
def _levels() -> dict[int, str]:
    """Levels by how long their codes are: all of a level are alike."""
    areas = Areas.load()
    codes = {"adm3": areas.adm3, "adm2": areas.adm2, "adm1": areas.adm1, "adm0": [""]}
    return {len(next(iter(codes[level]))): level for level in codes}


@cache
def _length(level: str) -> int:
    return next(length for length, name in _levels().items() if name == level)


def _read(name: str) -> dict[str, Any]:
    built, shipped = _built(name), resources.files("amana") / "data" / name
    text = (built if built.is_file() else shipped).read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _outline() -> list[list[Point]]:
    built = _built("outline.json")
    rings = json.loads(built.read_text("utf-8")) if built.is_file() else []
    return [[(lon, lat) for lon, lat in ring] for ring in rings]


def _built(name: str) -> Traversable:
    return resources.files("amana") / "static/places" / name


def _names(areas: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    return {area["p"]: {"ar": area["ar"], "en": area["en"]} for area in areas}
