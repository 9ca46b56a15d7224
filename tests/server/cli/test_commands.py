"""The operator's commands, run as an operator runs them."""

import contextlib
import json
import os
import socket
import sqlite3
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from amana import store
from amana.cli import amana
from amana.core import keyset
from amana.core.encoding import b64decode
from amana.core.envelope import envelope_id, seal
from amana.core.parcel import encode_parcel
from amana.core.report import encode_report
from amana.organisation import Organisation, OrganisationError, known_member
from amana.store.factors import Factor

FIRST = "seven plain words for the first member"
SECOND = "seven other words for the second member"
REPORT = {
    "v": 1,
    "kind": "safety",
    "lang": "ar",
    "app": "test",
    "answers": {
        "place": {"pcode": "C3575", "text": "بستان الباشا"},
        "when": "today",
        "event": "arson",
        "basis": "saw",
    },
}


class Desk:
    """A folder with an organisation of one member, and the commands run in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        monkeypatch.chdir(folder)
        monkeypatch.setenv("AMANA_HOME", str(folder / "home"))
        monkeypatch.delenv("AMANA_DATABASE_URL", raising=False)
        (folder / "first.txt").write_text(FIRST + "\n")
        (folder / "second.txt").write_text(SECOND + "\n")

    def run(self, *arguments: str, ok: bool = True, **more: str) -> Result:
        result = CliRunner().invoke(amana, list(arguments), env=more)
        if ok:
            assert result.exception is None, result.output
        return result

    def init(self) -> Result:
        return self.run(
            "init", "--name", "Test desk", "--member", "rima", "--passphrase-file", "first.txt"
        )

    def sealed(self, report: object = REPORT) -> bytes:
        newest = Organisation.load(self.folder / "home").key_set.desk[-1]
        return seal(encode_report(report), newest.pub)  # type: ignore[arg-type]

    def take_in(self, parcel: bytes) -> str:
        (self.folder / "carried.amp").write_bytes(parcel)
        return self.run("parcels", "import", "carried.amp").stdout


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def test_init_writes_the_root_key_and_the_shares_once_and_for_the_owner_only(desk: Desk) -> None:
    desk.init()
    for name in ("amana-root-key.json", "amana-recovery-shares.txt", "home/server.json"):
        assert stat.S_IMODE((desk.folder / name).stat().st_mode) == 0o600
    root = json.loads((desk.folder / "amana-root-key.json").read_text())
    in_folder = b"".join(f.read_bytes() for f in (desk.folder / "home").iterdir())
    assert root["d"].encode() not in in_folder


def test_init_prints_the_root_print_that_the_key_set_verifies_under(desk: Desk) -> None:
    output = desk.init().output
    organisation = Organisation.load(desk.folder / "home")
    assert keyset.digits(b64decode(organisation.root_print)) in output
    assert organisation.key_set.org == "Test desk"


def test_init_never_replaces_an_organisation(desk: Desk) -> None:
    desk.init()
    before = (desk.folder / "home/server.json").read_bytes()
    for name in ("amana-root-key.json", "amana-recovery-shares.txt"):
        (desk.folder / name).rename(desk.folder / f"taken-{name}")
    result = desk.run(
        "init", "--name", "Other", "--member", "x", "--passphrase-file", "first.txt", ok=False
    )
    assert isinstance(result.exception, OrganisationError)
    assert (desk.folder / "home/server.json").read_bytes() == before


@pytest.mark.parametrize("option", ["--name", "--member"])
@pytest.mark.parametrize(
    "name", ["", " ", "Desk\nTier", "\x1b[31mDesk", "Desk\u202e", " Desk", "\udcff"]
)
def test_init_takes_names_that_can_be_seen_only(desk: Desk, option: str, name: str) -> None:
    names = {"--name": "Desk", "--member": "rima", option: name}
    given = [part for pair in names.items() for part in pair]
    failed = desk.run("init", *given, "--passphrase-file", "first.txt", ok=False)
    assert isinstance(failed.exception, OrganisationError)
    assert str(failed.exception).endswith("characters that are seen")
    assert not (desk.folder / "home").exists()
    desk.run("init", "--name", "مكتب\u200cنا", "--member", "ريما", "--passphrase-file", "first.txt")


def test_init_keeps_nothing_when_the_root_key_cannot_be_written_down(desk: Desk) -> None:
    desk.run(
        *("init", "--name", "Desk", "--member", "rima", "--passphrase-file", "first.txt"),
        *("--root-key", "no/such/folder/root.json"),
        ok=False,
    )
    assert not (desk.folder / "home/server.json").exists()
    desk.init()


def test_a_second_organisation_never_moves_into_a_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.init()
    monkeypatch.setenv("AMANA_DATABASE_URL", f"sqlite:///{desk.folder}/home/amana.sqlite3")
    monkeypatch.setenv("AMANA_HOME", str(desk.folder / "other"))
    result = desk.run(
        *("init", "--name", "Other", "--member", "other", "--passphrase-file", "first.txt"),
        *("--root-key", "r2", "--recovery-shares", "s2"),
        ok=False,
    )
    assert str(result.exception) == "the database belongs to an organisation already"
    assert not (desk.folder / "r2").exists()


@pytest.mark.parametrize(
    ("database", "command"),
    [
        ("nonsense", "members list"),
        ("mysql://x/y", "members list"),
        ("sqlite://", "members list"),
        ("postgresql://127.0.0.1:1/none", "members list"),
        (None, "init --name D --member rima --passphrase-file missing.txt"),
        (None, "init --name D --member rima --passphrase-file ."),
        (None, "init --name D --member rima --passphrase-file binary"),
        (None, "init --name D --member= --passphrase-file first.txt"),
        (None, "init --name D --member rima --passphrase-file first.txt --origin nowhere"),
        (None, "serve"),
        (None, "open first.txt --key first.txt"),
        (None, "open first.txt --key list.json"),
        (None, "open first.txt --key object.json --shares first.txt"),
        (None, "parcels import ."),
        (None, "assessments import . --by rima"),
        (None, "assessments import first.txt --by rima --passphrase-file first.txt"),
        (None, "parcels export first.txt/out"),
        (None, "members export rima first.txt/x"),
        (None, "summaries export --from 2031-01-02 --to 2031-01-01 -o week.zip"),
        (None, "summaries export --from soon --to 2031-01-01 -o week.zip"),
        (None, "summaries export --from 2031-01-01 --to 2031-01-01 -o first.txt/week.zip"),
        (None, "summaries verify binary"),
        (None, "summaries verify binary --keyset binary --root-print x"),
    ],
)
def test_what_cannot_be_done_is_said_in_plain_words(
    desk: Desk, database: str | None, command: str
) -> None:
    (desk.folder / "binary").write_bytes(b"\xff\xfe\x00" * 20)
    (desk.folder / "list.json").write_text("[1]")
    (desk.folder / "object.json").write_text('{"grants": [{}]}')
    environment = dict(os.environ)
    if database is not None:
        environment["AMANA_DATABASE_URL"] = database
    done = subprocess.run(
        [sys.executable, "-m", "amana", *command.split(" ")],
        cwd=desk.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith(("amana: ", "Error: "))
    assert not (desk.folder / "home/server.json").exists()


def test_a_short_passphrase_is_refused(desk: Desk) -> None:
    (desk.folder / "first.txt").write_text("short\n")
    result = desk.run(
        "init", "--name", "Desk", "--member", "rima", "--passphrase-file", "first.txt", ok=False
    )
    assert result.exit_code == 2
    assert "at least 16 characters" in result.output


def test_serve_refuses_while_one_member_alone_holds_the_desk_key(desk: Desk) -> None:
    desk.init()
    result = desk.run("serve", ok=False)
    assert isinstance(result.exception, OrganisationError)
    assert "two members" in str(result.exception)


def test_the_demo_refuses_an_address_that_is_taken(desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        result = desk.run("demo", "--report-bind", address, ok=False)
    assert str(result.exception) == f"{address} is taken by another program"


def test_a_member_added_by_a_holder_holds_the_desk_key(desk: Desk) -> None:
    desk.init()
    desk.run(
        *("members", "add", "amal", "--by", "rima"),
        *("--by-passphrase-file", "first.txt", "--passphrase-file", "second.txt"),
    )
    assert "amal\treviewer\tdesk keys: 1" in desk.run("members", "list").output


def test_a_coordinator_is_added_without_the_desk_key(desk: Desk) -> None:
    desk.init()
    desk.run(
        *("members", "add", "basel", "--by", "rima", "--role", "coordinator"),
        *("--by-passphrase-file", "first.txt", "--passphrase-file", "second.txt"),
    )
    assert "basel\tcoordinator\tdesk keys: 0" in desk.run("members", "list").output


def test_adding_a_member_needs_the_granting_members_passphrase(desk: Desk) -> None:
    desk.init()
    result = desk.run(
        *("members", "add", "amal", "--by", "rima"),
        *("--by-passphrase-file", "second.txt", "--passphrase-file", "second.txt"),
        ok=False,
    )
    assert str(result.exception) == "wrong passphrase"
    assert "amal" not in desk.run("members", "list").output


def with_second_factor(desk: Desk) -> None:
    """Two members, the second of whom is signed in and has a second factor."""
    desk.init()
    desk.run(
        *("members", "add", "amal", "--by", "rima"),
        *("--by-passphrase-file", "first.txt", "--passphrase-file", "second.txt"),
    )
    with store.opened(f"sqlite:///{desk.folder}/home/amana.sqlite3"), store.writing():
        member = known_member("amal")
        codes = Factor(bytes(16), "totp", date(2031, 3, 7), counter=1, secret=bytes(48))
        store.factors.add(member.id, codes)
        store.sessions.start(bytes(32), member.id, 0, 1, 1)


def left(desk: Desk) -> tuple[int, int]:
    """How many second factors and sessions there are."""
    with contextlib.closing(sqlite3.connect(desk.folder / "home/amana.sqlite3")) as found:
        query = "SELECT (SELECT count(*) FROM factors), (SELECT count(*) FROM sessions)"
        counted: tuple[int, int] = found.execute(query).fetchone()
    return counted


def test_an_administrator_resets_a_lost_second_factor_which_ends_the_members_sessions(
    desk: Desk,
) -> None:
    with_second_factor(desk)
    desk.run("members", "reset-factor", "amal", "--by", "rima", "--by-passphrase-file", "first.txt")
    assert left(desk) == (0, 0)
    with contextlib.closing(sqlite3.connect(desk.folder / "home/amana.sqlite3")) as found:
        last = "SELECT member, act, subject FROM audit ORDER BY seq DESC LIMIT 1"
        assert found.execute(last).fetchone() == ("rima", "factor_reset", "amal")


@pytest.mark.parametrize(
    ("by", "file", "said"),
    [
        ("rima", "second.txt", "wrong passphrase"),
        ("amal", "second.txt", "only an administrator resets a second factor"),
        ("nobody", "first.txt", "no member of that name"),
    ],
)
def test_nobody_else_resets_a_second_factor(desk: Desk, by: str, file: str, said: str) -> None:
    with_second_factor(desk)
    result = desk.run(
        *("members", "reset-factor", "amal", "--by", by, "--by-passphrase-file", file), ok=False
    )
    assert str(result.exception) == said
    assert left(desk) == (1, 1)


def test_a_second_factor_setting_that_is_misspelt_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.init()
    monkeypatch.setenv("AMANA_SECOND_FACTOR", "requierd")
    result = desk.run("serve", ok=False)
    assert str(result.exception) == "AMANA_SECOND_FACTOR must be offered or required"


def test_a_carried_parcel_is_taken_in_once(desk: Desk) -> None:
    desk.init()
    sealed = desk.sealed()
    assert desk.take_in(encode_parcel([sealed])) == "1 stored, 0 known, 0 parked, 0 refused\n"
    assert desk.take_in(encode_parcel([sealed])) == "0 stored, 1 known, 0 parked, 0 refused\n"


def test_one_bad_record_in_a_carried_parcel_leaves_the_others(desk: Desk) -> None:
    desk.init()
    stranger = b"\x07" + (3).to_bytes(4, "big") + b"abc" + b"\x00"
    parcel = encode_parcel([desk.sealed()]) + stranger
    assert desk.take_in(parcel) == "1 stored, 0 known, 0 parked, 1 refused\n"


def test_a_carried_file_that_is_no_parcel_is_one_plain_line(desk: Desk) -> None:
    desk.init()
    (desk.folder / "holiday.jpg").write_bytes(b"\xff\xd8\xff")
    result = desk.run("parcels", "import", "holiday.jpg", ok=False)
    assert str(result.exception) == "holiday.jpg is not a parcel (version)"


def test_an_exported_report_opens_without_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.init()
    sealed = desk.sealed()
    desk.take_in(encode_parcel([sealed]))
    desk.run("members", "export", "rima", "rima.json")
    desk.run("parcels", "export", "out")
    monkeypatch.setenv("AMANA_HOME", str(desk.folder / "another-machine"))
    result = desk.run("open", "out", "--key", "rima.json", "--passphrase-file", "first.txt")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"id": envelope_id(sealed).hex(), "report": REPORT}
    ]


def test_a_report_that_does_not_open_is_named_with_its_reason(desk: Desk) -> None:
    desk.init()
    desk.run("members", "export", "rima", "rima.json")
    sealed = bytearray(desk.sealed())
    sealed[-1] ^= 1
    (desk.folder / "bent.amn").write_bytes(sealed)
    result = desk.run("open", "bent.amn", "--key", "rima.json", "--passphrase-file", "first.txt")
    assert json.loads(result.stdout)["error"] == "open"


def test_two_recovery_shares_open_every_report_and_one_does_not(desk: Desk) -> None:
    desk.init()
    (desk.folder / "one.amn").write_bytes(desk.sealed())
    desk.run("members", "export-recovery", "recovery.json")
    shares = (desk.folder / "amana-recovery-shares.txt").read_text().splitlines()
    (desk.folder / "two.txt").write_text("\n".join(shares[1:]))
    (desk.folder / "lone.txt").write_text(shares[0])
    opened = desk.run("open", "one.amn", "--key", "recovery.json", "--shares", "two.txt").stdout
    assert json.loads(opened)["report"] == REPORT
    failed = desk.run("open", "one.amn", "--key", "recovery.json", "--shares", "lone.txt", ok=False)
    assert isinstance(failed.exception, OrganisationError)


def test_opened_reports_are_written_for_the_owner_only(desk: Desk) -> None:
    desk.init()
    (desk.folder / "one.amn").write_bytes(desk.sealed())
    desk.run("members", "export", "rima", "rima.json")
    desk.run(
        *("open", "one.amn", "--key", "rima.json", "--passphrase-file", "first.txt"),
        *("-o", "opened.jsonl"),
    )
    assert stat.S_IMODE((desk.folder / "opened.jsonl").stat().st_mode) == 0o600


def test_the_record_is_verified_and_what_was_cut_off_is_found_by_a_noted_head(desk: Desk) -> None:
    desk.init()
    noted = desk.run("audit", "head").output.strip()
    desk.run("members", "export", "rima", "rima.json")
    desk.run("summaries", "export", "--from", "2031-03-03", "--to", "2031-03-09", "-o", "week.zip")
    assert desk.run("audit", "verify", "--head", noted).output == "The record holds: 4 entries.\n"
    with sqlite3.connect(desk.folder / "home" / "amana.sqlite3") as connection:
        connection.execute("DROP TRIGGER audit_delete")
        connection.execute("DELETE FROM audit WHERE seq > 1")
    connection.close()
    assert "1 entries" in desk.run("audit", "verify").output
    failed = desk.run("audit", "verify", "--head", noted, ok=False)
    assert isinstance(failed.exception, OrganisationError)
    assert str(failed.exception) == "the record is broken at entry 2"
    assert desk.run("audit", "verify", "--head", "2:zz", ok=False).exit_code == 2


def test_a_threshold_below_its_floor_stops_the_command(desk: Desk) -> None:
    desk.init()
    week = ("--from", "2025-03-03", "--to", "2025-03-09")
    for given in ("2", "many", "-3"):
        asked = ("summaries", "export", *week, "-o", "week.zip")
        failed = desk.run(*asked, ok=False, AMANA_K_REPORTS=given)
        assert isinstance(failed.exception, OrganisationError)


@pytest.mark.parametrize(
    "name", ["a\nb", "a\tb", "\x1b[31ma", " ", " a", "a ", "\u202ea", "\u200b", "\udcff\udcfe"]
)
def test_a_token_s_name_can_be_seen_and_stays_in_its_line(desk: Desk, name: str) -> None:
    desk.init()
    failed = desk.run("tokens", "add", name, "--tier", "public", ok=False)
    assert (failed.exit_code, "that are seen" in failed.output) == (2, True)
    assert desk.run("tokens", "list").output == ""


def test_names_that_older_versions_took_are_spelled_out(desk: Desk) -> None:
    desk.init()
    desk.run("tokens", "add", "برنامج\u200cنا", "--tier", "public")
    desk.run("tokens", "add", "Partner", "--tier", "partners")
    with sqlite3.connect(desk.folder / "home/amana.sqlite3") as connection:
        forged = "x\n3\tPress\tpublic\x1b[31m\u202e"
        connection.execute("UPDATE tokens SET name = ? WHERE id = 2", (forged,))
    connection.close()
    first, second = desk.run("tokens", "list").output.splitlines()
    assert first.startswith("1\tبرنامج\u200cنا\tpublic\t")
    assert second.startswith("2\tx\\n3\\tPress\\tpublic\\x1b[31m\\u202e\tpartners\t")


@pytest.mark.parametrize("number", ["0", "-1", str(2**31), "9" * 20])
def test_a_number_that_no_token_can_have_is_refused(desk: Desk, number: str) -> None:
    desk.init()
    assert desk.run("tokens", "revoke", "--", number, ok=False).exit_code == 2


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["init"],
        ["demo"],
        ["serve"],
        ["serve", "report"],
        ["members", "add"],
        ["members", "remove"],
        ["keys", "renew"],
        ["members", "reset-factor"],
        ["parcels", "import"],
        ["open"],
        ["assessments", "import"],
        ["summaries", "export"],
        ["summaries", "verify"],
    ],
    ids=lambda command: " ".join(command) or "amana",
)
def test_every_command_explains_itself(command: list[str]) -> None:
    result = CliRunner().invoke(amana, [*command, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4


def test_tokens_of_programs_are_made_listed_and_revoked_and_recorded(desk: Desk) -> None:
    desk.init()
    token = desk.run("tokens", "add", "Partner", "--tier", "partners").output.strip()
    until = ("--until", "2999-12-31")
    desk.run("tokens", "add", "Press", "--tier", "public", *until)
    assert len(b64decode(token)) == 32
    assert desk.run("tokens", "list").output == (
        "1\tPartner\tpartners\tdoes not end\tnever used\n"
        "2\tPress\tpublic\tuntil 2999-12-31\tnever used\n"
    )
    desk.run("tokens", "revoke", "1")
    assert "Partner" not in desk.run("tokens", "list").output
    assert isinstance(desk.run("tokens", "revoke", "1", ok=False).exception, OrganisationError)
    for wrong in (("", "--tier", "public"), ("x", "--tier", "all"), ("x" * 65, "--tier", "public")):
        assert desk.run("tokens", "add", *wrong, ok=False).exit_code == 2
    past = desk.run("tokens", "add", "x", "--tier", "public", "--until", "2001-01-01", ok=False)
    assert past.exit_code == 2
    with sqlite3.connect(desk.folder / "home/amana.sqlite3") as connection:
        told = "SELECT act, subject FROM audit WHERE act LIKE 'token%' ORDER BY seq"
        assert connection.execute(told).fetchall() == [
            ("token_made", "partners Partner"),
            ("token_made", "public Press"),
            ("token_revoked", "partners Partner"),
        ]
