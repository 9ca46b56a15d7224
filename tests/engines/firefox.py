"""Firefox ESR, through WebDriver BiDi."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed

from tests.e2e.browsers import kill_tree, processes_below
from tests.engines.bidi import Bidi, BidiError
from tests.engines.engine import Engine, GoneError, Setup, Window, wait_for
from tests.patience import PATIENCE

FIREFOX = os.environ.get("AMANA_FIREFOX", "firefox-esr")

QUIET: dict[str, bool | int | str] = {
    "app.normandy.enabled": False,
    "app.update.auto": False,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.sessionstore.resume_from_crash": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "dom.security.https_first": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "intl.accept_languages": "ar",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.startup.max_resumed_crashes": -1,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
"""Nothing but the tested page uses the network, and a kill is no reason for questions."""


FORBID_ALL = 2


class FirefoxWindow(Window):
    """A browsing context."""

    def __init__(self, bidi: Bidi, context: str) -> None:
        self._bidi = bidi
        self._context = context

    def goto(self, url: str) -> None:
        """See `Window.goto`; a page that is going elsewhere by itself may win, then ask again."""
        wait_for(lambda: self._goes_to(url), "way to another address")

    def _goes_to(self, url: str) -> bool:
        try:
            self._bidi.ask("browsingContext.navigate", context=self._context, url=url, wait="none")
        except BidiError as error:
            if "NS_BINDING_ABORTED" not in str(error):
                raise
            return False
        return True

    def reload(self) -> None:
        self._bidi.ask("browsingContext.reload", context=self._context, wait="none")

    def travel(self, steps: int) -> None:
        self._bidi.ask("browsingContext.traverseHistory", context=self._context, delta=steps)

    def close(self) -> None:
        self._bidi.ask("browsingContext.close", context=self._context)

    def type(self, selector: str, text: str) -> None:
        """Type letter by letter, as a keyboard does: only that is written to the session file."""
        self.evaluate("(selector) => document.querySelector(selector).focus()", selector)
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": keys}]
        self._bidi.ask("input.performActions", context=self._context, actions=actions)

    def has_heading(self, text: str) -> bool:
        """Whether a heading is there for whoever reads the screen; works where no script does."""
        wanted = {"type": "accessibility", "value": {"role": "heading", "name": text}}
        found = self._bidi.ask("browsingContext.locateNodes", context=self._context, locator=wanted)
        return len(found["nodes"]) > 0

    def _call(self, function: str, text: str) -> str:
        try:
            answer = self._bidi.ask(
                "script.callFunction",
                functionDeclaration=function,
                arguments=[{"type": "string", "value": text}],
                target={"context": self._context},
                awaitPromise=True,
                userActivation=True,
            )
        except BidiError as error:
            if error.code in ("no such frame", "unknown error", "no such node"):
                raise GoneError(str(error)) from error
            raise
        if answer["type"] == "exception":
            raise AssertionError(answer["exceptionDetails"]["text"])
        return str(answer["result"]["value"])


class Firefox(Engine):
    """Debian's Firefox ESR without a screen."""

    name = "firefox"
    untested = "Firefox and Tor Browser"

    def __init__(self, folder: Path, setup: Setup) -> None:
        super().__init__(folder, setup)
        self._process: subprocess.Popen[bytes] | None = None
        self._bidi: Bidi | None = None

    @classmethod
    def installed(cls) -> bool:
        return shutil.which(FIREFOX) is not None

    @property
    def bidi(self) -> Bidi:
        """The connection to the running browser."""
        assert self._bidi is not None, "the browser is not running"
        return self._bidi

    def start(self) -> FirefoxWindow:
        self.folder.mkdir(exist_ok=True)
        self._write_prefs()
        self._address.unlink(missing_ok=True)
        with (self.folder.parent / "firefox.log").open("ab") as log:
            command = [FIREFOX, "--headless", "--no-remote", "--remote-debugging-port=0"]
            self._process = subprocess.Popen(
                [*command, "--profile", str(self.folder)], stdout=log, stderr=log
            )
        self._bidi = Bidi(wait_for(self._read_address, "Firefox"))
        if self.setup.first:
            script = f"() => {{ {self.setup.first} }}"
            self.bidi.ask("script.addPreloadScript", functionDeclaration=script)
        (window,) = self.windows()
        return window

    def window(self) -> FirefoxWindow:
        made = self.bidi.ask("browsingContext.create", type="tab", background=False)
        return FirefoxWindow(self.bidi, made["context"])

    def windows(self) -> list[FirefoxWindow]:
        """All windows of the running browser, those that pages have opened too; oldest first."""
        trees = self.bidi.ask("browsingContext.getTree")["contexts"]
        return [FirefoxWindow(self.bidi, tree["context"]) for tree in trees]

    def kill_pages(self) -> None:
        """SIGKILL every process that holds pages, as a phone does that needs its memory."""
        assert self._process is not None, "the browser is not running"
        kill_tree(processes_below(self._process.pid, "tab"))

    def kill(self) -> None:
        assert self._process is not None, "there is no browser to kill"
        kill_tree([self._process.pid])
        self._process.wait()
        self._process = None
        if self._bidi is not None:
            self._bidi.hang_up()
            self._bidi = None

    def close(self) -> None:
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired, TimeoutError, ConnectionClosed):
            if self._bidi is not None:
                self._bidi.ask("browser.close")
            self._process.wait(PATIENCE)
        self.kill()

    @property
    def _address(self) -> Path:
        return self.folder / "WebDriverBiDiServer.json"

    def _read_address(self) -> str:
        try:
            server: dict[str, Any] = json.loads(self._address.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return ""
        return f"ws://{server['ws_host']}:{server['ws_port']}"

    def _write_prefs(self) -> None:
        own: dict[str, bool | int | str] = {
            "browser.privatebrowsing.autostart": self.setup.private,
            "network.dns.localDomains": ",".join(self.setup.hosts),
        }
        if self.setup.forbidding:
            own["network.cookie.cookieBehavior"] = FORBID_ALL
        prefs = {**QUIET, **own, **self.setup.prefs}
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in prefs.items()
        ]
        (self.folder / "user.js").write_text("\n".join(lines))
