"""A TCP proxy between a real browser and a real server that does to requests what bad networks do.

It runs in a thread of its own and is driven from the test: a script is a list of modes, one for
each request that matches a method and the beginning of a path; when it has run out, requests pass.
Everything seen and every fault that really happened is on record, so that a test can prove it met
the fault it talks about.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.faults.exchange import Exchange, Passage, reset
from tests.faults.modes import Hold, Mode, Pass
from tests.faults.wire import CLOSED, Request, read_request

T = TypeVar("T")
HOST = "127.0.0.1"
PATIENCE = 30.0
"""Seconds that a test waits for something to happen on the wire before it fails."""


@dataclass
class Rule:
    """Which requests a list of modes is meant for; an endless rule repeats its only mode."""

    modes: deque[Mode]
    method: str | None
    path: str
    endless: bool = False

    def take(self, request: Request) -> Mode | None:
        """The mode for this request, or None when the rule does not speak about it."""
        if self.method not in (None, request.method) or not request.path.startswith(self.path):
            return None
        if self.endless:
            return self.modes[0]
        return self.modes.popleft() if self.modes else None


class FaultProxy:
    """The only way from the browser to the server; `origin` is what the browser is told."""

    def __init__(self, upstream: int, tls: ssl.SSLContext | None = None) -> None:
        self._reserved = _bound_socket(0)
        self.port: int = self._reserved.getsockname()[1]
        self.upstream = (HOST, upstream)
        self._tls = tls
        self._rules: list[Rule] = []
        self._passages: list[Passage] = []
        self._news = threading.Condition()
        self._errors: list[BaseException] = []
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._listener: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault-proxy")
        self._thread.start()

    def __enter__(self) -> Self:
        self.up()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def origin(self) -> str:
        """The address a browser opens."""
        return f"{'https' if self._tls else 'http'}://{HOST}:{self.port}"

    def up(self) -> None:
        """Listen: there is a network."""
        self._call(self._up())

    def down(self) -> None:
        """Tear down every connection and refuse new ones: there is no network."""
        self._call(self._down())

    def stop(self) -> None:
        """End the thread; an error of the proxy itself is raised here."""
        self.down()
        self._call(self._end_connections())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
        self._reserved.close()
        if self._errors:
            raise self._errors[0]

    def script(self, *modes: Mode, method: str | None = "POST", path: str = "/api/") -> None:
        """Apply these modes, one for each matching request, in this order."""
        with self._news:
            self._rules.append(Rule(deque(modes), method, path))

    def always(self, mode: Mode, method: str | None = "POST", path: str = "/api/") -> None:
        """Apply this mode to every matching request until `clear`."""
        with self._news:
            self._rules.append(Rule(deque([mode]), method, path, endless=True))

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
            return [mode for rule in self._rules if not rule.endless for mode in rule.modes]

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

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _up(self) -> None:
        if self._listener is None:
            sock = _bound_socket(self.port)
            self._listener = await asyncio.start_server(self._accept, sock=sock, ssl=self._tls)

    async def _down(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for writer in self._connections.values():
            reset(writer)

    async def _end_connections(self) -> None:
        tasks = list(self._connections)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = self._loop.create_task(self._serve(reader, writer))
        self._connections[task] = writer
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._connections.pop(task).transport.abort()
        if not task.cancelled() and (error := task.exception()):
            self._errors.append(error)

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


def _bound_socket(port: int) -> socket.socket:
    """A socket on the port, not listening: it keeps the port ours while the network is down."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind((HOST, port))
    return sock
