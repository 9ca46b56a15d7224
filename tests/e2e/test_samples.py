"""All forty sample reports, by thumb through the app, without a network, to the desk's screen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e import rows
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone, wait_until
from tests.e2e.reporter_app.ground import is_in_cache
from tests.e2e.samples import Sample, as_shown, as_tapped, samples
from tests.e2e.servers import REVIEWER, Site


@pytest.mark.timeout(600)
def test_every_sample_report_travels_from_the_form_to_the_desk_unchanged(
    organisation: Site, phone: Phone, desk: Desk
) -> None:
    reports = samples()
    phone.visit()
    phone.speak("en")
    wait_until(lambda: is_in_cache(phone.page, "places-latin"), "the Latin names did not come")
    organisation.report.proxy.down()
    for report in reports:
        phone.write(report)
        phone.seal()
    waiting = phone.outbox()
    assert len(waiting) == len(reports) == 40
    organisation.report.proxy.up()
    phone.wait_sent()

    stored = rows.envelopes(organisation.ground.database)
    assert sorted(row.body for row in stored) == waiting
    opened = {row.id: organisation.open(row.body) for row in stored}
    assert by_note(opened.values()) == {note(report): expected(report) for report in reports}

    desk.sign_in(REVIEWER)
    assert sorted(desk.queue()) == sorted(row.id.hex() for row in stored)
    for identity, arrived in opened.items():
        desk.open(identity)
        assert desk.answers() == as_shown(arrived["answers"])
        desk.back()


def note(report: Sample) -> str:
    """The note is different in every sample: it tells them apart."""
    return str(report.answers["note"])


def expected(report: Sample) -> dict[str, Any]:
    """What of a report does not depend on the day or the build."""
    return {"kind": report.kind, "lang": report.lang, "answers": as_tapped(report)}


def by_note(opened: Any) -> dict[str, Any]:
    return {
        report["answers"]["note"]: {name: report[name] for name in ("kind", "lang", "answers")}
        for report in opened
    }
