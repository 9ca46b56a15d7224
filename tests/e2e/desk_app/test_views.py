"""Views of the queue: kept under a name, sealed to the member, there again the next day."""

from __future__ import annotations

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Request

from amana.core.envelope import seal
from tests.e2e import rows
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import NARROW, put, row_of, sample_report, sent_by, window
from tests.e2e.servers import REVIEWER, SECOND, Site

NAME, WORDS = "canaryname", "canarywords"


FIELD = "[data-field={}]".format


def views(desk: Desk) -> list[str]:
    """The names of the views that are kept, once they are on the screen."""
    desk.page.locator("[data-part=views] summary").click()
    desk.page.locator("[data-action=keep-view]").wait_for()
    return desk.page.locator("[data-view]").all_inner_texts()


def keep_view(desk: Desk) -> list[Request]:
    """Keep a view of what is said to burn; what the browser sent for it."""
    desk.page.locator(FIELD("sieve-words")).fill(WORDS)
    desk.page.locator(FIELD("sieve-kind")).select_option("safety")
    assert views(desk) == []
    sent = sent_by(desk.page)
    desk.page.locator(FIELD("view-name")).fill(NAME)
    desk.act("keep-view")
    desk.page.locator(f"[data-view={NAME}]").wait_for()
    return sent


def test_a_view_is_there_again_in_another_window_until_it_is_removed(
    desk_chromium: Chromium, organisation: Site
) -> None:
    report = seal(sample_report("S01"), organisation.key_set.desk[-1].pub)
    put(organisation, report)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        keep_view(desk)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        row_of(desk, report).wait_for()
        desk.page.locator("[data-part=views] summary").click()
        desk.act("take-view")
        row_of(desk, report).wait_for(state="detached")
        assert desk.page.locator(FIELD("sieve-words")).input_value() == WORDS
        assert desk.page.locator(FIELD("sieve-kind")).input_value() == "safety"
        desk.act("remove-view")
        desk.page.locator(f"[data-view={NAME}]").wait_for(state="detached")
        desk.page.locator("[data-part=views] summary:focus").wait_for()
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        row_of(desk, report).wait_for()
        assert views(desk) == []


def test_a_name_of_one_long_word_stays_on_a_narrow_screen(
    desk_chromium: Chromium, organisation: Site
) -> None:
    with window(desk_chromium, organisation, "ar", NARROW) as desk:
        desk.sign_in(REVIEWER)
        assert views(desk) == []
        desk.page.locator(FIELD("view-name")).fill("و" * 40)
        desk.act("keep-view")
        desk.page.locator("[data-view]").wait_for()
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not desk.page.evaluate(wide)


def test_what_a_member_looks_for_is_nobody_elses_business(
    desk_chromium: Chromium, organisation: Site
) -> None:
    put(organisation, seal(sample_report("S39"), organisation.key_set.desk[-1].pub))
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        sent = keep_view(desk)
        assert sent
        assert not any("canary" in (request.post_data or "") for request in sent)
    ((sealed, version),) = rows.views(organisation.ground.database)
    assert (len(sealed), version, b"canary" in sealed) == (4124, 1, False)
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(SECOND)
        desk.queue()
        assert views(desk) == []


def test_views_that_do_not_come_are_told_of_outside_of_their_fold(
    desk_chromium: Chromium, organisation: Site
) -> None:
    with window(desk_chromium, organisation) as desk:
        desk.page.route("**/members/me/views", lambda route: route.abort())
        desk.sign_in(REVIEWER)
        told = desk.page.locator("[data-problem=network]")
        told.wait_for()
        assert told.is_visible()
        assert desk.page.locator("[data-part=views][open]").count() == 0
