"""The reporter app in a person's hands: what it asks, keeps and says, and how one leaves it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, Route

from amana.core.parcel import Record, parse_parcel
from tests.e2e import rows
from tests.e2e.browsers import ARGUMENTS, chromium
from tests.e2e.phone import Phone
from tests.e2e.profile import SCREEN
from tests.e2e.samples import sample
from tests.e2e.servers import Site
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


@pytest.fixture
def page(phone: Phone) -> Page:
    """The app at its start, on a phone."""
    phone.open()
    return phone.page


@pytest.fixture
def strange_browser(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser that can be spoiled before the app sees it."""
    running = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
    yield running.new_context(viewport=SCREEN, has_touch=True, is_mobile=True)
    running.close()


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


def opened(organisation: Site) -> list[dict[str, Any]]:
    """All reports that arrived, opened."""
    found = rows.envelopes(organisation.ground.database)
    return [organisation.open(row.body) for row in found]


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


def test_a_date_in_arabic_digits_arrives_as_that_day(organisation: Site, phone: Phone) -> None:
    phone.open()
    page = phone.page
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
    phone.seal()
    phone.wait_sent()
    (report,) = opened(organisation)
    assert report["answers"]["when"] == "2025-03-07"


def test_a_place_that_is_in_no_list_arrives_as_it_was_typed(
    organisation: Site, phone: Phone
) -> None:
    phone.open()
    write_shelter(phone.page, "  عند المفرق القديم  ")
    phone.seal()
    phone.wait_sent()
    (report,) = opened(organisation)
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


def test_the_root_print_of_a_link_is_gone_from_the_address_bar(
    organisation: Site, phone: Phone
) -> None:
    phone.page.goto(f"{phone.origin}/#root={organisation.organisation.root_print}")
    phone.page.locator("[data-kind]").first.wait_for()
    assert phone.page.url == f"{phone.origin}/"
    write_shelter(phone.page)
    phone.seal()
    phone.wait_sent()
    assert len(opened(organisation)) == 1


def test_a_key_set_that_is_not_the_links_organisation_seals_nothing(phone: Phone) -> None:
    phone.page.goto(f"{phone.origin}/#root={'A' * 43}")
    page = phone.page
    page.locator("[data-kind]").first.wait_for()
    write_shelter(page)
    page.locator("main .error").first.wait_for()
    assert page.locator("[data-act=seal]").is_disabled()


def test_without_a_key_set_the_answers_wait_in_the_window_and_seal_once_it_comes(
    organisation: Site, phone: Phone
) -> None:
    proxy = organisation.report.proxy
    proxy.script(modes.Status(503), modes.PortalHtml(), method="GET", path="/keys.jws")
    phone.open()
    write_shelter(phone.page)
    assert phone.page.locator("[data-act=seal]").is_disabled()
    phone.page.locator("[data-act=seal]:enabled").wait_for()
    assert len(proxy.seen("GET", "/keys.jws")) == 3
    phone.seal()
    phone.wait_sent()
    assert len(opened(organisation)) == 1


def test_leaving_in_a_hurry_leaves_nothing_to_come_back_to(phone: Phone) -> None:
    phone.page.goto("about:blank")
    phone.open()
    page = phone.page
    phone.context.route(ELSEWHERE, lambda route: route.fulfill(body=ORDINARY_PAGE))
    page.locator("[data-kind=safety]").tap()
    page.locator("[data-act=more]").tap()
    question(page, "note").locator("textarea").fill(SECRET)
    page.locator("#exit").tap()
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    assert page.url == "about:blank"


def test_going_back_to_the_app_finds_an_empty_start(phone: Phone) -> None:
    phone.open()
    page = phone.page
    phone.context.route(ELSEWHERE, lambda route: route.fulfill(body=ORDINARY_PAGE))
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


def test_one_can_leave_before_any_script_has_come(
    organisation: Site, strange_browser: BrowserContext
) -> None:
    page = strange_browser.new_page()
    page.route("**/*.js", lambda route: route.abort())
    strange_browser.route(ELSEWHERE, lambda route: route.fulfill(body=ORDINARY_PAGE))
    page.goto(organisation.report.origin)
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
def test_a_browser_that_cannot_seal_gets_an_explanation_and_no_form(
    organisation: Site, strange_browser: BrowserContext, spoil: str
) -> None:
    strange_browser.add_init_script(spoil)
    page = strange_browser.new_page()
    page.goto(organisation.report.origin)
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
def test_where_nothing_can_be_stored_the_report_waits_in_the_window_and_says_so(
    organisation: Site, strange_browser: BrowserContext, spoil: str
) -> None:
    strange_browser.add_init_script(spoil)
    page = strange_browser.new_page()
    page.goto(organisation.report.origin)
    page.locator("[data-kind]").first.wait_for()
    write_shelter(page)
    page.locator("[data-act=seal]:enabled").wait_for()
    organisation.report.proxy.down()
    page.locator("[data-act=seal]").tap()
    page.locator("[data-fate=window]").wait_for()
    organisation.report.proxy.up()
    page.locator("[data-fate=received]").wait_for()
    assert len(opened(organisation)) == 1


def test_without_service_workers_and_locks_the_app_works_online(
    organisation: Site, strange_browser: BrowserContext
) -> None:
    strange_browser.add_init_script(
        "delete Navigator.prototype.serviceWorker; delete Navigator.prototype.locks"
    )
    page = strange_browser.new_page()
    page.goto(organisation.report.origin)
    page.locator("[data-offline=false]").wait_for()
    write_shelter(page)
    page.locator("[data-act=seal]").tap()
    page.locator("[data-fate=received]").wait_for()
    assert len(opened(organisation)) == 1


def test_a_lost_connection_to_the_database_is_opened_again(phone: Phone) -> None:
    phone.visit()
    page = phone.page
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
    phone.context.route("**/api/**", lambda route: route.abort())
    write_shelter(page)
    phone.seal()
    page.locator("[data-fate=saved]").wait_for()
    assert len(phone.outbox()) == 1


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


def test_a_damaged_record_holds_nothing_up_and_can_be_removed_by_its_owner(
    organisation: Site, phone: Phone
) -> None:
    phone.open()
    page = phone.page
    page.locator("[data-act=status]").tap()
    page.locator("[data-root-digits]:not(:empty)").wait_for()
    page.evaluate(
        f"""async () => ({POISON})({{
          "{"0" * 64}": new ArrayBuffer(2172), "{"1" * 64}": "no bytes at all",
        }})"""
    )
    phone.write(ONE)
    phone.seal()
    page.locator("[data-fate=received]").wait_for()
    phone.status()
    assert page.locator("[data-fate=broken]").count() == 2
    for _ in range(2):
        page.locator("[data-act=remove]").first.tap()
        page.locator("[data-act=remove-sure]").tap()
        page.locator("[data-act=remove-sure]").wait_for(state="detached")
    page.locator("[data-envelope]").first.wait_for(state="detached")
    assert len(opened(organisation)) == 1


def test_a_parcel_that_is_refused_whole_is_sent_again_in_smaller_ones(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    proxy = organisation.report.proxy
    proxy.down()
    for report in (ONE, TWO):
        phone.write(report)
        phone.seal()
    waiting = phone.outbox()
    proxy.script(modes.Status(413))
    proxy.up()
    phone.open()
    phone.wait_sent()
    assert rows.bodies(organisation.ground.database) == waiting
    parcels = [parse_parcel(passage.request.body) for passage in proxy.seen("POST", "/api/")]
    sizes = [sum(isinstance(one, Record) for one in parcel) for parcel in parcels]
    assert max(sizes[1:]) < sizes[0] == 2


def test_the_patience_a_server_asks_for_is_kept_until_a_person_asks(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    proxy = organisation.report.proxy
    proxy.script(modes.Status(503, (("Retry-After", "3000"),)))
    phone.write(ONE)
    phone.seal()
    phone.status()
    phone.page.locator("[data-trouble=busy]").wait_for()
    phone.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    phone.page.wait_for_timeout(3000)
    assert len(proxy.seen("POST", "/api/")) == 1
    phone.act("send")
    phone.page.locator("[data-received='1']").wait_for()
    assert len(opened(organisation)) == 1


def test_a_login_page_is_called_what_it_is_and_nothing_is_deleted(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    organisation.report.proxy.script(modes.PortalHtml())
    phone.write(ONE)
    phone.seal()
    phone.status()
    phone.page.locator("[data-trouble=strange]").wait_for()
    assert len(phone.outbox()) == 1
    assert phone.page.locator("[data-fate=saved]").count() == 1


def test_a_browser_that_calls_itself_offline_still_sends_when_asked(
    organisation: Site, phone: Phone
) -> None:
    phone.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })"
    )
    phone.open()
    phone.write(ONE)
    phone.seal()
    phone.page.locator("[data-fate=received]").wait_for()
    assert len(opened(organisation)) == 1


def test_the_page_says_nothing_to_the_console_and_breaks_no_rule_of_its_policy(
    phone: Phone,
) -> None:
    said: list[str] = []
    phone.page.on("console", lambda message: said.append(message.text))
    phone.page.on("pageerror", lambda error: said.append(str(error)))
    phone.visit()
    phone.write(TWO)
    phone.seal()
    phone.wait_sent()
    assert [text for text in said if "Permissions-Policy" not in text] == []


def test_nothing_but_the_own_address_is_ever_asked(organisation: Site, phone: Phone) -> None:
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    phone.context.route("**/*", note)
    phone.visit()
    phone.write(ONE)
    phone.seal()
    phone.wait_sent()
    assert {url for url in asked if not url.startswith(organisation.report.origin)} == set()
    assert phone.context.cookies() == []
    assert phone.page.evaluate("localStorage.length + sessionStorage.length") == 0
