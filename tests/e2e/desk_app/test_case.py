"""A case is taken out: what is in the file, who can open it, and that nothing of it stays."""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyrage
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Playwright, expect

from amana import store
from amana.core import mailbox
from amana.core.audit import Head, verify
from amana.core.encoding import b64encode
from amana.core.envelope import envelope_id, seal
from amana.core.report import encode_report
from tests.e2e.axe import trouble
from tests.e2e.canary import NOTE, WORDS
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import (
    HAPPENED,
    NARROW,
    WIDE,
    decide,
    put,
    report,
    sample_report,
    sent_by,
    window,
)
from tests.e2e.desk_app.test_access import CHECKS, NOTHING_FOUND
from tests.e2e.desk_app.test_sessions import stores
from tests.e2e.profile import Profile
from tests.e2e.samples import sample
from tests.e2e.servers import REVIEWER, SECOND, Site
from tests.e2e.traces import files_below, traces

EVENT: Final = HAPPENED["event_id"]
OTHER: Final = "fedcba9876543210"
REASON: Final = "The prosecutor asked for it in writing."


class Fire:
    """An event: a whole report with a canary's note, a flagged one, and one that was taken back."""

    def __init__(self, site: Site) -> None:
        self._site = site
        burned, secret = sample("S01"), b64encode(secrets.token_bytes(mailbox.SECRET_BYTES))
        note = {**burned.answers, "note": " ".join(NOTE)}
        self.secret = b64encode(secrets.token_bytes(mailbox.SECRET_BYTES))
        self.whole = self._sealed(report(burned.kind, note, mailbox=self.secret))
        self.flagged = self._sealed(sample_report("S03"))
        self.taken_back = self._sealed(report(burned.kind, burned.answers, mailbox=secret))
        said = {"v": 1, "lang": "ar", "app": "test", "follows": "withdraw", "answers": {}}
        self.saying = self._sealed(encode_report(said | {"mailbox": secret}))
        self.elsewhere = self._sealed(sample_report("S04"))
        put(site, self.whole, self.flagged, self.taken_back, self.saying, self.elsewhere)
        merged = HAPPENED | {"decision": "merge", "verification": "v1"}
        decide(site, self.whole, HAPPENED)
        decide(site, self.flagged, merged | {"flags": ["personal_data"]})
        decide(site, self.taken_back, merged)
        decide(site, self.elsewhere, HAPPENED | {"event_id": OTHER})

    def _sealed(self, encoded: bytes) -> bytes:
        return seal(encoded, self._site.key_set.desk[-1].pub)


@pytest.fixture
def fire(organisation: Site) -> Fire:
    return Fire(organisation)


def open_case(desk: Desk) -> None:
    """Go to the case of the event, until it is known what senders said since."""
    desk.sign_in(SECOND)
    desk.queue()
    desk.act("show-events")
    desk.page.locator(f"li[data-event='{EVENT}'] [data-action=open-event]").click()
    desk.act("open-case")
    desk.page.locator("[data-action=make-case][aria-disabled=false]").wait_for()


def take(desk: Desk) -> tuple[bytes, str]:
    """The file that the member gets, and the passphrase that is shown."""
    with desk.page.expect_download() as download:
        desk.act("make-case")
    assert download.value.suggested_filename.endswith(".zip.age")
    shown = desk.page.locator("[data-part=case-made]")
    shown.wait_for()
    passphrase = desk.page.locator("[data-part=case-passphrase]")
    found = passphrase.inner_text() if passphrase.count() else ""
    return download.value.path().read_bytes(), found


def row(desk: Desk, envelope: bytes) -> Any:
    return desk.page.locator(
        f"[data-part=case-reports] li[data-envelope='{envelope_id(envelope).hex()}']"
    )


def unpacked(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        assert held.testzip() is None
        return {name: held.read(name) for name in held.namelist()}


def check_sums(files: dict[str, bytes]) -> None:
    """Every other file has its line, as `sha256sum -c` reads it."""
    lines = files["SHA256SUMS"].decode().splitlines()
    found = {line[66:]: line[:64] for line in lines}
    sums = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    assert found == {name: each for name, each in sums.items() if name != "SHA256SUMS"}


def told(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[name])


def test_a_case_opens_with_its_passphrase_in_another_program_and_holds_what_was_chosen(
    organisation: Site, fire: Fire, desk_chromium: Chromium
) -> None:
    with window(desk_chromium, organisation) as desk:
        open_case(desk)
        assert row(desk, fire.whole).get_attribute("data-held-back") == ""
        assert row(desk, fire.flagged).get_attribute("data-held-back") == "flagged"
        assert row(desk, fire.taken_back).get_attribute("data-held-back") == "withdrawn"
        archive, passphrase = take(desk)
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(archive, passphrase[:-1] + "x")
    files = unpacked(pyrage.passphrase.decrypt(archive, passphrase))
    check_sums(files)
    case = told(files, "case.json")
    assert (case["format"], case["by"], case["reason"]) == ("amana/case/1", SECOND.name, "")
    left = {"withdrawn": 1, "flagged": 1, "uncounted": 0, "unticked": 0}
    assert case["events"] == [{"event": EVENT, "left_out": left}]
    (entry,) = case["reports"]
    identity = envelope_id(fire.whole).hex()
    assert (entry["id"], entry["opened"], entry["since"]) == (identity, "whole", [])
    assert files[f"{entry['folder']}/envelope.bin"] == fire.whole
    said = told(files, f"{entry['folder']}/report.json")
    assert said["answers"] == {**sample("S01").answers, "note": " ".join(NOTE)}
    everything = b"".join(files.values()).decode("utf-8", "replace")
    for kept in (fire.secret, envelope_id(fire.flagged).hex(), envelope_id(fire.taken_back).hex()):
        assert kept not in everything
    assert f"{entry['folder']}/notes.json" not in files


def test_what_is_held_back_goes_out_only_when_ticked_and_with_a_reason(
    organisation: Site, fire: Fire, desk_chromium: Chromium
) -> None:
    with window(desk_chromium, organisation, "ar", NARROW) as desk:
        open_case(desk)
        make = desk.page.locator("[data-action=make-case]")
        for envelope in (fire.flagged, fire.taken_back):
            row(desk, envelope).locator("input").check()
        expect(make).to_have_attribute("aria-disabled", "true")
        desk.page.locator("[data-field=reason]").fill(REASON)
        expect(make).to_have_attribute("aria-disabled", "false")
        assert trouble(desk.page) == []
        found = {name: desk.page.evaluate(check) for name, check in CHECKS.items()}
        assert found == NOTHING_FOUND
        desk.page.locator("[data-field=add-event]").select_option(OTHER)
        expect(row(desk, fire.elsewhere)).to_be_visible()
        desk.page.locator("[data-field=withNotes]").check()
        archive, passphrase = take(desk)
        assert trouble(desk.page) == []
    files = unpacked(pyrage.passphrase.decrypt(archive, passphrase))
    check_sums(files)
    case = told(files, "case.json")
    assert case["reason"] == REASON
    found = {entry["id"]: (entry["held_back"], entry["event"]) for entry in case["reports"]}
    assert found == {
        envelope_id(fire.whole).hex(): (None, EVENT),
        envelope_id(fire.flagged).hex(): ("flagged", EVENT),
        envelope_id(fire.taken_back).hex(): ("withdrawn", EVENT),
        envelope_id(fire.elsewhere).hex(): (None, OTHER),
    }
    since = [each["what"] for entry in case["reports"] for each in entry["since"]]
    assert since == ["withdraw"]
    assert told(files, "reports/001/notes.json") == []


def test_the_custody_record_in_a_case_is_the_servers(
    organisation: Site, fire: Fire, desk_chromium: Chromium
) -> None:
    with window(desk_chromium, organisation) as desk:
        open_case(desk)
        archive, passphrase = take(desk)
    custody = told(unpacked(pyrage.passphrase.decrypt(archive, passphrase)), "custody.json")
    last = custody["entries"][-1]
    assert (last["member"], last["act"]) == (SECOND.name, "case_exported")
    assert last["subject"] == envelope_id(fire.whole).hex()[:8]
    assert (last["seq"], last["digest"]) == (custody["head"]["seq"], custody["head"]["digest"])
    with store.opened(organisation.ground.database_url):
        for entry in custody["entries"]:
            verify(store.audit.chain(), Head(entry["seq"], bytes.fromhex(entry["digest"])))


def test_a_case_for_a_bodys_own_key_opens_with_that_key_only_and_a_wrong_key_takes_nothing_out(
    organisation: Site, fire: Fire, desk_chromium: Chromium
) -> None:
    body, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    with window(desk_chromium, organisation) as desk:
        open_case(desk)
        desk.page.locator("[data-field=lock-recipient]").check()
        recipient = desk.page.locator("[data-field=recipient]")
        recipient.fill(str(body.to_public())[:-1])
        desk.act("make-case")
        desk.page.locator("[data-problem=recipient]").wait_for()
        with store.opened(organisation.ground.database_url):
            assert "case_exported" not in [entry.act for entry, _ in store.audit.chain()]
        recipient.fill(f" {body.to_public()}\n")
        archive, passphrase = take(desk)
    assert passphrase == ""
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(archive, [stranger])
    files = unpacked(pyrage.decrypt(archive, [body]))
    assert files["reports/001/envelope.bin"] == fire.whole


def test_a_report_that_a_colleague_flags_meanwhile_is_not_taken_out_unseen(
    organisation: Site, fire: Fire, desk_chromium: Chromium
) -> None:
    with window(desk_chromium, organisation) as desk:
        open_case(desk)
        decide(organisation, fire.whole, HAPPENED | {"flags": ["gbv"]}, seen=1)
        desk.act("make-case")
        desk.page.locator("[data-problem=conflict]").wait_for()
        expect(row(desk, fire.whole)).to_have_attribute("data-held-back", "flagged")
        expect(row(desk, fire.whole).locator("input")).not_to_be_checked()
        with store.opened(organisation.ground.database_url):
            assert "case_exported" not in [entry.act for entry, _ in store.audit.chain()]


def test_only_administrators_find_the_way_to_a_case(
    organisation: Site, fire: Fire, desk_chromium: Chromium
) -> None:
    with window(desk_chromium, organisation) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.act("show-events")
        desk.page.locator(f"li[data-event='{EVENT}'] [data-action=open-event]").click()
        desk.page.locator("[data-screen=event] [data-report]").first.wait_for()
        assert desk.page.locator("[data-action=open-case]").count() == 0


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path) -> Iterator[Profile]:
    """A browser that keeps what it is given, as a member's own may."""
    kept = Profile(playwright, tmp_path / "administrator", "en")
    yield kept
    kept.close()


def test_nothing_of_a_case_stays_in_the_browser_or_reaches_the_server_in_the_open(
    organisation: Site, fire: Fire, browser: Profile, tmp_path: Path
) -> None:
    browser.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    desk = Desk(browser.page, organisation.desk.origin)
    sent = sent_by(desk.page)
    open_case(desk)
    row(desk, fire.flagged).locator("input").check()
    desk.page.locator("[data-field=reason]").fill(" ".join(WORDS))
    archive, passphrase = take(desk)
    assert unpacked(pyrage.passphrase.decrypt(archive, passphrase))["case.json"]
    assert stores(desk.page) == [["amana-desk-passes"], 0, "", [], [], 0]
    wire = tmp_path / "wire"
    wire.write_text("\n".join(f"{each.url} {each.post_data}" for each in sent))
    desk.sign_out()
    browser.close()
    words = [*WORDS, passphrase]
    assert traces(words, [wire, *files_below(browser.profile)]) == []
    files = [*files_below(organisation.ground.home), *(zone.log for zone in organisation.zones)]
    assert traces(words, files) == []
