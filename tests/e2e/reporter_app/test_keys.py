"""Whom the app seals to: the organisation of the page or of the link, and nobody else."""

from __future__ import annotations

import pytest

from tests.e2e.phone import Window
from tests.e2e.reporter_app.ground import Arrivals, write_shelter
from tests.e2e.servers import Site
from tests.faults import modes


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
    answers = (modes.Status(503), modes.PortalHtml(), modes.Hold())
    proxy.script(*answers, method="GET", path="/keys.jws")
    window.open()
    write_shelter(window.page)
    assert window.page.locator("[data-act=seal]").is_disabled()
    proxy.release(answers[-1])
    window.page.locator("[data-act=seal]:enabled").wait_for()
    asked = proxy.seen("GET", "/keys.jws")[before:]
    assert tuple(each.mode for each in asked[: len(answers)]) == answers
    window.seal()
    window.wait_sent()
    assert len(arrivals()) == 1
