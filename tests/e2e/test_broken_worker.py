"""A service worker that is broken: what the operator can do about it, and what a person can."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from tests.e2e import rows
from tests.e2e.phone import Phone, wait_until
from tests.e2e.samples import sample
from tests.e2e.servers import Site
from tests.faults import modes

ONE, TWO = sample("S04"), sample("S15")

TAKES_OVER = """
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
"""
FAILS = """
self.addEventListener("fetch", (event) => event.respondWith(Promise.reject(new Error())));
"""
ANSWERS_RUBBISH = """
const rubbish = () => new Response("<p>rubbish", { headers: { "Content-Type": "text/html" } });
self.addEventListener("fetch", (event) => event.respondWith(rubbish()));
"""
ANSWERS_RUBBISH_TO_VISITS = """
const rubbish = () => new Response("<p>rubbish", { headers: { "Content-Type": "text/html" } });
self.addEventListener("fetch", (event) => {
  if (event.request.mode !== "navigate" || event.request.url.includes("?")) return;
  event.respondWith(rubbish());
});
"""


UPDATED = """async () => {
  const changed = new Promise((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
  });
  await (await navigator.serviceWorker.getRegistration()).update();
  await changed;
}"""
"""Fetches the worker anew and waits until it has taken the page over."""


def opens(phone: Phone) -> bool:
    """Whether the address brings the app's page, run or not.

    The browser looks for another worker a second after a visit, if nothing happens meanwhile.
    """
    try:
        answer = phone.page.goto(phone.origin)
        return answer is not None and "amana-build" in answer.text()
    except Error:
        return False
    finally:
        phone.page.wait_for_timeout(2000)


def bring_down(site: Site, phone: Phone, broken: str) -> list[bytes]:
    """A report waits on the phone, then a broken worker comes; the report."""
    proxy = site.report.proxy
    phone.visit()
    proxy.down()
    phone.write(ONE)
    phone.seal()
    waiting = phone.outbox()
    proxy.always(modes.Status(503))
    script = modes.Replace((TAKES_OVER + broken).encode(), "text/javascript")
    proxy.always(script, "GET", "/sw.js")
    proxy.up()
    phone.page.evaluate(UPDATED)
    assert proxy.delivered(modes.Replace)
    assert not opens(phone)
    return waiting


def assert_it_opens_and_saves_without_a_network(site: Site, phone: Phone) -> None:
    site.report.proxy.down()
    phone.open()
    phone.write(TWO)
    phone.seal()
    assert len(phone.outbox()) == 1


@pytest.mark.failure("F56")
@pytest.mark.parametrize("broken", [FAILS, ANSWERS_RUBBISH], ids=["fails", "answers rubbish"])
def test_the_empty_worker_replaces_a_broken_one_and_what_waited_arrives(
    organisation: Site, phone: Phone, broken: str
) -> None:
    waiting = bring_down(organisation, phone, broken)
    proxy = organisation.report.proxy
    proxy.clear()
    proxy.always(modes.Status(503))
    organisation.report.restart(AMANA_EMPTY_WORKER="1")
    wait_until(lambda: opens(phone), "the empty worker did not take over")
    phone.open()
    phone.page.locator("[data-offline=false]").wait_for()
    assert phone.outbox() == waiting
    proxy.clear()
    phone.wait_sent()
    assert rows.bodies(organisation.ground.database) == waiting
    organisation.report.restart(AMANA_EMPTY_WORKER="0")
    phone.visit()
    assert_it_opens_and_saves_without_a_network(organisation, phone)


@pytest.mark.failure("F56")
def test_a_question_mark_after_the_address_leads_past_a_broken_worker_and_ends_it(
    organisation: Site, phone: Phone
) -> None:
    waiting = bring_down(organisation, phone, ANSWERS_RUBBISH_TO_VISITS)
    proxy = organisation.report.proxy
    proxy.clear()
    proxy.always(modes.Status(503))
    assert not opens(phone)
    phone.page.goto(f"{phone.origin}/?")
    phone.page.wait_for_url(f"{phone.origin}/")
    phone.page.locator("[data-kind]").first.wait_for()
    assert phone.outbox() == waiting
    proxy.clear()
    phone.wait_sent()
    phone.visit()
    assert_it_opens_and_saves_without_a_network(organisation, phone)
