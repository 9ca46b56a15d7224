"""How many taps and keystrokes the required part of a report takes a thumb that makes no mistake.

Each sample report is written in the real app, in its own language: a tap on the kind, the required
questions, a tap to the review, a tap to seal. The page itself counts: `pointerdown` is a tap,
`input` in a field that is typed into is a keystroke. A place is typed letter by letter as the
sample has it, only until it stands in the list; a place that is in no list is typed whole.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from importlib import resources
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Locator, sync_playwright

from tests.benchmarks.rows import Row
from tests.e2e.browsers import chromium
from tests.e2e.phone import Phone
from tests.e2e.samples import Sample, place_names, samples
from tests.e2e.servers import make_ground, served_copy

AIM = 12
"""Taps, from the kind to the sealed report."""

COUNT = """
const counted = { taps: 0, keystrokes: 0 };
globalThis.counted = counted;
addEventListener("pointerdown", () => { counted.taps += 1; }, true);
addEventListener("input", ({ target }) => {
  if (target.matches("textarea, input[type=text]")) counted.keystrokes += 1;
}, true);
"""


def measure() -> list[Row]:
    """Medians by kind, over all samples whose required questions are answered."""
    if chromium() is None:
        print("thumb: no Chromium, nothing measured", file=sys.stderr)
        return []
    taps, keystrokes = defaultdict(list), defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ground = make_ground(Path(folder) / "ground")
        with served_copy(ground, Path(folder) / "served") as site:
            phone = Phone(playwright, Path(folder) / "phone", site.report.origin, "ar")
            phone.context.add_init_script(COUNT)
            phone.visit()
            for report in samples():
                counted = Thumb(phone).write(report)
                taps[report.kind].append(counted["taps"])
                keystrokes[report.kind].append(counted["keystrokes"])
            phone.close()
    return [
        row
        for kind in taps
        for row in (
            Row(f"taps, {kind}", median(taps[kind]), "", median(taps[kind]) / AIM, f"<= {AIM}"),
            Row(f"keystrokes, {kind}", median(keystrokes[kind]), ""),
        )
    ]


class Thumb:
    """Answers what must be answered, and nothing else."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._page = phone.page

    def write(self, report: Sample) -> dict[str, int]:
        """Seal the required part of a report; the taps and keystrokes that it took."""
        self._phone.speak(report.lang)
        self._phone.home()
        self._page.evaluate("Object.assign(counted, { taps: 0, keystrokes: 0 })")
        self._page.locator(f"[data-kind={report.kind}]").tap()
        for code in _required(report.kind):
            self._answer(code, report.answers[code], report.lang)
        self._phone.act("review")
        self._page.locator("[data-screen=review]").wait_for()
        self._phone.seal()
        counted: dict[str, int] = self._page.evaluate("counted")
        return counted

    def _answer(self, code: str, value: Any, language: str) -> None:
        field = self._page.locator(f"[data-field={code}]")
        if isinstance(value, dict):
            self._answer_place(field, value, language)
        elif field.locator(f"[data-option='{value}']").count():
            field.locator(f"[data-option='{value}']").tap()
        else:
            self._answer_date(field, value)

    def _answer_place(self, field: Locator, value: dict[str, Any], language: str) -> None:
        """Type until the place stands in the list, and take it."""
        names = place_names(value["pcode"])
        choice = field.locator(f"[data-place={value['pcode'] if names else 'other'}]")
        box = field.locator("input").first
        box.tap()
        for text in (value["text"], names.get(language, "")):
            box.fill("")
            for letter in text:
                self._page.keyboard.insert_text(letter)
                if names and choice.is_visible():
                    break
            if choice.is_visible():
                break
        choice.tap()

    def _answer_date(self, field: Locator, day: str) -> None:
        field.locator("[data-option=date]").tap()
        _, month, date = day.split("-")
        field.locator("input[type=text]").first.tap()
        self._page.keyboard.insert_text(date)
        field.locator("select").select_option(str(int(month)))


def _required(kind: str) -> list[str]:
    text = (resources.files("amana") / "data/vocabulary.json").read_text("utf-8")
    fields = json.loads(text)["kinds"][kind]["fields"]
    return [field["code"] for field in fields if field.get("required")]
