"""Notes for the team: sealed in one window, read in another, unreadable in between."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Route

from amana.core.envelope import envelope_id, seal
from tests.e2e import rows
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import put, sample_report, sent_by, window
from tests.e2e.phone import wait_until
from tests.e2e.servers import REVIEWER, SECOND, Site

WHY = "canarynote اتصلنا مرتين ولم يردّ أحد \u202egnp.exe"
ALONE = "canaryalone تتابع زميلتي غدًا"
SHOWN = "[data-part=notes] li"


@pytest.fixture
def envelope(organisation: Site) -> bytes:
    """One report that waits."""
    sealed = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, sealed)
    return sealed


def read(desk: Desk, envelope: bytes) -> Locator:
    desk.queue()
    desk.open(envelope_id(envelope))
    note = desk.page.locator("textarea[data-field=note]")
    note.wait_for()
    return note


def test_why_a_report_is_held_is_read_by_a_colleague_and_by_nothing_in_between(
    desk_chromium: Chromium, organisation: Site, envelope: bytes
) -> None:
    with window(desk_chromium, organisation) as first, window(desk_chromium, organisation) as other:
        first.sign_in(REVIEWER)
        note = read(first, envelope)
        note.fill(WHY)
        sent = sent_by(first.page)
        first.assess({"decision": "hold"})
        first.page.locator(SHOWN).wait_for()
        assert note.input_value() == ""
        assert not any("canary" in (request.post_data or "") for request in sent)
        ((sealed, version),) = rows.notes(organisation.ground.database)
        assert (len(sealed), version, b"canary" in sealed) == (2076, 1, False)
        other.sign_in(SECOND)
        other.act("filter-assessed")
        read(other, envelope)
        shown = other.page.locator(SHOWN)
        shown.wait_for()
        assert REVIEWER.name in shown.inner_text()
        assert "اتصلنا مرتين ولم يردّ أحد" in shown.inner_text()
        assert shown.locator("[data-character]").count() == 1


def test_a_note_whose_answer_was_lost_is_there_once_and_no_word_of_it_is_lost(
    desk_chromium: Chromium, organisation: Site, envelope: bytes
) -> None:
    """The assessment that was begun beside it stays as it was."""
    lost = []

    def lose_answer(route: Route) -> None:
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        note = read(desk, envelope)
        desk.page.locator("[data-field=decision] [data-option=hold]").click()
        note.fill(ALONE)
        desk.page.route("**/notes", lose_answer, times=1)
        desk.act("save-note")
        desk.page.locator("[data-problem=network]").wait_for()
        assert note.input_value() == ALONE
        desk.back()
        assert read(desk, envelope).input_value() == ALONE
        desk.act("save-note")
        desk.page.locator(SHOWN).wait_for()
        wait_until(lambda: note.input_value() == "", "the note is still to be written")
        assert len(lost) == 1
        assert len(rows.notes(organisation.ground.database)) == 1
        assert rows.assessments(organisation.ground.database) == []
        assert desk.page.locator("[data-field=decision] input:checked").count() == 1


def test_what_is_written_while_an_assessment_is_on_its_way_is_still_there_to_be_saved(
    desk_chromium: Chromium, organisation: Site, envelope: bytes
) -> None:
    held: list[Route] = []
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        note = read(desk, envelope)
        decisions = desk.page.locator("[data-form=assessment] [data-field=decision]")
        decisions.locator("[data-option=hold]").click()
        note.fill(WHY)
        desk.page.route("**/assessments", lambda route: held.append(route), times=1)
        desk.act("save")
        wait_until(lambda: desk.page.evaluate("true") and held, "nothing was sent")
        note.fill(ALONE)
        decisions.locator("[data-option=refer]").click()
        held[0].continue_()
        desk.page.locator(SHOWN).wait_for()
        assert note.input_value() == ALONE
        assert decisions.locator("[data-option=refer] input").is_checked()
        desk.act("save")
        desk.page.locator("[data-part=saved][data-version='2']").wait_for()
        assert note.input_value() == ""
        kept = rows.assessments(organisation.ground.database)
        assert [row["decision"] for row in kept] == ["hold", "refer"]
        assert len(rows.notes(organisation.ground.database)) == 2


def test_a_note_that_was_put_on_another_report_is_not_read_there(
    desk_chromium: Chromium, organisation: Site, envelope: bytes
) -> None:
    """By a server that is not ours any more: it can copy a row, and no word of it."""
    other = seal(sample_report("S39"), organisation.key_set.desk[-1].pub)
    put(organisation, other)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        read(desk, envelope).fill(ALONE)
        desk.act("save-note")
        desk.page.locator(SHOWN).wait_for()
        copy_notes(organisation, envelope_id(other))
        desk.back()
        read(desk, other)
        shown = desk.page.locator(SHOWN)
        shown.wait_for()
        assert "could not be opened" in shown.inner_text()
        assert "canary" not in shown.inner_text()


def copy_notes(site: Site, onto: bytes) -> None:
    """Put the notes that there are on another report as well."""
    with contextlib.closing(sqlite3.connect(site.ground.database)) as connection:
        connection.execute(
            "INSERT INTO notes (id, envelope_id, member_id, day, hour, version, kid, sealed) "
            "SELECT id, ?, member_id, day, hour, version, kid, sealed FROM notes",
            (onto,),
        )
        connection.commit()
