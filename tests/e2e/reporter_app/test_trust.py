"""Whose page this is: the root print on the phone, and links of another organisation."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from amana.core import keyset
from tests.e2e.phone import Phone
from tests.e2e.reporter_app.ground import each_direction
from tests.e2e.rows import bodies
from tests.e2e.samples import sample
from tests.e2e.servers import Ground, Site, Zone, make_ground, served_copy

REPORT = sample("S04")


def digits(site: Site) -> str:
    """The root print as people compare it."""
    root = site.organisation.root_print
    return keyset.digits(base64.urlsafe_b64decode(root + "="))


@pytest.fixture(scope="module")
def other_ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """A second organisation's folder."""
    return make_ground(tmp_path_factory.mktemp("other") / "home")


@pytest.fixture
def other(other_ground: Ground, tmp_path: Path) -> Iterator[Site]:
    """A second organisation, served."""
    with served_copy(other_ground, tmp_path / "other") as served:
        yield served


def hand_over_the_address(phone: Phone, organisation: Site, other: Site) -> None:
    """From now on the first organisation's address is served by the second."""
    served: Zone = other.report
    organisation.report.proxy.upstream = ("127.0.0.1", served.port)
    phone.page.goto("about:blank")


def follow_link(phone: Phone, organisation: Site) -> None:
    """Open the link that introduces people to an organisation, at the address the phone knows."""
    phone.page.goto(f"{phone.origin}/#root={organisation.organisation.root_print}")
    phone.page.locator("[data-kind]").first.wait_for()


def shown_digits(phone: Phone) -> str:
    """The root print on the page "is this the real one?"."""
    phone.home()
    phone.act("real")
    return phone.page.locator("main > section:not([data-offer]) [data-root-digits]").inner_text()


def test_one_page_shows_whose_page_it_is_and_which_build(phone: Phone, organisation: Site) -> None:
    phone.visit()
    assert shown_digits(phone) == digits(organisation)
    build = phone.page.locator("meta[name=amana-build]").get_attribute("content")
    assert phone.page.locator("[data-build]").inner_text() == build
    assert phone.page.locator("svg.qr[role=img][aria-label]").is_visible()
    assert phone.page.locator("main .steps li").count() == 3


def test_a_link_of_another_organisation_asks_and_changes_nothing_by_itself(
    phone: Phone, organisation: Site, other: Site
) -> None:
    phone.visit()
    hand_over_the_address(phone, organisation, other)
    follow_link(phone, other)
    phone.page.locator("[data-act=offer]").wait_for()
    assert shown_digits(phone) == digits(organisation)
    assert phone.page.locator("[data-offer] [data-root-digits]").inner_text() == digits(other)
    phone.write(REPORT)
    phone.seal()
    phone.page.locator("[data-fate=saved]").wait_for()
    assert len(phone.outbox()) == 1
    phone.page.goto(phone.origin)
    phone.page.locator("[data-kind]").first.wait_for()
    assert shown_digits(phone) == digits(organisation)


@each_direction
def test_a_person_who_compared_the_digits_changes_to_the_links_organisation(
    phone: Phone, organisation: Site, other: Site, language: str
) -> None:
    phone.visit()
    hand_over_the_address(phone, organisation, other)
    follow_link(phone, other)
    phone.speak(language)
    phone.act("offer")
    phone.act("change")
    phone.act("change-sure")
    phone.page.locator("[data-offer]").wait_for(state="detached")
    assert shown_digits(phone) == digits(other)
    phone.write(REPORT)
    phone.seal()
    phone.wait_sent()
    assert len(bodies(other.ground.database)) == 1
    assert bodies(organisation.ground.database) == []


def test_while_a_report_waits_the_organisation_cannot_be_changed(
    phone: Phone, organisation: Site, other: Site
) -> None:
    phone.visit()
    organisation.report.proxy.down()
    phone.write(REPORT)
    phone.seal()
    hand_over_the_address(phone, organisation, other)
    organisation.report.proxy.up()
    follow_link(phone, other)
    phone.act("offer")
    phone.page.locator("[data-offer]").wait_for()
    assert phone.page.locator("[data-act=change]").count() == 0
    assert len(phone.outbox()) == 1


def test_a_link_whose_organisation_is_not_served_here_changes_nothing(
    phone: Phone, organisation: Site, other: Site
) -> None:
    phone.visit()
    follow_link(phone, other)
    phone.act("offer")
    phone.act("change")
    phone.act("change-sure")
    phone.page.locator("[data-offer] .error:not(:empty)").wait_for()
    assert shown_digits(phone) == digits(organisation)
