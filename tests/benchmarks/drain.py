"""What it costs to get a full outbox out over bad links: bytes on the worst, time on EDGE.

Real Chromium, real gunicorn, and fifty really sealed reports that wait when the app is opened on
the link. Everything counts that the browser puts on the link from then on until the last receipt
is verified: parcels, and parts of parcels, as often as they were sent, the heads of all requests,
the key set and whatever else the page asks for. The worst link is cut for three phones at
different moments of their parcels.

*Bytes needed* are those of one parcel of all fifty, without any head. No sender can do with less.

*The link's limit* is the time of one connection and of one parcel of all fifty: twice the latency,
and the bytes needed at the link's rate. A phone that must not lose much in a cut sends several
parcels one after the other and pays the latency for each.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, median

from playwright.sync_api import Playwright, sync_playwright

from amana.core.parcel import encode_parcel
from tests.benchmarks.rows import Row
from tests.e2e.browsers import chromium
from tests.e2e.phone import Phone
from tests.e2e.samples import queue
from tests.e2e.servers import Zone, make_ground
from tests.faults.link import CLEAR, EDGE, WORST, Link, LinkProxy, Traffic

QUEUED = 50
AIM_BYTES, AIM_TIME = 1.2, 1.3

FIRST_CUTS = (10.0, 20.0, 30.0)
"""Seconds; one phone each: how much a cut costs depends on where in a parcel it falls."""

ROUNDS = 3
PATIENCE = 600.0
"""Seconds in which the worst link must be done."""

NOTE_THE_END = """(count) => {
  const look = () => {
    if (!document.querySelector(`[data-received="${count}"]`)) return;
    document.documentElement.dataset.drained = performance.now();
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, attributes: true });
  look();
}"""
"""Milliseconds from the moment that the page was opened, taken in the page itself."""


@dataclass(frozen=True)
class Drain:
    """One outbox that was sent: what went over the link, and how long it took, in seconds."""

    needed: int
    traffic: Traffic
    seconds: float


def measure() -> list[Row]:
    """Bytes sent against bytes needed on the worst link; time against the limit on EDGE."""
    if chromium() is None:
        print("drain: no Chromium, nothing measured", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        bench = Bench(playwright, Path(folder))
        worst = bench.drain([replace(WORST, first_cut=cut) for cut in FIRST_CUTS])
        edge = [bench.drain([EDGE])[0] for _ in range(ROUNDS)]
        return [*_bytes(worst), *_time(edge)]


class Bench:
    """Phones that come back with a full outbox, each to a server of its own."""

    def __init__(self, playwright: Playwright, folder: Path) -> None:
        self._playwright = playwright
        self._folder = folder
        self._phones = 0

    def drain(self, links: list[Link]) -> list[Drain]:
        """Open the app on each of these links at once, with fifty reports in the outbox; wait for
        all receipts."""
        with ExitStack() as made:
            returning = [made.enter_context(self._returning()) for _ in links]
            for phone, link in zip(returning, links, strict=True):
                phone.come_back(link)
            return [phone.drained() for phone in returning]

    @contextmanager
    def _returning(self) -> Iterator[Returning]:
        self._phones += 1
        folder = self._folder / f"drain-{self._phones}"
        with _linked(folder) as way:
            phone = Phone(self._playwright, folder / "phone", way.origin, "ar")
            try:
                yield Returning(phone, way)
            finally:
                phone.close()


class Returning:
    """A phone on which fifty reports were sealed without a network."""

    def __init__(self, phone: Phone, way: LinkProxy) -> None:
        self._phone = phone
        self._way = way
        phone.visit()
        way.down()
        phone.seal_all(queue(QUEUED))
        waiting = phone.outbox()
        assert len(waiting) == QUEUED
        self._needed = len(encode_parcel(waiting))
        phone.page.goto("about:blank")

    def come_back(self, link: Link) -> None:
        """Open the app on this link, and have the moment written down when all is received."""
        self._before = self._way.traffic
        self._way.shape(link)
        self._phone.open()
        self._phone.status()
        self._phone.page.evaluate(NOTE_THE_END, QUEUED)

    def drained(self) -> Drain:
        """Wait for the last receipt."""
        end = self._phone.page.locator("html[data-drained]")
        end.wait_for(state="attached", timeout=PATIENCE * 1000)
        seconds = float(end.get_attribute("data-drained") or 0) / 1000
        assert self._phone.outbox() == []
        return Drain(self._needed, self._way.traffic.since(self._before), seconds)


@contextmanager
def _linked(folder: Path) -> Iterator[LinkProxy]:
    """A server behind a link that is clear as yet."""
    zone = Zone("report", make_ground(folder / "home"), workers=2)
    try:
        zone.wait_ready()
        with LinkProxy(zone.port, CLEAR) as way:
            yield way
    finally:
        zone.stop()


def _bytes(drains: list[Drain]) -> list[Row]:
    what = f"{QUEUED} queued reports, 2 kB/s, 800 ms, cut every 30 s"
    sent = fmean(drain.traffic.up for drain in drains)
    ratio = fmean(drain.traffic.up / drain.needed for drain in drains)
    worst = max(drain.traffic.up / drain.needed for drain in drains)
    slow = fmean(drain.seconds / _limit(drain, WORST) for drain in drains)
    return [
        Row(f"bytes sent / needed: {what}", sent, "B", ratio, f"<= {AIM_BYTES}"),
        Row(f"bytes sent / needed, worst of {len(drains)}: {what}", worst, ""),
        Row(f"bytes received: {what}", fmean(drain.traffic.down for drain in drains), "B"),
        Row(f"time: {what}", fmean(drain.seconds for drain in drains), "s", slow, "limit"),
    ]


def _time(drains: list[Drain]) -> list[Row]:
    what = f"{QUEUED} queued reports, EDGE (120 kbit/s, 600 ms)"
    ratio = median(drain.seconds / _limit(drain, EDGE) for drain in drains)
    seconds = median(drain.seconds for drain in drains)
    return [Row(f"time / the link's limit: {what}", seconds, "s", ratio, f"<= {AIM_TIME}")]


def _limit(drain: Drain, link: Link) -> float:
    return 2 * link.latency + drain.needed / link.rate
