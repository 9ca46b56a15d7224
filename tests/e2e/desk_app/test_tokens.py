"""Programs that read figures: a token is made, used, seen to be used, and revoked."""

from __future__ import annotations

import urllib.error
import urllib.request
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from amana import clock, store
from amana.desk.tokens import issue
from amana.organisation import NewMember
from tests.e2e.axe import trouble
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import NARROW, window
from tests.e2e.desk_app.test_access import CHECKS, NOTHING_FOUND
from tests.e2e.desk_app.test_sessions import stores
from tests.e2e.servers import COORDINATOR, SECOND, Site

NAME = "لوحة الشركاء"


def read(site: Site, token: str) -> str:
    """The file that a program gets."""
    request = urllib.request.Request(
        f"{site.desk.origin}/api/v1/bi/summary.csv?from=2031-03-03&to=2031-03-09",
        headers={"Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        content: bytes = answer.read()
    return content.decode("utf-8-sig")


def show_tokens(desk: Desk) -> None:
    desk.act("show-people")
    desk.page.locator("[data-part=tokens][aria-busy=false]").wait_for()


def test_a_token_is_shown_once_read_with_and_worth_nothing_when_it_is_revoked(
    organisation: Site, desk_chromium: Chromium
) -> None:
    with window(desk_chromium, organisation, "ar", NARROW) as desk:
        desk.sign_in(SECOND)
        show_tokens(desk)
        desk.page.locator("[data-field=token-name]").fill(NAME)
        desk.page.locator("[data-field=token-tier]").select_option("partners")
        desk.act("make-token")
        token = desk.page.locator("[data-part=token]").inner_text()
        assert trouble(desk.page) == []
        assert {name: desk.page.evaluate(each) for name, each in CHECKS.items()} == NOTHING_FOUND
        assert ",partners" in read(organisation, token)
        desk.act("show-summary")
        show_tokens(desk)
        line = desk.page.locator(f"[data-token='{NAME}'][data-tier=partners]")
        expect(line).to_contain_text("آخر استعمال")
        assert token not in desk.page.content()
        assert stores(desk.page) == [["amana-desk-passes"], 0, "", [], [], 0]
        desk.act("revoke")
        desk.act("confirm-revoke")
        expect(line).to_have_count(0)
        with pytest.raises(urllib.error.HTTPError, match="401"):
            read(organisation, token)
        desk.act("show-record")
        told = desk.page.locator("[data-act=token_used]")
        expect(told).to_contain_text(NAME)
        assert told.locator("strong").inner_text() == "برنامج"


def put(site: Site, name: str, member: NewMember, until: date | None = None) -> None:
    """Put a token into the organisation's database, as if that member had made it."""
    with store.opened(f"sqlite:///{site.ground.database}"), store.writing():
        maker = store.members.get(member.name)
        assert maker is not None
        issue(name, "public", until, clock.today(), maker.id)


def test_whoever_removes_a_member_is_told_how_many_programs_end_with_them(
    organisation: Site, desk_chromium: Chromium
) -> None:
    put(organisation, "one", COORDINATOR)
    put(organisation, "over", COORDINATOR, clock.today() - timedelta(days=1))
    put(organisation, "other", SECOND)
    with window(desk_chromium, organisation, "ar", NARROW) as desk:
        desk.sign_in(SECOND)
        show_tokens(desk)
        expect(desk.page.locator("[data-token=one]")).to_contain_text(COORDINATOR.name)
        person = desk.page.locator(f"[data-member='{COORDINATOR.name}']")
        person.locator("[data-action=remove]").click()
        expect(desk.page.locator("[data-part=lost-tokens]")).to_contain_text(": 1.")
        assert trouble(desk.page) == []
        desk.act("confirm-remove")
        expect(person).to_have_count(0)
        expect(desk.page.locator("[data-token=one], [data-token=over]")).to_have_count(0)
        expect(desk.page.locator("[data-token=other]")).to_have_count(1)


def test_a_long_name_without_a_break_stays_in_a_phones_width(
    organisation: Site, desk_chromium: Chromium
) -> None:
    long = "W" * 64
    with window(desk_chromium, organisation, "ar", NARROW) as desk:
        desk.sign_in(SECOND)
        show_tokens(desk)
        desk.page.locator("[data-field=token-name]").fill(long)
        desk.act("make-token")
        desk.page.locator("[data-part=made-token]").wait_for()
        desk.page.locator(f"[data-token='{long}']").wait_for()
        assert desk.page.evaluate("document.documentElement.scrollWidth") == NARROW[0]
        desk.act("revoke")
        asked = desk.page.locator("dialog[data-screen=revoke]")
        assert asked.evaluate("(each) => each.scrollWidth <= each.clientWidth")
