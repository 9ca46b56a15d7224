"""Words typed into the form are nowhere but inside sealed envelopes: not on disks, not in logs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.e2e.canary import NOTE, WORDS, on_the_phone, type_slowly
from tests.e2e.desk import Desk
from tests.e2e.phone import Phone, wait_until
from tests.e2e.profile import Profile, databases
from tests.e2e.servers import REVIEWER, Site
from tests.e2e.traces import files_below, traces
from tests.faults import modes


def on_the_servers(organisation: Site, words: list[str]) -> list[str]:
    """Where in the database, its journals, the organisation's folder or the logs they are found."""
    logs = [zone.log for zone in organisation.zones]
    files = files_below(organisation.ground.home)
    assert organisation.ground.database in files
    return traces(words, [*files, *logs])


def on_the_wire(organisation: Site, words: list[str], record: Path) -> list[str]:
    """Where in what the servers were sent they are found: targets, headers, bodies."""
    seen = [passage.request for zone in organisation.zones for passage in zone.proxy.seen()]
    record.write_bytes(b"\n".join(request.encode() for request in seen))
    return traces(words, [record])


@pytest.fixture
def reviewers_browser(playwright: Playwright, tmp_path: Path) -> Iterator[Profile]:
    """A browser that keeps what it is given, as a member's own may."""
    browser = Profile(playwright, tmp_path / "reviewer", "en")
    yield browser
    browser.close()


@pytest.mark.failure("F77", "F84", "F88")
def test_what_was_typed_leaves_no_trace_on_phone_wire_servers_or_the_reviewers_disk(
    organisation: Site, phone: Phone, reviewers_browser: Profile, tmp_path: Path
) -> None:
    network = organisation.report.proxy
    phone.visit()
    network.down()
    phone.open()
    type_slowly(phone)
    phone.seal()
    assert on_the_phone(phone) == []
    phone.kill()
    assert on_the_phone(phone) == []

    network.script(modes.CommitThenFin(), modes.Status(500))
    network.up()
    phone.reopen()
    phone.open()
    phone.wait_sent()
    phone.close()
    assert on_the_phone(phone) == []

    read_at_the_desk(Desk(reviewers_browser.page, organisation.desk.origin))
    reviewers_browser.close()
    words = [*WORDS, REVIEWER.passphrase]
    assert traces(words, files_below(reviewers_browser.profile)) == []
    assert on_the_servers(organisation, words) == []
    assert on_the_wire(organisation, words, tmp_path / "wire") == []


def read_at_the_desk(desk: Desk) -> None:
    """The reviewer reads the words on the screen and signs out."""
    desk.sign_in(REVIEWER)
    (identity,) = desk.queue()
    desk.open(bytes.fromhex(identity))
    assert desk.answers()["note"] == " ".join(NOTE)
    desk.sign_out()


def test_a_report_that_is_not_sealed_is_gone_with_its_window(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    organisation.report.proxy.down()
    type_slowly(phone)
    phone.kill()
    assert on_the_phone(phone) == []
    phone.reopen()
    phone.open()
    assert phone.outbox() == []
    phone.close()
    assert on_the_phone(phone) == []


@pytest.mark.failure("F85", "F86")
def test_the_disk_knows_no_word_after_leaving_and_after_erasing(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    organisation.report.proxy.down()
    type_slowly(phone)
    phone.leave()
    assert on_the_phone(phone) == []
    phone.open()
    type_slowly(phone)
    phone.seal()
    phone.act("settings")
    phone.act("erase")
    wait_until(lambda: not databases(phone.page), "something is left")
    assert on_the_phone(phone) == []
    phone.kill()
    assert on_the_phone(phone) == []
