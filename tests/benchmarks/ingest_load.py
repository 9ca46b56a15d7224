"""A load of parcels on one server: as many connections as asked for, each with one request at once.

One loop and no threads, so that the load takes as little as it can from the server that it shares
the machine with. Bounded in time; talks to this machine only.
"""

import os
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from amana.core.envelope import LENGTHS
from amana.core.parcel import encode_parcel

HOST = "127.0.0.1"
WAIT_SECONDS = 0.2
RECEIVE_BYTES = 65536
_FILLER = bytes(LENGTHS[0])


@dataclass(frozen=True)
class Outcome:
    """Answers of status 200 in a second, how many had another, and how long they took, in ms."""

    rate: float
    failed: int
    median: float
    slowest_of_100: float


@dataclass
class Client:
    """One connection: what is still to be sent, what has come, when the request began."""

    sock: socket.socket
    to_send: bytes = b""
    received: bytes = b""
    started: float = 0.0


@dataclass
class Tally:
    """What has been answered."""

    times: list[float] = field(default_factory=list)
    failed: int = 0


def make_request(per_parcel: int) -> bytes:
    """A parcel of new envelopes of the smallest length, which no key opens."""
    parcel = encode_parcel(_envelope() for _ in range(per_parcel))
    head = (
        "POST /api/v1/parcels HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Length: {len(parcel)}\r\n\r\n"
    )
    return head.encode() + parcel


def run(port: int, connections: int, seconds: float, per_parcel: int = 1) -> Outcome:
    """Send parcels for so long, and answer what came of them."""
    tally = Tally()
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            _open(selector, port, per_parcel)
        started = time.perf_counter()
        while time.perf_counter() - started < seconds:
            for key, _ in selector.select(WAIT_SECONDS):
                _step(selector, key.data, port, per_parcel, tally)
        lasted = time.perf_counter() - started
        for key in list(selector.get_map().values()):
            key.data.sock.close()
    times = sorted(tally.times) or [0.0]
    return Outcome(
        len(tally.times) / lasted,
        tally.failed,
        1000 * times[len(times) // 2],
        1000 * times[len(times) * 99 // 100],
    )


def _envelope() -> bytes:
    head = b"AMN\x01" + os.urandom(24)
    return head + _FILLER[len(head) :]


def _open(selector: selectors.BaseSelector, port: int, per_parcel: int) -> None:
    client = Client(socket.create_connection((HOST, port)))
    client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    client.sock.setblocking(False)
    selector.register(client.sock, selectors.EVENT_WRITE, client)
    _begin(client, per_parcel)


def _begin(client: Client, per_parcel: int) -> None:
    client.to_send, client.received = make_request(per_parcel), b""
    client.started = time.perf_counter()


def _step(
    selector: selectors.BaseSelector, client: Client, port: int, per_parcel: int, tally: Tally
) -> None:
    try:
        if client.to_send:
            client.to_send = client.to_send[client.sock.send(client.to_send) :]
            if not client.to_send:
                selector.modify(client.sock, selectors.EVENT_READ, client)
            return
        data = client.sock.recv(RECEIVE_BYTES)
    except OSError:
        data = b""
    client.received += data
    if not data:
        tally.failed += 1
    elif not _is_whole(client.received):
        return
    elif client.received.startswith(b"HTTP/1.1 200 "):
        tally.times.append(time.perf_counter() - client.started)
    else:
        tally.failed += 1
    _next(selector, client, port, per_parcel)


def _next(selector: selectors.BaseSelector, client: Client, port: int, per_parcel: int) -> None:
    """The next request, on the same connection where the server keeps it."""
    if client.received and b"\r\nconnection: close\r\n" not in client.received.lower():
        _begin(client, per_parcel)
        selector.modify(client.sock, selectors.EVENT_WRITE, client)
        return
    selector.unregister(client.sock)
    client.sock.close()
    _open(selector, port, per_parcel)


def _is_whole(received: bytes) -> bool:
    head, end, body = received.partition(b"\r\n\r\n")
    fields: Iterator[bytes] = iter(head.lower().split(b"\r\n"))
    length = next((line for line in fields if line.startswith(b"content-length: ")), b": 0")
    return bool(end) and len(body) >= int(length.split(b": ")[1])
