"""Chromium, through Playwright."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright

from tests.e2e.browsers import ARGUMENTS, chromium
from tests.e2e.profile import SCREEN, Profile
from tests.engines.engine import Engine, GoneError, Setup, Window

LANGUAGE = "ar"
FORBID_ALL = 2


class ChromiumWindow(Window):
    """A page of Playwright's."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def goto(self, url: str) -> None:
        self._page.goto(url, wait_until="commit")

    def reload(self) -> None:
        self._page.reload(wait_until="commit")

    def travel(self, steps: int) -> None:
        session = self._page.context.new_cdp_session(self._page)
        history = session.send("Page.getNavigationHistory")
        entry = history["entries"][history["currentIndex"] + steps]
        session.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})
        session.detach()

    def close(self) -> None:
        self._page.close()

    def _call(self, function: str, text: str) -> str:
        try:
            return str(self._page.evaluate(function, text))
        except Error as error:
            if "Execution context was destroyed" in error.message:
                raise GoneError from error
            raise


class Chromium(Engine):
    """Debian's Chromium; its private windows are those of a context off the record."""

    name = "chromium"
    untested = "Chrome, Samsung Internet, Edge and every WebView"

    def __init__(self, folder: Path, setup: Setup, playwright: Playwright) -> None:
        super().__init__(folder, setup)
        self._playwright = playwright
        self._profile: Profile | None = None
        self._browser: Browser | None = None
        self._context: BrowserContext | None = None

    @classmethod
    def installed(cls) -> bool:
        return chromium() is not None

    def start(self) -> Window:
        if self.setup.private:
            return self._start_private()
        if self._profile is None:
            if self.setup.forbidding:
                self._forbid_storing()
            hosts = self.setup.hosts
            self._profile = Profile(self._playwright, self.folder, LANGUAGE, hosts=hosts)
        else:
            self._profile.reopen()
        return self._first_window(self._profile.context)

    def window(self) -> Window:
        assert self._context is not None, "the browser is not running"
        return ChromiumWindow(self._context.new_page())

    def kill(self) -> None:
        assert self._profile is not None, "there is no browser to kill"
        self._profile.kill()

    def close(self) -> None:
        if self._profile is not None:
            self._profile.close()
        if self._browser is not None:
            self._browser.close()

    def _start_private(self) -> Window:
        self._browser = self._playwright.chromium.launch(
            executable_path=chromium(), args=list(ARGUMENTS)
        )
        return self._first_window(
            self._browser.new_context(
                viewport=SCREEN, locale=LANGUAGE, has_touch=True, is_mobile=True
            )
        )

    def _forbid_storing(self) -> None:
        content = {"default_content_setting_values": {"cookies": FORBID_ALL}}
        preferences = self.folder / "Default/Preferences"
        preferences.parent.mkdir(parents=True)
        preferences.write_text(json.dumps({"profile": content}))

    def _first_window(self, context: BrowserContext) -> Window:
        self._context = context
        if self.setup.first:
            context.add_init_script(self.setup.first)
        return ChromiumWindow(context.pages[0]) if context.pages else self.window()
