"""What a page of the queue costs the server with a thousand and with a million envelopes waiting.

The view of the door itself, on both engines, the first page, as the desk asks for it every few
seconds, and one from the middle; and the first page with how many there are, which a window asks
once: it counts up to 20,000, so it may take longer among many. Envelopes are zeros of the smallest
length: the page reads no body. Rounds of all take turns and medians are kept.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from sqlalchemy import text

from amana import store
from amana.desk.queue import give_queue
from amana.desk.schemas import QueueQuestion
from tests.benchmarks.rows import Row
from tests.server import postgres

AIM = 2.0
FEW, MANY = 1_000, 1_000_000
PAGE = 50
ROUNDS = 200
WARM = 20

PLACES: dict[str, Callable[[int], dict[str, str]]] = {
    "first page": lambda _: {},
    "a page from the middle": lambda count: {"before": str(count // 2)},
    "first page and how many there are": lambda _: {"count": "true"},
}
AIMS = dict.fromkeys(("first page", "a page from the middle"), f"<= {AIM}")

FILL = {
    "sqlite": """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
        INSERT INTO envelopes (id, kid, length, day, body)
        SELECT randomblob(32), zeroblob(8), 2172, '2031-03-07', zeroblob(2172) FROM n""",
    "postgresql": """
        INSERT INTO envelopes (id, kid, length, day, body)
        SELECT sha256(int8send(i)), decode(repeat('00', 8), 'hex'), 2172, '2031-03-07',
               decode(repeat('00', 2172), 'hex')
        FROM generate_series(1, CAST(:count AS bigint)) i""",
}
ANALYSE = {"sqlite": "ANALYZE", "postgresql": "ANALYZE envelopes"}


def measure() -> list[Row]:
    """Milliseconds a page, and how many times as long it takes among many."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows = _measured("SQLite", [f"sqlite:///{folder / f'{count}.db'}" for count in (FEW, MANY)])
        if postgres.programs() is None:
            print("queue_page: no PostgreSQL, half of it is not measured", file=sys.stderr)
            return rows
        server = stack.enter_context(postgres.running())
        return rows + _measured("PostgreSQL", [server.create(f"q{each}") for each in (FEW, MANY)])


def _measured(engine: str, urls: list[str]) -> list[Row]:
    for url, count in zip(urls, (FEW, MANY), strict=True):
        store.upgrade(url)
        _fill(url, count)
    rows = []
    for place, asked in PLACES.items():
        few, many = (
            _milliseconds(url, asked(count)) for url, count in zip(urls, (FEW, MANY), strict=True)
        )
        what = f"queue, {place}, {engine}"
        rows += [
            Row(f"{what}: {FEW:,} waiting", few, "ms"),
            Row(f"{what}: {MANY:,} waiting", many, "ms", many / few, AIMS.get(place)),
        ]
    return rows


def _fill(url: str, count: int) -> None:
    with store.opened(url):
        dialect = store.db.engine.dialect.name
        with store.writing():
            store.db.session.execute(text(FILL[dialect]), {"count": count})
        with store.writing():
            store.db.session.execute(text(ANALYSE[dialect]))


def _milliseconds(url: str, asked: Mapping[str, object]) -> float:
    question = QueueQuestion().load({"limit": str(PAGE), **asked})
    with store.opened(url):
        for _ in range(WARM):
            give_queue(question)
        return median(_timed(question) for _ in range(ROUNDS))


def _timed(question: Mapping[str, object]) -> float:
    began = time.perf_counter()
    assert len(give_queue(question)["envelopes"]) == PAGE
    return (time.perf_counter() - began) * 1000
