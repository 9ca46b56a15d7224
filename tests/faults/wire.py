"""HTTP/1.x as bytes (RFC 9112): no more of it than a proxy in front of one server needs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import TypeAlias

Headers: TypeAlias = tuple[tuple[str, str], ...]

CLOSED = (ConnectionError, asyncio.IncompleteReadError)
"""What reading or writing raises when the other side has gone."""


class BadMessage(Exception):
    """The peer did not send an HTTP/1.x message that this module understands."""


@dataclass(frozen=True)
class Request:
    """One request head, and the body as far as it was read."""

    method: str
    target: str
    version: str
    headers: Headers
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def length(self) -> int:
        """Bytes of body that the head announces."""
        if header(self.headers, "transfer-encoding"):
            raise BadMessage("a request with a transfer coding")
        return int(header(self.headers, "content-length") or 0)

    def encode(self) -> bytes:
        """The request as it goes on the wire."""
        return head(f"{self.method} {self.target} {self.version}", self.headers) + self.body


@dataclass(frozen=True)
class Response:
    """One whole response; `body` is the content, whatever framing it came in."""

    version: str
    status: int
    reason: str
    headers: Headers
    body: bytes = b""

    @property
    def status_line(self) -> str:
        """The first line without its line end."""
        return f"{self.version} {self.status} {self.reason}"

    def encode(self) -> bytes:
        """The response as it goes on the wire."""
        return head(self.status_line, self.headers) + self.body


def header(headers: Headers, name: str) -> str | None:
    """The first value of a header; names compare without case."""
    return next((value for key, value in headers if key.lower() == name.lower()), None)


def without(headers: Headers, *names: str) -> Headers:
    """The headers less those named."""
    dropped = {name.lower() for name in names}
    return tuple(pair for pair in headers if pair[0].lower() not in dropped)


def head(start_line: str, headers: Headers) -> bytes:
    """A start line and headers as bytes, with the empty line that ends them."""
    lines = [start_line, *(f"{key}: {value}" for key, value in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def response(status: int, content_type: str, body: bytes, *more: tuple[str, str]) -> Response:
    """A response that a middlebox makes up by itself."""
    headers = (("Content-Type", content_type), ("Content-Length", str(len(body))), *more)
    return Response("HTTP/1.1", status, "Middlebox", headers, body)


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """The next request head of a connection, or None when the client is done with it."""
    try:
        start_line, headers = await _read_head(reader)
    except asyncio.IncompleteReadError as cut:
        if cut.partial:
            raise
        return None
    parts = start_line.split(" ")
    if len(parts) != 3:
        raise BadMessage(start_line)
    return Request(parts[0], parts[1], parts[2], headers)


async def read_response(reader: asyncio.StreamReader, method: str) -> Response:
    """A whole response to a request of this method."""
    start_line, headers = await _read_head(reader)
    version, _, rest = start_line.partition(" ")
    status, _, reason = rest.partition(" ")
    if not status.isdigit():
        raise BadMessage(start_line)
    answer = Response(version, int(status), reason, headers)
    if method == "HEAD" or answer.status in (204, 304):
        return answer
    return replace(answer, body=await _read_content(reader, headers))


def self_delimited(answer: Response) -> Response:
    """The same response framed by its length, for a connection that stays open."""
    headers = without(answer.headers, "transfer-encoding", "connection", "keep-alive")
    if answer.status in (204, 304) or header(headers, "content-length"):
        return replace(answer, headers=headers)
    return replace(answer, headers=(*headers, ("Content-Length", str(len(answer.body)))))


async def _read_head(reader: asyncio.StreamReader) -> tuple[str, Headers]:
    raw = await reader.readuntil(b"\r\n\r\n")
    lines = raw[:-4].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:])
    return lines[0], tuple((key, value.strip()) for key, _, value in pairs)


async def _read_content(reader: asyncio.StreamReader, headers: Headers) -> bytes:
    if (header(headers, "transfer-encoding") or "").lower() == "chunked":
        return b"".join([chunk async for chunk in _chunks(reader)])
    length = header(headers, "content-length")
    return await (reader.read() if length is None else reader.readexactly(int(length)))


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int((await reader.readline()).partition(b";")[0], 16):
        yield await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
