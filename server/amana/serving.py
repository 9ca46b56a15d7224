"""gunicorn for the two zones: one master for each, so that neither shares memory with the other."""

import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import sleep
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

POLL_SECONDS = 0.1
HEALTH_SECONDS = 5.0
_SERVE = (sys.executable, "-m", "amana", "serve")


class AddressTaken(Exception):
    """Another program listens where a zone should. The message is one plain line."""


class QuietLogger(Logger):  # type: ignore[misc]
    """gunicorn's log without people: no access log, no address, no request path, header or body.

    gunicorn names the client in its warning of a malformed request, and the request in the
    message and trace of an exception. Here a malformed request leaves one plain line, and an
    exception only its kind and the line of code that raised it.
    """

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Log a warning; one about a malformed request is replaced."""
        if str(msg).startswith("Invalid request"):
            msg, args = "a malformed request was refused", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Log the kind and place of the exception being handled, never its words."""
        kind, _, trace = sys.exc_info()
        frames = traceback.extract_tb(trace)
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"
        super().error("%s at %s", kind.__name__ if kind else "error", place)

    def access(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Log nothing: there is no access log."""


class Zone(BaseApplication):  # type: ignore[misc]
    """A gunicorn master; each worker makes its own app, since database handles do not fork."""

    def __init__(self, make_app: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._make_app = make_app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Set the options, over gunicorn's own defaults."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the app; called once in each worker."""
        return self._make_app()


def run_zone(make_app: Callable[[], Flask], bind: str, workers: int) -> None:
    """Serve one zone until a signal ends it. Does not return."""
    Zone(
        make_app,
        {
            "bind": bind,
            "workers": workers,
            "worker_class": "amana.worker.Worker",
            "threads": 32,
            "keepalive": 15,
            "timeout": 60,
            "graceful_timeout": 20,
            "logger_class": QuietLogger,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "limit_request_line": 2048,
            "control_socket_disable": True,
        },
    ).run()


def run_together(
    binds: Mapping[str, str],
    workers: int,
    ready: Callable[[], None] = lambda: None,
    environ: Mapping[str, str] = os.environ,
) -> int:
    """Run zones as processes, by name and address; when one ends or a signal comes, end them all.

    `ready` is called once, when every zone says that it is well. Returns the exit status: 0 after
    a signal, 1 when a zone ended by itself. Raises `AddressTaken` before anything is started.
    """
    for bind in binds.values():
        if _listens(bind):
            raise AddressTaken(f"{bind} is taken by another program")
    processes = [
        subprocess.Popen(  # noqa: S603
            [*_SERVE, zone, "--bind", bind, "--workers", str(workers)], env=environ
        )
        for zone, bind in binds.items()
    ]
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)  # the terminal was closed: gunicorn would reload
    try:
        if _all_well(binds.values(), processes):
            ready()
            os.waitpid(-1, 0)
    except KeyboardInterrupt:
        return 0
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()
    return 1


def _all_well(binds: Iterable[str], processes: Sequence["subprocess.Popen[bytes]"]) -> bool:
    """Wait until every zone answers that it is well; False as soon as a process has ended."""
    waiting = list(binds)
    while waiting:
        if any(process.poll() is not None for process in processes):
            return False
        if _is_well(waiting[0]):
            waiting.pop(0)
        else:
            sleep(POLL_SECONDS)
    return True


def _listens(bind: str) -> bool:
    try:
        socket.create_connection(_address(bind), timeout=POLL_SECONDS).close()
    except OSError:
        return False
    return True


def _is_well(bind: str) -> bool:
    connection = HTTPConnection(*_address(bind), timeout=HEALTH_SECONDS)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _address(bind: str) -> tuple[str, int]:
    host, _, port = bind.rpartition(":")
    return host.strip("[]"), int(port)


def _interrupt(_signum: int, _frame: object) -> None:
    raise KeyboardInterrupt
