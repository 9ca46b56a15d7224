"""A new desk key, and members who go, as an operator does it with the root key at hand."""

import json
import os
from pathlib import Path

import pytest
from click.testing import Result

from amana import clock, store
from amana.config import Settings
from amana.core.envelope import open_envelope
from amana.core.keyset import KeySet, digits
from amana.core.members import member_print
from amana.core.refusal import Refusal
from amana.desk.tokens import issue
from amana.organisation import (
    Organisation,
    OrganisationError,
    export_member,
    known_member,
    open_desk_seeds,
)
from amana.report import create_report_app

from .test_commands import FIRST, SECOND, Desk

BY = ("--by", "rima", "--by-passphrase-file", "first.txt")
ROOT = ("--root", "amana-root-key.json")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An organisation with two holders and a coordinator."""
    desk = Desk(tmp_path, monkeypatch)
    desk.init()
    for name, role in (("amal", "reviewer"), ("basel", "coordinator")):
        desk.run(*("members", "add", name, "--role", role, "--passphrase-file", "second.txt"), *BY)
    return desk


def url(desk: Desk) -> str:
    return f"sqlite:///{desk.folder}/home/amana.sqlite3"


def key_set(desk: Desk) -> KeySet:
    return Organisation.load(desk.folder / "home").key_set


def seeds(desk: Desk, name: str, passphrase: str) -> dict[bytes, bytes]:
    with store.opened(url(desk)):
        return open_desk_seeds(export_member(name), passphrase)


def acts(desk: Desk) -> list[tuple[str, str, str]]:
    with store.opened(url(desk)):
        return [(one.member, one.act, one.subject) for one, _ in store.audit.chain()]


def refusal(result: Result) -> str:
    assert isinstance(result.exception, OrganisationError)
    return str(result.exception)


def test_after_renewing_new_reports_open_with_the_new_key_and_old_ones_with_the_old(
    desk: Desk,
) -> None:
    before, old = desk.sealed(), key_set(desk)
    desk.run("keys", "renew", *ROOT, *BY)
    after, new = desk.sealed(), key_set(desk)
    assert (new.org, new.receipt, new.desk[:-1]) == (old.org, old.receipt, old.desk)
    for name, passphrase in (("rima", FIRST), ("amal", SECOND)):
        held = seeds(desk, name, passphrase)
        assert open_envelope(before, held) == open_envelope(after, held)
    with pytest.raises(Refusal):
        open_envelope(after, {kid: held[kid] for kid in [old.desk[-1].kid]})
    assert "basel\tcoordinator\tdesk keys: 0" in desk.run("members", "list").output
    assert acts(desk)[-1] == ("rima", "key_made", new.desk[-1].kid.hex())


def test_renewing_tells_the_digits_of_every_key_that_the_new_one_was_granted_to(desk: Desk) -> None:
    told = desk.run("keys", "renew", *ROOT, *BY).output
    with store.opened(url(desk)):
        members_ = {one.name: one.public_key for one in store.members.everyone()}
    for name in ("rima", "amal"):
        assert f"{name}\t{digits(member_print(members_[name]))}\n" in told
    assert "basel" not in told


def test_recovery_shares_open_what_is_sealed_to_the_new_key(desk: Desk) -> None:
    desk.run("keys", "renew", *ROOT, *BY)
    (desk.folder / "one.amn").write_bytes(desk.sealed())
    desk.run("members", "export-recovery", "recovery.json")
    shares = ("--shares", "amana-recovery-shares.txt")
    opened = desk.run("open", "one.amn", "--key", "recovery.json", *shares).stdout
    assert "report" in json.loads(opened)


def test_removing_a_member_renews_the_key_and_grants_it_to_who_stays(desk: Desk) -> None:
    desk.run("members", "add", "samir", "--passphrase-file", "second.txt", *BY)
    desk.run("members", "remove", "amal", *ROOT, *BY)
    with store.opened(url(desk)):
        assert store.members.get("amal") is None
        assert not store.desk_keys.must_renew()
        assert store.grants.holders(key_set(desk).desk[-1].kid) == 2
    assert "amal" not in desk.run("members", "list").output
    assert [act[:2] for act in acts(desk)[-2:]] == [
        ("rima", "member_removed"),
        ("rima", "key_made"),
    ]
    again = desk.run("members", "add", "amal", "--passphrase-file", "second.txt", *BY, ok=False)
    assert refusal(again) == "a member has or had that name"


def test_removing_a_member_revokes_the_tokens_that_they_made(desk: Desk) -> None:
    desk.run("members", "add", "samir", "--passphrase-file", "second.txt", *BY)
    desk.run("tokens", "add", "sheet", "--tier", "public")
    with store.opened(url(desk)), store.writing():
        amal = known_member("amal")
        issue("screen", "partners", None, clock.today(), amal.id)
    desk.run("members", "remove", "amal", *ROOT, *BY)
    with store.opened(url(desk)):
        assert [(one.name, one.made_by) for one in store.tokens.everyone()] == [("sheet", None)]
    assert acts(desk)[-3:-1] == [
        ("rima", "member_removed", "amal"),
        ("rima", "token_revoked", "partners screen"),
    ]


def test_until_the_new_key_set_is_served_the_desk_says_that_the_key_must_be_renewed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run("members", "add", "samir", "--passphrase-file", "second.txt", *BY)

    def break_down(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", break_down)
        desk.run("members", "remove", "amal", *ROOT, *BY, ok=False)
    with store.opened(url(desk)):
        assert store.members.get("amal") is None
        assert store.desk_keys.must_renew()
    desk.run("keys", "renew", *ROOT, *BY)
    with store.opened(url(desk)):
        assert not store.desk_keys.must_renew()


def test_every_session_ends_when_the_key_is_renewed(desk: Desk) -> None:
    with store.opened(url(desk)), store.writing():
        for member in store.members.everyone():
            token = bytes([member.id]) * 32
            store.sessions.start(token, member.id, 1, 10, 10)
    desk.run("keys", "renew", *ROOT, *BY)
    with store.opened(url(desk)):
        assert store.sessions.find(b"\x01" * 32, 2) is None


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("members remove rima", "the desk cannot be without this member"),
        ("members remove nobody", "no member of that name"),
        ("members remove amal --root other.json", "this is not the organisation's root key"),
        ("members remove amal --root first.txt", "first.txt is not a root key"),
        ("members remove amal --root list.json", "list.json is not a root key"),
        (
            "members remove amal --root damaged.json",
            "the recovery key beside the root key is damaged",
        ),
        (
            "members remove amal --root old.json",
            "old.json does not name the recovery key: give --shares, the recovery shares",
        ),
        (
            "keys renew --root old.json --shares lone.txt",
            "these recovery shares are not the organisation's",
        ),
        ("keys renew --by-passphrase-file second.txt", "wrong passphrase"),
        ("keys renew --by basel --by-passphrase-file second.txt", "this member holds no desk key"),
    ],
)
def test_what_is_refused_changes_nothing(desk: Desk, command: str, said: str) -> None:
    root = json.loads((desk.folder / "amana-root-key.json").read_text())
    receipt = json.loads((desk.folder / "home/server.json").read_text())["receipt"]
    noted = root.pop("amana_recovery")
    files = {
        "old.json": root,
        "other.json": {**receipt, "amana_recovery": noted},
        "damaged.json": {**root, "amana_recovery": noted[:-2]},
        "list.json": [1],
    }
    for name, content in files.items():
        (desk.folder / name).write_text(json.dumps(content))
    shares = (desk.folder / "amana-recovery-shares.txt").read_text().splitlines()
    (desk.folder / "lone.txt").write_text(shares[0])
    served, recorded = (desk.folder / "home/keys.jws").read_bytes(), acts(desk)
    result = desk.run(*command.split(" ")[:2], *ROOT, *BY, *command.split(" ")[2:], ok=False)
    assert refusal(result) == said
    assert (desk.folder / "home/keys.jws").read_bytes() == served
    assert acts(desk) == recorded


def test_a_root_key_from_before_takes_two_recovery_shares(desk: Desk) -> None:
    file = desk.folder / "amana-root-key.json"
    root = json.loads(file.read_text())
    del root["amana_recovery"]
    file.write_text(json.dumps(root))
    desk.run("keys", "renew", *ROOT, *BY, "--shares", "amana-recovery-shares.txt")
    assert len(key_set(desk).desk) == 2


def test_phones_get_the_new_key_set_from_a_server_that_runs_and_no_damaged_one(
    desk: Desk, static: Path
) -> None:
    home = desk.folder / "home"
    app = create_report_app(Settings(home=home, database_url=url(desk), static=static))
    client = app.test_client()
    first = client.get("/keys.jws").text
    desk.run("keys", "renew", *ROOT, *BY)
    second = client.get("/keys.jws").text
    assert first != second == (home / "keys.jws").read_text()
    (home / "keys.jws").write_text(first[:-4])
    assert client.get("/keys.jws").text == second
    with app.app_context():
        store.db.engine.dispose()
