"""A gunicorn worker that slow clients cannot occupy.

gunicorn's thread worker gives a thread to every connection that has begun to speak, and waits, in
the thread that serves all others, for clients that are slow to hang up. Here one loop receives
every request, and a thread takes it when it is whole; answers go to the kernel in one piece; and
goodbyes happen in the loop too. Refusals that no application sees have the form of all others.
"""

import json
import socket
import struct
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from typing import Any, ClassVar, Final

from gunicorn import util
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

from amana.arrival import Arrival, Patience
from amana.errors import ANSWERS, Code
from amana.http import security_headers

RECEIVE_BYTES: Final = 64 * 1024

HELD_BYTES: Final = 64 * 1024 * 1024
"""What one worker keeps of requests that are not whole; beyond it, more are asked to come later."""

ANSWER_BYTES: Final = 256 * 1024
"""The kernel's room for an answer on its way out: no thread waits for a slow reader."""

LOOK_SECONDS: Final = 1.0
"""How often the loop looks for who is too slow."""

CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


def _raw(code: Code) -> bytes:
    """An error of the closed list as bytes on the wire, for where there is no application."""
    status, message, headers = ANSWERS[code]
    body = json.dumps({"error": {"code": code, "message": message}}).encode()
    fields = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Connection": "close",
        **headers,
        **security_headers(),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{head}\r\n".encode() + body


ANSWER: Final[Mapping[Code, bytes]] = {code: _raw(code) for code in ANSWERS}


class Connection(TConn):  # type: ignore[misc]
    """A connection that arrives and leaves in the worker's loop."""

    def __init__(
        self, worker: "Worker", sock: socket.socket, client: object, server: object
    ) -> None:
        super().__init__(worker.cfg, sock, client, server)
        self.arrival = Arrival(time.monotonic(), worker.patience)
        self.is_watched = False
        self._worker = worker

    def close(self, graceful: bool = False) -> None:
        """Close; gracefully: after the client has read the answer and hung up."""
        if graceful:
            self._worker.say_goodbye(self)
        else:
            util.close(self.sock)


class Worker(ThreadWorker):  # type: ignore[misc]
    """The thread worker, with whole requests only. Its methods run in the loop's thread."""

    patience: ClassVar[Patience] = Patience()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._arriving: set[Connection] = set()
        self._leaving: dict[Connection, float] = {}
        self._held = 0
        self._looked = time.monotonic()

    def accept(self, listener: socket.socket) -> None:
        """Take a connection."""
        try:
            sock, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # it is gone already, or another worker has it
        # A thread that has to wait all the same, by a sender's trick, does not wait for ever.
        limit = struct.pack("ll", int(self.patience.pause) + 1, 0)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ANSWER_BYTES)
        self.nr_conns += 1
        self.enqueue_req(Connection(self, sock, client, listener.getsockname()))

    def enqueue_req(self, conn: Connection) -> None:
        """Receive the connection's next request, of which a part may be here already."""
        conn.init()
        conn.sock.setblocking(False)
        conn.arrival = Arrival(time.monotonic(), self.patience)
        conn.arrival.add(conn.parser.unreader.take_buffered(), conn.arrival.started)
        self._held += len(conn.arrival.data)
        self._arriving.add(conn)
        self._receive(conn)

    def murder_pending(self) -> None:
        """Refuse what comes too slowly and leave who does not hang up; once in a second."""
        super().murder_pending()
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        for conn in list(self._arriving):
            self._decide(conn, now, has_ended=False)
        for conn, until in list(self._leaving.items()):
            if now > until:
                self._part(conn)

    def say_goodbye(self, conn: Connection) -> None:
        """Tell the client that this was all, and wait for it to hang up.

        Hanging up first, on bytes that nobody has read, would take the answer from it.
        """
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            util.close(conn.sock)
            return
        conn.sock.setblocking(False)
        self._leaving[conn] = time.monotonic() + self.patience.goodbye
        self._watch(conn, self._discard)

    def handle_error(
        self, req: object, client: socket.socket, addr: object, exc: Exception
    ) -> None:
        """Answer, in a thread, what the HTTP parser refused or the application never handled."""
        del req, addr
        code: Code = "bad_request" if isinstance(exc, ParseException) else "internal"
        if code == "internal":
            self.log.exception("Error handling request")
        with suppress(OSError):
            client.sendall(ANSWER[code])

    def _receive(self, conn: Connection, _sock: object = None) -> None:
        try:
            data = conn.sock.recv(RECEIVE_BYTES)
        except BlockingIOError:
            self._decide(conn, time.monotonic(), has_ended=False)
            return
        except OSError:
            data = b""
        now = time.monotonic()
        conn.arrival.add(data, now)
        self._held += len(data)
        self._decide(conn, now, has_ended=not data)

    def _decide(self, conn: Connection, now: float, *, has_ended: bool) -> None:
        arrival = conn.arrival
        state = arrival.state(now)
        if not arrival.data and (has_ended or state == "too_slow" or not self.alive):
            self._stop_receiving(conn)
            self._drop(conn)
        elif has_ended or state == "whole":
            self._stop_receiving(conn)
            conn.parser.unreader.unread(bytes(arrival.data))
            super().enqueue_req(conn)
        elif state != "coming":
            self._refuse(conn, state)
        elif self._held > HELD_BYTES:
            self._refuse(conn, "busy")
        else:
            self._wait_for_more(conn)

    def _wait_for_more(self, conn: Connection) -> None:
        if conn.arrival.take_question():
            with suppress(OSError):
                conn.sock.send(CONTINUE)
        if not conn.is_watched:
            self._watch(conn, self._receive)

    def _refuse(self, conn: Connection, code: Code) -> None:
        self._stop_receiving(conn)
        with suppress(OSError):
            conn.sock.send(ANSWER[code])
        self._drop(conn, graceful=True)

    def _stop_receiving(self, conn: Connection) -> None:
        self._arriving.remove(conn)
        self._held -= len(conn.arrival.data)
        self._unwatch(conn)

    def _drop(self, conn: Connection, *, graceful: bool = False) -> None:
        self.nr_conns -= 1
        conn.close(graceful)

    def _discard(self, conn: Connection, _sock: object) -> None:
        try:
            if conn.sock.recv(RECEIVE_BYTES):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._part(conn)

    def _part(self, conn: Connection) -> None:
        del self._leaving[conn]
        self._unwatch(conn)
        util.close(conn.sock)

    def _watch(self, conn: Connection, callback: Callable[[Connection, object], None]) -> None:
        self.poller.register(conn.sock, EVENT_READ, partial(callback, conn))
        conn.is_watched = True

    def _unwatch(self, conn: Connection) -> None:
        if conn.is_watched:
            self.poller.unregister(conn.sock)
            conn.is_watched = False
