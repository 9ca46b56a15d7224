"""The sample reports that ship with the product: forty invented ones, with their answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Sample:
    """One invented report; `truth` is what a good reviewer would make of it."""

    id: str
    lang: str
    kind: str
    answers: dict[str, Any]
    truth: dict[str, Any]


def samples() -> list[Sample]:
    """All of them, in the file's order."""
    text = (resources.files("amana") / "data/sample_reports.jsonl").read_text("utf-8")
    return [_sample(json.loads(line)) for line in text.splitlines()]


def sample(identity: str) -> Sample:
    """The one with this id, `S01` to `S40`."""
    return next(each for each in samples() if each.id == identity)


def _sample(line: dict[str, Any]) -> Sample:
    return Sample(*(line[name] for name in ("id", "lang", "kind", "answers", "truth")))
