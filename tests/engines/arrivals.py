"""What crossed the wire, and what is stored at its other end."""

from __future__ import annotations

from tests.e2e import rows
from tests.e2e.servers import Site
from tests.faults.modes import Mode
from tests.faults.proxy import FaultProxy


class Arrivals:
    """The envelopes that have come to be stored since this was made."""

    def __init__(self, site: Site) -> None:
        self._database = site.ground.database
        self._before = set(rows.bodies(self._database))

    def __call__(self) -> list[bytes]:
        """Sorted: comparable with an outbox. What was stored before is still there."""
        stored = rows.bodies(self._database)
        assert self._before.issubset(stored)
        return [body for body in stored if body not in self._before]


def met(network: FaultProxy, mode: Mode) -> int:
    """How many requests this very fault has really happened to."""
    return sum(passage.mode is mode for passage in network.delivered(type(mode)))
