"""How many sealed reports a second become durable, through real gunicorn on this machine.

Amana as `amana serve` runs it, beside a bare program doing the same durable insert under the same
gunicorn. Rounds of both take turns and medians are kept: the machine's mood changes, the ratio
stays.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.ingest_load import HOST, Outcome, run
from tests.benchmarks.rows import Row
from tests.e2e.servers import make_ground

AIM = 0.5
CONNECTIONS = (16, 64)
ROUNDS = 3
SECONDS = 3.0
WARM_SECONDS = 1.0
FULL = 64
"""Envelopes in a full parcel of the smallest length."""

WORKERS, THREADS = 2, 32
STARTING_SECONDS = 60.0


def measure() -> list[Row]:
    """Single envelopes a second with 16 and 64 connections, and envelopes in full parcels."""
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        amana = stack.enter_context(_amana(folder))
        bare = stack.enter_context(_bare(folder))
        rows: list[Row] = []
        for connections in CONNECTIONS:
            rows += _compared(amana, bare, connections, 1)
        return rows + _compared(amana, bare, CONNECTIONS[0], FULL)


def _compared(amana: int, bare: int, connections: int, per_parcel: int) -> list[Row]:
    for port in (amana, bare):
        run(port, connections, WARM_SECONDS, per_parcel)
    pairs = [
        tuple(run(port, connections, SECONDS, per_parcel) for port in (amana, bare))
        for _ in range(ROUNDS)
    ]
    ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    ratio = median(our.rate / max(their.rate, 1e-9) for our, their in pairs)
    what = f"{per_parcel} a parcel, {connections} connections"
    return [
        Row(f"ingest, {what}: Amana", _rate(ours, per_parcel), "envelopes/s", ratio, f">= {AIM}"),
        Row(f"ingest, {what}: bare WSGI + sqlite3", _rate(theirs, per_parcel), "envelopes/s"),
        Row(f"ingest, {what}: Amana, median", _median(ours, lambda each: each.median), "ms"),
        Row(f"ingest, {what}: Amana, p99", _median(ours, lambda each: each.slowest_of_100), "ms"),
        Row(f"ingest, {what}: Amana, failed", sum(each.failed for each in ours), "requests"),
    ]


def _rate(outcomes: list[Outcome], per_parcel: int) -> float:
    return per_parcel * _median(outcomes, lambda each: each.rate)


def _median(outcomes: list[Outcome], of: Callable[[Outcome], float]) -> float:
    return median(of(each) for each in outcomes)


@contextmanager
def _amana(folder: Path) -> Iterator[int]:
    ground = make_ground(folder / "home")
    environment = {
        "AMANA_HOME": str(ground.home),
        "AMANA_DATABASE_URL": f"sqlite:///{ground.database}",
    }
    with _free_port() as port:
        command = ["-m", "amana", "serve", "report", "--bind", f"{HOST}:{port}"]
        with _running([*command, "--workers", str(WORKERS)], environment, port):
            yield port


@contextmanager
def _bare(folder: Path) -> Iterator[int]:
    environment = {"BARE_DATABASE": str(folder / "bare.sqlite3")}
    with _free_port() as port:
        command = ["-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", str(WORKERS)]
        command += ["--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "15"]
        command += ["--log-level", "error", "--no-control-socket"]
        with _running([*command, "tests.benchmarks.ingest_bare:application"], environment, port):
            yield port


@contextmanager
def _free_port() -> Iterator[int]:
    with socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind((HOST, 0))
        yield reserved.getsockname()[1]


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, *command],
        env={**os.environ, "PYTHONPATH": ":".join(sys.path), **environment},
    )
    try:
        _wait(process, port)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")
