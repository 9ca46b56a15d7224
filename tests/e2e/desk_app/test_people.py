"""People: invited by a link, let in by digits that were compared, signed out, removed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator

from amana import store
from amana.cli import amana
from amana.core import keys, keyset, members
from amana.core.encoding import b64encode
from amana.core.envelope import envelope_id, seal
from amana.organisation import NewMember, Organisation, export_member, open_desk_seeds
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import put, sample_report, sent_by, window
from tests.e2e.servers import REVIEWER, SECOND, Site

SAMIR = NewMember("سمير", "reviewer", "كلمات هادئة كثيرة لسمير في المكتب")


def sealed(site: Site) -> bytes:
    """A report that has just arrived, sealed to the key set of now."""
    newest = Organisation.load(site.ground.home).key_set.desk[-1].pub
    envelope = seal(sample_report("S01"), newest)
    put(site, envelope)
    return envelope


def acts(site: Site) -> list[tuple[str, str, str]]:
    """What the record says of people, oldest first."""
    with opened(site):
        entries = [(one.member, one.act, one.subject) for one, _ in store.audit.chain()]
    ignored = {"signed_in", "signed_out", "opened", "member_added", "key_made"}
    return [entry for entry in entries if entry[1] not in ignored]


@contextlib.contextmanager
def opened(site: Site) -> Iterator[None]:
    with store.opened(f"sqlite:///{site.ground.database}"):
        yield


def person(desk: Desk, name: str) -> Locator:
    return desk.page.locator(f"[data-member='{name}']")


def digits_on(place: Locator) -> str:
    return place.locator("[data-part=member-digits]").inner_text()


def invite(desk: Desk, member: NewMember) -> str:
    """An administrator's screen of people makes the link of an invitation."""
    desk.act("show-people")
    desk.page.locator("[data-field=new-name]").fill(member.name)
    desk.page.locator("[data-field=role]").select_option(member.role)
    desk.act("invite")
    desk.page.locator(f"[data-invited='{member.name}']").wait_for()
    return desk.page.locator("[data-field=link]").input_value()


def join(desk: Desk, link: str, member: NewMember) -> str:
    """Open the link and join by it; the digits that the new member is shown."""
    desk.page.goto(link)
    desk.page.locator("[data-field=passphrase]").fill(member.passphrase)
    desk.page.locator("[data-field=passphrase_again]").fill(member.passphrase)
    desk.act("join")
    joined = desk.page.locator("[data-screen=joined]")
    joined.wait_for()
    assert joined.locator("[data-part=name]").inner_text() == member.name
    return digits_on(joined)


def let_in(desk: Desk, name: str, digits: str) -> None:
    """Compare the digits, say so, let in."""
    desk.act("show-about")
    desk.act("show-people")
    waiting = person(desk, name)
    assert digits_on(waiting).split() == digits.split()
    waiting.locator("[data-action=let-in]").click(force=True)  # it says to be disabled, and is
    waiting.locator("[data-field=compared]").check()
    waiting.locator("[data-action=let-in]").click()
    desk.page.locator(f"[data-member='{name}'][data-waiting=false]").wait_for()


def remove(desk: Desk, name: str) -> None:
    person(desk, name).locator("[data-action=remove]").click()
    desk.page.locator("dialog[data-screen=remove]").wait_for()
    desk.act("confirm-remove")
    person(desk, name).wait_for(state="detached")


def renew(site: Site, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an operator does on the server's machine, with the root key at hand."""
    recovery = keys.public_key(b"r" * 32)
    root = {**site.ground.root, "amana_recovery": b64encode(recovery)}
    (folder / "root.json").write_text(json.dumps(root))
    (folder / "rima.txt").write_text(SECOND.passphrase)
    monkeypatch.setenv("AMANA_HOME", str(site.ground.home))
    monkeypatch.setenv("AMANA_DATABASE_URL", site.ground.database_url)
    by = ["--by", SECOND.name, "--by-passphrase-file", str(folder / "rima.txt")]
    result = CliRunner().invoke(amana, ["keys", "renew", "--root", str(folder / "root.json"), *by])
    assert result.exit_code == 0, result.output


def test_from_the_invitation_to_the_removal(
    desk_chromium: Chromium, organisation: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    envelope = sealed(organisation)
    with window(desk_chromium, organisation) as rima, window(desk_chromium, organisation) as samir:
        rima.sign_in(SECOND)
        let_in(rima, SAMIR.name, join(samir, invite(rima, SAMIR), SAMIR))
        read(samir, envelope)
        sign_out_everywhere(rima, samir)
        remove(rima, SAMIR.name)
        samir.page.locator("dialog [data-field=passphrase]").fill(SAMIR.passphrase)
        samir.page.locator("dialog [data-action=renew]").click()
        samir.page.locator("dialog [data-problem=wrong_passphrase]").wait_for()
        rima.page.locator("[data-part=must-renew]").wait_for()
        renew(organisation, tmp_path, monkeypatch)
        rima.act("show-about")
        rima.act("show-people")
        go_on(rima, SECOND)
        person(rima, REVIEWER.name).wait_for()
        assert rima.page.locator("[data-part=must-renew]").count() == 0
        later = sealed(organisation)
        work_on(rima, later)
    newest = Organisation.load(organisation.ground.home).key_set.desk[-1].kid
    assert holders(organisation, newest) == {REVIEWER.name, SECOND.name}
    assert acts(organisation) == [
        ("rima", "invited", f"reviewer {SAMIR.name}"),
        (SAMIR.name, "joined", ""),
        ("rima", "granted", f"{organisation.key_set.desk[-1].kid.hex()} {SAMIR.name}"),
        ("rima", "let_in", SAMIR.name),
        ("rima", "ended_sessions", SAMIR.name),
        ("rima", "member_removed", SAMIR.name),
    ]


def read(desk: Desk, envelope: bytes) -> None:
    """Sign in as who was just let in, and read the report."""
    desk.act("to-signin")
    desk.sign_in(SAMIR)
    assert desk.queue() == [envelope_id(envelope).hex()]
    desk.open(envelope_id(envelope))
    assert desk.answers()["event"]
    desk.back()


def work_on(desk: Desk, envelope: bytes) -> None:
    """Open what was sealed to the new key, in the window that was there before; it takes a note."""
    desk.act("show-queue")
    desk.act("refresh")
    desk.page.locator(f"li[data-envelope='{envelope_id(envelope).hex()}']").wait_for()
    desk.open(envelope_id(envelope))
    desk.page.locator("textarea[data-field=note]").wait_for()


def sign_out_everywhere(rima: Desk, samir: Desk) -> None:
    """The other window asks for the passphrase as soon as it wants something of the server."""
    person(rima, SAMIR.name).locator("[data-action=end-sessions]").click()
    rima.page.locator("[data-screen=people][aria-busy=false]").wait_for()
    samir.act("refresh")
    samir.page.locator("dialog[data-screen=renew]").wait_for()


def go_on(desk: Desk, member: NewMember) -> None:
    """Sign in again in place."""
    again = desk.page.locator("dialog[data-screen=renew]")
    again.locator("[data-field=passphrase]").fill(member.passphrase)
    again.locator("[data-action=renew]").click()
    again.wait_for(state="detached")


def holders(site: Site, kid: bytes) -> set[str]:
    """Whose grants of a desk key there are, and open with their passphrases."""
    found = set()
    with opened(site):
        for member in store.members.everyone():
            if kid in {grant.kid for grant in store.grants.of(member.id)}:
                found.add(member.name)
        exported = export_member(REVIEWER.name)
    assert kid in open_desk_seeds(exported, REVIEWER.passphrase)
    return found


def test_the_token_leaves_the_address_bar_and_only_what_was_made_of_the_passphrase_is_sent(
    desk_chromium: Chromium, organisation: Site
) -> None:
    with window(desk_chromium, organisation) as rima, window(desk_chromium, organisation) as samir:
        rima.sign_in(SECOND)
        link = invite(rima, SAMIR)
        token = link.split("#join=")[1]
        assert link.startswith(f"{organisation.desk.origin}/#join=")
        sent = sent_by(samir.page)
        join(samir, link, SAMIR)
        assert samir.page.url == f"{organisation.desk.origin}/"
        asked = [request.url + (request.post_data or "") for request in sent]
        assert [token in each for each in asked].count(True) == 1
        assert not [each for each in asked if SAMIR.passphrase in each]
        assert samir.page.evaluate("localStorage.length + sessionStorage.length") == 0
        samir.page.reload()
        samir.page.locator("[data-screen=signin]").wait_for()


def test_a_link_that_was_used_says_so_and_makes_nobody(
    desk_chromium: Chromium, organisation: Site
) -> None:
    with window(desk_chromium, organisation) as rima, window(desk_chromium, organisation) as samir:
        rima.sign_in(SECOND)
        link = invite(rima, SAMIR)
        join(samir, link, SAMIR)
        samir.act("to-signin")
        samir.page.goto(link)
        for field in ("passphrase", "passphrase_again"):
            samir.page.locator(f"[data-field={field}]").fill("another long passphrase")
        samir.act("join")
        samir.page.locator("[data-problem=invitation]").wait_for()
    with opened(organisation):
        assert len(store.members.everyone()) == 4


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("fifteen letters", "fifteen letters", "passphrase_short"),
        ("sixteen letters.", "sixteen letters!", "passphrase_differs"),
    ],
)
def test_a_passphrase_that_is_short_or_mistyped_makes_no_key(
    desk_chromium: Chromium, site: Site, first: str, again: str, said: str
) -> None:
    with window(desk_chromium, site) as desk:
        sent = sent_by(desk.page)
        desk.page.goto(f"{desk.origin}/#join={'A' * 43}")
        desk.page.locator("[data-field=passphrase]").fill(first)
        desk.page.locator("[data-field=passphrase_again]").fill(again)
        desk.act("join")
        desk.page.locator(f"[data-problem={said}]").wait_for()
        assert not [each.url for each in sent if "/members" in each.url]


def test_a_member_who_waits_sees_nothing_but_the_digits(
    desk_chromium: Chromium, organisation: Site
) -> None:
    basel = NewMember("ليلى", "coordinator", "a quiet passphrase for the newcomer")
    with window(desk_chromium, organisation) as rima, window(desk_chromium, organisation) as other:
        rima.sign_in(SECOND)
        digits = join(other, invite(rima, basel), basel)
        other.act("to-signin")
        sent = sent_by(other.page)
        other.sign_in(basel)
        other.page.locator("[data-screen=waiting]").wait_for()
        assert digits_on(other.page.locator("[data-screen=waiting]")) == digits
        assert {each.url.split("/api/v1/")[1] for each in sent if "/api/" in each.url} == {
            "salts",
            "sessions",
        }
        let_in(rima, basel.name, digits)
        other.sign_out()
        other.sign_in(basel)
        other.page.locator("[data-screen=summary]").wait_for()


def test_a_key_that_was_put_in_between_after_it_was_shown_gets_no_grant(
    desk_chromium: Chromium, organisation: Site
) -> None:
    with window(desk_chromium, organisation) as rima, window(desk_chromium, organisation) as samir:
        rima.sign_in(SECOND)
        join(samir, invite(rima, SAMIR), SAMIR)
        rima.act("show-about")
        rima.act("show-people")
        person(rima, SAMIR.name).locator("[data-field=compared]").check()
        with opened(organisation), store.writing():
            swap_key(SAMIR.name, keys.public_key(b"t" * 32))
        before = digits_on(person(rima, SAMIR.name))
        person(rima, SAMIR.name).locator("[data-action=let-in]").click()
        rima.page.locator("[data-problem=other_key]").wait_for()
        assert digits_on(person(rima, SAMIR.name)) != before
        assert not person(rima, SAMIR.name).locator("[data-field=compared]").is_checked()
    with opened(organisation):
        waiting: Any = store.members.get(SAMIR.name)
        assert waiting.is_waiting
        assert store.grants.of(waiting.id) == []


def swap_key(name: str, public: bytes) -> None:
    table = store.tables.Member
    statement = store.db.update(table).where(table.name == name).values(public_key=public)
    store.db.session.execute(statement)


def test_the_digits_are_those_of_the_key_that_the_server_has(
    desk_chromium: Chromium, site: Site
) -> None:
    with window(desk_chromium, site) as rima:
        rima.sign_in(SECOND)
        rima.act("show-people")
        shown = digits_on(person(rima, REVIEWER.name))
    with opened(site):
        member: Any = store.members.get(REVIEWER.name)
    assert shown.split() == keyset.digits(members.member_print(member.public_key)).split()
