"""A report full of words that nobody else writes, and where on a phone they are looked for."""

from __future__ import annotations

from dataclasses import replace

from tests.e2e.phone import Phone
from tests.e2e.samples import Sample, sample
from tests.e2e.traces import files_below, traces

NOTE, PLACE = ("خنفشارية", "quixotrybdel"), ("زنجبيلستان", "vexhumpolk")
"""Words that no program on this machine has of its own, in two scripts."""

WORDS = [*NOTE, *PLACE]


def report() -> Sample:
    """A report whose note and place hold the words."""
    base = sample("S01")
    place = {"pcode": None, "text": " ".join(PLACE)}
    return replace(base, answers={**base.answers, "place": place, "note": " ".join(NOTE)})


def on_the_phone(phone: Phone) -> list[str]:
    """Where on the phone the words are found."""
    return traces(WORDS, files_below(phone.profile))


def type_slowly(phone: Phone) -> None:
    """Write the report with a keyboard, letter by letter, and go to the review."""
    phone.write(report())
    phone.act("back")
    note = phone.page.locator("[data-field=note] textarea")
    note.fill("")
    note.press_sequentially(" ".join(NOTE))
    phone.act("review")
    phone.page.locator("[data-screen=review]").wait_for()
