"""Second factors at the desk: added, asked for, demanded, removed; real keys, real codes."""

from __future__ import annotations

import base64
import contextlib
import sqlite3
import time
from collections.abc import Iterator
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from amana.config import Settings
from tests.e2e.axe import trouble
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import NARROW, WIDE, sent_by, window
from tests.e2e.desk_app.test_access import CHECKS, NOTHING_FOUND, press_until
from tests.e2e.desk_app.test_sessions import end_sessions
from tests.e2e.servers import COORDINATOR, REVIEWER, SECOND, Site

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
KEY_OPTIONS = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

READ_PICTURE = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  return amanaReader.readCode(canvas.getImageData(0, 0, picture.width, picture.height));
}"""


class Keys:
    """The security keys that are put into a window's computer."""

    def __init__(self, page: Page) -> None:
        self._driver = page.context.new_cdp_session(page)
        self._driver.send("WebAuthn.enable")

    def put_in(self) -> str:
        """Put another key in; its name."""
        answer = self._driver.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_OPTIONS})
        return str(answer["authenticatorId"])

    def take_out(self, name: str) -> None:
        self._driver.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": name})

    def held(self, name: str) -> dict[str, Any]:
        """The one credential of a key."""
        answer = self._driver.send("WebAuthn.getCredentials", {"authenticatorId": name})
        (credential,) = answer["credentials"]
        return dict(credential)

    def give(self, name: str, credential: dict[str, Any]) -> None:
        self._driver.send(
            "WebAuthn.addCredential", {"authenticatorId": name, "credential": credential}
        )


def named(site: Site) -> str:
    """The desk's address by a name: at a number there are no security keys."""
    return site.desk.origin.replace("127.0.0.1", "localhost")


@pytest.fixture
def desk(desk_chromium: Chromium, organisation: Site) -> Iterator[Desk]:
    """A window at an organisation of the test's own, in English."""
    with window(desk_chromium, organisation) as opened:
        opened.origin = named(organisation)
        yield opened


@pytest.fixture
def arabic(desk_chromium: Chromium, organisation: Site) -> Iterator[Desk]:
    """The same in Arabic."""
    with window(desk_chromium, organisation, "ar") as opened:
        opened.origin = named(organisation)
        yield opened


def phone_of(desk: Desk) -> pyotp.TOTP:
    """A phone that has taken the secret off the screen."""
    return pyotp.TOTP("".join(desk.page.locator("[data-part=secret]").inner_text().split()))


def send(desk: Desk, code: str) -> None:
    desk.page.locator("input[data-field=code]").fill(code)
    desk.act("send-code")


def add_codes(desk: Desk) -> pyotp.TOTP:
    """Add a phone on the screen that is open."""
    desk.act("add-codes")
    phone = phone_of(desk)
    send(desk, phone.at(int(time.time())))
    desk.page.locator("[data-part=codes]").wait_for(state="detached")
    return phone


def next_code(phone: pyotp.TOTP) -> str:
    """The code that comes next: it holds already, and the one that confirmed the phone does not."""
    return phone.at(int(time.time()) + 30)


def with_codes(desk: Desk, member: Any = REVIEWER) -> pyotp.TOTP:
    """A member who has added a phone and signed out."""
    desk.sign_in(member)
    desk.act("show-factors")
    phone = add_codes(desk)
    desk.page.locator("[data-factor][data-kind=totp]").wait_for()
    desk.sign_out()
    return phone


def type_passphrase(desk: Desk, member: Any = REVIEWER) -> None:
    desk.page.locator("input[data-field=name]").fill(member.name)
    desk.page.locator("input[data-field=passphrase]").fill(member.passphrase)
    desk.act("sign-in")


def test_a_security_key_is_added_and_signs_in_and_another_one_does_not(desk: Desk) -> None:
    keys = Keys(desk.page)
    own = keys.put_in()
    desk.sign_in(REVIEWER)
    desk.act("show-factors")
    desk.page.locator("[data-part=no-factors]").wait_for()
    desk.act("add-key")
    desk.page.locator("[data-factor][data-kind=webauthn]").wait_for()
    desk.sign_out()
    credential = keys.held(own)
    keys.take_out(own)
    other = keys.put_in()
    type_passphrase(desk)
    desk.act("use-key")
    desk.page.locator("[data-problem=key_silent]").wait_for()
    keys.take_out(other)
    keys.give(keys.put_in(), credential)
    desk.act("use-key")
    desk.page.locator("[data-screen=queue]").wait_for()


def test_a_key_that_only_says_it_is_the_members_is_refused(desk: Desk) -> None:
    keys = Keys(desk.page)
    own = keys.put_in()
    desk.sign_in(REVIEWER)
    desk.act("show-factors")
    desk.act("add-key")
    desk.page.locator("[data-factor]").wait_for()
    desk.act("add-key")
    desk.page.locator("[data-problem=key_known]").wait_for()
    credential = keys.held(own)
    keys.take_out(own)
    forger = keys.put_in()
    desk.sign_out()
    desk.sign_in(COORDINATOR)
    desk.act("show-factors")
    desk.act("add-key")
    desk.page.locator("[data-factor]").wait_for()
    foreign = keys.held(forger)
    keys.take_out(forger)
    keys.give(keys.put_in(), foreign | {"credentialId": credential["credentialId"]})
    desk.sign_out()
    type_passphrase(desk)
    desk.act("use-key")
    desk.page.locator("[data-problem=wrong_factor]").wait_for()


def test_codes_of_a_phone_sign_in_in_arabic_digits_and_a_wrong_one_does_not(arabic: Desk) -> None:
    sent = sent_by(arabic.page)
    phone = with_codes(arabic)
    assert {each.url.split("/")[2] for each in sent} == {arabic.origin.split("/")[2]}
    type_passphrase(arabic)
    send(arabic, "٠٠٠")
    arabic.page.locator("[data-problem=code_digits]").wait_for()
    send(arabic, "٠٠٠٠٠٠")
    arabic.page.locator("[data-problem=wrong_factor]").wait_for()
    send(arabic, next_code(phone).translate(ARABIC))
    arabic.page.locator("[data-screen=queue]").wait_for()


def test_a_secret_that_was_left_lying_for_five_minutes_is_said_to_be_over(
    desk: Desk, organisation: Site
) -> None:
    desk.sign_in(REVIEWER)
    desk.act("show-factors")
    desk.act("add-codes")
    phone = phone_of(desk)
    with contextlib.closing(sqlite3.connect(organisation.ground.database)) as connection:
        connection.execute("UPDATE challenges SET expires_at = 0")
        connection.commit()
    send(desk, phone.at(int(time.time())))
    desk.page.locator("[data-problem=factor_over]").wait_for()
    desk.act("cancel-codes")
    assert desk.page.locator("[data-problem]").count() == 0


def test_the_picture_holds_the_secret_and_the_name_and_nothing_of_the_organisation(
    desk: Desk,
) -> None:
    desk.sign_in(REVIEWER)
    desk.act("show-factors")
    desk.act("add-codes")
    secret = phone_of(desk).secret
    (reader,) = (Settings.static / "report/assets").glob("reader-*.js")
    desk.page.evaluate(reader.read_text("utf-8"))
    drawn = base64.b64encode(desk.page.locator("svg.qr").screenshot()).decode()
    assert (
        desk.page.evaluate(READ_PICTURE, drawn) == f"otpauth://totp/{REVIEWER.name}?secret={secret}"
    )


def test_a_session_that_has_ended_asks_for_the_factor_again_in_place(
    desk: Desk, organisation: Site
) -> None:
    phone = with_codes(desk)
    type_passphrase(desk)
    send(desk, next_code(phone))
    desk.page.locator("[data-screen=queue]").wait_for()
    add = Keys(desk.page)
    add.put_in()
    desk.act("show-factors")
    desk.act("add-key")
    desk.page.locator("[data-kind=webauthn]").wait_for()
    end_sessions(organisation)
    desk.act("show-summary")
    again = desk.page.locator("dialog[data-screen=renew]")
    again.locator("[data-field=passphrase]").fill(REVIEWER.passphrase)
    again.locator("[data-action=renew]").click()
    again.locator("[data-action=use-key]").click()
    desk.page.locator("[data-part=summary]").wait_for()


def test_where_it_is_demanded_nothing_opens_before_a_factor_is_added(
    desk: Desk, organisation: Site
) -> None:
    organisation.desk.restart(AMANA_SECOND_FACTOR="required")
    sent = sent_by(desk.page)
    desk.page.goto(desk.origin)
    type_passphrase(desk)
    desk.page.locator("[data-screen=enrol]").wait_for()
    assert not [each.url for each in sent if "/queue" in each.url or "/members" in each.url]
    add_codes(desk)
    desk.page.locator("[data-screen=queue]").wait_for()
    desk.act("show-factors")
    desk.page.locator("[data-factor] [data-part=stays]").wait_for()
    assert desk.page.locator("[data-action=remove-factor]").count() == 0


def test_a_factor_is_removed_with_the_passphrase_and_the_record_says_so(desk: Desk) -> None:
    phone = with_codes(desk, SECOND)
    type_passphrase(desk, SECOND)
    send(desk, next_code(phone))
    desk.act("show-factors")
    desk.act("remove-factor")
    desk.page.locator("dialog input[data-field=passphrase]").fill("not the passphrase")
    desk.act("confirm-removal")
    desk.page.locator("[data-problem=wrong_passphrase]").wait_for()
    desk.page.locator("dialog input[data-field=passphrase]").fill(SECOND.passphrase)
    desk.act("confirm-removal")
    desk.page.locator("[data-part=no-factors]").wait_for()
    desk.act("show-record")
    said = desk.page.locator("[data-act=factor_removed]")
    said.wait_for()
    assert said.inner_text().endswith(f"{SECOND.name} removed a second factor: Codes of a phone")


def test_whoever_goes_back_is_asked_for_the_passphrase_again(desk: Desk) -> None:
    with_codes(desk)
    type_passphrase(desk)
    desk.act("give-up")
    desk.page.locator("[data-screen=signin] [data-action=sign-in]").wait_for()
    assert desk.page.locator("[data-problem]").count() == 0


def test_at_an_address_of_numbers_security_keys_are_said_not_to_work(
    desk: Desk, organisation: Site
) -> None:
    desk.origin = organisation.desk.origin
    desk.sign_in(REVIEWER)
    desk.act("show-factors")
    desk.page.locator("[data-action=add-codes]").wait_for()
    assert desk.page.locator("[data-action=add-key]").count() == 0


def test_a_phone_is_added_and_used_with_the_keyboard_alone(desk: Desk) -> None:
    keyboard = desk.page.keyboard
    desk.sign_in(REVIEWER)
    for action in ("show-factors", "add-codes"):
        press_until(desk.page, f"[data-action={action}]")
        keyboard.press("Enter")
        desk.page.locator("[data-screen=factors] [data-action=add-codes], .secret").wait_for()
    phone = phone_of(desk)
    press_until(desk.page, "[data-field=code]")
    keyboard.type(phone.at(int(time.time())))
    keyboard.press("Enter")
    desk.page.locator("[data-factor]").wait_for()
    desk.sign_out()
    type_passphrase(desk)
    desk.page.locator("[data-screen=factor]").wait_for()
    press_until(desk.page, "[data-field=code]")
    keyboard.type(next_code(phone))
    keyboard.press("Enter")
    desk.page.locator("[data-screen=queue]").wait_for()


def screens(desk: Desk, site: Site) -> Iterator[str]:
    """Every screen that has to do with second factors."""
    site.desk.restart(AMANA_SECOND_FACTOR="required")
    desk.page.goto(desk.origin)
    type_passphrase(desk)
    desk.page.locator("[data-screen=enrol]").wait_for()
    yield "enrol"
    add_codes(desk)
    desk.act("show-factors")
    desk.page.locator("[data-factor]").wait_for()
    yield "factors"
    desk.act("add-codes")
    desk.page.locator("[data-part=secret]").wait_for()
    yield "codes"
    desk.act("cancel-codes")
    add_codes(desk)
    desk.act("remove-factor")
    desk.page.locator("[data-screen=remove-factor]").wait_for()
    yield "remove-factor"
    desk.act("cancel-removal")
    desk.sign_out()
    type_passphrase(desk)
    send(desk, "000000")
    desk.page.locator("[data-problem=wrong_factor]").wait_for()
    yield "factor"


@pytest.mark.parametrize(
    ("lang", "size", "scheme"),
    [("ar", NARROW, "light"), ("en", WIDE, "dark")],
    ids=["ar-narrow-light", "en-wide-dark"],
)
def test_every_screen_can_be_read_named_and_hit(
    request: pytest.FixtureRequest,
    organisation: Site,
    lang: str,
    size: tuple[int, int],
    scheme: Any,
) -> None:
    chromium: Chromium = request.getfixturevalue("desk_chromium")
    with window(chromium, organisation, lang, size) as desk:
        desk.origin = named(organisation)
        desk.page.emulate_media(color_scheme=scheme)
        for screen in screens(desk, organisation):
            found = {name: desk.page.evaluate(code) for name, code in CHECKS.items()}
            assert (screen, found, trouble(desk.page)) == (screen, NOTHING_FOUND, [])
