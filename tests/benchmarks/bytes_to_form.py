"""How much has to come over the air before a person can write, and before the network may go.

Real Chromium, real gunicorn; bytes are those that the proxy wrote to the browser: compressed
bodies, which the aims speak of, and everything with the heads.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Page, Playwright, sync_playwright

from amana.config import Settings
from tests.benchmarks.rows import Row
from tests.e2e.browsers import chromium
from tests.e2e.phone import PAINTED, Phone
from tests.e2e.servers import Ground, Zone, make_ground
from tests.faults.modes import Blackhole, Pass
from tests.faults.proxy import FaultProxy

AIM_PAINT, AIM_FORM, AIM_OFFLINE = 14_000, 30_000, 75_000
"""Bytes. What a server may send before it has heard from the phone is about 14,000."""

NETWORKS = {
    "slow 3G (400 ms, 400 kbit/s, CPU / 4)": (0.4, 50_000, 4),
    "2G (400 ms, 50 kbit/s, CPU / 6)": (0.4, 6_250, 6),
}
"""Latency in seconds, bytes a second, how many times slower the processor."""


def measure() -> list[Row]:
    """Bytes, requests and seconds until the Arabic form is usable, and until all is stored."""
    if chromium() is None:
        print("bytes_to_form: no Chromium, nothing measured", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ground = make_ground(Path(folder) / "home")
        with _served(ground) as zone:
            bench = Bench(playwright, zone, Path(folder))
            return [*bench.paint(), *bench.form(), *bench.offline(), *bench.seconds()]


class Bench:
    """First visits of phones that have never been here."""

    def __init__(self, playwright: Playwright, zone: Zone, folder: Path) -> None:
        self._playwright = playwright
        self._zone = zone
        self._folder = folder
        self._phones = self._before = 0

    def paint(self) -> list[Row]:
        """With nothing but the page, its style and first script, there must be words to see."""
        with self._first_visit() as phone:
            _only(self._zone.proxy, (path for path in _form_paths() if "/app-" not in path))
            phone.page.goto(phone.origin, wait_until="commit")
            phone.page.wait_for_function(PAINTED)
            return self._rows("until the first words are on the screen", AIM_PAINT)

    def form(self) -> list[Row]:
        """With nothing but the form's own files coming through, the form must be usable."""
        with self._first_visit() as phone:
            _only(self._zone.proxy, _form_paths())
            phone.goto()
            _use_form(phone.page)
            return self._rows("until the Arabic form is usable", AIM_FORM)

    def offline(self) -> list[Row]:
        """Everything until the app opens and seals without a network."""
        with self._first_visit() as phone:
            phone.visit()
            return self._rows("until everything for offline is stored", AIM_OFFLINE)

    def seconds(self) -> list[Row]:
        """Seconds until the form is usable on bad networks and slow phones."""
        rows = []
        for name, network in NETWORKS.items():
            with self._first_visit() as phone:
                _slow_down(phone.page, *network)
                begin = time.monotonic()
                phone.page.goto(phone.origin, wait_until="commit")
                _use_form(phone.page)
                rows.append(Row(f"usable form, {name}", time.monotonic() - begin, "s"))
        return rows

    @contextlib.contextmanager
    def _first_visit(self) -> Iterator[Phone]:
        self._phones += 1
        self._before = len(self._zone.proxy.seen())
        profile = self._folder / f"phone-{self._phones}"
        phone = Phone(self._playwright, profile, self._zone.origin, "ar")
        try:
            yield phone
        finally:
            phone.close()
            self._zone.proxy.clear()

    def _rows(self, what: str, aim: int) -> list[Row]:
        """What this visit has cost so far."""
        answered = [each for each in self._zone.proxy.seen()[self._before :] if each.sent]
        content = sum(passage.content for passage in answered)
        sent = sum(passage.sent for passage in answered)
        return [
            Row(f"compressed bytes {what}", content, "B", ratio=content / aim, aim=f"<= {aim}"),
            Row(f"bytes with heads {what}", sent, "B"),
            Row(f"requests {what}", len(answered), ""),
        ]


@contextlib.contextmanager
def _served(ground: Ground) -> Iterator[Zone]:
    zone = Zone("report", ground, workers=2)
    zone.wait_ready()
    try:
        yield zone
    finally:
        zone.stop()


def _only(proxy: FaultProxy, paths: Iterable[str]) -> None:
    """Let nothing through but the page, which is asked for first, and these addresses."""
    proxy.script(Pass(), method="GET", path="/")
    for path in paths:
        proxy.always(Pass(), method="GET", path=path)
    proxy.always(Blackhole(), method=None, path="/")


def _form_paths() -> list[str]:
    """The addresses of the files, beside the page, that the build says the form needs."""
    build = json.loads((Settings.static / "build.json").read_text())
    return [f"/{name}" for name in build["report"]["form"] if name != "index.html"]


def _use_form(page: Page) -> None:
    """Usable is: a kind can be tapped, and its first question answers to a finger."""
    page.locator("[data-kind=safety]").tap()
    option = page.locator("[data-field=when] [data-option=today]")
    option.tap()
    page.locator("[data-field=when] [data-option=today] input:checked").wait_for()


def _slow_down(page: Page, latency: float, rate: int, times: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": latency * 1000,
            "downloadThroughput": rate,
            "uploadThroughput": rate,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": times})
