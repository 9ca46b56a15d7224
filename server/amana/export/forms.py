"""The forms in which a table leaves, by the ending of their files' names."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from amana.core.places import Areas
from amana.core.vocabulary import Vocabulary

from .csv import summary_csv
from .geojson import summary_geojson
from .json import summary_json
from .pdf import situation_pdf
from .sheet import Sheet
from .xlsx import summary_xlsx

Write = Callable[[Sheet, Areas, Vocabulary], Iterator[bytes]]


def file_name(sheet: Sheet, ending: str) -> str:
    """How a file of a table is called: by its tier where it leaves the organisation."""
    tier = "" if sheet.rules.tier == "internal" else f"{sheet.rules.tier}-"
    return f"amana-{tier}{sheet.first}-{sheet.last}.{ending}"


def _text(write: Callable[[Sheet, Areas, Vocabulary], Iterator[str]]) -> Write:
    """The writer of a text, as a writer of bytes."""

    def encoded(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> Iterator[bytes]:
        for line in write(sheet, areas, vocabulary):
            yield line.encode()

    return encoded


def _whole(write: Callable[[Sheet, Areas, Vocabulary], bytes]) -> Write:
    """The writer of a file that is made in one piece, as a writer of pieces."""

    def pieces(sheet: Sheet, areas: Areas, vocabulary: Vocabulary) -> Iterator[bytes]:
        yield write(sheet, areas, vocabulary)

    return pieces


FORMS: Final[Mapping[str, Write]] = {
    "csv": _text(summary_csv),
    "xlsx": _whole(summary_xlsx),
    "geojson": _text(summary_geojson),
    "json": _text(summary_json),
    "pdf": _whole(situation_pdf),
}
