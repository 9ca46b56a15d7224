"""WebKitGTK's own small browser, through WebDriver, on a screen that nobody sees."""

from __future__ import annotations

import contextlib
import glob
import http.client
import json
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.e2e.browsers import kill_tree
from tests.engines.engine import (
    ANSWER,
    SILENCE,
    Engine,
    GoneError,
    Setup,
    Window,
    wait_for,
)

DRIVER = os.environ.get("AMANA_WEBKIT_DRIVER", "WebKitWebDriver")
HOST = "127.0.0.1"

GIVEN_UP = (ANSWER + SILENCE) / 2
"""Seconds that the driver waits for a page: longer than the page for itself, shorter than we do."""

LOOK = 5.0
"""Seconds within which a page answers that is there."""


def mini_browser() -> str | None:
    """The path of WebKitGTK's browser, or None when there is none on this machine."""
    return next(iter(sorted(glob.glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser"))), None)


class WebDriverError(Exception):
    """The driver's answer is an error; `code` is the specification's word for it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Driver:
    """WebDriver's commands (https://w3c.github.io/webdriver) to one port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port

    def ask(self, method: str, path: str, patience: float = SILENCE, **body: object) -> Any:
        """The value that a command gives; `WebDriverError` when it fails."""
        content = json.dumps(body) if method == "POST" else None
        connection = http.client.HTTPConnection(HOST, self._port, timeout=patience)
        with contextlib.closing(connection):
            connection.request(method, path, content, {"Content-Type": "application/json"})
            value = json.load(connection.getresponse())["value"]
        if isinstance(value, dict) and "error" in value:
            raise WebDriverError(value["error"], value["message"])
        return value


class WebKitWindow(Window):
    """The window that the session looks at."""

    def __init__(self, driver: Driver, session: str) -> None:
        self._driver = driver
        self._session = session

    def goto(self, url: str) -> None:
        self._driver.ask("POST", f"{self._session}/url", url=url)

    def reload(self) -> None:
        self._driver.ask("POST", f"{self._session}/refresh")

    def travel(self, steps: int) -> None:
        self._execute("sync", f"history.go({steps})")

    def close(self) -> None:
        self._driver.ask("DELETE", f"{self._session}/window")

    def look(self, function: str) -> Any:
        """See `Window.look`; the driver may wait in vain for the answer of a page that has gone."""
        try:
            return self._execute("sync", f"return ({function})()", patience=LOOK)
        except TimeoutError as error:
            raise GoneError("no answer") from error

    def _call(self, function: str, text: str) -> str:
        script = f"""const [text, done] = arguments;
        const fail = (error) => done({{ wrong: `${{error}}` }});
        ({function})(text).then((value) => done({{ value }}), fail);"""
        answer = self._execute("async", script, text)
        assert "wrong" not in answer, answer["wrong"]
        return str(answer["value"])

    def _execute(self, kind: str, script: str, *arguments: str, patience: float = SILENCE) -> Any:
        path = f"{self._session}/execute/{kind}"
        try:
            return self._driver.ask("POST", path, patience, script=script, args=arguments)
        except WebDriverError as error:
            if error.code in ("javascript error", "no such frame"):
                raise GoneError(str(error)) from error
            raise


class WebKit(Engine):
    """MiniBrowser in an automation session: always private, and keeps nothing when it ends."""

    name = "webkit"
    untested = "Safari and every browser on an iPhone"

    def __init__(self, folder: Path, setup: Setup) -> None:
        super().__init__(folder, setup)
        self._processes: list[subprocess.Popen[bytes]] = []
        self._driver: Driver | None = None

    @classmethod
    def installed(cls) -> bool:
        return None not in (mini_browser(), shutil.which(DRIVER), shutil.which("Xvfb"))

    def start(self) -> Window:
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "webkit.log").open("ab") as log:
            display = self._start_screen(log.fileno())
            driver = self._start_driver(log.fileno(), display)
        options = {"binary": mini_browser(), "args": ["--automation"]}
        made = driver.ask(
            "POST",
            "/session",
            capabilities={
                "alwaysMatch": {
                    "pageLoadStrategy": "none",
                    "timeouts": {"script": int(GIVEN_UP * 1000)},
                    "webkitgtk:browserOptions": options,
                }
            },
        )
        return WebKitWindow(driver, f"/session/{made['sessionId']}")

    def window(self) -> Window:
        raise NotImplementedError("a WebDriver session looks at one window only")

    def kill(self) -> None:
        raise NotImplementedError("nothing outlives a session of WebKitGTK's")

    def close(self) -> None:
        kill_tree([process.pid for process in reversed(self._processes)])
        for process in self._processes:
            process.wait()
        self._processes = []

    def _start_screen(self, log: int) -> str:
        """The name of a display that nobody sees."""
        reading, writing = os.pipe()
        command = [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "800x640x24",
            "-nolisten",
            "tcp",
        ]
        self._processes.append(
            subprocess.Popen(command, stdout=log, stderr=log, pass_fds=[writing])
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            return f":{answer.readline().strip()}"

    def _start_driver(self, log: int, display: str) -> Driver:
        with socket.socket() as reserved:
            reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            reserved.bind((HOST, 0))
            port: int = reserved.getsockname()[1]
        environment = {
            **os.environ,
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "HOME": str(self.folder),
            "LANGUAGE": "ar",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
            "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
        }
        self._processes.append(
            subprocess.Popen([DRIVER, f"--port={port}"], env=environment, stdout=log, stderr=log)
        )
        self._driver = Driver(port)
        wait_for(lambda: self._is_ready(), "WebKitWebDriver")
        return self._driver

    def _is_ready(self) -> bool:
        assert self._driver is not None
        try:
            return bool(self._driver.ask("GET", "/status")["ready"])
        except ConnectionRefusedError:
            return False
