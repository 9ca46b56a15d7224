"""Summaries as JSON for programs (RFC 8259): UTF-8, a row on each line.

Under `amana` is what everybody should know who reads the numbers: for whom they are, of which
weeks, by which rules, what is withheld; what each column is called in Arabic, English and HXL, and
what it means. `rows` are objects by column code in the order of every form; null is "not known" or
"withheld".
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from amana.core.places import Areas
from amana.core.vocabulary import Vocabulary

from .sheet import Sheet, columns, indicators, lines, notes


def summary_json(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> Iterator[str]:
    """The file, line by line."""
    yield f'{{"amana": {encode(about(sheet, areas, vocabulary))},\n"rows": [\n'
    yield from separated(lines(sheet, areas, vocabulary))
    yield "]}\n"


def about(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> dict[str, Any]:
    """What goes with the numbers."""
    return {
        "software": f"amana {version('amana')}",
        "from": sheet.first.isoformat(),
        "to": sheet.last.isoformat(),
        "area": sheet.area,
        "rules": asdict(sheet.rules),
        "notes": [asdict(note) for note in notes(sheet)],
        "columns": [asdict(column) for column in columns(vocabulary)],
        "indicators": [asdict(indicator) for indicator in indicators(vocabulary)],
        "source_of_areas": areas.source,
    }


def separated(items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The items of a list, one on each line."""
    comma = ""
    for item in items:
        yield f"{comma}{encode(item)}"
        comma = ",\n"
    yield "\n"


def encode(value: Mapping[str, Any]) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
