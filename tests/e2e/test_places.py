"""Places that were fetched when somebody needed them are kept."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.phone import Phone
from tests.e2e.servers import Site


def test_a_governorate_that_was_fetched_once_is_there_without_the_network(
    organisation: Site, phone: Phone
) -> None:
    phone.open()
    browse(phone)
    open_governorate(phone, "SY04")
    phone.visit()
    browse(phone)
    open_governorate(phone, "SY14")
    organisation.report.proxy.down()
    phone.close()
    phone.reopen()
    phone.open()
    for code in ("SY04", "SY14"):
        browse(phone)
        open_governorate(phone, code)
    browse(phone)
    phone.page.locator("[data-area=SY05]").tap()
    expect(phone.page.locator("[data-field=place] .error")).to_be_visible()


def browse(phone: Phone) -> None:
    """Open the list of places by area in a fresh form."""
    phone.home()
    phone.page.locator("[data-kind=safety]").tap()
    phone.page.locator("[data-field=place] [data-act=browse]").tap()


def open_governorate(phone: Phone, code: str) -> None:
    phone.page.locator(f"[data-area={code}]").tap()
    phone.page.locator(f"[data-area^={code}00], [data-area^={code}01]").first.wait_for()
