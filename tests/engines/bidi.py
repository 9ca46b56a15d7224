"""WebDriver BiDi over its websocket: commands out, answers in (https://w3c.github.io/webdriver-bidi)."""

from __future__ import annotations

import contextlib
import itertools
import json
from typing import Any

from websockets.sync.client import connect

from tests.engines.engine import SILENCE


class BidiError(Exception):
    """The browser's answer to a command is an error; `code` is the specification's word for it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Bidi:
    """One session. Nothing is subscribed to, so whatever comes is an answer to what was asked."""

    def __init__(self, address: str) -> None:
        """`address`: `ws://host:port`."""
        self._open = contextlib.ExitStack()
        line = connect(f"{address}/session", max_size=None, compression=None)
        self._socket = self._open.enter_context(line)
        self._numbers = itertools.count(1)
        self.ask("session.new", capabilities={})

    def ask(self, method: str, **params: object) -> Any:
        """The result of a command; `BidiError` when it fails."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self._socket.recv(SILENCE))).get("id") != number:
            pass
        if answer["type"] == "error":
            raise BidiError(answer["error"], answer["message"])
        return answer["result"]

    def hang_up(self) -> None:
        """Close the connection; the browser goes on."""
        self._open.close()
