"""The desk app in a member's browser."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZipFile

from playwright.sync_api import Locator, Page

from amana.organisation import NewMember
from tests.patience import PATIENCE_MS

READ_REPORT = """() => {
  const text = (element) => (element ? element.textContent : null);
  const place = (pair) => ({
    text: text(pair.querySelector(".written bdi")),
    official: text(pair.querySelector(".official")),
  });
  const codes = (pair) => {
    const found = [...pair.querySelectorAll("[data-option]")].map((each) => each.dataset.option);
    return pair.querySelector("ul") ? found : found[0];
  };
  const answer = (pair) => {
    if (pair.querySelector("blockquote")) return text(pair.querySelector("blockquote"));
    return pair.querySelector(".written") ? place(pair) : codes(pair);
  };
  const pairs = [...document.querySelectorAll("article [data-field]")];
  return Object.fromEntries(pairs.map((pair) => [pair.dataset.field, answer(pair)]));
}"""
"""The answers as they stand on the screen: codes, and for places what was written and matched."""


class Desk:
    """One window with the desk app in it."""

    def __init__(self, page: Page, origin: str) -> None:
        page.set_default_timeout(PATIENCE_MS)
        self.page = page
        self.origin = origin

    def sign_in(self, member: NewMember) -> None:
        """Open the desk and sign in; returns on the member's first screen with its data there."""
        self.page.goto(self.origin)
        self.page.locator("input[data-field=name]").fill(member.name)
        self.page.locator("input[data-field=passphrase]").fill(member.passphrase)
        self.act("sign-in")
        self.page.locator("[data-action=sign-out]").wait_for()

    def act(self, name: str) -> None:
        """Press one of the app's own buttons."""
        self.page.locator(f"[data-action={name}]").first.click()

    def sign_out(self) -> None:
        """Leave; nothing of the session is left in the window."""
        self.act("sign-out")
        self.page.locator("[data-screen=signin]").wait_for()

    def queue(self) -> list[str]:
        """The ids of the envelopes on the screen, readable or not, once all of them are there."""
        self.page.locator("[data-screen=queue][aria-busy=false] [data-part=reports]").wait_for()
        rows = self.page.locator("[data-screen=queue] li[data-envelope]")
        ids: list[str] = rows.evaluate_all("(rows) => rows.map((row) => row.dataset.envelope)")
        return ids

    def open(self, envelope: bytes) -> None:
        """Open a report of the queue by its envelope's id."""
        self.page.locator(f"li[data-envelope='{envelope.hex()}'] [data-action=open]").click()
        self.page.locator(f"[data-screen=report][data-envelope='{envelope.hex()}']").wait_for()

    def answers(self) -> dict[str, Any]:
        """What the open report says, read off the screen."""
        found: dict[str, Any] = self.page.evaluate(READ_REPORT)
        return found

    def back(self) -> None:
        """From a report to the queue."""
        self.act("back")
        self.page.locator("[data-screen=queue]").wait_for()

    def assess(self, values: Mapping[str, str | Sequence[str]]) -> None:
        """Fill in the open report's assessment in this order, save it, wait until it is saved."""
        form = self.page.locator("[data-form=assessment]")
        for code, value in values.items():
            _set(form.locator(f"[data-field={code}]"), value)
        self.act("save")
        self.page.locator("[data-part=saved]").wait_for()

    def choose_days(self, first: str, last: str) -> None:
        """Fill in the days between which a summary is asked for, in their fold."""
        fold = self.page.locator("[data-part=range]")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        fold.locator("input[data-field=from]").fill(first)
        fold.locator("input[data-field=to]").fill(last)

    def download_summary(self, first: str, last: str) -> list[dict[str, str]]:
        """The summary of these days as the CSV in the package that the member gets: districts by
        HXL tag."""
        self.act("show-summary")
        self.choose_days(first, last)
        with self.page.expect_download() as download:
            self.act("download")
        with ZipFile(download.value.path()) as package:
            name = next(name for name in package.namelist() if name.endswith(".csv"))
            text = package.read(name).decode("utf-8-sig")
        lines = list(csv.reader(text.splitlines()))
        start = next(number for number, line in enumerate(lines) if line[0].startswith("#"))
        rows = [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]
        return [row for row in rows if row["#meta+level"] == "adm2"]


def _set(field: Locator, value: str | Sequence[str]) -> None:
    select, date = field.locator("select"), field.locator("input[type=date]")
    if select.count():
        select.select_option(value)
    elif date.count():
        date.fill(str(value))
    else:
        for option in [value] if isinstance(value, str) else value:
            field.locator(f"[data-option='{option}']").click()
