"""The public zone under a real gunicorn, for tests that need real sockets."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from amana.arrival import Patience
from amana.config import Settings
from tests.patience import PATIENCE

HOST = "127.0.0.1"

SCRIPT = """
import json, sys
from pathlib import Path
from amana.arrival import Patience
from amana.config import Settings
from amana.report import create_report_app
from amana.serving import QuietLogger, Zone
from amana.worker import Worker

given = json.loads(sys.argv[1])
settings = Settings(Path(given["home"]), given["database_url"], Path(given["static"]))


class Impatient(Worker):
    patience = Patience(**given["patience"])


Zone(
    lambda: create_report_app(settings),
    {
        "bind": f"fd://{given['socket']}",
        "worker_class": Impatient,
        "logger_class": QuietLogger,
        "control_socket_disable": True,
        **given["options"],
    },
).run()
"""


@dataclass(frozen=True)
class Served:
    """A running server: where it listens and what it has written to its log."""

    port: int
    log_file: Path

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8")

    def connect(self, timeout: float = PATIENCE) -> socket.socket:
        return socket.create_connection((HOST, self.port), timeout=timeout)

    def exchange(self, *parts: bytes, pause: float = 0.0) -> bytes:
        """Send parts on one connection, with a pause between, and read until the server closes."""
        with self.connect() as connection:
            for place, part in enumerate(parts):
                time.sleep(pause if place else 0)
                try:
                    connection.sendall(part)
                except (BrokenPipeError, ConnectionResetError):
                    break
            return read_all(connection)


@contextmanager
def serving(
    settings: Settings, folder: Path, patience: Patience | None = None, **options: Any
) -> Iterator[Served]:
    """The public zone, one worker with two threads unless `options` (gunicorn's) say otherwise."""
    log_file = folder / "gunicorn.log"
    with socket.create_server((HOST, 0)) as listener, log_file.open("wb") as log:
        listener.set_inheritable(True)
        given = {
            "home": str(settings.home),
            "database_url": settings.database_url,
            "static": str(settings.static),
            "patience": asdict(patience or Patience()),
            "socket": listener.fileno(),
            "options": {"workers": 1, "threads": 2, "keepalive": 15, "loglevel": "info"} | options,
        }
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, json.dumps(given)],
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        served = Served(listener.getsockname()[1], log_file)
        try:
            wait(served, process)
            yield served
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait(served: Served, process: "subprocess.Popen[bytes]") -> None:
    """Until the server answers for the first time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended:\n{served.log}")
        try:
            answer = served.exchange(request("GET", "/healthz", close=True))
        except TimeoutError:
            continue
        if b" 200 OK\r\n" in answer:
            return
    raise RuntimeError(f"the server did not answer:\n{served.log}")


def request(
    method: str, path: str, body: bytes | None = None, *fields: str, close: bool = False
) -> bytes:
    """A request as bytes; with a body, one of a parcel's type and with its length."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", *fields]
    if body is not None:
        lines += ["Content-Type: application/octet-stream", f"Content-Length: {len(body)}"]
    if close:
        lines.append("Connection: close")
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def read_answer(connection: socket.socket) -> bytes:
    """One answer with a Content-Length."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += receive(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += receive(connection)
    return head + b"\r\n\r\n" + body


def receive(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("closed in the middle of an answer")
    return data


def read_all(connection: socket.socket) -> bytes:
    data = b""
    while True:
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            return data
        if not piece:
            return data
        data += piece
