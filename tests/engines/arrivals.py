"""What crossed the wire, and what is stored at its other end."""

from __future__ import annotations

from amana.core.parcel import Record, parse_parcel
from tests.e2e import rows
from tests.e2e.servers import Site
from tests.faults.modes import Mode
from tests.faults.proxy import FaultProxy


def stored(site: Site) -> list[bytes]:
    """All envelopes in the server's database, sorted."""
    return rows.bodies(site.ground.database)


def met(network: FaultProxy, mode: Mode) -> int:
    """How many requests this very fault has really happened to."""
    return sum(passage.mode is mode for passage in network.delivered(type(mode)))


def posted(network: FaultProxy) -> list[bytes]:
    """Every envelope that a server or a fault was given, as often as it came."""
    parcels = [parse_parcel(passage.request.body) for passage in network.seen("POST", "/api/")]
    return [record.body for parcel in parcels for record in parcel if isinstance(record, Record)]
