"""A TCP proxy between a real browser and a real server that does to requests what bad networks do.

It runs in a thread of its own and is driven from the test: a script is a list of modes, one for
each request that matches a method and the beginning of a path; when it has run out, requests pass.
Everything seen and every fault that really happened is on record, so that a test can prove it met
the fault it talks about.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tests.faults.exchange import Exchange, Passage
from tests.faults.listener import HOST, Listener
from tests.faults.modes import Hold, Mode, Pass
from tests.faults.wire import CLOSED, Request, read_request
from tests.patience import PATIENCE

T = TypeVar("T")


@dataclass
class Rule:
    """Which requests a list of modes is meant for, or an endless rule, which is asked each time."""

    modes: deque[Mode]
    method: str | None
    path: str
    endless: Callable[[], Mode] | None = None

    def take(self, request: Request) -> Mode | None:
        """The mode for this request, or None when the rule does not speak about it."""
        if self.method not in (None, request.method) or not request.path.startswith(self.path):
            return None
        if self.endless:
            return self.endless()
        return self.modes.popleft() if self.modes else None


class FaultProxy(Listener):
    """The only way from the browser to the server; `origin` is what the browser is told."""

    def __init__(self, upstream: int, tls: ssl.SSLContext | None = None) -> None:
        super().__init__("fault-proxy", tls)
        self.upstream = (HOST, upstream)
        self._rules: list[Rule] = []
        self._passages: list[Passage] = []
        self._news = threading.Condition()

    def script(self, *modes: Mode, method: str | None = "POST", path: str = "/api/") -> None:
        """Apply these modes, one for each matching request, in this order."""
        with self._news:
            self._rules.append(Rule(deque(modes), method, path))

    def always(self, mode: Mode, method: str | None = "POST", path: str = "/api/") -> None:
        """Apply this mode to every matching request until `clear`."""
        self.draw(lambda: mode, method, path)

    def draw(
        self, choice: Callable[[], Mode], method: str | None = "POST", path: str = "/api/"
    ) -> None:
        """Apply to every matching request what `choice` answers in the proxy's thread."""
        with self._news:
            self._rules.append(Rule(deque(), method, path, choice))

    def clear(self) -> None:
        """Forget all scripts: everything passes."""
        with self._news:
            self._rules.clear()

    def release(self, hold: Hold) -> None:
        """Let the requests go that wait at this mode, and those that will come to it."""
        self._loop.call_soon_threadsafe(hold.gate.set)

    def pending(self) -> list[Mode]:
        """The scripted modes that no request has met yet."""
        with self._news:
            return [mode for rule in self._rules for mode in rule.modes]

    def seen(self, method: str | None = None, path: str = "/") -> list[Passage]:
        """What became of every matching request so far, in the order of arrival."""
        with self._news:
            return [each for each in self._passages if _matches(each.request, method, path)]

    def delivered(self, mode: type[Mode], method: str | None = None) -> list[Passage]:
        """The requests to which a fault of this class really happened."""
        seen = self.seen(method)
        return [each for each in seen if isinstance(each.mode, mode) and each.delivered]

    def wait_until(self, fact: Callable[[], T], patience: float = PATIENCE) -> T:
        """Wait until `fact()` about this proxy's records is true; its value."""
        with self._news:
            if not self._news.wait_for(fact, patience):
                raise AssertionError(f"not seen on the wire within {patience} s")
            return fact()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(*CLOSED):
            while request := await read_request(reader):
                exchange = Exchange(self._note(request), reader, writer, self.upstream)
                await exchange.passage.mode.apply(exchange)
                if exchange.closed:
                    await writer.wait_closed()
                    return

    def _note(self, request: Request) -> Passage:
        with self._news:
            modes = (mode for rule in self._rules if (mode := rule.take(request)))
            passage = Passage(request, next(modes, Pass()), self._changed)
            self._passages.append(passage)
        self._changed()
        return passage

    def _changed(self) -> None:
        with self._news:
            self._news.notify_all()


def _matches(request: Request, method: str | None, path: str) -> bool:
    return method in (None, request.method) and request.path.startswith(path)
