"""A bad link as a whole: so many bytes a second each way for all connections together, far away,
and cut again and again.

Where `FaultProxy` does something to one request, this knows no requests: bytes trickle through as
they come, and a server sees the first half of an upload that is cut. What it leaves out: slow
start, lost packets, the bytes of TCP and IP themselves.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TypeAlias

from tests.faults.listener import HOST, Listener, reset
from tests.faults.wire import CLOSED

STEP = 0.05
"""Seconds of the link's time that one piece takes; connections take turns piece by piece."""

Flight: TypeAlias = "asyncio.Queue[tuple[float, bytes]]"
"""Pieces of one connection on their way, each with the moment it arrives; an empty one ends it."""


@dataclass(frozen=True)
class Link:
    """`rate` in bytes a second each way, `latency` in seconds there and back.

    When it has been there for `cut_every` seconds, the first time for `first_cut` where that is
    given, all connections are torn down and what is under way is lost; new ones are refused for
    `outage` seconds.
    """

    rate: float
    latency: float = 0.0
    cut_every: float | None = None
    outage: float = 0.0
    first_cut: float | None = None


CLEAR = Link(rate=50_000_000)
EDGE = Link(rate=15_000, latency=0.6)
"""120 kbit/s."""
WORST = Link(rate=2_000, latency=0.8, cut_every=30)


@dataclass(frozen=True)
class Traffic:
    """Bytes that went on the link each way, arrived or lost in a cut, and how often it was cut."""

    up: int
    down: int
    cuts: int

    def since(self, before: Traffic) -> Traffic:
        """What was added to an earlier count."""
        return Traffic(self.up - before.up, self.down - before.down, self.cuts - before.cuts)


class LinkProxy(Listener):
    """The only way to a port of this machine, and as good as its link; `shape` changes the link."""

    def __init__(self, upstream: int, link: Link = CLEAR) -> None:
        super().__init__("link-proxy")
        self._upstream = upstream
        self._link = link
        self._there = Lane(link)
        self._back = Lane(link)
        self._cuts = 0
        self._cutting: asyncio.Task[None] | None = None

    @property
    def traffic(self) -> Traffic:
        """What the link has carried so far."""
        return Traffic(self._there.carried, self._back.carried, self._cuts)

    def shape(self, link: Link) -> None:
        """Be this link from now on; open connections stay, and its time begins now."""
        self._call(self._shape(link))

    async def _shape(self, link: Link) -> None:
        self._link = self._there.link = self._back.link = link
        await self._up()

    async def _up(self) -> None:
        self._stop_cutting()
        await super()._up()
        if self._link.cut_every is not None:
            cutting = self._cut_again_and_again(self._link, self._link.cut_every)
            self._cutting = self._loop.create_task(cutting)

    async def _down(self) -> None:
        self._stop_cutting()
        await self._cut()

    def _stop_cutting(self) -> None:
        if self._cutting is not None:
            self._cutting.cancel()
            self._cutting = None

    async def _cut_again_and_again(self, link: Link, spell: float) -> None:
        await asyncio.sleep(spell if link.first_cut is None else link.first_cut)
        while True:
            self._cuts += 1
            await self._cut()
            await asyncio.sleep(link.outage)
            await super()._up()
            await asyncio.sleep(spell)

    async def _cut(self) -> None:
        await super()._down()
        for task in self._connections:
            task.cancel()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self._link.latency)  # the handshake that the loopback did at once
        try:
            far_reader, far_writer = await asyncio.open_connection(HOST, self._upstream)
        except ConnectionError:
            return reset(writer)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._there.carry(reader, far_writer))
                both.create_task(self._back.carry(far_reader, writer))
        except* CLOSED:
            reset(writer)
        finally:
            reset(far_writer)


class Lane:
    """One direction of the link; every byte of every connection goes after the one before."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.carried = 0
        self._turn = asyncio.Lock()
        self._free_at = 0.0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take everything from here to there, and then the end of it."""
        flight: Flight = asyncio.Queue()
        async with asyncio.TaskGroup() as both:
            both.create_task(self._send(reader, flight))
            both.create_task(_arrive(flight, writer))

    async def _send(self, reader: asyncio.StreamReader, flight: Flight) -> None:
        more = True
        while more:
            piece = await reader.read(max(1, int(self.link.rate * STEP)))
            more = len(piece) > 0
            await self._transmit(len(piece))
            flight.put_nowait((_now() + self.link.latency / 2, piece))

    async def _transmit(self, size: int) -> None:
        """Occupy the lane for the time that so many bytes take.

        A step that is begun late counts as begun in time: a busy machine makes no slower link.
        """
        async with self._turn:
            self.carried += size
            now = _now()
            self._free_at = max(self._free_at, now - STEP) + size / self.link.rate
            await asyncio.sleep(self._free_at - now)


async def _arrive(flight: Flight, writer: asyncio.StreamWriter) -> None:
    more = True
    while more:
        due, piece = await flight.get()
        await asyncio.sleep(due - _now())
        more = len(piece) > 0
        writer.write(piece)
        await writer.drain()
    writer.write_eof()


def _now() -> float:
    return asyncio.get_running_loop().time()
