"""The network of a storm: what becomes of each request, drawn from a seed."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from random import Random
from typing import TypeAlias

from tests.faults import modes
from tests.faults.modes import Mode

STATUSES = (301, 400, 401, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 502, 504, 507)
"""Of something on the way; 503 comes with Retry-After."""

Met: TypeAlias = Callable[[], Container[str]]
"""The names of the modes that have reached a request."""

SLOWEST, QUICKEST = 4_000, 60_000
"""Bytes a second."""


def weather(chance: Random, lies: Sequence[bytes], met: Met) -> Iterator[Mode]:
    """A mode for each request, without end; `lies` are answers that prove nothing.

    Nothing is delivered before every fault that loses the answer has reached a request, so that all
    of them have come however fast the outbox is empty. After that they come twice as often as the
    modes that deliver, in an order of chance.
    """
    while missing := [mode for mode in _losing(chance, lies) if mode.name not in met()]:
        yield from _shuffled(chance, missing)
    while True:
        losing = [*_losing(chance, lies), *_losing(chance, lies)]
        yield from _shuffled(chance, [*losing, *_delivering(chance)])


def _losing(chance: Random, lies: Sequence[bytes]) -> list[Mode]:
    """Modes after which the phone knows no better than before."""
    return [
        modes.Refuse(),
        modes.Blackhole(),
        modes.CommitThenFin(),
        modes.CommitThenRst(),
        modes.PartialStatusLine(),
        modes.ShortContentLength(),
        modes.ChunkedNoTerminator(),
        modes.CloseDelimitedTruncated(),
        modes.PortalHtml(),
        modes.PortalRedirect(),
        modes.CutUpload(after=chance.randrange(4_000)),
        modes.Replace(chance.choice(lies)),
        modes.Status(chance.choice(STATUSES)),
        modes.Status(503, (("Retry-After", str(chance.randint(1, 5))),)),
    ]


def _delivering(chance: Random) -> list[Mode]:
    """Modes through which a true answer comes back."""
    return [
        modes.Pass(),
        modes.DeliverTwice(),
        modes.Http10(),
        modes.Throttle(chance.uniform(SLOWEST, QUICKEST), latency=chance.uniform(0, 1)),
        modes.StripHeader(
            request=("accept", "accept-language", "origin", "referer"),
            response=("content-type", "content-length"),
        ),
    ]


def _shuffled(chance: Random, drawn: list[Mode]) -> list[Mode]:
    return chance.sample(drawn, len(drawn))
