"""`amana` as a process: read anew, or forked from one that has read the program already.

Reading the program is most of what a server's start costs. Each of these processes is one of its
own, with its own environment and log, whichever way it came about.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

Environment = Mapping[str, str]

_READ = multiprocessing.get_context("forkserver")
_READ.set_forkserver_preload(["amana.cli", __name__])


class Program(Protocol):
    """A running program, as far as a server's keeper looks at it."""

    @property
    def pid(self) -> int | None:
        """Its process id."""

    def poll(self) -> int | None:
        """Its exit status, or None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, once it has ended; `subprocess.TimeoutExpired` when it does not."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""


def start(module: Sequence[str], environment: Environment, log: Path) -> Program:
    """Run a module with arguments in an interpreter of its own; what it says goes to the log."""
    with log.open("ab") as file:
        return subprocess.Popen(
            [sys.executable, "-m", *module], env=environment, stdout=file, stderr=file
        )


class Amana:
    """The `amana` command of the program that these tests run in."""

    def __init__(self, arguments: Sequence[str], environment: Environment, log: Path) -> None:
        self._process = _READ.Process(target=_run, args=(arguments, environment, log), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int | None:
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        status = self._process.exitcode
        if status is None:
            raise subprocess.TimeoutExpired("amana", timeout or 0)
        return status

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def _run(arguments: Sequence[str], environment: Environment, log: Path) -> None:
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["amana", *arguments]
    from amana.cli import main

    main()
