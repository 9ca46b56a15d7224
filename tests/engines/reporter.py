"""The reporter app on a phone of any engine: used through the page, judged by what is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.e2e.profile import sealed_bytes
from tests.e2e.samples import Sample
from tests.engines.engine import Engine, GoneError, Window, wait_for

PAGE = (Path(__file__).parent / "page.js").read_text("utf-8")


class App:
    """One window with the reporter app in it."""

    def __init__(self, window: Window, origin: str) -> None:
        self.window = window
        self.origin = origin

    def use(self, hand: str, *arguments: object) -> Any:
        """One of the hands of `page.js`."""
        return self.window.evaluate(PAGE, hand, *arguments)

    def open(self) -> None:
        """Open the app and wait for its start; every word it shows from now on is written down."""
        self.replace(lambda: self.window.goto(self.origin))
        self.wait_started()

    def reload(self) -> None:
        """Load the page again and wait for its start."""
        self.replace(self.window.reload)
        self.wait_started()

    def visit_path(self, path: str) -> None:
        """Open another address of the same origin, in the place of the page that is open."""
        self.window.goto(self.origin + path)
        wait_for(lambda: self.is_at(path), f"page at {path}")

    def is_at(self, path: str) -> bool:
        """Whether the page that is open has this path."""
        return self.asks(f"() => location.pathname === '{path}'")

    def wait_started(self) -> None:
        """Wait for the start of the app, through the pages that come before it."""
        wait_for(self._is_here, "page of the app's")
        self.use("started")
        self.use("watch")

    def wait_restored(self) -> None:
        """Wait until the app has brought back what was written in the page before this one."""
        wait_for(self._is_here, "page of the app's")
        self.use("restored")
        self.use("watch")

    def visit(self) -> None:
        """Open the app and stay until it says that it opens without a network."""
        self.open()
        self.use("offline", True)

    def leave(self) -> None:
        """Leave in a hurry, and wait until the app's document is gone."""
        self.use("leave")
        wait_for(self.is_ordinary, "ordinary page")

    def erase(self) -> None:
        """Erase everything, and wait until the app's document is gone."""
        self.use("erase")
        wait_for(self.is_ordinary, "ordinary page")

    def is_ordinary(self) -> bool:
        """Whether the window shows the ordinary page, in a document that has never been the app."""
        return self.asks(
            "() => location.pathname === '/page' && document.querySelector('h1') !== null"
            " && document.documentElement.dataset.left === undefined"
        )

    def kept(self) -> dict[str, Any]:
        """What the app's origin keeps on the phone: databases, caches, workers, marks."""
        found: dict[str, Any] = self.use("kept")
        return found

    def seal(self, report: Sample) -> None:
        """Answer all questions of a report and seal it."""
        self.use("write", report.kind, report.answers)
        self.use("seal")

    def words(self) -> list[str]:
        """The words that are on the screen."""
        return list(self.use("words"))

    def text(self) -> str:
        """What is written on the screen."""
        return str(self.use("text"))

    def seen(self) -> set[str]:
        """All words that were on the screen since this was asked last."""
        return set(self.use("seen"))

    def look_at(self) -> None:
        """Take the phone in hand: a good moment for the app to try again."""
        self.use("pickUp")

    def wait_received(self) -> None:
        """Look at the phone until it says that the report sealed last was received."""
        wait_for(self._is_received, "word that it was received")

    def trouble(self) -> str | None:
        """Why the last try did not get through, on the screen of what waits."""
        self.use("status")
        found = self.use("idle")
        return None if found is None else str(found)

    def received(self) -> int:
        """How many reports this window knows to be received, on the screen of what waits."""
        self.use("status")
        self.use("idle")
        return int(self.use("received"))

    def insist_until(self, fact: Callable[[], object]) -> None:
        """Tap on sending until something is true; no tap while the app is at it."""
        self.use("status")
        wait_for(lambda: self.use("send") or fact(), "effect of insisting")

    def send_all(self) -> int:
        """Insist until nothing waits; how many reports this window knows to be received."""
        self.insist_until(lambda: not self.outbox())
        return self.received()

    def databases(self) -> dict[str, list[Any]]:
        """All rows of all IndexedDB stores, by `database/store`; binary values as base64."""
        found: dict[str, list[Any]] = self.use("databases")
        return found

    def outbox(self) -> list[bytes]:
        """The sealed reports that IndexedDB holds, sorted."""
        return sorted(sealed_bytes(self.databases().get("amana-outbox/envelopes", [])))

    def replace(self, load: Callable[[], None]) -> None:
        """Wait until what is loaded has taken the place of the page that is shown now."""
        self.window.evaluate("() => { window.stale = true; }")
        load()
        wait_for(self._is_fresh, "new page")

    def _is_here(self) -> bool:
        return self.asks(f"() => location.origin === '{self.origin}' && document.body !== null")

    def _is_fresh(self) -> bool:
        return self.asks("() => window.stale !== true && document.body !== null")

    def asks(self, question: str) -> bool:
        try:
            return bool(self.window.look(question))
        except GoneError:
            return False

    def _is_received(self) -> bool:
        self.look_at()
        return self.words() == ["received"]


class Phone(App):
    """A phone that knows the app's address; it can be killed, and opened again."""

    def __init__(self, engine: Engine, origin: str) -> None:
        super().__init__(engine.start(), origin)
        self.engine = engine

    def kill(self) -> None:
        """The battery falls out."""
        self.engine.kill()

    def reopen(self) -> None:
        """Start the browser again and open the app."""
        self.window = self.engine.start()
        self.open()

    def another_window(self) -> App:
        """A second window of the same browser, at the start of the app."""
        app = App(self.engine.window(), self.origin)
        app.open()
        return app
