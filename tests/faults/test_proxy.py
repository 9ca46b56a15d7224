"""Every mode of the proxy, byte for byte on the wire, against a plain HTTP server."""

from __future__ import annotations

import contextlib
import datetime
import gc
import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults import modes
from tests.faults.certificate import server_context
from tests.faults.listener import HOST
from tests.faults.plain_server import ANSWER, Upstream, serving
from tests.faults.proxy import FaultProxy
from tests.faults.wire import BadMessage
from tests.patience import PATIENCE

PARCEL = b"AMP\x01" + bytes(range(256)) * 8
POST = (
    b"POST /api/v1/parcels HTTP/1.1\r\nHost: test\r\nContent-Type: application/octet-stream\r\n"
    b"Content-Length: %d\r\n\r\n" % len(PARCEL)
) + PARCEL


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with serving() as server:
        yield server


@pytest.fixture
def proxy(upstream: Upstream) -> Iterator[FaultProxy]:
    with FaultProxy(upstream.server_address[1]) as running:
        yield running


class Client:
    """A raw connection to the proxy."""

    def __init__(self, proxy: FaultProxy) -> None:
        self.sock = socket.create_connection((HOST, proxy.port), timeout=PATIENCE)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def all_of(self, request: bytes) -> bytes:
        """Send a request, read to the end of the connection."""
        self.sock.sendall(request)
        data = b""
        while more := self.sock.recv(65536):
            data += more
        return data


def exchange(proxy: FaultProxy, request: bytes = POST) -> bytes:
    """What comes back for one request until the proxy ends the connection."""
    with Client(proxy) as client:
        return client.all_of(request)


class Answer(NamedTuple):
    """What a strict client made of a response."""

    status: int
    headers: Message
    body: bytes


def post(proxy: FaultProxy) -> Answer:
    """One POST by a strict client."""
    connection = http.client.HTTPConnection(HOST, proxy.port, timeout=PATIENCE)
    kind = {"Content-Type": "application/octet-stream"}
    with contextlib.closing(connection):
        connection.request("POST", "/api/v1/parcels", PARCEL, kind)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def parts(answer: bytes) -> tuple[bytes, bytes]:
    """Head and body of raw response bytes."""
    head, _, body = answer.partition(b"\r\n\r\n")
    return head, body


def test_without_a_script_requests_pass_and_the_connection_stays_open(
    proxy: FaultProxy, upstream: Upstream
) -> None:
    connection = http.client.HTTPConnection(HOST, proxy.port, timeout=PATIENCE)
    for _ in range(2):
        connection.request("POST", "/api/v1/parcels", PARCEL)
        assert connection.getresponse().read() == ANSWER
    connection.close()
    assert upstream.bodies == [PARCEL, PARCEL]
    assert [passage.upstream for passage in proxy.seen()] == [[200], [200]]


def test_refuse_resets_the_request_and_the_server_never_sees_it(
    proxy: FaultProxy, upstream: Upstream
) -> None:
    proxy.script(modes.Refuse())
    with pytest.raises(ConnectionResetError):
        exchange(proxy)
    assert upstream.bodies == []
    assert len(proxy.delivered(modes.Refuse)) == 1


def test_down_refuses_connections_and_tears_down_open_ones_and_up_listens_on_the_same_port(
    proxy: FaultProxy,
) -> None:
    port = proxy.port
    with Client(proxy) as client:
        client.sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert client.sock.recv(65536).endswith(b"hello")
        proxy.down()
        with pytest.raises(ConnectionResetError):
            client.sock.recv(1)
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            Client(proxy)
    proxy.up()
    assert (proxy.port, post(proxy).body) == (port, ANSWER)


def test_a_connection_that_comes_as_the_port_closes_is_closed_too(proxy: FaultProxy) -> None:
    for _ in range(200):
        with contextlib.ExitStack() as clients:
            for _ in range(4):
                clients.enter_context(Client(proxy))
            proxy.down()
        proxy.up()
    gc.collect()  # a connection that was left open is a ResourceWarning, which is an error


def test_blackhole_takes_the_request_and_never_answers(
    proxy: FaultProxy, upstream: Upstream
) -> None:
    proxy.script(modes.Blackhole())
    with Client(proxy) as client:
        client.sock.sendall(POST)
        proxy.wait_until(lambda: proxy.delivered(modes.Blackhole))
        client.sock.settimeout(0.2)
        with pytest.raises(TimeoutError):
            client.sock.recv(1)
    assert proxy.seen()[0].request.body == PARCEL
    assert upstream.bodies == []


def test_commit_then_fin_ends_the_connection_in_order_after_the_server_has_answered(
    proxy: FaultProxy, upstream: Upstream
) -> None:
    proxy.script(modes.CommitThenFin())
    assert exchange(proxy) == b""
    assert upstream.bodies == [PARCEL]
    assert proxy.delivered(modes.CommitThenFin)[0].upstream == [200]


def test_commit_then_rst_tears_the_connection_down_after_the_server_has_answered(
    proxy: FaultProxy, upstream: Upstream
) -> None:
    proxy.script(modes.CommitThenRst())
    with pytest.raises(ConnectionResetError):
        exchange(proxy)
    assert upstream.bodies == [PARCEL]
    assert proxy.delivered(modes.CommitThenRst)[0].upstream == [200]


def test_partial_status_line_ends_inside_the_first_line(
    proxy: FaultProxy, upstream: Upstream
) -> None:
    proxy.script(modes.PartialStatusLine())
    assert exchange(proxy) == b"HTTP/1.1 200 O"
    assert upstream.bodies == [PARCEL]


def test_short_content_length_sends_half_of_what_the_head_announces(proxy: FaultProxy) -> None:
    proxy.script(modes.ShortContentLength())
    head, body = parts(exchange(proxy))
    assert b"Content-Length: %d" % len(ANSWER) in head
    assert body == ANSWER[: len(ANSWER) // 2]


def test_chunked_no_terminator_sends_half_a_body_and_no_last_chunk(proxy: FaultProxy) -> None:
    proxy.script(modes.ChunkedNoTerminator())
    head, body = parts(exchange(proxy))
    half = ANSWER[: len(ANSWER) // 2]
    assert b"Transfer-Encoding: chunked" in head
    assert b"Content-Length" not in head
    assert body == b"%x\r\n%s\r\n" % (len(half), half)


def test_close_delimited_truncated_sends_half_a_body_that_nothing_measures(
    proxy: FaultProxy,
) -> None:
    proxy.script(modes.CloseDelimitedTruncated())
    head, body = parts(exchange(proxy))
    assert b"Connection: close" in head
    assert b"Content-Length" not in head
    assert body == ANSWER[: len(ANSWER) // 2]


def test_portal_200_html_answers_for_the_server(proxy: FaultProxy, upstream: Upstream) -> None:
    proxy.script(modes.PortalHtml())
    answer = post(proxy)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert answer.body == modes.PORTAL_PAGE
    assert upstream.bodies == []


def test_portal_302_sends_the_client_elsewhere(proxy: FaultProxy, upstream: Upstream) -> None:
    proxy.script(modes.PortalRedirect("http://127.0.0.1:9/login"))
    answer = post(proxy)
    assert (answer.status, answer.headers["Location"]) == (302, "http://127.0.0.1:9/login")
    assert upstream.bodies == []


def test_moved_redirects_the_start_and_serves_it_at_the_new_address(proxy: FaultProxy) -> None:
    proxy.always(modes.Moved("/ar/"), "GET", "/")
    answers = []
    with contextlib.closing(
        http.client.HTTPConnection(HOST, proxy.port, timeout=PATIENCE)
    ) as connection:
        for address in ("/", "/ar/", "/ar/elsewhere"):
            connection.request("GET", address)
            answer = connection.getresponse()
            answers.append((answer.status, answer.headers["Location"], answer.read()))
    assert answers == [(302, "/ar/", b""), (200, None, b"hello"), (200, None, b"hello")]


@pytest.mark.parametrize("code", [413, 429, 500, 502, 503, 507])
def test_status_answers_with_that_status_and_a_page_of_its_own(
    proxy: FaultProxy, upstream: Upstream, code: int
) -> None:
    proxy.script(modes.Status(code, (("Retry-After", "7"),)))
    answer = post(proxy)
    assert (answer.status, answer.headers["Retry-After"]) == (code, "7")
    assert upstream.bodies == []


def test_replace_answers_with_bytes_of_the_test(proxy: FaultProxy, upstream: Upstream) -> None:
    proxy.script(modes.Replace(b'{"ok":true}'))
    answer = post(proxy)
    assert (answer.headers["Content-Type"], answer.body) == ("application/json", b'{"ok":true}')
    assert upstream.bodies == []


def test_throttle_takes_the_time_that_the_rate_and_the_latency_ask_for(proxy: FaultProxy) -> None:
    proxy.script(modes.Throttle(bytes_per_second=20_000, latency=0.2))
    begin = time.monotonic()
    assert post(proxy).body == ANSWER
    assert time.monotonic() - begin >= 0.2 + len(PARCEL) / 20_000


def test_cut_upload_hands_the_server_the_first_bytes_only(
    proxy: FaultProxy, upstream: Upstream
) -> None:
    proxy.script(modes.CutUpload(after=100))
    with pytest.raises(ConnectionResetError):
        exchange(proxy)
    assert upstream.arrived.acquire(timeout=PATIENCE)
    assert upstream.bodies == [PARCEL[:100]]
    assert proxy.delivered(modes.CutUpload)[0].request.body == PARCEL[:100]


def test_deliver_twice_gives_the_server_the_same_request_two_times(
    proxy: FaultProxy, upstream: Upstream
) -> None:
    proxy.script(modes.DeliverTwice())
    assert post(proxy).body == ANSWER
    assert upstream.bodies == [PARCEL, PARCEL]
    assert proxy.delivered(modes.DeliverTwice)[0].upstream == [200, 200]


def test_http_10_speaks_the_old_version_both_ways(proxy: FaultProxy, upstream: Upstream) -> None:
    proxy.script(modes.Http10())
    head, body = parts(exchange(proxy))
    assert head.startswith(b"HTTP/1.0 200 ")
    assert b"Content-Length" not in head
    assert body == ANSWER
    assert upstream.requests[0][0] == "HTTP/1.0"


def test_strip_header_drops_headers_both_ways(proxy: FaultProxy, upstream: Upstream) -> None:
    proxy.script(modes.StripHeader(request=("content-type",), response=("content-type",)))
    answer = post(proxy)
    assert answer.headers["Content-Type"] is None
    assert answer.body == ANSWER
    assert "Content-Type" not in upstream.requests[0][1]


def test_strip_header_ends_the_connection_when_nothing_else_tells_the_length(
    proxy: FaultProxy,
) -> None:
    proxy.script(modes.StripHeader(response=("content-length",)))
    assert parts(exchange(proxy))[1] == ANSWER


def test_hold_keeps_the_request_until_it_is_released(proxy: FaultProxy, upstream: Upstream) -> None:
    hold = modes.Hold()
    proxy.script(hold)
    with Client(proxy) as client:
        client.sock.sendall(POST)
        proxy.wait_until(lambda: proxy.delivered(modes.Hold))
        assert upstream.bodies == []
        proxy.release(hold)
        assert client.sock.recv(65536).startswith(b"HTTP/1.1 200 ")
    assert upstream.bodies == [PARCEL]


def test_a_certificate_of_the_future_is_refused_by_a_client_that_checks_dates(
    upstream: Upstream, tmp_path: Path
) -> None:
    in_a_year = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=365)
    context, trusted = server_context(tmp_path, in_a_year)
    with (
        FaultProxy(upstream.server_address[1], tls=context) as proxy,
        socket.create_connection((HOST, proxy.port), timeout=PATIENCE) as plain,
        pytest.raises(ssl.SSLCertVerificationError, match="not yet valid"),
    ):
        ssl.create_default_context(cafile=str(trusted)).wrap_socket(plain, server_hostname=HOST)


def test_a_certificate_of_today_carries_requests(upstream: Upstream, tmp_path: Path) -> None:
    yesterday = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    context, trusted = server_context(tmp_path, yesterday)
    with FaultProxy(upstream.server_address[1], tls=context) as proxy:
        trust = ssl.create_default_context(cafile=str(trusted))
        connection = http.client.HTTPSConnection(HOST, proxy.port, timeout=PATIENCE, context=trust)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"hello"
        connection.close()


def test_a_script_is_used_up_in_order_by_matching_requests_only(proxy: FaultProxy) -> None:
    proxy.script(modes.Status(500), modes.Status(503))
    with Client(proxy) as client:
        client.sock.sendall(b"GET /api/v1/parcels HTTP/1.1\r\n\r\n")
        assert client.sock.recv(65536).startswith(b"HTTP/1.1 200 ")
    assert proxy.pending() == [modes.Status(500), modes.Status(503)]
    assert [post(proxy).status for _ in range(3)] == [500, 503, 200]
    assert proxy.pending() == []


def test_an_endless_rule_lasts_until_it_is_cleared(proxy: FaultProxy) -> None:
    proxy.always(modes.Status(502))
    assert [post(proxy).status for _ in range(3)] == [502, 502, 502]
    proxy.clear()
    assert post(proxy).status == 200


def test_an_error_inside_the_proxy_reaches_the_test(upstream: Upstream) -> None:
    proxy = FaultProxy(upstream.server_address[1])
    proxy.up()
    assert exchange(proxy, b"not a request at all\r\n\r\n") == b""
    with pytest.raises(BadMessage):
        proxy.stop()
