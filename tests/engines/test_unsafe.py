"""Browsers in which nothing can be sealed: they say so, show no form, and nothing stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.servers import Site
from tests.engines.chromium import Chromium
from tests.engines.conftest import Launch
from tests.engines.engine import Engine, Setup, Window, wait_for
from tests.engines.firefox import Firefox, FirefoxWindow
from tests.engines.reporter import App
from tests.engines.webkit import WebKit

HOST = "reports.test"
"""A name as a box in a local network has one: no browser takes plain http under it for safe."""

MAPPED = "[::ffff:127.0.0.1]"
"""This machine by an address of which WebKit does not know that it is this machine."""

HEADINGS = ["لا يمكن الكتابة بأمان في هذا المتصفح", "This browser cannot be used safely"]

LOOK = """() => ({
  headings: [...document.querySelectorAll("h1")]
    .filter((one) => one.getClientRects().length > 0)
    .map((one) => one.textContent),
  fields: document.querySelectorAll("input, select, textarea, [data-kind]").length,
})"""

WRITTEN = """async () => ({
  databases: (await indexedDB.databases()).length,
  entries: localStorage.length + sessionStorage.length,
  cookies: document.cookie,
})"""

STORAGE = re.compile(
    r"IndexedDB|Storage|Service Worker|File System|storage/|store\.sqlite|(?i:cookies)"
)
"""Where browsers keep what a page has written; what they note of any page they keep elsewhere."""

NO_WEBCRYPTO = "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })"
OPERA_MINI = (
    "Opera/9.80 (Android; Opera Mini/7.6.40234/191.303; U; ar) Presto/2.12.423 Version/12.16"
)


def assert_refused(window: Window) -> None:
    wait_for(lambda: window.evaluate(LOOK) == {"headings": HEADINGS, "fields": 0}, "explanation")


def stored(folder: Path, host: str) -> list[str]:
    """The files of a profile that hold what pages under this name have written."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    named = [path for path in files if host in str(path) or host.encode() in path.read_bytes()]
    return [str(path) for path in named if STORAGE.search(str(path.relative_to(folder)))]


@pytest.fixture
def engine(launch: Launch) -> Iterator[Engine]:
    running = launch(Setup(hosts=(HOST,)))
    yield running
    running.close()


@pytest.mark.parametrize("kind", [Chromium, Firefox], ids=lambda kind: kind.name, indirect=True)
@pytest.mark.failure("F69")
def test_over_plain_http_nothing_is_asked_and_nothing_is_written(
    site: Site, engine: Engine
) -> None:
    window = engine.start()
    window.goto(f"http://{HOST}:{site.report.proxy.port}/")
    assert_refused(window)
    assert window.evaluate("() => isSecureContext") is False
    safe = App(engine.window(), site.report.origin)
    safe.visit()
    engine.close()
    assert stored(engine.folder, HOST) == []
    assert stored(engine.folder, "127.0.0.1") != []


@pytest.mark.parametrize("kind", [WebKit], ids=lambda kind: kind.name, indirect=True)
@pytest.mark.failure("F69")
def test_over_plain_http_webkit_is_asked_nothing_and_nothing_is_written(
    site: Site, launch: Launch
) -> None:
    engine = launch(Setup())
    window = engine.start()
    window.goto(f"http://{MAPPED}:{site.report.proxy.port}/")
    assert_refused(window)
    assert window.evaluate("() => isSecureContext") is False
    assert window.evaluate(WRITTEN) == {"databases": 0, "entries": 0, "cookies": ""}
    engine.close()


@contextmanager
def without_webcrypto(firefox: Firefox) -> Iterator[None]:
    added = firefox.bidi.ask(
        "script.addPreloadScript", functionDeclaration=f"() => {{ {NO_WEBCRYPTO} }}"
    )
    yield
    firefox.bidi.ask("script.removePreloadScript", script=added["script"])


@contextmanager
def as_opera_mini(firefox: Firefox) -> Iterator[None]:
    everywhere: dict[str, Any] = {"userContexts": ["default"]}
    firefox.bidi.ask("emulation.setUserAgentOverride", userAgent=OPERA_MINI, **everywhere)
    yield
    firefox.bidi.ask("emulation.setUserAgentOverride", userAgent=None, **everywhere)


@pytest.mark.parametrize("kind", [Firefox], ids=lambda kind: kind.name, indirect=True)
@pytest.mark.failure("F68", "F69")
def test_a_firefox_that_cannot_seal_or_whose_page_is_drawn_elsewhere_shows_no_form(
    site: Site, launch: Launch
) -> None:
    engine = launch(Setup())
    assert isinstance(engine, Firefox)
    window = engine.start()
    for lack in (without_webcrypto, as_opera_mini):
        with lack(engine):
            window.goto(site.report.origin)
            assert_refused(window)
            assert window.evaluate("async () => (await indexedDB.databases()).length") == 0
    engine.close()


@pytest.mark.parametrize("kind", [Firefox], ids=lambda kind: kind.name, indirect=True)
@pytest.mark.failure("F69")
def test_a_firefox_that_runs_no_scripts_says_so(site: Site, launch: Launch) -> None:
    engine = launch(Setup(prefs={"javascript.enabled": False}))
    window = engine.start()
    assert isinstance(window, FirefoxWindow)
    window.goto(site.report.origin)
    wait_for(lambda: all(window.has_heading(text) for text in HEADINGS), "explanation")
    engine.close()
    assert stored(engine.folder, "127.0.0.1") == []
