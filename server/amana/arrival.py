"""A request on its way in: is it all here, and is it coming along?

Phones send over links that deliver a few bytes a second. A request is given to a thread only when
it has arrived whole, so that any number of slow phones keeps nobody waiting. What is decided here
is only when; what the request says, the HTTP parser behind it reads for itself.
"""

import re
from dataclasses import dataclass, field
from typing import Final, Literal

MAX_HEAD_BYTES: Final = 32 * 1024
"""The longest head; browsers send about one."""

MAX_BODY_BYTES: Final = 1024 * 1024
"""The largest body of any door (PROTOCOL section 6)."""

MAX_CHUNKED_BYTES: Final = 2 * MAX_BODY_BYTES
"""Room for the largest body and the sizes that chunks put between."""

_HEAD_ENDS: Final = b"\r\n\r\n"
_LENGTHS: Final = re.compile(rb"\r\ncontent-length:[ \t]*([^\r]*?)[ \t]*(?=\r)", re.IGNORECASE)
_CODINGS: Final = re.compile(rb"\r\ntransfer-encoding:[ \t]*([^\r]*?)[ \t]*(?=\r)", re.IGNORECASE)
_EXPECTS: Final = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)
_NUMBER: Final = re.compile(rb"[0-9]{1,15}")
_CHUNK_SIZE: Final = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?")
_MAX_SIZE_LINE: Final = 256
_LINE_ENDS: Final = b"\r\n"

State = Literal["coming", "whole", "bad_request", "too_large", "too_slow"]


@dataclass(frozen=True)
class Patience:
    """How slow is too slow. Seconds, and bytes per second.

    A request may pause for `pause` seconds. It may take `start` seconds, and longer by a second
    for each `rate` bytes that have come: a full parcel over the slowest mobile data still passes,
    a connection that is only held open does not. After its last answer a client may take `goodbye`
    seconds to hang up (RFC 9112 section 9.6).
    """

    pause: float = 30.0
    start: float = 60.0
    rate: float = 256.0
    goodbye: float = 2.0


@dataclass
class Arrival:
    """What has come of one request. Moments are seconds of a clock that only goes forward."""

    started: float
    patience: Patience
    data: bytearray = field(default_factory=bytearray)
    _last: float = 0.0
    _head: int = 0
    _end: int | None = None
    _asks: bool = False
    _chunk: int | None = None
    _is_broken: bool = False

    def __post_init__(self) -> None:
        self._last = self.started

    def add(self, data: bytes, now: float) -> None:
        """Take what has just come."""
        self.data += data
        self._last = now
        if not self._head:
            self._find_head()
        if self._chunk is not None:
            self._walk_chunks(self._chunk)

    def take_question(self) -> bool:
        """Whether the sender waits to be told to go on (RFC 9110 section 10.1.1); true once."""
        asks, self._asks = self._asks, False
        return asks

    def state(self, now: float) -> State:
        """Where the request stands at a moment."""
        if self._is_whole():
            return "whole"
        if self._is_broken or (not self._head and len(self.data) > MAX_HEAD_BYTES):
            return "bad_request"
        if self._is_too_large():
            return "too_large"
        allowed = self.patience.start + len(self.data) / self.patience.rate
        if now - self._last > self.patience.pause or now - self.started > allowed:
            return "too_slow"
        return "coming"

    def _find_head(self) -> None:
        at = self.data.find(_HEAD_ENDS)
        if at < 0:
            return
        self._head = at + len(_HEAD_ENDS)
        head = bytes(self.data[: self._head])
        self._asks = len(self.data) == self._head and bool(_EXPECTS.search(head))
        lengths, codings = _LENGTHS.findall(head), _CODINGS.findall(head)
        if [coding.lower() for coding in codings] == [b"chunked"] and not lengths:
            self._chunk = self._head
            return
        # Of what is neither chunked nor of one length, the parser need only see the head to refuse.
        is_plain = len(lengths) == 1 and not codings and _NUMBER.fullmatch(lengths[0])
        self._end = self._head + (int(lengths[0]) if is_plain else 0)

    def _walk_chunks(self, at: int) -> None:
        """Go from chunk to chunk, as many as have come whole (RFC 9112 section 7.1).

        The end is where the last one says it is: looking for its bytes would find them inside
        another chunk, and a thread would wait for what never comes.
        """
        while self._end is None:
            self._chunk = at
            line_end = self.data.find(_LINE_ENDS, at)
            if line_end < 0:
                self._is_broken = len(self.data) - at > _MAX_SIZE_LINE
                return
            size = _CHUNK_SIZE.fullmatch(self.data, at, line_end)
            if size is None:
                self._is_broken = True
                return
            if int(size[1], 16) == 0:
                self._find_trailers_end(line_end)
                return
            chunk_end = line_end + len(_LINE_ENDS) + int(size[1], 16)
            ending = bytes(self.data[chunk_end : chunk_end + len(_LINE_ENDS)])
            if ending != _LINE_ENDS:
                self._is_broken = not _LINE_ENDS.startswith(ending)
                return
            at = chunk_end + len(_LINE_ENDS)

    def _find_trailers_end(self, line_end: int) -> None:
        at = self.data.find(_HEAD_ENDS, line_end)
        if at >= 0:
            self._end = at + len(_HEAD_ENDS)

    def _is_whole(self) -> bool:
        return self._end is not None and len(self.data) >= self._end

    def _is_too_large(self) -> bool:
        if self._end is not None:
            return self._end - self._head > MAX_BODY_BYTES
        return len(self.data) > self._head + MAX_CHUNKED_BYTES
