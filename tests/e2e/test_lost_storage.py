"""Storage that is damaged or cleared: the lost is called lost, and the next report arrives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import rows
from tests.e2e.phone import Phone
from tests.e2e.samples import sample
from tests.e2e.servers import Site

ONE, TWO = sample("S04"), sample("S15")


def clear_site_data(phone: Phone) -> None:
    """What the browser's settings do, and browsers by themselves when the disk is full."""
    session = phone.context.new_cdp_session(phone.page)
    session.send("Storage.clearDataForOrigin", {"origin": phone.origin, "storageTypes": "all"})


def save_one(site: Site, phone: Phone) -> None:
    """A report that waits on the phone, with no network."""
    phone.visit()
    site.report.proxy.down()
    phone.write(ONE)
    phone.seal()
    phone.page.locator("[data-fate=saved]").wait_for()


def database_files(phone: Phone) -> Path:
    """The folder of all databases of the app's address."""
    (folder,) = phone.profile.rglob("*.indexeddb.leveldb")
    return folder


def overwrite(file: Path) -> None:
    file.write_bytes(bytes(byte ^ 0x5A for byte in file.read_bytes()))


def send_another(site: Site, phone: Phone, fate: str) -> None:
    """Once there is a network, write a second report; what is said of it before it is received."""
    proxy = site.report.proxy
    proxy.up()
    phone.write(TWO)
    phone.page.locator("[data-act=seal]:enabled").wait_for()
    proxy.down()
    phone.seal()
    phone.page.locator(f"[data-fate={fate}]").wait_for()
    proxy.up()
    phone.send_until(lambda: phone.page.locator("[data-received='1']").count())
    (arrived,) = rows.bodies(site.ground.database)
    assert site.open(arrived)["answers"]["note"] == TWO.answers["note"]


@pytest.mark.failure("F34", "F95")
@pytest.mark.parametrize("pattern", ["MANIFEST-*", "*.log"])
def test_a_report_in_damaged_files_is_called_lost_and_the_next_one_arrives(
    organisation: Site, phone: Phone, pattern: str
) -> None:
    save_one(organisation, phone)
    phone.kill()
    (file,) = database_files(phone).glob(pattern)
    overwrite(file)
    phone.reopen()
    phone.open()
    phone.page.locator("main > .error").wait_for()
    phone.status()
    assert phone.page.locator("[data-fate]").get_attribute("data-fate") == "lost"
    send_another(organisation, phone, "saved")
    phone.act("remove")
    phone.act("remove-sure")
    phone.page.locator("[data-envelope]").wait_for(state="detached")
    phone.open()
    phone.status()
    assert phone.page.locator("[data-fate]").count() == 0


@pytest.mark.failure("F34", "F95")
def test_files_that_cannot_be_read_are_not_called_empty_and_a_person_can_begin_anew(
    organisation: Site, phone: Phone
) -> None:
    save_one(organisation, phone)
    phone.kill()
    (log,) = database_files(phone).glob("*.log")
    log.unlink()
    log.mkdir()
    phone.reopen()
    phone.open()
    # What is said of storage pushes everything down when it comes, also from under a thumb.
    phone.page.locator("main > .notice").wait_for()
    phone.status()
    phone.act("mend")
    assert "لا بلاغات تنتظر" not in phone.page.locator("main").inner_text()
    phone.act("mend-sure")
    phone.page.locator("[data-act=mend]").wait_for()
    send_another(organisation, phone, "window")
    # A page that goes on trying to store may get between Chromium and the files that it deletes.
    phone.page.goto("about:blank")
    clear_site_data(phone)
    phone.open()
    phone.write(ONE)
    phone.page.locator("[data-act=seal]:enabled").wait_for()
    organisation.report.proxy.down()
    phone.seal()
    phone.page.locator("[data-fate=saved]").wait_for()


@pytest.mark.failure("F29", "F95")
def test_after_everything_was_cleared_meanwhile_nothing_else_is_said_and_the_next_report_arrives(
    organisation: Site, phone: Phone
) -> None:
    said: list[str] = []
    phone.page.on("pageerror", lambda error: said.append(str(error)))
    save_one(organisation, phone)
    clear_site_data(phone)
    phone.page.locator("[data-fate=lost]").wait_for()
    phone.home()
    phone.page.locator("[data-offline=false]").wait_for()
    send_another(organisation, phone, "saved")
    phone.home()
    phone.page.locator("[data-offline=true]").wait_for()
    phone.open()
    assert phone.outbox() == []
    assert said == []
