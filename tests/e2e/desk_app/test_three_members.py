"""Three members at once over one report: nobody overwrites anybody, and no decision is lost."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser as Chromium

from amana import clock, store
from amana.core.envelope import envelope_id, seal
from amana.organisation import NewMember, add_member
from tests.e2e import rows
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import ACCEPTED, choose, put, sample_report, versions, window
from tests.e2e.desk_app.test_people import remove
from tests.e2e.phone import wait_until
from tests.e2e.servers import REVIEWER, SECOND, Site

THIRD = NewMember("hani", "reviewer", "seven quiet words for hani at the desk")
MEMBERS = (REVIEWER, SECOND, THIRD)
CLAIMED = "[data-part=claim]"
RENEWED_MS = 60_000


class Shift(NamedTuple):
    """Three windows, a member each, with the same report open in all of them."""

    site: Site
    report: bytes
    desks: tuple[Desk, ...]

    def holders(self) -> list[str]:
        return rows.claims(self.site.ground.database)

    def rows_of(self, table: str, name: str) -> int:
        """How many rows of a table are a member's."""
        with contextlib.closing(sqlite3.connect(self.site.ground.database)) as connection:
            (found,) = connection.execute(
                f"SELECT count(*) FROM {table} JOIN members ON members.id = member_id "
                "WHERE name = ?",
                (name,),
            ).fetchone()
        return int(found)

    def write(self, statement: str) -> None:
        """Change the database as time would."""
        with contextlib.closing(sqlite3.connect(self.site.ground.database)) as connection:
            connection.execute(statement)
            connection.commit()


@pytest.fixture
def shift(desk_chromium: Chromium, organisation: Site) -> Iterator[Shift]:
    report = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, report)
    with store.opened(f"sqlite:///{organisation.ground.database}"), store.writing():
        add_member(REVIEWER.name, REVIEWER.passphrase, THIRD, clock.today())
    with contextlib.ExitStack() as stack:
        desks = tuple(stack.enter_context(window(desk_chromium, organisation)) for _ in MEMBERS)
        for desk, member in zip(desks, MEMBERS, strict=True):
            desk.page.clock.install()
            desk.sign_in(member)
            desk.queue()
        yield Shift(organisation, report, desks)


def open_all(shift: Shift) -> None:
    """Open the report in all windows, once the first has claimed it."""
    for desk in shift.desks:
        desk.open(envelope_id(shift.report))
        wait_until(shift.holders, "nobody claims the report")
        desk.page.locator("[data-form=assessment]").wait_for()


def test_of_three_who_open_a_report_one_has_it_until_the_claim_is_over(shift: Shift) -> None:
    open_all(shift)
    first, *others = shift.desks
    for desk in others:
        assert REVIEWER.name in desk.page.locator(CLAIMED).inner_text()
    assert shift.holders() == [REVIEWER.name]
    assert first.page.locator(CLAIMED).count() == 0
    first.page.context.set_offline(offline=True)
    shift.write("UPDATE claims SET expires_at = 0")
    second, third = others
    second.page.clock.fast_forward(RENEWED_MS)
    wait_until(lambda: shift.holders() == [SECOND.name], "the claim was not taken up")
    second.page.locator(CLAIMED).wait_for(state="detached")
    third.page.clock.fast_forward(RENEWED_MS)
    third.page.locator(CLAIMED).get_by_text(SECOND.name).wait_for()
    assert shift.holders() == [SECOND.name]
    first.page.context.set_offline(offline=False)


def test_of_three_decisions_at_once_each_is_made_on_top_of_the_one_before(shift: Shift) -> None:
    open_all(shift)
    severities = ("2", "3", "4")
    for desk, severity in zip(shift.desks, severities, strict=True):
        choose(desk, ACCEPTED | {"severity": severity})
    for at, desk in enumerate(shift.desks):
        if at > 0:  # told of what came first, once; then it is decided with that in view
            desk.act("save")
            desk.page.locator("[data-part=conflict]").wait_for()
            assert len(versions(shift.site, shift.report)) == at
        desk.act("save")
        desk.page.locator(f"[data-part=saved][data-version='{at + 1}']").wait_for()
    kept = versions(shift.site, shift.report)
    assert [row["severity"] for row in kept] == list(severities)
    assert len({row["member_id"] for row in kept}) == 3


def test_confirmed_by_one_of_three_counts_once_another_has_signed_whatever_lies_between(
    shift: Shift,
) -> None:
    counted = []
    for desk, grade in zip(shift.desks, ("v4", "v2", "v4"), strict=True):
        desk.act("filter-all")
        desk.queue()
        desk.open(envelope_id(shift.report))
        desk.assess(ACCEPTED | {"verification": grade})
        with store.opened(f"sqlite:///{shift.site.ground.database}"):
            counted += [each.verification for each in store.latest.by_event()]
    assert counted == ["v3", "v2", "v4"]


def test_a_session_that_ends_in_mid_sentence_loses_no_word_and_holds_up_no_colleague(
    shift: Shift,
) -> None:
    first, second, third = shift.desks
    open_all(shift)
    choose(first, {"decision": "hold"})
    first.page.locator("textarea[data-field=note]").fill("ننتظر ردّ العائلة")
    shift.write(
        "DELETE FROM sessions WHERE member_id = "
        f"(SELECT id FROM members WHERE name = '{REVIEWER.name}')"
    )
    first.act("save")
    again = first.page.locator("dialog[data-screen=renew]")
    again.wait_for()
    second.assess({"decision": "refer"})
    again.locator("[data-field=passphrase]").fill(REVIEWER.passphrase)
    again.locator("[data-action=renew]").click()
    first.page.locator("[data-part=conflict]").wait_for()
    first.act("save")
    first.page.locator("[data-part=saved][data-version='2']").wait_for()
    first.page.locator("[data-part=notes] li").wait_for()
    kept = versions(shift.site, shift.report)
    assert [row["decision"] for row in kept] == ["refer", "hold"]
    assert len(rows.notes(shift.site.ground.database)) == 1
    assert third.page.locator("dialog").count() == 0


def test_who_is_removed_in_mid_sentence_decides_nothing_more_and_the_others_go_on(
    shift: Shift,
) -> None:
    first, administrator, leaving = shift.desks
    for desk in (first, leaving):
        desk.open(envelope_id(shift.report))
        choose(desk, {"decision": "hold"})
    administrator.act("show-people")
    remove(administrator, THIRD.name)
    leaving.act("save")
    again = leaving.page.locator("dialog[data-screen=renew]")
    again.locator("[data-field=passphrase]").fill(THIRD.passphrase)
    again.locator("[data-action=renew]").click()
    again.locator("[data-problem=wrong_passphrase]").wait_for()
    assert versions(shift.site, shift.report) == []
    left = [
        shift.rows_of(table, THIRD.name)
        for table in ("grants", "sessions", "claims", "assessments")
    ]
    assert left == [0, 0, 0, 0]
    first.act("save")
    first.page.locator("[data-part=saved][data-version='1']").wait_for()
    assert shift.rows_of("assessments", REVIEWER.name) == 1
    assert shift.rows_of("grants", REVIEWER.name) == 1
