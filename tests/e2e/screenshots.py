"""`make screenshots`: the pictures in docs/screens, drawn from the running thing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from amana import clock, store
from amana.cli.demo import seal_samples
from tests.e2e.browsers import ARGUMENTS, chromium
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone
from tests.e2e.samples import sample
from tests.e2e.servers import REVIEWER, Site, make_ground

SCREENS = Path(__file__).parents[2] / "docs/screens"
URGENT = sample("S05")


def main() -> None:
    """Serve an organisation with the sample reports in it and draw both apps."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ground = make_ground(Path(folder) / "home")
        site = Site(ground)
        try:
            with sync_playwright() as playwright:
                draw_phone(site, playwright, Path(folder) / "phone")
                with store.opened(f"sqlite:///{ground.database}"), store.writing():
                    store.envelopes.put(seal_samples(site.organisation), clock.today())
                browser = playwright.chromium.launch(
                    executable_path=chromium(), args=list(ARGUMENTS)
                )
                draw_desk(site, browser, "ar")
                draw_desk(site, browser, "en")
                browser.close()
        finally:
            site.stop()


def draw_phone(site: Site, playwright: Playwright, profile: Path) -> None:
    """The reporter app at 360 x 640 in Arabic: start, form, review, saved, received."""
    phone = Phone(playwright, profile, site.report.origin, "ar")
    phone.visit()
    keep(phone.page, "report-home-ar")
    site.report.proxy.down()
    phone.page.locator(f"[data-kind={URGENT.kind}]").tap()
    keep(phone.page, "report-form-ar")
    phone.write(URGENT)
    keep(phone.page, "report-review-ar")
    with phone.refused_connection():
        phone.seal()
    phone.page.locator("[data-fate=saved]").wait_for()
    keep(phone.page, "report-saved-ar")
    site.report.proxy.up()
    phone.wait_sent()
    keep(phone.page, "report-received-ar")
    phone.close()


def draw_desk(site: Site, browser: Browser, language: str) -> None:
    """The desk at 1280 x 800: queue, one report, summary."""
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 800})
    desk = Desk(context.new_page(), site.desk.origin)
    desk.sign_in(REVIEWER)
    first = desk.queue()[0]
    keep(desk.page, f"desk-queue-{language}")
    desk.open(bytes.fromhex(first))
    keep(desk.page, f"desk-report-{language}")
    desk.act("show-summary")
    desk.page.locator("[data-screen=summary]").wait_for()
    keep(desk.page, f"desk-summary-{language}")
    context.close()


def keep(page: Page, name: str) -> None:
    """Draw what the window shows, once its fonts are there and nothing moves."""
    page.evaluate("document.fonts.ready")
    page.screenshot(path=SCREENS / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
