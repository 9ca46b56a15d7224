"""Summaries as GeoJSON for maps (RFC 7946).

A feature for each row, total and part: the area's own point, longitude before latitude, and the
columns by code as properties. What is withheld has its point and null for its numbers. The whole
country, and an area without a point, have no geometry. `amana` holds what goes with the numbers.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from amana.core.places import Areas
from amana.core.vocabulary import Vocabulary

from .json import about, encode, separated
from .sheet import Sheet, Value, lines


def summary_geojson(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> Iterator[str]:
    """The file, line by line."""
    head = encode(about(sheet, areas, vocabulary))
    yield f'{{"type": "FeatureCollection", "amana": {head},\n"features": [\n'
    yield from separated(_feature(line, areas) for line in lines(sheet, areas, vocabulary))
    yield "]}\n"


def _feature(line: Mapping[str, Value], areas: Areas) -> dict[str, Any]:
    code = line["adm3_code"] or line["adm2_code"] or line["adm1_code"]
    point = areas.points.get(str(code))
    return {
        "type": "Feature",
        "geometry": None if point is None else {"type": "Point", "coordinates": point},
        "properties": line,
    }
