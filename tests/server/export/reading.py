"""Reading every form of a table back, as the programs do that it is written for."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from openpyxl import load_workbook

from amana.core.vocabulary import Vocabulary

CODES = {column.hxl: column.code for column in Vocabulary.load().columns}

Told = list[dict[str, str]]
"""Rows by column code, numbers as they are written."""


def of_csv(data: bytes) -> Told:
    """The rows behind the hashtags."""
    return behind_hashtags(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))))


def of_xlsx(data: bytes, page: str = "Summary") -> Told:
    """The rows of a page of the workbook."""
    book = load_workbook(io.BytesIO(data), read_only=True)
    return behind_hashtags([[text(v) for v in row] for row in book[page].values])


def of_json(data: bytes) -> Told:
    """The rows of the JSON."""
    return [_texts(row) for row in json.loads(data)["rows"]]


def of_geojson(data: bytes) -> Told:
    """The properties of the features."""
    return [_texts(each["properties"]) for each in json.loads(data)["features"]]


def behind_hashtags(rows: list[list[str]]) -> Told:
    """The rows behind the hashtags, by what column each of those is."""
    start = next(at for at, row in enumerate(rows) if row and row[0].startswith("#"))
    codes = [CODES[tag] for tag in rows[start]]
    return [dict(zip(codes, map(text, row), strict=True)) for row in rows[start + 1 :]]


def _texts(row: Mapping[str, Any]) -> dict[str, str]:
    return {code: text(value) for code, value in row.items()}


def text(value: object) -> str:
    """A value as text; a whole number has no decimals, however a form writes it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else re.sub(r"^(-?\d+)\.0$", r"\1", str(value))


READERS: Mapping[str, Callable[[bytes], Told]] = {
    "csv": of_csv,
    "xlsx": of_xlsx,
    "geojson": of_geojson,
    "json": of_json,
}
