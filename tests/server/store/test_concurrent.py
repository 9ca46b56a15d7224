"""Many writers at once, in real processes and threads, on both engines."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import text

from amana import store
from amana.core.envelope import envelope_id
from tests.patience import PATIENCE
from tests.server.conftest import make_envelope

DAY = date(2031, 3, 7)
ROUNDS, EACH = 20, 5
PROCESS = """
import sys, json
from datetime import date
from amana import store
from tests.server.conftest import make_envelope

rounds, each = int(sys.argv[2]), int(sys.argv[3])
answers = []
with store.opened(sys.argv[1]):
    store.ping()
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(rounds):
        sealed = [make_envelope(number * each + place) for place in range(each)]
        put = store.ingest.put(sealed if sys.argv[4] == "up" else sealed[::-1], date(2031, 3, 7))
        answers += [(entry.id.hex(), entry.state) for entry in put]
print(json.dumps(answers))
"""


def start(url: str, order: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS, url, str(ROUNDS), str(EACH), order],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )


def test_two_processes_with_the_same_envelopes_make_one_row_of_each(database_url: str) -> None:
    processes = [start(database_url, "up"), start(database_url, "down")]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    answers = [process.communicate("go\n", timeout=PATIENCE)[0] for process in race(processes)]
    states = Counter(tuple(answer) for output in answers for answer in json.loads(output))
    ids = [envelope_id(make_envelope(number)).hex() for number in range(ROUNDS * EACH)]
    assert states == Counter({(id_, state): 1 for id_ in ids for state in ("parked", "known")})
    with store.opened(database_url):
        assert len(list(store.envelopes.every_body())) == ROUNDS * EACH


def race(processes: list[subprocess.Popen[str]]) -> Iterator[subprocess.Popen[str]]:
    """Let all go before the first is waited for."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return iter(processes)


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    app = Flask("test")
    store.init_store(app, database_url)
    yield app
    with app.app_context():
        store.db.engine.dispose()


@pytest.fixture
def put_together(app: Flask) -> Callable[[list[list[bytes]]], list[list[str]]]:
    """Puts lists of envelopes from as many threads, at the same moment."""

    def run(lists: list[list[bytes]]) -> list[list[str]]:
        barrier = Barrier(len(lists))

        def one(sealed: list[bytes]) -> list[str]:
            barrier.wait()
            with app.app_context():
                return [entry.state for entry in store.ingest.put(sealed, DAY)]

        with ThreadPoolExecutor(len(lists)) as pool:
            return list(pool.map(one, lists))

    return run


Together = Callable[[list[list[bytes]]], list[list[str]]]


def test_of_many_threads_with_one_envelope_exactly_one_is_told_that_it_is_new(
    put_together: Together,
) -> None:
    states = put_together([[make_envelope(1)] for _ in range(16)])
    assert Counter(state for (state,) in states) == {"parked": 1, "known": 15}


def test_callers_who_share_a_commit_get_their_own_answers(
    app: Flask, put_together: Together
) -> None:
    lists = [[make_envelope(caller * 70 + number) for number in range(64)] for caller in range(12)]
    lists[3] = []
    states = put_together(lists)
    assert [len(each) for each in states] == [len(each) for each in lists]
    with app.app_context():
        assert len(list(store.envelopes.every_body())) == 11 * 64


def test_a_commit_that_fails_is_told_to_everyone_and_keeps_nothing(
    app: Flask, put_together: Together
) -> None:
    def refused(sealed: list[bytes]) -> str:
        with app.app_context(), pytest.raises(Exception, match="no such table|does not exist"):
            store.ingest.put(sealed, DAY)
        return "told"

    with app.app_context(), store.writing():
        store.db.session.execute(text("ALTER TABLE envelopes RENAME TO away"))
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(refused, [[make_envelope(number)] for number in range(8)]))
    assert told == ["told"] * 8
    with app.app_context(), store.writing():
        store.db.session.execute(text("ALTER TABLE away RENAME TO envelopes"))
    assert put_together([[make_envelope(1)]]) == [["parked"]]
