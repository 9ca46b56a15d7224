"""The link on the wire: slow, far away, cut, and counted."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.link import CLEAR, Link, LinkProxy
from tests.faults.listener import HOST
from tests.patience import PATIENCE

UPLOAD = bytes(range(256)) * 16


class Server:
    """The far end: takes connections by hand."""

    def __init__(self) -> None:
        self._listening = socket.create_server((HOST, 0))
        self._listening.settimeout(PATIENCE)
        self.port: int = self._listening.getsockname()[1]

    def accept(self) -> socket.socket:
        connection, _ = self._listening.accept()
        connection.settimeout(PATIENCE)
        return connection

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with contextlib.closing(Server()) as running:
        yield running


@contextlib.contextmanager
def linked(server: Server, link: Link) -> Iterator[LinkProxy]:
    with LinkProxy(server.port, link) as proxy:
        yield proxy


def connect(proxy: LinkProxy) -> socket.socket:
    return socket.create_connection((HOST, proxy.port), timeout=PATIENCE)


def all_of(connection: socket.socket) -> bytes:
    """What comes until the connection ends, in order or not."""
    data = b""
    with contextlib.suppress(ConnectionResetError):
        while more := connection.recv(65536):
            data += more
    return data


def seconds_for(proxy: LinkProxy, server: Server) -> float:
    """How long the upload takes from the first try to connect to the server's last byte."""
    begin = time.monotonic()
    with connect(proxy) as client, server.accept() as far:
        client.sendall(UPLOAD)
        client.shutdown(socket.SHUT_WR)
        assert all_of(far) == UPLOAD
    return time.monotonic() - begin


def test_bytes_and_ends_pass_both_ways_and_are_counted_by_direction(server: Server) -> None:
    with linked(server, CLEAR) as proxy, connect(proxy) as client, server.accept() as far:
        client.sendall(UPLOAD)
        client.shutdown(socket.SHUT_WR)
        assert all_of(far) == UPLOAD
        far.sendall(b"thanks")
        far.shutdown(socket.SHUT_WR)
        assert all_of(client) == b"thanks"
        assert (proxy.traffic.up, proxy.traffic.down) == (len(UPLOAD), len(b"thanks"))


def test_an_upload_takes_at_least_what_rate_and_latency_ask_for_and_a_handshake(
    server: Server,
) -> None:
    link = Link(rate=20_000, latency=0.2)
    with linked(server, link) as proxy:
        seconds = seconds_for(proxy, server)
    wire = len(UPLOAD) / link.rate + link.latency * 1.5
    assert seconds >= wire - 0.05


def test_bytes_trickle_to_the_server_while_the_rest_is_still_under_way(server: Server) -> None:
    with (
        linked(server, Link(rate=len(UPLOAD) / 20)) as proxy,
        connect(proxy) as client,
        server.accept() as far,
    ):
        client.sendall(UPLOAD)
        first = far.recv(65536)
        assert 0 < len(first) < len(UPLOAD) / 2


def test_all_connections_together_have_the_rate_of_the_link(server: Server) -> None:
    rate = 2 * len(UPLOAD) / 0.6
    with linked(server, Link(rate=rate)) as proxy, ThreadPoolExecutor() as pool:
        begin = time.monotonic()
        clients = [connect(proxy) for _ in range(2)]
        for client in clients:
            client.sendall(UPLOAD)
            client.shutdown(socket.SHUT_WR)
        fars = [server.accept() for _ in clients]
        assert list(pool.map(all_of, fars)) == [UPLOAD, UPLOAD]
        assert time.monotonic() - begin >= 2 * len(UPLOAD) / rate - 0.1
        for each in (*clients, *fars):
            each.close()


def test_a_cut_tears_everything_down_and_what_was_on_the_link_counts_as_sent(
    server: Server,
) -> None:
    link = Link(rate=len(UPLOAD) / 2, latency=0.2, cut_every=0.7)
    with linked(server, link) as proxy:
        with connect(proxy) as client, server.accept() as far:
            client.sendall(UPLOAD)
            arrived = all_of(far)
            with pytest.raises(ConnectionResetError):
                client.recv(1)
        traffic = proxy.traffic
        assert 0 < len(arrived) < traffic.up < len(UPLOAD)
        assert UPLOAD.startswith(arrived)
        assert traffic.cuts == 1


def test_after_a_cut_the_link_refuses_for_the_outage_and_is_back(server: Server) -> None:
    link = Link(rate=1_000_000, cut_every=60, first_cut=0.3, outage=60)
    with linked(server, link) as proxy:
        with connect(proxy) as client, server.accept():
            all_of(client)
        with pytest.raises(ConnectionRefusedError):
            connect(proxy)
        proxy.shape(CLEAR)
        assert seconds_for(proxy, server) > 0


def test_the_link_can_change_under_an_open_connection(server: Server) -> None:
    with linked(server, CLEAR) as proxy, connect(proxy) as client, server.accept() as far:
        client.sendall(b"fast")
        assert far.recv(4) == b"fast"
        before = proxy.traffic
        proxy.shape(Link(rate=len(UPLOAD) / 0.4))
        begin = time.monotonic()
        client.sendall(UPLOAD)
        client.shutdown(socket.SHUT_WR)
        assert all_of(far) == UPLOAD
        assert time.monotonic() - begin >= 0.3
        assert proxy.traffic.since(before).up == len(UPLOAD)


def test_a_server_that_is_down_resets_the_connection() -> None:
    with socket.socket() as silent:
        silent.bind((HOST, 0))
        with (
            LinkProxy(silent.getsockname()[1]) as proxy,
            pytest.raises(ConnectionResetError),
            connect(proxy) as client,
        ):
            client.recv(1)
