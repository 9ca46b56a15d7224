"""A plain HTTP server behind the proxy, for the tests of the proxy itself."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.faults.listener import HOST

ANSWER = b'{"receipt": "0123456789abcdef", "envelopes": []}'


class Handler(BaseHTTPRequestHandler):
    """Keeps what it was sent, answers a POST with ANSWER."""

    protocol_version = "HTTP/1.1"
    server: Upstream

    def do_GET(self) -> None:
        self._answer(b"hello", "text/html")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.request_version, dict(self.headers), body))
        self.server.arrived.release()
        self._answer(ANSWER)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def _answer(self, body: bytes, kind: str = "application/json") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Upstream(ThreadingHTTPServer):
    """The plain server behind the proxy."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), Handler)
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.arrived = threading.Semaphore(0)

    @property
    def bodies(self) -> list[bytes]:
        return [body for _, _, body in self.requests]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks off is part of these tests."""


@contextlib.contextmanager
def serving() -> Iterator[Upstream]:
    """A running server on a free port."""
    with Upstream() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
