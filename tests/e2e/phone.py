"""The reporter app on a phone, used by thumb, and what the phone holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Playwright, Request

from tests.e2e.profile import Profile, databases, sealed_bytes
from tests.e2e.samples import Sample, as_tapped, place_names
from tests.patience import PATIENCE, PATIENCE_MS

WAY_HOME = {"done": "another"}
"""What to tap on the way to the start where it is not "back"."""

SEAL = """async (reports) => {
  while (!window.amanaSeal) await new Promise(requestAnimationFrame);
  const meta = (name) => document.querySelector(`meta[name=${name}]`).content;
  const clock = { now: Date.now, today: () => "2025-03-07", chance: Math.random };
  let sealing;
  await new Promise((ready) => {
    const look = ({ need }) => need === null && ready();
    sealing = amanaSeal.start({ link: null, page: meta("amana-root") }, clock, look);
  });
  const rest = { v: 1, app: meta("amana-build"), made: clock.today() };
  for (const report of reports) await sealing.seal({ ...report, ...rest });
}"""
"""Seals reports as the screens have it done, on a key set that this phone keeps."""


def wait_until(fact: Callable[[], object], otherwise: str) -> None:
    """Look again and again until something is true; fail with `otherwise` when patience ends."""
    end = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < end, otherwise
        time.sleep(0.02)


PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
"""Whether something is to be seen of the page."""


class Window:
    """One window with the reporter app in it."""

    def __init__(self, page: Page, origin: str) -> None:
        page.set_default_timeout(PATIENCE_MS)
        self.page = page
        self.origin = origin

    def goto(self) -> None:
        """Open the address; whether anything comes is not waited for."""
        self.page.goto(self.origin, wait_until="commit")

    def open(self) -> None:
        """Open the address and wait for the start."""
        self.goto()
        self.page.locator("[data-kind]").first.wait_for()

    def visit(self) -> None:
        """Open the app and stay until nothing is missing for writing without a network."""
        self.open()
        self.page.locator("[data-offline=true]").wait_for()
        wait_until(self.has_keys, "the key set did not arrive")

    def has_keys(self) -> bool:
        """Whether a key set is kept in IndexedDB: without one nothing can be sealed."""
        kept = databases(self.page).get("amana-keys/kept", [])
        return any(value.count(".") == 2 for value in kept)

    @property
    def build(self) -> str:
        """The id of the build whose page is open."""
        return self.page.locator("meta[name=amana-build]").get_attribute("content") or ""

    def wait_for_update(self) -> None:
        """Wait until another build is on this phone, whole, and waits for its turn."""
        wait_until(lambda: self._has_worker("waiting"), "no other build came")

    def wait_for_installation(self) -> None:
        """Wait until the browser is not at installing another build, or has failed to."""
        wait_until(lambda: not self._has_worker("installing"), "installing does not end")

    def look_at(self) -> None:
        """Take the phone in hand: a good moment for the app to try again."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    @property
    def screen(self) -> str:
        """The name of the screen that is shown."""
        return self.page.locator("main").get_attribute("data-screen") or ""

    def text(self) -> str:
        """What is written on the screen, and what the app says of each report there."""
        fates = self.page.locator("[data-fate]").evaluate_all(
            "(all) => all.map((one) => one.dataset.fate)"
        )
        return f"{self.page.locator('body').inner_text(timeout=5000)}\n{fates}"

    def home(self) -> None:
        """Go to the start."""
        while (screen := self.screen) != "home":
            self.act(WAY_HOME.get(screen, "back"))

    def status(self) -> None:
        """Go to what waits on this phone."""
        if self.screen != "status":
            self.home()
            self.act("status")

    def act(self, name: str) -> None:
        """Tap one of the app's own buttons."""
        self.page.locator(f"[data-act={name}]").tap()

    def leave(self) -> None:
        """Leave in a hurry, and wait until the app's document is gone."""
        self.page.locator("#exit").tap()
        self.wait_left()

    def wait_left(self) -> None:
        """Wait for the ordinary page, in a document of its own that has never been the app."""
        self.page.wait_for_url("**/page", wait_until="commit")
        self.page.locator("html:not([data-left])").wait_for()
        assert self.page.locator("#exit").count() == 0
        assert self.page.title() == self.page.locator("h1").inner_text() == "شوربة العدس"

    def write(self, report: Sample) -> None:
        """Answer all questions of a report, in its language, up to the review."""
        self.speak(report.lang)
        self.home()
        self.page.locator(f"[data-kind={report.kind}]").tap()
        if self.page.locator("[data-act=more][aria-expanded=false]").is_visible():
            self.act("more")
        for code, value in report.answers.items():
            self.answer(code, value, report.lang)
        self.act("review")
        self.page.locator("[data-screen=review]").wait_for()

    def speak(self, language: str) -> None:
        """Turn to another language where it is not on."""
        if self.page.locator(f"html[lang={language}]").count():
            return
        self.page.locator(f"[data-language={language}]").tap()
        self.page.locator(f"html[lang={language}]").wait_for()

    def answer(self, code: str, value: Any, language: str) -> None:
        """Answer one question."""
        field = self.page.locator(f"[data-field={code}]")
        if isinstance(value, Mapping):
            self._answer_place(field, value["text"], value["pcode"], language)
        elif code == "note":
            field.locator("textarea").fill(value)
        else:
            for option in [value] if isinstance(value, str) else value:
                field.locator(f"[data-option='{option}']").tap()

    def seal(self) -> None:
        """Seal what is being reviewed, and wait until the app says that it has."""
        self.act("seal")
        self.page.locator("[data-screen=done]").wait_for()

    def seal_all(self, reports: Iterable[Sample]) -> None:
        """Seal reports past the screens, by the app's own part; what is started for it stays."""
        plain = [{"kind": r.kind, "lang": r.lang, "answers": as_tapped(r)} for r in reports]
        self.page.evaluate(SEAL, plain)

    def outbox(self) -> list[bytes]:
        """The sealed reports that IndexedDB holds, sorted."""
        stored = databases(self.page)
        return sorted(sealed_bytes(stored.get("amana-outbox/envelopes", [])))

    def send_now(self) -> None:
        """Insist on sending. Nothing happens while the app is sending or has nothing to send."""
        self.status()
        self.page.evaluate("document.querySelector('[data-act=send]:enabled')?.click()")

    def send_until(self, fact: Callable[[], object]) -> None:
        """Insist until something is true."""

        def look_and_insist() -> bool:
            if fact():
                return True
            self.send_now()
            return False

        wait_until(look_and_insist, "insisting did not help")

    def wait_sent(self) -> None:
        """Insist until IndexedDB holds nothing any more."""
        self.send_until(lambda: not self.outbox())

    def slow_down(self, times: float) -> None:
        """Make this window compute so many times slower."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": times})

    @contextmanager
    def refused_connection(self) -> Iterator[None]:
        """Look at the phone until a request has met a refused connection since the block began."""
        refused: list[Request] = []

        def note(request: Request) -> None:
            if request.failure == "net::ERR_CONNECTION_REFUSED":
                refused.append(request)

        def look() -> bool:
            self.look_at()
            return bool(refused)

        self.page.on("requestfailed", note)
        yield
        wait_until(look, "no connection was refused")
        self.page.remove_listener("requestfailed", note)

    def _has_worker(self, state: str) -> bool:
        return bool(
            self.page.evaluate(
                "(state) => navigator.serviceWorker.getRegistration().then("
                "(found) => found[state] !== null)",
                state,
            )
        )

    def _answer_place(self, field: Locator, text: str, pcode: str | None, language: str) -> None:
        """Type a place and take it from the list; one that is not in there is left as typed."""
        names = place_names(pcode)
        choice = field.locator(f"[data-place={pcode if names else 'other'}]")
        box = field.locator("input")
        box.fill(text)
        field.locator("[data-place=other]").wait_for()
        if not choice.is_visible():
            box.fill(names[language])
        choice.tap()


class Phone(Profile, Window):
    """A phone that knows the reporter app's address."""

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        origin: str,
        language: str,
        camera: Path | None = None,
    ) -> None:
        self.origin = origin
        super().__init__(playwright, profile, language, camera)

    def another_window(self) -> Window:
        """A second window of the same browser, at the start of the app."""
        window = Window(self.context.new_page(), self.origin)
        window.open()
        return window
