"""Sealed reports that travel from phone to phone: as a file, and as pictures on a screen."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from amana.core.envelope import seal
from amana.core.keys import public_key
from amana.core.parcel import encode_parcel
from tests.e2e.film import Squares, squares, write_film
from tests.e2e.phone import Phone, wait_until
from tests.e2e.reporter_app.ground import each_direction
from tests.e2e.rows import bodies
from tests.e2e.samples import sample
from tests.e2e.servers import Site

ONE, TWO = sample("S04"), sample("S15")

Neighbour = Callable[[Path | None], Phone]


@pytest.fixture
def neighbour(organisation: Site, playwright: Playwright, tmp_path: Path) -> Iterator[Neighbour]:
    """Makes the phone of somebody else, who knows the app already; its camera sees a film."""
    organisation.report.wait_ready()
    made: list[Phone] = []

    def make(camera: Path | None = None) -> Phone:
        profile = tmp_path / f"neighbour-{len(made)}"
        made.append(Phone(playwright, profile, organisation.address, "ar", camera))
        made[-1].visit()
        return made[-1]

    yield make
    for phone in made:
        phone.close()


def write_without_network(phone: Phone, organisation: Site, language: str = "ar") -> list[bytes]:
    """Two reports wait on a phone; their sealed bytes."""
    phone.visit()
    phone.speak(language)
    organisation.report.proxy.down()
    for report in (ONE, TWO):
        phone.write(report)
        phone.seal()
    waiting = phone.outbox()
    assert len(waiting) == 2
    return waiting


def save_parcel(phone: Phone, folder: Path) -> Path:
    """Everything that waits, as the file that the person saves."""
    phone.home()
    phone.act("handover")
    with phone.page.expect_download() as downloading:
        phone.act("save-parcel")
    file = folder / downloading.value.suggested_filename
    downloading.value.save_as(file)
    return file


def pictures_of(phone: Phone) -> list[Squares]:
    """Every picture that the phone shows, in order."""
    phone.home()
    phone.act("handover")
    phone.act("pictures")
    figure = phone.page.locator("figure[data-frames]")
    figure.wait_for()
    seen: dict[int, Squares] = {}

    def look() -> bool:
        number, frames, path = figure.evaluate(
            """(one) => [one.dataset.frame, one.dataset.frames,
              one.querySelector("path").getAttribute("d")]"""
        )
        seen[int(number)] = squares(path)
        return len(seen) == int(frames)

    wait_until(look, "not every picture was shown")
    return [seen[number] for number in sorted(seen)]


def carry_file(phone: Phone, file: Path) -> None:
    phone.home()
    phone.act("carry")
    phone.page.locator("[data-carry-file]").set_input_files(file)


def take_in(organisation: Site, file: Path) -> str:
    """Take a file in at the server by the operator's command; what it says."""
    environment = {
        **os.environ,
        "AMANA_HOME": str(organisation.ground.home),
        "AMANA_DATABASE_URL": f"sqlite:///{organisation.ground.database}",
    }
    command = [sys.executable, "-m", "amana", "parcels", "import", str(file)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.failure("F89")
def test_a_phone_without_network_hands_over_by_pictures_and_every_report_arrives_once(
    organisation: Site, phone: Phone, neighbour: Neighbour, tmp_path: Path
) -> None:
    waiting = write_without_network(phone, organisation)
    film = tmp_path / "screen.y4m"
    write_film(film, pictures_of(phone))
    phone.kill()
    organisation.report.proxy.up()
    other = neighbour(film)
    other.act("carry")
    other.act("scan")
    other.page.locator("[data-carried='2']").wait_for()
    other.page.locator("[data-carried-arrived='2']").wait_for()
    assert bodies(organisation.ground.database) == waiting
    phone.reopen()
    phone.open()
    phone.wait_sent()
    assert bodies(organisation.ground.database) == waiting


@each_direction
def test_file_relay_and_own_network_together_make_one_report_of_each(
    organisation: Site, phone: Phone, neighbour: Neighbour, tmp_path: Path, language: str
) -> None:
    waiting = write_without_network(phone, organisation, language)
    file = save_parcel(phone, tmp_path)
    assert "2 stored" in take_in(organisation, file)
    organisation.report.proxy.up()
    other = neighbour(None)
    other.speak(language)
    carry_file(other, file)
    other.page.locator("[data-carried='2']").wait_for()
    other.page.locator("[data-carried-arrived='2']").wait_for()
    phone.wait_sent()
    assert bodies(organisation.ground.database) == waiting


def test_what_is_carried_waits_sealed_through_a_restart_and_is_counted_afterwards(
    organisation: Site, phone: Phone, neighbour: Neighbour, tmp_path: Path
) -> None:
    other = neighbour(None)
    other.act("carry")
    other.page.locator("[data-carry-file]").wait_for()
    waiting = write_without_network(phone, organisation)
    carry_file(other, save_parcel(phone, tmp_path))
    other.page.locator("[data-carried-waiting='2'][data-carried-arrived='0']").wait_for()
    assert other.outbox() == waiting
    other.kill()
    other.reopen()
    other.open()
    assert other.outbox() == waiting
    organisation.report.proxy.up()
    other.wait_sent()
    other.home()
    other.act("carry")
    other.page.locator("[data-carried-waiting='0'][data-carried-arrived='2']").wait_for()


def test_what_is_no_parcel_or_another_organisations_is_said_so(
    organisation: Site, neighbour: Neighbour, tmp_path: Path
) -> None:
    rubbish, strange = tmp_path / "holiday.jpg", tmp_path / "strange.amp"
    rubbish.write_bytes(b"\xff\xd8\xff\xe0 a picture")
    other_key = public_key(secrets.token_bytes(32))
    strange.write_bytes(encode_parcel([seal(b"{}", other_key)]))
    other = neighbour(None)
    carry_file(other, rubbish)
    other.page.locator("[data-carried=none]").wait_for()
    assert other.outbox() == []
    carry_file(other, strange)
    other.page.locator("[data-carried='1'] + .error").wait_for()


def test_a_browser_that_can_share_files_is_asked_to_and_may_be_turned_down(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    phone.page.add_init_script(
        """globalThis.shared = [];
        navigator.canShare = ({ files }) => files.length > 0;
        navigator.share = async ({ files }) => {
          for (const file of files) shared.push([file.name, file.size]);
          throw new DOMException("changed their mind", "AbortError");
        };"""
    )
    phone.open()
    organisation.report.proxy.down()
    phone.write(ONE)
    phone.seal()
    phone.home()
    phone.act("handover")
    phone.act("share")
    wait_until(lambda: phone.page.evaluate("shared.length"), "nothing was shared")
    ((name, size),) = phone.page.evaluate("shared")
    assert (name, size) == ("1.amp", len(encode_parcel(phone.outbox())))
