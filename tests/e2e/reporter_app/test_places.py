"""The question of the place: by typing, by area, and for places that are in no list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.phone import Window
from tests.e2e.reporter_app.ground import Arrivals, choose, question
from tests.e2e.servers import Site
from tests.faults import modes

IS_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_every_suggestion_shows_its_subdistrict_and_the_name_that_fitted(page: Page) -> None:
    place = typed(page, "الزهراء")
    suggested = place.locator("[data-place]:not([data-place=other])").all_inner_texts()
    assert suggested[:2] == ["الزهراء\nالقطيلبية، جبلة", "الزهراء\nمزيرعة، الحفة"]
    assert all(len(lines.split("\n")) == 2 for lines in suggested)
    typed(page, "جوار البقر")
    expect(place.locator("[data-place=C3573]")).to_have_text(re.compile("رأس العين جوار البقر"))


def test_places_are_found_by_area_without_typing(window: Window, arrivals: Arrivals) -> None:
    page = window.page
    window.open()
    place = asked(page)
    place.locator("[data-act=browse]").tap()
    for area in ("SY06", "SY0602", "SY060204"):
        place.locator(f"[data-area={area}]").tap()
    names = place.locator("[data-place]").all_inner_texts()
    assert names[:4] == ["بطموش", "بيت عانا", "التلازيق", "حرف الساري"]
    place.locator("[data-place=C3654]").tap()
    expect(place.locator("[role=status]")).to_have_text("✓ دالية، جبلة")
    assert sent_place(window, arrivals) == {"pcode": "C3654", "text": "بيت عانا"}


def test_back_leads_up_the_way_that_was_taken(page: Page) -> None:
    place = asked(page)
    place.locator("[data-act=browse]").tap()
    for area in ("SY10", "SY1002", "SY100200"):
        place.locator(f"[data-area={area}]").tap()
    way = place.locator(".way")
    expect(way).to_have_text(re.compile(r"كل المحافظات.*طرطوس.*بانياس.*مركز بانياس"))
    place.locator("[data-area=SY10]").tap()
    expect(place.locator("[data-area=SY1003]")).to_be_visible()
    page.evaluate("amanaPlaces.goUp()")
    expect(place.locator("[data-area=SY06]")).to_be_visible()
    page.evaluate("amanaPlaces.goUp()")
    expect(place.locator("[data-area]")).to_have_count(0)


def test_a_place_in_no_list_arrives_as_typed_with_its_subdistrict(
    window: Window, arrivals: Arrivals
) -> None:
    window.open()
    place = typed(window.page, "مزرعة أبو علي")
    place.locator("[data-place=other]").tap()
    place.locator("[data-act=browse]").tap()
    for area in ("SY06", "SY0603", "SY060301"):
        place.locator(f"[data-area={area}]").tap()
    place.locator("[data-act=only-area]").tap()
    expect(place.locator("[role=status]")).to_have_text("✓ صلنفة، الحفة")
    assert sent_place(window, arrivals) == {
        "pcode": None,
        "text": "مزرعة أبو علي",
        "adm3": "SY060301",
    }


def test_whoever_knows_only_the_subdistrict_says_that(window: Window, arrivals: Arrivals) -> None:
    window.open()
    place = asked(window.page)
    place.locator("[data-act=browse]").tap()
    for area in ("SY06", "SY0604", "SY060402"):
        place.locator(f"[data-area={area}]").tap()
    place.locator("[data-act=only-area]").tap()
    assert sent_place(window, arrivals) == {"pcode": None, "text": "الفاخورة", "adm3": "SY060402"}


def test_a_name_far_away_is_found_once_the_other_governorates_were_fetched(
    window: Window, arrivals: Arrivals
) -> None:
    window.open()
    place = typed(window.page, "حي الزهراء حمص")
    expect(place.locator(".places button").first).to_have_attribute("data-act", "everywhere")
    place.locator("[data-act=everywhere]").tap()
    first = place.locator("[data-place]").first
    expect(first).to_have_attribute("data-place", "N0253")
    expect(first).to_have_text(re.compile("مركز حمص"))
    first.tap()
    assert sent_place(window, arrivals) == {"pcode": "N0253", "text": "حي الزهراء"}


def test_latin_names_come_when_latin_letters_are_typed_and_no_place_stands_there_twice(
    page: Page,
) -> None:
    found = typed(page, "Salanfa").locator("[data-place=C3700]")
    expect(found.first).to_have_text(re.compile("Salanfa"))
    expect(found).to_have_count(1)


def test_only_the_governorate_that_is_opened_is_fetched(window: Window, site: Site) -> None:
    window.open()
    place = asked(window.page)
    place.locator("[data-act=browse]").tap()
    before = len(site.report.proxy.seen(path="/assets/places-"))
    place.locator("[data-area=SY05]").tap()
    place.locator("[data-area^=SY0502]").wait_for()
    fetched = site.report.proxy.seen(path="/assets/places-")[before:]
    assert [passage.request.path[:20] for passage in fetched] == ["/assets/places-SY05-"]


@pytest.mark.failure("F52")
def test_a_governorate_that_did_not_come_is_asked_for_again(window: Window, site: Site) -> None:
    window.open()
    place = asked(window.page)
    place.locator("[data-act=browse]").tap()
    proxy = site.report.proxy
    proxy.always(modes.PortalHtml(), method="GET", path="/assets/places-SY04")
    place.locator("[data-area=SY04]").tap()
    place.locator(".error").wait_for()
    assert proxy.delivered(modes.PortalHtml, "GET")
    proxy.clear()
    place.locator("[data-act=again]").tap()
    place.locator("[data-area^=SY0401]").wait_for()


def test_the_enter_key_leads_into_the_list(page: Page) -> None:
    place = typed(page, "جبلة")
    place.locator("input").press("Enter")
    assert page.evaluate("document.activeElement.dataset.place") == "C3585"
    page.keyboard.press("Enter")
    expect(place.locator("[role=status]")).to_have_text("✓ مركز جبلة")


def test_the_lists_fit_a_narrow_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 480})
    place = typed(page, "جب")
    assert not page.evaluate(IS_WIDER)
    place.locator(".places [data-act=browse]").tap()
    for area in ("SY06", "SY0603", "SY060301"):
        place.locator(f"[data-area={area}]").tap()
    assert not page.evaluate(IS_WIDER)


def asked(page: Page) -> Locator:
    """The question, in a form about safety, with its list of places."""
    page.locator("[data-kind=safety]").tap()
    place = question(page, "place")
    place.locator("[data-act=browse]").wait_for()
    return place


def typed(page: Page, text: str) -> Locator:
    """The question with something typed into it."""
    if not question(page, "place").is_visible():
        asked(page)
    place = question(page, "place")
    place.locator("input").fill(text)
    place.locator("[data-place=other]").wait_for()
    return place


def sent_place(window: Window, arrivals: Arrivals) -> object:
    """What arrives of the place, after the other questions were answered."""
    choose(window.page, event="arson", when="today", basis="saw")
    window.act("review")
    window.seal()
    window.wait_sent()
    (report,) = arrivals()
    return report["answers"]["place"]
