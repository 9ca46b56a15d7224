"""One request on its way from the browser to the server: everything that a fault may do with it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.faults.listener import reset
from tests.faults.wire import (
    CLOSED,
    Request,
    Response,
    read_response,
    self_delimited,
    without,
)

if TYPE_CHECKING:
    from tests.faults.modes import Mode


@dataclass
class Passage:
    """What became of one request; the proxy's thread writes it, tests read it.

    `request` holds as much of the body as was read, `upstream` the statuses the server gave, `sent`
    the bytes that went back, `content` those of them that are a whole body. `delivered` is true
    from the moment the client can notice the mode: the first byte of an answer, the end of the
    connection, the waiting.
    """

    request: Request
    mode: Mode
    changed: Callable[[], None]
    upstream: list[int] = field(default_factory=list)
    sent: int = 0
    content: int = 0
    delivered: bool = False

    def happened(self) -> None:
        """Note that the mode has reached the client."""
        self.delivered = True
        self.changed()


class Exchange:
    """One request, the client it came from, and the way to the server."""

    def __init__(
        self,
        passage: Passage,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        upstream: tuple[str, int],
    ) -> None:
        self.passage = passage
        self.request = passage.request
        self.closed = False
        self._reader = reader
        self._writer = writer
        self._upstream = upstream

    async def receive(self, limit: int | None = None) -> Request:
        """Read the body, all of it or its first `limit` bytes."""
        missing = self.request.length - len(self.request.body)
        wanted = missing if limit is None else min(missing, limit)
        body = self.request.body + await self._reader.readexactly(wanted)
        self.request = self.passage.request = replace(self.request, body=body)
        return self.request

    async def commit(self) -> Response:
        """Hand the whole request to the server and wait for its whole response."""
        request = await self.receive()
        headers = (*without(request.headers, "connection"), ("Connection", "close"))
        return await self.forward(replace(request, headers=headers))

    async def forward(self, request: Request) -> Response:
        """Send this very request to the server on a connection of its own."""
        reader, writer = await asyncio.open_connection(*self._upstream)
        try:
            writer.write(request.encode())
            await writer.drain()
            answer = await read_response(reader, request.method)
        finally:
            writer.close()
        self.passage.upstream.append(answer.status)
        return answer

    async def break_off_upstream(self) -> None:
        """Send the server what was read of the request, then close on it."""
        _, writer = await asyncio.open_connection(*self._upstream)
        writer.write(self.request.encode())
        await writer.drain()
        writer.close()
        with contextlib.suppress(*CLOSED):
            await writer.wait_closed()

    async def answer(self, answer: Response) -> None:
        """Give the client a response and keep the connection open."""
        self.passage.content = len(answer.body)
        await self.send(self_delimited(answer).encode())

    async def send(self, data: bytes) -> None:
        """Give the client bytes as they are."""
        self.passage.happened()
        self._writer.write(data)
        await self._writer.drain()
        self.passage.sent += len(data)

    def finish(self) -> None:
        """Close the client's connection in order (FIN)."""
        self.passage.happened()
        self.closed = True
        self._writer.close()

    def reset(self) -> None:
        """Tear the client's connection down (RST)."""
        self.passage.happened()
        self.closed = True
        reset(self._writer)

    async def client_gone(self) -> None:
        """Wait until the client has closed its side."""
        with contextlib.suppress(*CLOSED):
            while await self._reader.read(4096):
                pass
        self.finish()
