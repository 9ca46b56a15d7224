"""What the fault proxy has seen of the reporter app's traffic, in the protocol's own terms."""

from __future__ import annotations

from amana.core.parcel import Record, parse_parcel
from tests.faults.proxy import FaultProxy


def posted(network: FaultProxy) -> list[bytes]:
    """Every envelope that a server or a fault was given, as often as it came.

    A page that goes while it sends may leave a request behind that has no body.
    """
    bodies = [passage.request.body for passage in network.seen("POST", "/api/")]
    parcels = [parse_parcel(body) for body in bodies if body]
    return [record.body for parcel in parcels for record in parcel if isinstance(record, Record)]
