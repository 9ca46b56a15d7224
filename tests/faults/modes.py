"""What can happen to a request between a phone and a server: one small class for each fault.

A mode object holds its settings only and may be applied any number of times.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import ClassVar

from tests.faults.exchange import Exchange
from tests.faults.wire import Response, header, response, self_delimited, without

PORTAL_PAGE = (
    "<!doctype html><html lang=ar dir=rtl><title>تسجيل الدخول إلى الشبكة</title>"
    "<h1>أهلًا بك</h1><form method=post action=/login><input name=voucher></form></html>"
).encode()
"""What the gate of a hotel's or an operator's network answers to every request."""


class Mode:
    """A fault, or its absence; `apply` carries one request through it."""

    name: ClassVar[str]

    async def apply(self, exchange: Exchange) -> None:
        """Do to this request what the mode is named after."""
        raise NotImplementedError


@dataclass(frozen=True)
class Pass(Mode):
    """Nothing goes wrong."""

    name = "pass"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.answer(await exchange.commit())


@dataclass(frozen=True)
class Refuse(Mode):
    """The request is reset unseen by the server. `FaultProxy.down` refuses connections."""

    name = "refuse"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.receive()
        exchange.reset()


@dataclass(frozen=True)
class Blackhole(Mode):
    """The request is taken and never answered; the server does not get it."""

    name = "blackhole"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.receive()
        exchange.passage.happened()
        await exchange.client_gone()


@dataclass(frozen=True)
class CommitThenFin(Mode):
    """The server has done the work; the client sees the connection end without a byte of answer."""

    name = "commit-then-FIN"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.commit()
        exchange.finish()


@dataclass(frozen=True)
class CommitThenRst(Mode):
    """The server has done the work; the client sees the connection torn down."""

    name = "commit-then-RST"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.commit()
        exchange.reset()


@dataclass(frozen=True)
class PartialStatusLine(Mode):
    """The answer ends inside its first line, after a status that reads as success."""

    name = "partial-status-line"

    async def apply(self, exchange: Exchange) -> None:
        answer = await exchange.commit()
        await exchange.send(answer.status_line[: len("HTTP/1.1 200 O")].encode())
        exchange.finish()


@dataclass(frozen=True)
class ShortContentLength(Mode):
    """The head announces the whole answer; half of it comes."""

    name = "short-content-length"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.send(_half(self_delimited(await exchange.commit())))
        exchange.finish()


@dataclass(frozen=True)
class ChunkedNoTerminator(Mode):
    """Half of the answer comes as one chunk, and the last chunk never does."""

    name = "chunked-no-terminator"

    async def apply(self, exchange: Exchange) -> None:
        answer = await exchange.commit()
        headers = (*_without_framing(answer), ("Transfer-Encoding", "chunked"))
        half = answer.body[: len(answer.body) // 2]
        chunk = b"%x\r\n%s\r\n" % (len(half), half) if half else b""
        await exchange.send(replace(answer, headers=headers, body=chunk).encode())
        exchange.finish()


@dataclass(frozen=True)
class CloseDelimitedTruncated(Mode):
    """The answer ends where the connection ends, which is half-way through."""

    name = "close-delimited-truncated"

    async def apply(self, exchange: Exchange) -> None:
        answer = await exchange.commit()
        headers = (*_without_framing(answer), ("Connection", "close"))
        await exchange.send(_half(replace(answer, headers=headers)))
        exchange.finish()


@dataclass(frozen=True)
class PortalHtml(Mode):
    """A captive portal answers 200 with its own page."""

    name = "portal-200-html"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.receive()
        await exchange.answer(response(200, "text/html; charset=utf-8", PORTAL_PAGE))


@dataclass(frozen=True)
class PortalRedirect(Mode):
    """A captive portal sends the browser to its own address."""

    name = "portal-302"
    location: str = "/portal/login"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.receive()
        await exchange.answer(response(302, "text/html", b"", ("Location", self.location)))


@dataclass(frozen=True)
class Moved(Mode):
    """The start redirects to a folder, as sites with several languages do; the page is there."""

    name = "moved"
    to: str = "/ar/"

    async def apply(self, exchange: Exchange) -> None:
        request = await exchange.receive()
        if request.path == "/":
            await exchange.answer(response(302, "text/html", b"", ("Location", self.to)))
            return
        if request.path == self.to:
            exchange.request = replace(request, target="/")
        await exchange.answer(await exchange.commit())


@dataclass(frozen=True)
class Status(Mode):
    """Something on the way answers with a status and a page of its own."""

    name = "status"
    code: int
    headers: tuple[tuple[str, str], ...] = ()

    async def apply(self, exchange: Exchange) -> None:
        await exchange.receive()
        body = f"<html><title>{self.code}</title></html>".encode()
        await exchange.answer(response(self.code, "text/html", body, *self.headers))


@dataclass(frozen=True)
class Replace(Mode):
    """Somebody on the way answers instead of the server: a forged receipt, say."""

    name = "replace"
    body: bytes
    content_type: str = "application/json"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.receive()
        await exchange.answer(response(200, self.content_type, self.body))


@dataclass(frozen=True)
class Throttle(Mode):
    """A slow way: `latency` seconds, then so many bytes a second up and down."""

    name = "throttle"
    bytes_per_second: float
    latency: float = 0.0
    STEP: ClassVar[float] = 0.05

    async def apply(self, exchange: Exchange) -> None:
        request = await exchange.receive()
        await asyncio.sleep(self.latency + len(request.encode()) / self.bytes_per_second)
        data = self_delimited(await exchange.commit()).encode()
        size = max(1, int(self.bytes_per_second * self.STEP))
        for start in range(0, len(data), size):
            piece = data[start : start + size]
            await asyncio.sleep(len(piece) / self.bytes_per_second)
            await exchange.send(piece)


@dataclass(frozen=True)
class CutUpload(Mode):
    """The way breaks after so many bytes of the body: the server gets these and then nothing."""

    name = "cut-upload"
    after: int

    async def apply(self, exchange: Exchange) -> None:
        await exchange.receive(self.after)
        await exchange.break_off_upstream()
        exchange.reset()


@dataclass(frozen=True)
class DeliverTwice(Mode):
    """The server gets the request twice at the same moment; the client gets one of the answers."""

    name = "deliver-twice"

    async def apply(self, exchange: Exchange) -> None:
        await exchange.receive()
        _, answer = await asyncio.gather(exchange.commit(), exchange.commit())
        await exchange.answer(answer)


@dataclass(frozen=True)
class Http10(Mode):
    """An old proxy: HTTP/1.0 both ways, and the end of the connection ends the answer."""

    name = "http-10"

    async def apply(self, exchange: Exchange) -> None:
        request = await exchange.receive()
        plain = without(request.headers, "connection", "accept-encoding")
        answer = await exchange.forward(replace(request, version="HTTP/1.0", headers=plain))
        old = replace(answer, version="HTTP/1.0", headers=_without_framing(answer))
        await exchange.send(old.encode())
        exchange.finish()


@dataclass(frozen=True)
class StripHeader(Mode):
    """A middlebox drops headers, of the request, of the answer or of both."""

    name = "strip-header"
    request: tuple[str, ...] = ()
    response: tuple[str, ...] = ()

    async def apply(self, exchange: Exchange) -> None:
        whole = await exchange.receive()
        exchange.request = replace(whole, headers=without(whole.headers, *self.request))
        answer = self_delimited(await exchange.commit())
        bare = replace(answer, headers=without(answer.headers, *self.response))
        await exchange.send(bare.encode())
        if header(bare.headers, "content-length") is None:
            exchange.finish()


@dataclass(frozen=True)
class Hold(Mode):
    """The request waits until `FaultProxy.release`, then nothing goes wrong."""

    name = "hold"
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def apply(self, exchange: Exchange) -> None:
        await exchange.receive()
        exchange.passage.happened()
        await self.gate.wait()
        await exchange.answer(await exchange.commit())


def _without_framing(answer: Response) -> tuple[tuple[str, str], ...]:
    return without(answer.headers, "content-length", "transfer-encoding", "connection")


def _half(answer: Response) -> bytes:
    whole = answer.encode()
    return whole[: len(whole) - (len(answer.body) + 1) // 2]
