"""`make screenshots`: the pictures in docs/screens, drawn from the running thing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, ViewportSize, sync_playwright

from amana import clock, store
from amana.cli.demo import seal_samples
from amana.core.envelope import envelope_id
from tests.e2e.browsers import ARGUMENTS, chromium
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import HAPPENED, NARROW, WIDE, decide
from tests.e2e.desk_app.test_people import SAMIR, invite, join, person
from tests.e2e.desk_app.weeks import tell
from tests.e2e.phone import Phone
from tests.e2e.rows import envelopes
from tests.e2e.samples import sample
from tests.e2e.servers import REVIEWER, SECOND, Site, make_ground
from tests.e2e.test_answer import WORDS, answer, code_on, read_with

SCREENS = Path(__file__).parents[2] / "docs/screens"
URGENT = sample("S05")
HALF_TYPED = "بستان"


def main() -> None:
    """Serve an organisation with the sample reports in it and draw both apps."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ground = make_ground(Path(folder) / "home")
        site = Site(ground)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium(), args=list(ARGUMENTS)
                )
                draw_phone(site, playwright, browser, Path(folder) / "phone")
                sealed = seal_samples(site.organisation)
                with store.opened(f"sqlite:///{ground.database}"), store.writing():
                    store.envelopes.put(sealed, clock.today())
                draw_desk(site, browser, "ar")
                draw_desk(site, browser, "en")
                draw_alike(site, browser, sealed[0])
                decide_some(site, sealed)
                draw_seeing(site, browser, "ar", WIDE)
                draw_seeing(site, browser, "en", NARROW)
                draw_people(site, browser)
                draw_summaries(site, browser)
                browser.close()
        finally:
            site.stop()


def draw_phone(site: Site, playwright: Playwright, browser: Browser, profile: Path) -> None:
    """The reporter app at 360 x 640 in Arabic, from the first screen to the answer."""
    phone = Phone(playwright, profile, site.report.origin, "ar")
    phone.visit()
    keep(phone.page, "report-home-ar")
    site.report.proxy.down()
    draw_form(phone)
    with phone.refused_connection():
        phone.seal()
    phone.page.locator("[data-fate=saved]").wait_for()
    keep(phone.page, "report-saved-ar")
    code = code_on(phone)
    keep_from(phone.page, ".code", "report-code-ar")
    draw_waiting(phone)
    site.report.proxy.up()
    phone.wait_sent()
    answer_from_desk(site, browser)
    read_with(phone, code)
    keep_from(phone.page, "[data-state]", "report-answer-ar")
    draw_trust(phone)
    phone.close()


def draw_form(phone: Phone) -> None:
    """The form as it opens, a name of a place half typed, and the review with an answer wanted."""
    phone.page.locator(f"[data-kind={URGENT.kind}]").tap()
    keep(phone.page, "report-form-ar")
    place = phone.page.locator("[data-field=from_place]")
    place.locator("input").fill(HALF_TYPED)
    place.locator("[data-place]").first.wait_for()
    keep_from(phone.page, "[data-field=from_place]", "report-places-ar")
    phone.write(URGENT)
    phone.page.locator("[data-wish]").check()
    keep_from(phone.page, "[data-review=basis]", "report-review-ar")


def draw_waiting(phone: Phone) -> None:
    """The ways to hand over what waits on the phone, and the screen for erasing."""
    phone.home()
    phone.act("handover")
    phone.page.locator("[data-act=save-parcel]").wait_for()
    keep(phone.page, "report-handover-ar")
    phone.act("settings")
    phone.page.locator("[data-act=erase]").wait_for()
    keep(phone.page, "report-erase-ar")
    phone.act("back")


def answer_from_desk(site: Site, browser: Browser) -> None:
    """A reviewer opens the one report there is and writes to its sender."""
    (row,) = envelopes(site.ground.database)
    context = browser.new_context()
    answer(Desk(context.new_page(), site.desk.origin), row.id, WORDS["ar"])
    context.close()


def draw_trust(phone: Phone) -> None:
    """What there is to compare, and the ordinary page that leaving leads to."""
    phone.home()
    phone.act("real")
    phone.page.locator("[data-root-digits]").wait_for()
    keep(phone.page, "report-real-ar")
    phone.leave()
    keep(phone.page, "report-left-ar")


def draw_desk(site: Site, browser: Browser, language: str) -> None:
    """The desk at 1280 x 800: queue and one report."""
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 800})
    desk = Desk(context.new_page(), site.desk.origin)
    desk.sign_in(REVIEWER)
    first = desk.queue()[0]
    keep(desk.page, f"desk-queue-{language}")
    desk.open(bytes.fromhex(first))
    keep(desk.page, f"desk-report-{language}")
    context.close()


def draw_alike(site: Site, browser: Browser, report: bytes) -> None:
    """At 360 x 640: reports that may be about the event of the one that is open."""
    context = browser.new_context(locale="ar", viewport={"width": 360, "height": 640})
    desk = Desk(context.new_page(), site.desk.origin)
    desk.sign_in(REVIEWER)
    desk.queue()
    desk.open(envelope_id(report))
    keep_from(desk.page, "[data-alike]", "desk-alike-ar")
    context.close()


def decide_some(site: Site, sealed: list[bytes]) -> None:
    """Three reports of one event, one of which says that all is calm, and two of others."""
    burned, _, told, calm = sealed[:4]
    decide(site, burned, HAPPENED)
    decide(site, told, HAPPENED | {"decision": "merge", "verification": "v1"})
    decide(site, calm, HAPPENED | {"decision": "merge", "verification": "contested"})
    others = {"S13": "SY100000", "S24": "SY040100"}
    for number, (name, adm3) in enumerate(others.items()):
        more = {"adm3": adm3, "event_id": f"{number:016x}", "severity": "3"}
        decide(site, sealed[int(name[1:]) - 1], HAPPENED | more)


def draw_seeing(site: Site, browser: Browser, language: str, size: tuple[int, int]) -> None:
    """The map with its days, and the page of an event."""
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    context = browser.new_context(locale=language, viewport=viewport)
    desk = Desk(context.new_page(), site.desk.origin)
    desk.sign_in(REVIEWER)
    desk.queue()
    desk.act("show-map")
    desk.page.locator("[data-mark-of]").first.wait_for()
    keep_from(desk.page, "[data-part=legend]", f"desk-map-{language}")
    desk.act("show-events")
    desk.page.locator(f"[data-event='{HAPPENED['event_id']}'] button").click()
    desk.page.locator("[data-screen=event][aria-busy=false] [data-report]").first.wait_for()
    keep(desk.page, f"desk-event-{language}")
    context.close()


def draw_people(site: Site, browser: Browser) -> None:
    """At 1280 x 800: an administrator's screen of people while somebody waits to be let in."""
    context = browser.new_context(locale="ar", viewport={"width": 1280, "height": 800})
    desk, newcomer = (Desk(context.new_page(), site.desk.origin) for _ in range(2))
    desk.sign_in(SECOND)
    join(newcomer, invite(desk, SAMIR), SAMIR)
    desk.act("show-about")
    desk.act("show-people")
    person(desk, SAMIR.name).wait_for()
    keep_from(desk.page, "[data-member]", "desk-people-ar")
    context.close()


def draw_summaries(site: Site, browser: Browser) -> None:
    """Some weeks at the desk, and on a phone."""
    tell(site)
    draw_summary(site, browser, "en", WIDE, "desk-summary-en")
    draw_summary(site, browser, "ar", WIDE, "desk-summary-ar")
    draw_summary(site, browser, "ar", NARROW, "desk-summary-narrow-ar")


def draw_summary(
    site: Site, browser: Browser, language: str, size: tuple[int, int], name: str
) -> None:
    """A week at one look: from the headlines on, on a phone from the charts on."""
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    context = browser.new_context(locale=language, viewport=viewport)
    desk = Desk(context.new_page(), site.desk.origin)
    desk.sign_in(REVIEWER)
    desk.act("show-summary")
    desk.page.locator("[data-part=look]").wait_for()
    keep_from(desk.page, "[data-part=trend]" if size == NARROW else "[data-part=look]", name)
    context.close()


def keep_from(page: Page, first: str, name: str) -> None:
    """Draw the window scrolled so that this stands below the bar that is always there."""
    top = "(found) => scrollTo(0, found.getBoundingClientRect().top + scrollY - 80)"
    page.locator(first).first.evaluate(top)
    keep(page, name)


def keep(page: Page, name: str) -> None:
    """Draw what the window shows, once its fonts are there and nothing moves."""
    page.evaluate("document.fonts.ready")
    page.screenshot(path=SCREENS / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
