"""How soon a reviewer can work: seconds to the first reports and to all, envelopes a second.

A real desk in Chromium, with a thousand and with twenty thousand envelopes waiting; the
same opening in Python, one thread, beside it in the same run.
"""

import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from amana import clock, store
from amana.core.envelope import open_envelope, seal
from amana.core.report import encode_report, parse_report
from amana.core.vocabulary import Vocabulary
from tests.benchmarks.rows import Row
from tests.e2e.browsers import ARGUMENTS, chromium
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import window
from tests.e2e.samples import samples
from tests.e2e.servers import REVIEWER, Ground, Site, make_ground, served_copy

FEW, MANY = 1_000, 20_000
BY_PYTHON = 500
LONGEST_MS = 600_000


def measure() -> list[Row]:
    """Seconds, and rates."""
    if chromium() is None:
        print("opening: no Chromium, nothing measured", file=sys.stderr)
        return []
    rows = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[str(each) for each in ARGUMENTS]
        )
        ground = make_ground(folder / "ground")
        for count in (FEW, MANY):
            (folder / str(count)).mkdir()
            with served_copy(ground, folder / str(count)) as site:
                sealed = _fill(site, count)
                rows += _in_the_browser(browser, site, count, _by_python(ground, sealed))
        browser.close()
    return rows


def _fill(site: Site, count: int) -> list[bytes]:
    """Sealed sample reports, waiting; the first of them."""
    desk_key = site.key_set.desk[-1].pub
    encoded = [
        encode_report(
            {"v": 1, "kind": each.kind, "lang": each.lang, "app": "b", "answers": each.answers}
        )
        for each in samples()
    ]
    first: list[bytes] = []
    with store.opened(site.ground.database_url):
        for start in range(0, count, 1000):
            sealed = [seal(encoded[at % len(encoded)], desk_key) for at in range(1000)]
            first = first or sealed[:BY_PYTHON]
            with store.writing():
                store.envelopes.put(sealed[: count - start], clock.today())
    return first


def _by_python(ground: Ground, sealed: list[bytes]) -> float:
    """Envelopes a second, opened, read and checked by one thread."""
    vocabulary = Vocabulary.load()
    began = time.perf_counter()
    for envelope in sealed:
        parse_report(open_envelope(envelope, ground.seeds), vocabulary)
    return len(sealed) / (time.perf_counter() - began)


def _in_the_browser(browser: Browser, site: Site, count: int, python: float) -> list[Row]:
    with window(browser, site) as desk:
        began = time.perf_counter()
        desk.sign_in(REVIEWER)
        let_in = time.perf_counter() - began
        first = _seconds_until(desk, "li[data-envelope]", began)
        whole = _seconds_until(desk, "[data-screen=queue][aria-busy=false]", began)
    rate = count / (whole - let_in)
    what = f"desk, {count:,} waiting"
    return [
        Row(f"{what}: from the address to the first reports", first, "s"),
        Row(f"{what}: all opened after the sign-in", whole - let_in, "s"),
        Row(f"{what}: opened in the browser", rate, "envelopes/s", rate / python, "of Python's"),
        Row(f"{what}: opened by Python, one thread", python, "envelopes/s"),
    ]


def _seconds_until(desk: Desk, selector: str, began: float) -> float:
    desk.page.locator(selector).first.wait_for(timeout=LONGEST_MS)
    return time.perf_counter() - began
