"""What a summary of a million assessments costs beside the bare GROUP BY of the same data.

A year of 400,000 events, on both engines. The summary is all that the desk does for the internal
table of the year by district: counting, disclosure control, trend. The bare statement counts
reports and events by week, district and kind, of each envelope's latest version. Both take turns in
a process of their own, whose peak memory is told as well. So is that of a process in which the same
year leaves for partners some times: each file is made beside what the ones before it settled. Files
are of a table of 10,000 rows.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from typing import Any

from sqlalchemy import text

from amana import store
from amana.core.cells import Cell, CellKey
from amana.core.places import Areas
from amana.core.tiers import Rules, Thresholds
from amana.core.vocabulary import Vocabulary
from amana.desk.summaries import Question, look, take_out
from amana.export.csv import summary_csv
from amana.export.sheet import Sheet
from amana.export.xlsx import summary_xlsx
from amana.store.members import Member
from tests.benchmarks.rows import Row
from tests.server import postgres

AIM, MEMORY_AIM = 1.5, 200.0
ASSESSMENTS = 1_000_000
ROUNDS = 3
RELEASES = 6
FILE_ROWS = 10_000
DAY = date(2032, 1, 15)
ASKED = Question(date(2031, 1, 6), date(2031, 12, 28), "internal", "adm2")

_NUMBERS = {
    "sqlite": """WITH RECURSIVE n(i) AS (
        SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)""",
    "postgresql": "WITH n(i) AS (SELECT generate_series(0, CAST(:count AS bigint) - 1))",
}
_ID = {
    "sqlite": "CAST(printf('%032d', i) AS BLOB)",
    "postgresql": "convert_to(lpad(i::text, 32, '0'), 'UTF8')",
}
_EVENT = {"sqlite": "printf('%016d', e)", "postgresql": "lpad(e::text, 16, '0')"}
_DAYS = {
    "sqlite": "date('2031-01-06', (e * 31 % 357) || ' days')",
    "postgresql": "date '2031-01-06' + CAST(e * 31 % 357 AS integer)",
}
_WEEK = {
    "sqlite": "date(a.day, '-6 days', 'weekday 1')",
    "postgresql": "CAST(date_trunc('week', a.day) AS date)",
}
ENVELOPES = """INSERT INTO envelopes (id, kid, length, day, version)
    {numbers} SELECT {id}, CAST(:kid AS {bytes}), 2172, {first}, 1 FROM n"""
ASSESSED = """INSERT INTO assessments (envelope_id, version, ref, member_id, assessed, decision,
        kind, adm3, day, category, households, people, room, killed, severity, verification,
        access, event_id, release_tier)
    {numbers}, m(i, e) AS (SELECT i, i * 2 / 5 FROM n)
    SELECT {id}, 1, '0123456789abcdef', :member, {first}, 'accept',
        CASE e % 3 WHEN 0 THEN 'displacement' WHEN 1 THEN 'shelter' ELSE 'safety' END,
        code, {day},
        CASE e % 3 WHEN 0 THEN 'fear' WHEN 1 THEN 'school' ELSE 'arson' END,
        CASE WHEN e % 3 = 0 THEN CASE i % 2 WHEN 0 THEN 'hh6_20' ELSE 'hh21_50' END END,
        CASE WHEN e % 3 = 1 THEN 'p51_100' END, CASE WHEN e % 3 = 1 THEN 'full' END,
        CASE WHEN e % 9 = 2 THEN 'n2_5' END,
        CAST(1 + i % 5 AS {text}), CASE i % 3 WHEN 0 THEN 'v1' WHEN 1 THEN 'v2' ELSE 'v3' END,
        'limited', {event}, 'public'
    FROM m JOIN bench_areas ON number = e * 7919 % :areas"""
BARE = """SELECT {week} AS week, substr(a.adm3, 1, 6) AS adm2, a.kind, count(*),
        count(DISTINCT a.event_id)
    FROM assessments a JOIN envelopes ON envelopes.id = a.envelope_id
        AND envelopes.version = a.version
    WHERE a.decision IN ('accept', 'merge') GROUP BY 1, 2, 3"""


def measure() -> list[Row]:
    """Seconds, how many times as long as the bare one; peak memory; a file's rows a second."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows = _measured("SQLite", f"sqlite:///{folder / 'summary.db'}")
        if postgres.programs() is None:
            print("summary: no PostgreSQL, half of it is not measured", file=sys.stderr)
        else:
            server = stack.enter_context(postgres.running())
            rows += _measured("PostgreSQL", server.create("summary"))
        return rows + _files(folder)


def _measured(engine: str, url: str) -> list[Row]:
    store.upgrade(url)
    made = _fill(url)
    found, left = (_alone(url, what) for what in (_child, _leaving_child))
    what = f"summary of {ASSESSMENTS:,} assessments, {engine}"
    return [
        Row(f"{what}: bare GROUP BY", found["bare"], "s"),
        Row(what, found["summary"], "s", found["summary"] / found["bare"], f"<= {AIM}"),
        Row(
            f"{what}: peak memory of the process", found["memory"], "MiB", None, f"<= {MEMORY_AIM}"
        ),
        Row(f"{what}, for partners, file {RELEASES}", left["seconds"], "s"),
        Row(
            *(f"{what}, for partners: peak memory", left["memory"], "MiB", None),
            f"<= {MEMORY_AIM}",
        ),
        Row(f"{what}: all events made anew", made, "s"),
    ]


def _alone(url: str, what: Callable[[str], dict[str, float]]) -> dict[str, float]:
    """What a function answers in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.summary", what.__name__, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _fill(url: str) -> float:
    """Fill the tables, and answer the seconds that making the events took."""
    areas = sorted(Areas.load().adm3)
    with store.opened(url):
        dialect = store.db.engine.dialect.name
        is_sqlite = dialect == "sqlite"
        words = {
            "numbers": _NUMBERS[dialect],
            "id": _ID[dialect],
            "event": _EVENT[dialect],
            "day": _DAYS[dialect],
            "first": "'2031-01-06'" if is_sqlite else "date '2031-01-06'",
            "bytes": "BLOB" if is_sqlite else "bytea",
            "text": "TEXT" if is_sqlite else "varchar",
        }
        given = {"count": ASSESSMENTS, "areas": len(areas), "kid": bytes(8)}
        with store.writing():
            member = Member("amal", "reviewer", bytes(16), bytes(32), bytes(1216), bytes(60))
            given["member"] = store.members.add(member, DAY)
            run = store.db.session.execute
            run(text("CREATE TEMPORARY TABLE bench_areas (number integer PRIMARY KEY, code text)"))
            numbered = [{"number": at, "code": code} for at, code in enumerate(areas)]
            run(text("INSERT INTO bench_areas VALUES (:number, :code)"), numbered)
            run(text(ENVELOPES.format(**words)), given)
            run(text(ASSESSED.format(**words)), given)
        began = time.perf_counter()
        with store.writing():
            store.events.rebuild()
        made = time.perf_counter() - began
        with store.writing():
            store.db.session.execute(text("ANALYZE"))
    return made


def _child(url: str) -> dict[str, float]:
    """Both, taking turns, and this process's peak memory."""
    times: dict[str, list[float]] = {"bare": [], "summary": []}
    with store.opened(url):
        bare = text(BARE.format(week=_WEEK[store.db.engine.dialect.name]))
        runs: dict[str, Callable[[], Any]] = {
            "bare": lambda: sum(1 for _ in store.db.session.execute(bare)),
            "summary": lambda: len(look(ASKED, Thresholds(), DAY).sheet.rows),
        }
        for _ in range(ROUNDS):
            for name, run in runs.items():
                began = time.perf_counter()
                assert run() > 0
                times[name].append(time.perf_counter() - began)
                store.db.session.rollback()
    return {name: median(each) for name, each in times.items()} | {"memory": _peak()}


def _leaving_child(url: str) -> dict[str, float]:
    """How long the last of some files takes, and this process's peak memory."""
    asked = replace(ASKED, tier="partners")
    with store.opened(url):
        for _ in range(RELEASES):
            began = time.perf_counter()
            with store.writing():
                assert take_out(asked, Thresholds(), DAY).sheet.rows
            seconds = time.perf_counter() - began
    return {"seconds": seconds, "memory": _peak()}


def _peak() -> float:
    """MiB that this process had at most."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def _files(folder: Path) -> list[Row]:
    vocabulary, areas = Vocabulary.load(), Areas.load()
    codes = sorted(areas.adm2)
    cells = [
        Cell(CellKey(ASKED.first, codes[number % len(codes)], "safety"), reports=4, events=2)
        for number in range(FILE_ROWS)
    ]
    rules = Rules.of("internal", Thresholds())
    sheet = Sheet(ASKED.first, ASKED.last, "adm2", rules, cells, ())
    forms: dict[str, Callable[[], Any]] = {
        "CSV": lambda: sum(len(line) for line in summary_csv(sheet, areas, vocabulary)),
        "XLSX": lambda: len(summary_xlsx(sheet, areas, vocabulary)),
    }
    return [
        Row(f"summary as {form}", FILE_ROWS / _seconds(write), "rows/s")
        for form, write in forms.items()
    ]


def _seconds(write: Callable[[], Any]) -> float:
    began = time.perf_counter()
    assert write() > 0
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](sys.argv[2])))
