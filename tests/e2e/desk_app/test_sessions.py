"""Signing in and out: what opens, what is kept, what is sent."""

from __future__ import annotations

import contextlib
import sqlite3

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from amana import store
from amana.core import keyset, members
from amana.core.encoding import b64decode
from amana.core.envelope import envelope_id, seal
from amana.core.passes import PASS_BYTES
from amana.organisation import export_member
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import (
    ACCEPTED,
    Held,
    choose,
    put,
    sample_report,
    sent_by,
    versions,
    window,
)
from tests.e2e.servers import COORDINATOR, REVIEWER, Site


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_wrong_passphrase_is_said_in_words_and_opens_nothing(
    desk_chromium: Chromium, site: Site, lang: str
) -> None:
    with window(desk_chromium, site, lang) as desk:
        desk.page.goto(desk.origin)
        desk.page.locator("input[data-field=name]").fill(REVIEWER.name)
        desk.page.locator("input[data-field=passphrase]").fill("not the passphrase")
        desk.act("sign-in")
        said = desk.page.locator("[data-problem=wrong_passphrase]")
        said.wait_for()
        assert len(said.inner_text()) > 20
        assert desk.page.locator("[data-screen=signin]").is_visible()


def test_nothing_but_a_pass_is_stored_of_a_session_and_the_passphrase_is_not_sent(
    desk_chromium: Chromium, site: Site, held: Held
) -> None:
    with window(desk_chromium, site) as desk:
        sent = sent_by(desk.page)
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.open(envelope_id(held.hostile))
        bodies = "".join(request.post_data or "" for request in sent)
        assert REVIEWER.passphrase not in bodies
        assert "canary" not in bodies + "".join(request.url for request in sent)
        assert stores(desk.page) == [["amana-desk-passes"], 0, "", [], [], 0]
        assert len(b64decode(desk.page.evaluate("Object.values(localStorage)[0]"))) == PASS_BYTES
        assert desk.page.context.cookies() == []
        assert "canary" not in desk.page.url
        assert desk.page.evaluate("history.state") is None


def stores(page: Page) -> list[object]:
    """What each of the browser's stores holds for the page."""
    found: list[object] = page.evaluate(
        """async () => [
          Object.keys(localStorage), sessionStorage.length, document.cookie,
          await indexedDB.databases(), await caches.keys(),
          (await navigator.serviceWorker.getRegistrations()).length,
        ]"""
    )
    return found


def test_a_reload_asks_for_the_passphrase_again(reviewer: Desk) -> None:
    reviewer.page.reload()
    reviewer.page.locator("[data-screen=signin]").wait_for()
    assert reviewer.page.locator("li[data-envelope]").count() == 0


def test_signing_out_ends_the_session_at_the_server_and_clears_the_window(
    reviewer: Desk, held: Held
) -> None:
    with reviewer.page.expect_response("**/api/v1/sessions/current") as answer:
        reviewer.sign_out()
    assert answer.value.status == 204
    assert "canaryplace" not in reviewer.page.content()


def test_signing_out_with_words_that_are_not_saved_is_asked_once_more(
    reviewer: Desk, held: Held
) -> None:
    reviewer.open(envelope_id(held.burned))
    note = reviewer.page.locator("textarea[data-field=note]")
    note.fill("canaryhalf")
    reviewer.act("sign-out")
    reviewer.page.locator("dialog[data-screen=leave]").wait_for()
    reviewer.act("go-back")
    assert note.input_value() == "canaryhalf"
    reviewer.act("sign-out")
    reviewer.act("confirm-leave")
    reviewer.page.locator("[data-screen=signin]").wait_for()
    assert "canaryhalf" not in reviewer.page.content()


def test_thirty_idle_minutes_clear_the_window_after_a_warning(
    desk_chromium: Chromium, site: Site, held: Held
) -> None:
    with window(desk_chromium, site) as desk:
        desk.page.clock.install()
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.page.clock.fast_forward("28:30")
        desk.page.locator("dialog[data-screen=idle]").wait_for()
        desk.act("stay")
        desk.page.locator("dialog[data-screen=idle]").wait_for(state="detached")
        desk.page.clock.fast_forward("31:00")
        desk.page.locator("[data-screen=signin]").wait_for()
        assert desk.page.locator("li[data-envelope]").count() == 0


def test_an_expired_session_asks_again_in_place_and_then_saves_once(
    desk_chromium: Chromium, organisation: Site
) -> None:
    envelope = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, envelope)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.open(envelope_id(envelope))
        choose(desk, ACCEPTED)
        end_sessions(organisation)
        desk.act("save")
        again = desk.page.locator("dialog[data-screen=renew]")
        again.locator("[data-field=passphrase]").fill("not the passphrase")
        again.locator("[data-action=renew]").click()
        again.locator("[data-problem=wrong_passphrase]").wait_for()
        assert versions(organisation, envelope) == []
        again.locator("[data-field=passphrase]").fill(REVIEWER.passphrase)
        again.locator("[data-action=renew]").click()
        desk.page.locator("[data-part=saved][data-version='1']").wait_for()
    assert [row["severity"] for row in versions(organisation, envelope)] == ["3"]


def end_sessions(site: Site) -> None:
    """End every session at the server, as time would."""
    with contextlib.closing(sqlite3.connect(site.ground.database)) as connection:
        connection.execute("DELETE FROM sessions")
        connection.commit()


def test_the_digits_are_those_that_a_colleague_computes(reviewer: Desk, site: Site) -> None:
    with store.opened(f"sqlite:///{site.ground.database}"):
        public = b64decode(export_member(REVIEWER.name)["public_key"])
    reviewer.act("show-about")
    shown = reviewer.page.locator("[data-part=member-digits]").inner_text()
    assert shown.split() == keyset.digits(members.member_print(public)).split()


def test_a_coordinator_sees_summaries_and_no_report(
    desk_chromium: Chromium, site: Site, held: Held
) -> None:
    with window(desk_chromium, site) as desk:
        sent = sent_by(desk.page)
        desk.sign_in(COORDINATOR)
        desk.page.locator("[data-screen=summary]").wait_for()
        assert desk.page.locator("[data-action=show-queue]").count() == 0
        assert not [each.url for each in sent if "/queue" in each.url or "/parcels" in each.url]
