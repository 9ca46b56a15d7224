"""Some weeks of the coast for the summary's screen: what was decided, and what that adds up to."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

from amana import clock, store
from amana.core.envelope import envelope_id, seal
from amana.store.assessments import Draft
from tests.e2e.desk_app.ground import sample_report
from tests.e2e.servers import REVIEWER, Site

SAFETY = {"kind": "safety", "category": "arson", "severity": "4"}
FLIGHT = {"kind": "displacement", "category": "fear", "severity": "3"}
SHELTER = {"kind": "shelter", "category": "school", "severity": "2"}
FEW = {"households": "hh6_20"}

TOLD: tuple[tuple[int, int, Mapping[str, str]], ...] = (
    # This week around Jablah: two fires of which three and two told, and a search of one account.
    (0, 3, {**SAFETY, "adm3": "SY060200", "verification": "v3", "killed": "n6_10"}),
    (0, 2, {**SAFETY, "adm3": "SY060200", "verification": "v2"}),
    (0, 1, {**SAFETY, "adm3": "SY060200", "verification": "v1", "category": "search"}),
    # Lattakia: three events; the week before only one account in Al-Haffa, withheld.
    (0, 2, {**SAFETY, "adm3": "SY060000", "verification": "contested"}),
    (0, 3, {**SAFETY, "adm3": "SY060000", "verification": "v2", "access": "limited"}),
    (0, 1, {**SAFETY, "adm3": "SY060300", "verification": "v1"}),
    # Tartous: a flight, 6 to 20 families by three accounts, and two shelters.
    (0, 3, {**FLIGHT, **FEW, "adm3": "SY100000", "verification": "v2"}),
    (0, 3, {**FLIGHT, **FEW, "adm3": "SY100000", "verification": "v1"}),
    (0, 3, {**SHELTER, "adm3": "SY100000", "verification": "v2", "room": "full"}),
    (0, 3, {**SHELTER, "adm3": "SY100000", "verification": "v1", "room": "many"}),
    # The week before: one fire around Jablah by four accounts; two weeks before: one account.
    (1, 4, {**SAFETY, "adm3": "SY060200", "verification": "v2"}),
    (1, 1, {**SAFETY, "adm3": "SY060300", "verification": "v1"}),
    (2, 1, {**SAFETY, "adm3": "SY060200", "verification": "v1"}),
    (2, 3, {**FLIGHT, **FEW, "adm3": "SY100000", "verification": "v1"}),
)
"""Weeks ago, how many reports of one event, and the decision on each."""


def monday(weeks_ago: int) -> date:
    """The first day of a week, this one for 0."""
    today = clock.today()
    return today - timedelta(days=today.weekday(), weeks=weeks_ago)


def tell(site: Site) -> None:
    """Put the reports and the decisions on them into an organisation's database."""
    moment, desk_key = clock.now(), site.key_set.desk[-1].pub
    with store.opened(f"sqlite:///{site.ground.database}"), store.writing():
        member = store.members.get(REVIEWER.name)
        assert member is not None
        for number, (weeks_ago, reports, fields) in enumerate(TOLD):
            decision = {
                "decision": "accept",
                "place_precision": "community",
                "time_precision": "day",
                "day": monday(weeks_ago).isoformat(),
                "event_id": f"{number:016x}",
                "release_tier": "public",
                **fields,
            }
            for _ in range(reports):
                sealed = seal(sample_report("S01"), desk_key)
                store.envelopes.put([sealed], clock.today())
                draft = Draft(secrets.token_hex(8), member.id, moment, decision)
                store.assessments.append(envelope_id(sealed), draft, 0)
