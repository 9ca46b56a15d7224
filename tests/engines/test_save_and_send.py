"""Saved means saved, received means received: on every engine, the whole way of one report."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.e2e import rows
from tests.e2e.samples import as_tapped, sample
from tests.e2e.servers import Site
from tests.engines.chromium import Chromium
from tests.engines.firefox import Firefox
from tests.engines.reporter import Phone
from tests.faults.proxy import FaultProxy

BASE = sample("S05")
REPORT = replace(BASE, answers={**BASE.answers, "when": "2025-03-07"})
"""A report in Arabic with two places, free text, and a date that is typed in Arabic digits."""

keeping = pytest.mark.parametrize(
    "kind", [Chromium, Firefox], ids=lambda kind: kind.name, indirect=True
)
"""The engines that can be killed and opened again: an automated WebKitGTK keeps nothing."""


def stored(site: Site) -> list[bytes]:
    """All envelopes in the server's database, sorted."""
    return rows.bodies(site.ground.database)


@pytest.mark.failure("F03", "F36", "F41", "F77", "F79", "F80")
def test_a_report_waits_sealed_until_the_network_is_back_and_then_is_stored_once_unchanged(
    site: Site, network: FaultProxy, phone: Phone
) -> None:
    before = stored(site)
    network.down()
    phone.seal(REPORT)
    assert phone.words() == ["saved"]
    (sealed,) = phone.outbox()
    assert site.open(sealed)["answers"] == as_tapped(REPORT)
    assert REPORT.answers["note"] not in json.dumps(phone.databases(), ensure_ascii=False)
    assert stored(site) == before
    network.up()
    phone.wait_received()
    assert phone.seen() == {"saved", "received"}
    assert phone.outbox() == []
    assert stored(site) == sorted([*before, sealed])


@keeping
@pytest.mark.failure("F08", "F42")
def test_what_was_called_saved_outlives_the_battery(
    site: Site, network: FaultProxy, phone: Phone
) -> None:
    before = stored(site)
    network.down()
    phone.seal(REPORT)
    assert phone.words() == ["saved"]
    waiting = phone.outbox()
    phone.kill()
    phone.reopen()
    assert phone.outbox() == waiting
    phone.trouble()
    assert phone.words() == ["saved"]
    network.up()
    assert phone.send_all() == 1
    assert stored(site) == sorted([*before, *waiting])
