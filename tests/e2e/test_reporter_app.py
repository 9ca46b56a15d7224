"""The reporter app in a person's hands: what it asks, keeps and says, and how one leaves it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Route

from amana.core.parcel import Record, parse_parcel
from tests.e2e import rows
from tests.e2e.browsers import ARGUMENTS, chromium
from tests.e2e.phone import Window
from tests.e2e.profile import SCREEN
from tests.e2e.samples import sample
from tests.e2e.servers import Ground, Site
from tests.faults import modes

ONE, TWO = sample("S04"), sample("S15")
SECRET = "سرّ لا يراه أحد"
ORDINARY_PAGE = "<!doctype html><title>Weather</title><p>Sunny"
ELSEWHERE = re.compile(r"^https://")

SMALL_TARGETS = """() => [
    ...document.querySelectorAll("button, a, select, textarea, .option, input")
  ]
  .filter((one) => !one.closest(".option") || one.matches(".option"))
  .map((one) => [one.outerHTML, one.getBoundingClientRect(), getComputedStyle(one)])
  .filter(([, box, style]) => box.height < 48 || box.width < 48 || parseFloat(style.fontSize) < 16)
  .map(([html]) => html)"""
"""What is too small for a thumb or an eye: 48 by 48 pixels, 16 pixels of text."""

TALKATIVE_FIELDS = """() => [...document.querySelectorAll("input, select, textarea")]
  .filter((one) => one.getAttribute("autocomplete") !== "off"
    || one.getAttribute("autocorrect") !== "off" || one.spellcheck
    || ["number", "date", "email", "tel", "search"].includes(one.type))
  .map((one) => one.outerHTML)"""
"""Fields that a keyboard or a browser may remember, or that swallow digits it does not know."""


Arrivals = Callable[[], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def site(first_ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One organisation for all tests of this file: each looks only at what it has sent itself."""
    home = tmp_path_factory.mktemp("reporter-app") / "home"
    shutil.copytree(first_ground.home, home)
    served = Site(Ground(home, first_ground.seeds))
    yield served
    served.stop()


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
    yield running
    running.close()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A phone that has never seen the app, on a network without faults."""
    site.report.proxy.clear()
    site.report.proxy.up()
    fresh = browser.new_context(viewport=SCREEN, has_touch=True, is_mobile=True, locale="ar")
    yield fresh
    fresh.close()


@pytest.fixture
def window(context: BrowserContext, site: Site) -> Window:
    """A window on that phone; it shows nothing yet."""
    return Window(context.new_page(), site.report.origin)


@pytest.fixture
def page(window: Window) -> Page:
    """The app at its start."""
    window.open()
    return window.page


@pytest.fixture
def arrivals(site: Site) -> Arrivals:
    """All reports that arrived during the test, opened."""
    before = {row.id for row in rows.envelopes(site.ground.database)}

    def opened() -> list[dict[str, Any]]:
        found = rows.envelopes(site.ground.database)
        return [site.open(row.body) for row in found if row.id not in before]

    return opened


def question(page: Page, code: str) -> Locator:
    return page.locator(f"[data-field={code}]")


def choose(page: Page, **answers: str) -> None:
    """Tap options, question by question."""
    for code, option in answers.items():
        question(page, code).locator(f"[data-option={option}]").tap()


def write_shelter(page: Page, place: str = "مدرسة القرية") -> None:
    """A whole report about a shelter, up to the review."""
    page.locator("[data-kind=shelter]").tap()
    question(page, "place").locator("input").fill(place)
    choose(page, site_type="school", people_now="p11_50", room_left="full", basis="saw")
    page.locator("[data-act=review]").tap()


def test_nothing_is_chosen_beforehand_and_the_required_questions_come_first(page: Page) -> None:
    for kind in ("displacement", "shelter", "safety"):
        page.locator(f"[data-kind={kind}]").tap()
        assert page.locator(":checked:not(option)").count() == 0
        shown = page.locator("[data-field]").count()
        page.locator("[data-act=review]").tap()
        assert page.locator("[data-field] .error").count() == shown
        page.locator("[data-act=back]").tap()


def test_what_is_wrong_is_said_beside_the_question_and_the_first_one_is_in_focus(
    page: Page,
) -> None:
    page.locator("[data-kind=safety]").tap()
    question(page, "place").locator("input").fill("جبلة")
    page.locator("[data-act=review]").tap()
    assert page.locator("main").get_attribute("data-screen") == "form"
    focused = page.locator("[data-field]:focus")
    assert focused.get_attribute("data-field") == "when"
    described = focused.get_attribute("aria-describedby") or ""
    words = [page.locator(f"#{name}") for name in described.split()]
    assert any(one.count() and "جواب" in one.inner_text() for one in words)
    choose(page, when="today")
    assert question(page, "when").locator(".error").count() == 0
    assert question(page, "event").locator(".error").count() == 1


def test_what_was_written_survives_another_language_another_kind_and_the_way_back(
    page: Page,
) -> None:
    page.locator("[data-kind=safety]").tap()
    question(page, "place").locator("input").fill("جبلة")
    choose(page, when="yesterday")
    page.locator("[data-act=more]").tap()
    question(page, "note").locator("textarea").fill(SECRET)
    page.locator("[data-act=back]").tap()
    page.locator("[data-kind=shelter]").tap()
    page.locator("[data-act=back]").tap()
    page.locator("[data-language=en]").tap()
    page.locator("html[lang=en][dir=ltr]").wait_for()
    page.locator("[data-kind=safety]").tap()
    assert question(page, "place").locator("input").input_value() == "جبلة"
    assert question(page, "when").locator("[data-option=yesterday] input").is_checked()
    assert question(page, "note").locator("textarea").input_value() == SECRET
    page.locator("[data-language=ar]").tap()
    page.locator("html[lang=ar][dir=rtl]").wait_for()
    assert question(page, "note").locator("textarea").input_value() == SECRET


@pytest.mark.failure("F79", "F80")
def test_a_date_in_arabic_digits_arrives_as_that_day(window: Window, arrivals: Arrivals) -> None:
    window.open()
    page = window.page
    page.locator("[data-kind=safety]").tap()
    question(page, "place").locator("input").fill("جبلة")
    choose(page, when="date", event="calm", basis="saw")
    day, year = question(page, "when").locator("input[type=text]").all()
    day.fill("٧")
    year.fill("٢٠٢٥")
    page.locator("[data-act=review]").tap()
    assert question(page, "when").locator(".error").count() == 1
    question(page, "when").locator("select").select_option("3")
    page.locator("[data-act=review]").tap()
    window.seal()
    window.wait_sent()
    (report,) = arrivals()
    assert report["answers"]["when"] == "2025-03-07"


def test_a_place_that_is_in_no_list_arrives_as_it_was_typed(
    window: Window, arrivals: Arrivals
) -> None:
    window.open()
    write_shelter(window.page, "  عند المفرق القديم  ")
    window.seal()
    window.wait_sent()
    (report,) = arrivals()
    assert report["answers"]["place"] == {"pcode": None, "text": "عند المفرق القديم"}
    assert (report["kind"], report["lang"]) == ("shelter", "ar")


def test_no_more_options_than_asked_for_can_be_chosen(page: Page) -> None:
    page.locator("[data-kind=shelter]").tap()
    page.locator("[data-act=more]").tap()
    needs = question(page, "needs")
    for option in ("food", "water", "warm"):
        needs.locator(f"[data-option={option}]").tap()
    assert needs.locator("input:enabled").count() == 3
    needs.locator("[data-option=food]").tap()
    assert needs.locator("input:disabled").count() == 0


@pytest.mark.failure("F83", "F84")
def test_everything_to_tap_is_big_enough_and_no_field_is_remembered(page: Page) -> None:
    page.locator("[data-offline=true]").wait_for()

    def assert_fit() -> None:
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate(TALKATIVE_FIELDS) == []

    assert_fit()
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    choose(page, when="date", event="arson", harm="killed")
    question(page, "place").locator("input").fill("بستان")
    page.locator("[data-place=other]").wait_for()
    assert_fit()
    page.locator("[data-act=back]").tap()
    write_shelter(page)
    assert_fit()
    page.locator("[data-act=seal]").tap()
    page.locator("[data-screen=done]").wait_for()
    assert_fit()
    page.locator("[data-act=status]").tap()
    assert_fit()


def test_no_step_leaves_an_entry_in_the_history(page: Page) -> None:
    before = page.evaluate("history.length")
    write_shelter(page)
    page.locator("[data-act=seal]").tap()
    page.locator("[data-screen=done]").wait_for()
    assert page.evaluate("history.length") == before


def test_the_phones_own_way_back_leads_to_the_screen_before_and_loses_nothing(page: Page) -> None:
    write_shelter(page)
    for before in ("form", "home"):
        page.keyboard.press("Escape")
        page.locator(f"[data-screen={before}]").wait_for()
    page.locator("[data-kind=shelter]").tap()
    assert question(page, "room_left").locator("[data-option=full] input").is_checked()


@pytest.mark.failure("F87")
def test_the_root_print_of_a_link_is_gone_from_the_address_bar(
    site: Site, window: Window, arrivals: Arrivals
) -> None:
    window.page.goto(f"{window.origin}/#root={site.organisation.root_print}")
    window.page.locator("[data-kind]").first.wait_for()
    assert window.page.url == f"{window.origin}/"
    write_shelter(window.page)
    window.seal()
    window.wait_sent()
    assert len(arrivals()) == 1


def test_a_key_set_that_is_not_the_links_organisation_seals_nothing(window: Window) -> None:
    window.page.goto(f"{window.origin}/#root={'A' * 43}")
    page = window.page
    page.locator("main .error").first.wait_for()
    write_shelter(page)
    assert page.locator("[data-act=seal]").is_disabled()


def test_without_a_key_set_the_answers_wait_in_the_window_and_seal_once_it_comes(
    site: Site, window: Window, arrivals: Arrivals
) -> None:
    proxy = site.report.proxy
    before = len(proxy.seen("GET", "/keys.jws"))
    proxy.script(modes.Status(503), modes.PortalHtml(), method="GET", path="/keys.jws")
    window.open()
    write_shelter(window.page)
    assert window.page.locator("[data-act=seal]").is_disabled()
    window.page.locator("[data-act=seal]:enabled").wait_for()
    assert len(proxy.seen("GET", "/keys.jws")) == before + 3
    window.seal()
    window.wait_sent()
    assert len(arrivals()) == 1


@pytest.mark.failure("F85")
def test_leaving_in_a_hurry_leaves_nothing_to_come_back_to(window: Window) -> None:
    window.page.goto("about:blank")
    window.open()
    page = window.page
    window.page.context.route(ELSEWHERE, lambda route: route.fulfill(body=ORDINARY_PAGE))
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    question(page, "note").locator("textarea").fill(SECRET)
    page.locator("#exit").tap()
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    assert page.url == "about:blank"


def test_going_back_to_the_app_finds_an_empty_start(window: Window) -> None:
    window.open()
    page = window.page
    window.page.context.route(ELSEWHERE, lambda route: route.fulfill(body=ORDINARY_PAGE))
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    question(page, "note").locator("textarea").fill(SECRET)
    page.evaluate("location.href = 'https://elsewhere.invalid/'")
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    page.locator("[data-screen=home]").wait_for()
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    assert question(page, "note").locator("textarea").input_value() == ""


def test_one_can_leave_before_any_script_has_come(window: Window) -> None:
    page = window.page
    page.route("**/*.js", lambda route: route.abort())
    page.route(ELSEWHERE, lambda route: route.fulfill(body=ORDINARY_PAGE))
    window.goto()
    way_out = page.locator("#exit")
    assert way_out.get_attribute("rel") == "noreferrer"
    assert (way_out.bounding_box() or {"height": 0})["height"] >= 48
    way_out.tap()
    page.wait_for_url(ELSEWHERE)


@pytest.mark.parametrize(
    "spoil",
    [
        "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })",
        "Object.defineProperty(globalThis, 'isSecureContext', { value: false })",
        "Object.defineProperty(navigator, 'userAgent', { value: 'Opera Mini' })",
    ],
    ids=["no WebCrypto", "no secure context", "rendered elsewhere"],
)
@pytest.mark.failure("F68", "F69")
def test_a_browser_that_cannot_seal_gets_an_explanation_and_no_form(
    window: Window, spoil: str
) -> None:
    window.page.add_init_script(spoil)
    page = window.page
    window.goto()
    page.locator("#refused").wait_for()
    assert page.locator("[data-kind]").count() == 0
    assert page.evaluate("indexedDB.databases()") == []


@pytest.mark.parametrize(
    "spoil",
    [
        "indexedDB.open = () => { throw new DOMException('full', 'QuotaExceededError') }",
        "indexedDB.open = () => new EventTarget()",
        "delete globalThis.indexedDB; Object.defineProperty(globalThis, 'indexedDB', {})",
    ],
    ids=["full", "never answers", "missing"],
)
@pytest.mark.failure("F33", "F38", "F95")
def test_where_nothing_can_be_stored_the_report_waits_in_the_window_and_says_so(
    site: Site, window: Window, arrivals: Arrivals, spoil: str
) -> None:
    window.page.add_init_script(spoil)
    page = window.page
    window.goto()
    page.locator("[data-kind]").first.wait_for()
    write_shelter(page)
    page.locator("[data-act=seal]:enabled").wait_for()
    site.report.proxy.down()
    page.locator("[data-act=seal]").tap()
    page.locator("[data-fate=window]").wait_for()
    site.report.proxy.up()
    page.locator("[data-fate=received]").wait_for()
    assert len(arrivals()) == 1


@pytest.mark.failure("F44", "F45")
def test_without_service_workers_and_locks_the_app_works_online(
    window: Window, arrivals: Arrivals
) -> None:
    window.page.add_init_script(
        "delete Navigator.prototype.serviceWorker; delete Navigator.prototype.locks"
    )
    page = window.page
    window.goto()
    page.locator("[data-offline=false]").wait_for()
    write_shelter(page)
    page.locator("[data-act=seal]").tap()
    page.locator("[data-fate=received]").wait_for()
    assert len(arrivals()) == 1


@pytest.mark.failure("F35")
def test_a_lost_connection_to_the_database_is_opened_again(window: Window) -> None:
    window.visit()
    page = window.page
    page.evaluate(
        """() => {
          const real = IDBDatabase.prototype.transaction;
          IDBDatabase.prototype.transaction = function (stores, ...rest) {
            if (!stores.includes("envelopes") || rest[0] !== "readwrite") {
              return real.call(this, stores, ...rest);
            }
            IDBDatabase.prototype.transaction = real;
            throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
          };
        }"""
    )
    window.page.context.route("**/api/**", lambda route: route.abort())
    write_shelter(page)
    window.seal()
    page.locator("[data-fate=saved]").wait_for()
    assert len(window.outbox()) == 1


POISON = """async (bytes) => {
  const settled = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const database = await settled(indexedDB.open("amana-outbox"));
  const rows = database.transaction("envelopes", "readwrite").objectStore("envelopes");
  for (const [id, value] of Object.entries(bytes)) await settled(rows.add({ id, bytes: value }));
  database.close();
}"""
"""Puts rows into the outbox that no seal has made."""


@pytest.mark.failure("F13")
def test_a_damaged_record_holds_nothing_up_and_can_be_removed_by_its_owner(
    window: Window, arrivals: Arrivals
) -> None:
    window.open()
    page = window.page
    page.locator("[data-act=status]").tap()
    page.locator("[data-root-digits]:not(:empty)").wait_for()
    page.evaluate(
        f"""async () => ({POISON})({{
          "{"0" * 64}": new ArrayBuffer(2172), "{"1" * 64}": "no bytes at all",
        }})"""
    )
    window.write(ONE)
    window.seal()
    page.locator("[data-fate=received]").wait_for()
    window.status()
    assert page.locator("[data-fate=broken]").count() == 2
    for _ in range(2):
        page.locator("[data-act=remove]").first.tap()
        page.locator("[data-act=remove-sure]").tap()
        page.locator("[data-act=remove-sure]").wait_for(state="detached")
    page.locator("[data-envelope]").first.wait_for(state="detached")
    assert len(arrivals()) == 1


def test_a_parcel_that_is_refused_whole_is_sent_again_in_smaller_ones(
    site: Site, window: Window, arrivals: Arrivals
) -> None:
    window.visit()
    proxy = site.report.proxy
    proxy.down()
    for report in (ONE, TWO):
        window.write(report)
        window.seal()
    window.page.goto("about:blank")
    before = len(proxy.seen("POST", "/api/"))
    proxy.script(modes.Status(413))
    proxy.up()
    window.open()
    window.wait_sent()
    assert len(arrivals()) == 2
    sent = proxy.seen("POST", "/api/")[before:]
    parcels = [parse_parcel(passage.request.body) for passage in sent]
    sizes = [sum(isinstance(one, Record) for one in parcel) for parcel in parcels]
    assert max(sizes[1:]) < sizes[0] == 2


def test_the_patience_a_server_asks_for_is_kept_until_a_person_asks(
    site: Site, window: Window, arrivals: Arrivals
) -> None:
    window.visit()
    proxy = site.report.proxy
    before = len(proxy.seen("POST", "/api/"))
    proxy.script(modes.Status(503, (("Retry-After", "3000"),)))
    window.write(ONE)
    window.seal()
    window.status()
    window.page.locator("[data-trouble=busy]").wait_for()
    window.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    window.page.wait_for_timeout(3000)
    assert len(proxy.seen("POST", "/api/")) == before + 1
    window.act("send")
    window.page.locator("[data-received='1']").wait_for()
    assert len(arrivals()) == 1


@pytest.mark.failure("F05", "F16")
def test_a_login_page_is_called_what_it_is_and_nothing_is_deleted(
    site: Site, window: Window
) -> None:
    window.visit()
    site.report.proxy.script(modes.PortalHtml())
    window.write(ONE)
    window.seal()
    window.status()
    window.page.locator("[data-trouble=strange]").wait_for()
    assert len(window.outbox()) == 1
    assert window.page.locator("[data-fate=saved]").count() == 1


@pytest.mark.failure("F23")
def test_a_browser_that_calls_itself_offline_still_sends_when_asked(
    window: Window, arrivals: Arrivals
) -> None:
    window.page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })"
    )
    window.open()
    window.write(ONE)
    window.seal()
    window.page.locator("[data-fate=received]").wait_for()
    assert len(arrivals()) == 1


def test_the_page_says_nothing_to_the_console_and_breaks_no_rule_of_its_policy(
    window: Window,
) -> None:
    said: list[str] = []
    window.page.on("console", lambda message: said.append(message.text))
    window.page.on("pageerror", lambda error: said.append(str(error)))
    window.visit()
    window.write(TWO)
    window.seal()
    window.wait_sent()
    assert said == []


def test_the_page_that_comes_from_the_phone_stands_under_the_same_policy(
    site: Site, window: Window
) -> None:
    window.visit()
    site.report.proxy.down()
    window.open()
    refused = """() => {
      try { document.createElement("script").src = "https://elsewhere.invalid/"; return "allowed"; }
      catch (error) { return error.name; }
    }"""
    assert window.page.evaluate(refused) == "TypeError"


@pytest.mark.failure("F48", "F55")
def test_nothing_but_the_own_address_is_ever_asked(site: Site, window: Window) -> None:
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    window.page.context.route("**/*", note)
    window.visit()
    window.write(ONE)
    window.seal()
    window.wait_sent()
    assert {url for url in asked if not url.startswith(site.report.origin)} == set()
    assert window.page.context.cookies() == []
    assert window.page.evaluate("localStorage.length + sessionStorage.length") == 0
