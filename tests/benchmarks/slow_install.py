"""How long a first visit takes over a link of 2 kB/s that is cut again and again.

Real Chromium, real gunicorn; the bytes are those that the link carried, lost ones included.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from tests.benchmarks.rows import Row
from tests.e2e.browsers import chromium
from tests.e2e.phone import Phone
from tests.e2e.servers import Site, make_ground
from tests.faults.link import Link, LinkProxy

LINKS = [Link(rate=2_000, cut_every=60), Link(rate=2_000, cut_every=20)]
"""Over the second one no visit ends before it was cut."""
PATIENCE = 900_000
"""Milliseconds."""


def measure() -> list[Row]:
    """Seconds until the form is there, and until the app opens and seals without a network."""
    if chromium() is None:
        print("slow_install: no Chromium, nothing measured", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(make_ground(Path(folder) / "home"))
        try:
            return [row for link in LINKS for row in _measure(playwright, Path(folder), site, link)]
        finally:
            site.stop()


def _measure(playwright: Playwright, folder: Path, site: Site, link: Link) -> list[Row]:
    name = f"{link.rate / 1000:.0f} kB/s, cut every {link.cut_every:.0f} s"
    with LinkProxy(site.report.port, link) as proxy:
        return _visit(playwright, folder / f"phone-{link.cut_every:.0f}", proxy, name)


def _visit(playwright: Playwright, profile: Path, link: LinkProxy, name: str) -> list[Row]:
    phone = Phone(playwright, profile, link.origin, "ar")
    begin = time.monotonic()
    phone.goto()
    phone.page.locator("[data-kind]").first.wait_for(timeout=PATIENCE)
    form = time.monotonic() - begin
    phone.page.locator("[data-offline=true]").wait_for(timeout=PATIENCE)
    ready = time.monotonic() - begin
    phone.close()
    return [
        Row(f"the form is there, {name}", form, "s"),
        Row(f"opens without a network, {name}", ready, "s"),
        Row(f"bytes of the whole first visit, {name}", link.traffic.down, "B"),
        Row(f"cuts meanwhile, {name}", link.traffic.cuts, ""),
    ]
