"""The sample reports that ship with the product: forty invented ones, with their answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import cycle, islice
from typing import Any

LONG_NOTE = 500
"""Characters: as many as the form takes."""


@dataclass(frozen=True)
class Sample:
    """One invented report; `truth` is what a good reviewer would make of it."""

    id: str
    lang: str
    kind: str
    answers: dict[str, Any]
    truth: dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A community: the subdistrict it lies in, its names by language."""

    adm3: str
    names: dict[str, str]


def samples() -> list[Sample]:
    """All of them, in the file's order."""
    text = (resources.files("amana") / "data/sample_reports.jsonl").read_text("utf-8")
    return [_sample(json.loads(line)) for line in text.splitlines()]


def sample(identity: str) -> Sample:
    """The one with this id, `S01` to `S40`."""
    return next(each for each in samples() if each.id == identity)


def queue(count: int) -> Iterator[Sample]:
    """As many reports, the samples again and again; as people write: every fifth says much."""
    for number, report in enumerate(islice(cycle(samples()), count)):
        yield report if number % 5 else _with_long_note(report)


def _with_long_note(report: Sample) -> Sample:
    note = " ".join([report.answers["note"]] * LONG_NOTE)[:LONG_NOTE]
    return replace(report, answers={**report.answers, "note": note})


def as_tapped(report: Sample) -> dict[str, Any]:
    """The answers as the reporter app makes them from the same taps.

    A place that is taken from the list arrives under the list's name in the report's language; one
    that did not travel with the app is not in the list yet and arrives as it was typed.
    """
    return {code: _tapped(value, report.lang) for code, value in report.answers.items()}


def _tapped(value: Any, language: str) -> Any:
    if not isinstance(value, dict):
        return value
    names = place_names(value["pcode"])
    text = names[language] if names else value["text"]
    return {"pcode": value["pcode"] if names else None, "text": text}


def as_shown(answers: dict[str, Any]) -> dict[str, Any]:
    """Answers of a report as they stand on the desk's screen when its language is English."""
    return {code: _shown(value) for code, value in answers.items()}


def _shown(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    place = _places().get(value["pcode"] or "")
    return {"text": value["text"], "official": place.names["en"] if place else None}


def place_names(pcode: str | None) -> dict[str, str]:
    """The names of a place that the reporter app lists; nothing for any other."""
    place = _places().get(pcode or "")
    return place.names if place and place.adm3.startswith(_carried()) else {}


@cache
def _carried() -> tuple[str, ...]:
    """The governorates whose places travel with the reporter app."""
    areas = json.loads((resources.files("amana") / "data/admin.json").read_text("utf-8"))
    return tuple(areas["carried"])


@cache
def _places() -> dict[str, Place]:
    rows = json.loads((resources.files("amana") / "data/places.json").read_text("utf-8"))["rows"]
    return {row[0]: Place(adm3=row[3], names={"en": row[1], "ar": row[2]}) for row in rows}


def _sample(line: dict[str, Any]) -> Sample:
    return Sample(*(line[name] for name in ("id", "lang", "kind", "answers", "truth")))
