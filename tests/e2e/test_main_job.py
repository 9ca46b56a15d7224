"""The sentence this software exists for, once from end to end."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.e2e import rows
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.samples import Sample, as_shown, as_tapped, sample
from tests.e2e.servers import COORDINATOR, REVIEWER, Site
from tests.faults import modes

REPORT = sample("S05")
"""Forty families on the way, in Arabic; its place is in the district of the two others."""

OTHERS = (sample("S06"), sample("S07"))
"""Two more reports, so that the coordinator's cell rests on three and may be shown."""

DAY, WEEK, DISTRICT = "2025-03-07", ("2025-03-03", "2025-03-09"), "SY0602"

JUDGEMENT = {
    "decision": "accept",
    "adm3": "SY060200",
    "place_precision": "community",
    "day": DAY,
    "time_precision": "day",
    "category": "fear",
    "households": "hh21_50",
    "severity": "3",
    "verification": "v1",
}


def written(report: Sample) -> dict[str, object]:
    """A report as a phone would write it."""
    answers = report.answers
    return {"v": 1, "kind": report.kind, "lang": report.lang, "app": "test", "answers": answers}


@pytest.mark.failure("F01", "F03", "F05", "F42")
def test_a_report_written_without_a_network_is_counted_once_in_the_coordinators_table(
    organisation: Site, phone: Phone, desk: Desk
) -> None:
    phone.visit()
    sealed = write_without_a_network(organisation, phone)
    phone.kill()
    phone.reopen()
    send_through_a_bad_network(organisation, phone, sealed)
    assert phone.outbox() == []
    assert rows.bodies(organisation.ground.database) == [sealed]

    others = organisation.post(written(other) for other in OTHERS).envelopes
    desk.sign_in(REVIEWER)
    for held, other in zip(others, OTHERS, strict=True):
        assess(desk, held.id, other.answers)
    assert [told(row) for row in desk.download_summary(*WEEK)] == [(DISTRICT, "", "", "1")]

    desk.act("show-queue")
    assess(desk, hashlib.sha256(sealed).digest(), as_tapped(REPORT))
    desk.sign_out()
    assert len(rows.assessments(organisation.ground.database)) == 3

    desk.sign_in(COORDINATOR)
    assert [told(row) for row in desk.download_summary(*WEEK)] == [(DISTRICT, "3", "63", "0")]


def write_without_a_network(organisation: Site, phone: Phone) -> bytes:
    """The network is gone: the report is written and sealed. The envelope that the phone holds."""
    organisation.report.proxy.down()
    phone.open()
    phone.write(REPORT)
    with phone.refused_connection():
        phone.seal()
    (sealed,) = phone.outbox()
    assert rows.envelopes(organisation.ground.database) == []
    return sealed


def send_through_a_bad_network(organisation: Site, phone: Phone, sealed: bytes) -> None:
    """A network comes back that does everything wrong once before it lets the report through."""
    network = organisation.report.proxy
    faults = (modes.CommitThenFin(), modes.PortalHtml(), modes.PartialStatusLine())
    network.script(*faults, modes.Hold())
    network.up()
    phone.open()
    assert phone.outbox() == [sealed]
    phone.send_until(lambda: network.delivered(modes.Hold))
    assert phone.outbox() == [sealed]
    assert [len(network.delivered(type(fault))) for fault in faults] == [1, 1, 1]
    assert network.delivered(modes.CommitThenFin)[0].upstream == [200]
    with phone.refused_connection():
        network.down()
        phone.send_now()
    assert phone.outbox() == [sealed]
    network.up()
    phone.wait_sent()


def assess(desk: Desk, identity: bytes, answers: dict[str, Any]) -> None:
    """Open a report of the queue in the browser, read it, save what it is worth, go back."""
    assert identity.hex() in desk.queue()
    desk.open(identity)
    assert desk.answers() == as_shown(answers)
    desk.assess(JUDGEMENT)
    desk.back()


def told(row: dict[str, str]) -> tuple[str, ...]:
    """District, reports, families at least, withheld: as they stand in the file."""
    tags = ("#adm2+code", "#meta+count", "#affected+displaced+hh+min", "#meta+suppressed")
    return tuple(row[tag] for tag in tags)
