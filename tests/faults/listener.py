"""A port of this machine that can be taken away and given back, served in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.patience import PATIENCE

T = TypeVar("T")
HOST = "127.0.0.1"

HANG_UP_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER of zero seconds: closing sends RST instead of FIN."""


class Listener:
    """What a browser connects to; `_serve` says what becomes of a connection."""

    def __init__(self, name: str, tls: ssl.SSLContext | None = None) -> None:
        self._reserved = _bound_socket(0)
        self.port: int = self._reserved.getsockname()[1]
        self._tls = tls
        self._errors: list[BaseException] = []
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._listener: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name)
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
        """End the thread; an error of the listener itself is raised here."""
        self.down()
        self._call(self._end_connections())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
        self._reserved.close()
        if self._errors:
            raise self._errors[0]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Do with a new connection what this listener is for."""
        raise NotImplementedError

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    async def _up(self) -> None:
        if self._listener is None:
            sock = _bound_socket(self.port)
            self._listener = await asyncio.start_server(self._accept, sock=sock, ssl=self._tls)

    async def _down(self) -> None:
        if listener := self._listener:
            self._listener = None
            for sock in listener.sockets:
                self._loop.remove_reader(sock)
            # What asyncio has just accepted it would lose, unclosed, with the server it came to
            # (Server._attach in Python 3.11): one turn of the loop makes connections of it.
            await asyncio.sleep(0)
            listener.close()
        for writer in self._connections.values():
            reset(writer)

    async def _end_connections(self) -> None:
        """End what serves connections, and what was about to take one when the port closed."""
        while tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._listener is None:
            reset(writer)
            return
        task = self._loop.create_task(self._serve(reader, writer))
        self._connections[task] = writer
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._connections.pop(task).transport.abort()
        if not task.cancelled() and (error := task.exception()):
            self._errors.append(error)


def reset(writer: asyncio.StreamWriter) -> None:
    """Close a connection with RST, whatever is still under way on it."""
    sock: socket.socket | None = writer.get_extra_info("socket")
    if sock is not None:  # TLS forgets it when the connection is over
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP_AT_ONCE)
    writer.transport.abort()


def _bound_socket(port: int) -> socket.socket:
    """A socket on the port, not listening: it keeps the port ours while the network is down."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind((HOST, port))
    return sock
