"""Putting envelopes durably while many callers wait: those who wait together share one commit.

A commit waits for the disk, and that is most of what an envelope costs. So the caller whose turn
comes commits for everybody who has queued meanwhile, and the others find their answers ready.
"""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from threading import Lock

from flask import Flask, current_app

from . import envelopes
from .database import writing
from .envelopes import Put

MAX_TOGETHER = 256
"""Envelopes after which a commit takes no further caller, so that none waits long."""

_EXTENSION = "amana-ingest"


class _Caller:
    """Somebody's envelopes, and what became of them."""

    def __init__(self, sealed: Sequence[bytes], day: date) -> None:
        self.sealed = sealed
        self.day = day
        self.answer: list[Put] | None = None
        self.error: BaseException | None = None
        self.called = Lock()
        self.called.acquire()


class Queue:
    """The callers of one application in one process.

    One of them leads: it commits for all who have come. Then it calls the next to lead, before the
    others, so that the disk is at work again while they go.
    """

    def __init__(self) -> None:
        self._waiting: list[_Caller] = []
        self._is_led = False
        self._guard = Lock()

    def put(self, caller: _Caller) -> None:
        """Return when the caller's envelopes are committed. Raises what the commit raised."""
        with self._guard:
            self._waiting.append(caller)
            must_wait, self._is_led = self._is_led, True
        if must_wait:
            caller.called.acquire()
        if caller.answer is None and caller.error is None:
            self._lead()
        if caller.error is not None:
            raise caller.error

    def _lead(self) -> None:
        taken: list[_Caller] = []
        try:
            with writing():
                # Who came while this process waited for the lock is still in time.
                taken = self._take()
                sealed = [envelope for caller in taken for envelope in caller.sealed]
                answers = iter(envelopes.put(sealed, taken[0].day))
            for caller in taken:
                caller.answer = list(islice(answers, len(caller.sealed)))
        except BaseException as error:
            taken = taken or self._take()
            for caller in taken:
                caller.error = error
            if not isinstance(error, Exception):
                raise
        finally:
            self._call_next()
            for caller in taken:
                caller.called.release()

    def _take(self) -> list[_Caller]:
        """The callers in front, the leading one first, all of one day."""
        taken = [self._waiting.pop(0)]
        size = len(taken[0].sealed)
        while self._waiting and self._waiting[0].day == taken[0].day:
            size += len(self._waiting[0].sealed)
            if size > MAX_TOGETHER:
                break
            taken.append(self._waiting.pop(0))
        return taken

    def _call_next(self) -> None:
        with self._guard:
            self._is_led = bool(self._waiting)
            if self._waiting:
                self._waiting[0].called.release()


def open_queue(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions[_EXTENSION] = Queue()


def put(sealed: Sequence[bytes], day: date) -> list[Put]:
    """Keep envelopes as `envelopes.put` does; when this returns they are durably committed.

    Not for use inside a `writing()` block. When the commit fails, nothing is kept for any of the
    callers that shared it, and each of them is told.
    """
    if not sealed:
        return []
    queue: Queue = current_app.extensions[_EXTENSION]
    caller = _Caller(sealed, day)
    queue.put(caller)
    assert caller.answer is not None
    return caller.answer
