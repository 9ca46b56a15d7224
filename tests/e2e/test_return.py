"""After an outage everybody returns at once, and the server that is back is not knocked over."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import rows
from tests.e2e.servers import Site
from tests.faults import modes

ROOT = Path(__file__).parents[2]
PHONES = 200
TIME = 60.0
"""Seconds: two hundred reports are sealed and two hundred key sets verified on one core."""

PATIENCE = 2
"""Seconds for which the server asks, in `Retry-After`."""

TICK = 0.01
"""Seconds by which two clocks of the same machine may differ."""

BUSY = modes.Status(503, (("Retry-After", str(PATIENCE)),))


@dataclass(frozen=True)
class Try:
    """A parcel that was posted; `begun` and `answered` in seconds."""

    phone: int
    begun: float
    answered: float
    status: int


def waits(tries: list[Try]) -> list[float]:
    """How long each phone let pass after an answer before its next try."""
    by_phone = defaultdict(list)
    for each in sorted(tries, key=lambda each: each.begun):
        by_phone[each.phone].append(each)
    return [
        later.begun - earlier.answered
        for own in by_phone.values()
        for earlier, later in zip(own, own[1:], strict=False)
    ]


def most_in_a_second(moments: list[float]) -> int:
    return max(sum(start <= moment < start + 1 for moment in moments) for start in moments)


@pytest.fixture
def program(tmp_path: Path) -> list[str | Path]:
    """The phones: tests/client/crowd/program.ts for Node."""
    node = shutil.which("node")
    assert node, "Node is missing"
    bundle = (node, ROOT / "client/bundle/node.mjs", ROOT / "tests/client/crowd/program.ts")
    subprocess.run([*bundle, tmp_path / "crowd.mjs"], check=True, cwd=ROOT / "client")
    return [node, tmp_path / "crowd.mjs"]


@contextmanager
def started(program: list[str | Path]) -> Iterator[subprocess.Popen[str]]:
    """A program that is ended with the block: one that fails is not waited for."""
    with subprocess.Popen(program, stdin=-1, stdout=-1, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


@pytest.mark.failure("F26")
def test_two_hundred_phones_that_were_asked_for_patience_return_spread_out_and_all_arrive_once(
    organisation: Site, program: list[str | Path]
) -> None:
    proxy = organisation.report.proxy
    proxy.always(BUSY)
    given = {"origin": proxy.origin, "root": organisation.organisation.root_print, "phones": PHONES}
    with started(program) as running:
        assert running.stdin
        running.stdin.write(json.dumps(given))
        running.stdin.close()
        running.stdin = None
        proxy.wait_until(lambda: len(proxy.delivered(modes.Status)) >= PHONES, TIME)
        proxy.clear()
        written, _ = running.communicate()
    told: dict[str, Any] = json.loads(written)
    tries = [Try(**each) for each in told["tries"]]
    returns = [each.begun for each in tries if each.status == 200]
    assert rows.bodies(organisation.ground.database) == sorted(map(bytes.fromhex, told["sealed"]))
    assert sorted(each.phone for each in tries if each.status == 200) == list(range(PHONES))
    assert min(waits(tries)) >= PATIENCE - TICK
    assert most_in_a_second(waits(tries)) <= PHONES / 2
    assert most_in_a_second(returns) <= PHONES / 2
