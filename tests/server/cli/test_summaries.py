"""Summaries by the command line: packages and files that leave, and whether they are what left."""

import json
import shutil
import sqlite3
import subprocess
import sys
from zipfile import ZipFile

import pytest

from amana.core import keyset
from amana.core.encoding import b64decode
from amana.export.forms import FORMS
from amana.organisation import Organisation, OrganisationError

from .test_commands import Desk, desk

__all__ = ["desk"]
WEEK = ("--from", "2025-03-03", "--to", "2025-03-09")
HOLDS = "Everything is as it was signed.\n"
FILE_HOLDS = "This file is as it was signed.\n"


def refusal(desk: Desk, *arguments: str) -> str:
    failed = desk.run("summaries", "verify", *arguments, ok=False)
    assert isinstance(failed.exception, OrganisationError)
    return str(failed.exception)


def test_a_package_is_kept_as_a_release_and_is_in_the_record(desk: Desk) -> None:
    desk.init()
    desk.run("summaries", "export", *WEEK, "--tier", "public", "-o", "week.zip")
    with ZipFile(desk.folder / "week.zip") as archive:
        told = archive.read("amana-public-2025-03-03-2025-03-09.csv").decode("utf-8-sig")
    assert ",public" in told.splitlines()[1]
    assert told.splitlines()[-1].startswith("#date+start,")
    with sqlite3.connect(desk.folder / "home" / "amana.sqlite3") as connection:
        ((tier, digest),) = connection.execute("SELECT tier, digest FROM releases").fetchall()
        (subject,) = connection.execute(
            "SELECT subject FROM audit WHERE act = 'exported'"
        ).fetchone()
    connection.close()
    assert tier == "public"
    assert subject == f"2025-03-03 2025-03-09 public {digest.hex()[:16]}"
    assert (
        f"in the record as {digest.hex()[:16]}"
        in desk.run(*("summaries", "verify", "week.zip")).output
    )


def test_a_package_that_holds_says_for_whom_and_of_when_it_is(desk: Desk) -> None:
    desk.init()
    desk.run("summaries", "export", *WEEK, "--tier", "partners", "-o", "week.zip")
    said = desk.run("summaries", "verify", "week.zip").output
    for line in (
        "Organisation Test desk",
        "Tier         partners",
        "Period       2025-03-03 to 2025-03-09, areas of level adm2",
    ):
        assert line in said.splitlines()
    assert said.endswith(HOLDS)
    assert [name for name in FORMS if f"-2025-03-09.{name}\n" not in said] == []


@pytest.mark.parametrize("form", FORMS)
def test_one_file_has_its_manifest_beside_it(desk: Desk, form: str) -> None:
    desk.init()
    name = f"week.{form}"
    desk.run("summaries", "export", *WEEK, "--format", form, "-o", name)
    assert desk.run("summaries", "verify", name).output.endswith(FILE_HOLDS)
    (desk.folder / name).rename(desk.folder / "renamed")
    by_name = ("renamed", "--manifest", f"{name}.manifest.json")
    assert desk.run("summaries", "verify", *by_name).output.endswith(FILE_HOLDS)
    with (desk.folder / "renamed").open("ab") as file:
        file.write(b"!")
    assert "was changed" in refusal(desk, *by_name)
    assert desk.run("summaries", "verify", "renamed", ok=False).exit_code == 1


@pytest.mark.parametrize("form", FORMS)
def test_one_file_of_a_package_is_named_as_it_was_signed(desk: Desk, form: str) -> None:
    desk.init()
    desk.run("summaries", "export", *WEEK, "-o", "WEEK.ZIP")
    assert desk.run("summaries", "verify", "WEEK.ZIP").output.endswith(HOLDS)
    with ZipFile(desk.folder / "WEEK.ZIP") as archive:
        archive.extractall(desk.folder)
    own = f"amana-2025-03-03-2025-03-09.{form}"
    (desk.folder / own).rename(desk.folder / "evil\x1b[31m.tiff")
    named = ("--manifest", "manifest.json")
    said = desk.run("summaries", "verify", "evil\x1b[31m.tiff", *named).output
    assert [name for name in FORMS if f".{name}\n" in said] == [form]
    assert said.endswith(f"is called evil\\x1b[31m.tiff here.\n{FILE_HOLDS}")
    (desk.folder / "evil\x1b[31m.tiff").rename(desk.folder / own)
    # The package's manifest is found where it was unpacked; one of the file's own goes before it.
    said = desk.run("summaries", "verify", own).output
    assert said.endswith(f"  {own}\n{FILE_HOLDS}")
    (desk.folder / f"{own}.manifest.json").write_text("{}")
    assert refusal(desk, own) == "this is not a manifest that Amana made"


def test_a_package_is_not_written_under_another_ending(desk: Desk) -> None:
    desk.init()
    failed = desk.run("summaries", "export", *WEEK, "-o", "week.csv", ok=False)
    assert failed.exit_code == 2
    assert "--format" in failed.output
    assert desk.run("summaries", "export", *WEEK, ok=False).exit_code == 2


def test_no_more_than_twenty_years_in_their_order_are_taken_out(desk: Desk) -> None:
    desk.init()
    for days in (("2025-03-10", "2025-03-03"), ("2025-03-03", "2045-03-06")):
        asked = ("--from", days[0], "--to", days[1], "-o", "week.zip")
        failed = desk.run("summaries", "export", *asked, ok=False)
        assert (failed.exit_code, "20 years" in failed.output) == (2, True)
    assert not (desk.folder / "week.zip").exists()


def settled(desk: Desk) -> list[tuple[int]]:
    """How many releases there are, and how many exports the record has."""
    with sqlite3.connect(desk.folder / "home" / "amana.sqlite3") as connection:
        releases = connection.execute("SELECT count(*) FROM releases").fetchall()
        exports = connection.execute("SELECT count(*) FROM audit WHERE act = 'exported'").fetchall()
    connection.close()
    return releases + exports


def test_no_week_is_settled_for_a_file_that_cannot_be_written(desk: Desk) -> None:
    desk.init()
    for more in ((), ("--format", "csv")):
        asked = (*WEEK, "--tier", "public", *more, "-o", "no/such/folder/week.zip")
        failed = desk.run("summaries", "export", *asked, ok=False)
        assert isinstance(failed.exception, FileNotFoundError)
    assert settled(desk) == [(0,), (0,)]


def test_on_a_full_disk_no_week_is_settled_and_the_older_file_stays(desk: Desk) -> None:
    desk.init()
    desk.run("summaries", "export", *WEEK, "--tier", "public", "-o", "week.zip")
    older = (desk.folder / "week.zip").read_bytes()
    here = sorted(desk.folder.iterdir())
    command = [sys.executable, "-m", "amana", "summaries", "export", *WEEK, "-o", "week.zip"]
    # No file may be longer than half a package.
    half = ["prlimit", f"--fsize={len(older) // 2}", "--", *command]
    failed = subprocess.run(half, cwd=desk.folder, capture_output=True, text=True, check=False)
    assert (failed.returncode, failed.stderr) == (1, "amana: week.zip: File too large\n")
    assert (desk.folder / "week.zip").read_bytes() == older
    assert settled(desk) == [(1,), (1,)]
    assert sorted(desk.folder.iterdir()) == here


def test_only_a_file_is_written_over(desk: Desk) -> None:
    desk.init()
    (desk.folder / "full.zip").symlink_to("/dev/full")
    (desk.folder / "week.csv.manifest.json").mkdir()
    for asked in (("-o", "full.zip"), ("--format", "csv", "-o", "week.csv")):
        failed = desk.run("summaries", "export", *WEEK, "--tier", "public", *asked, ok=False)
        assert failed.exit_code == 2
    assert settled(desk) == [(0,), (0,)]
    (desk.folder / "link.zip").symlink_to("week.zip")
    desk.run("summaries", "export", *WEEK, "-o", "link.zip")
    assert (desk.folder / "link.zip").is_symlink()
    assert desk.run("summaries", "verify", "week.zip").output.endswith(HOLDS)


def test_a_changed_package_fails_in_one_line(desk: Desk) -> None:
    desk.init()
    desk.run("summaries", "export", *WEEK, "-o", "week.zip")
    package = (desk.folder / "week.zip").read_bytes()
    (desk.folder / "week.zip").write_bytes(package[:-1])
    assert refusal(desk, "week.zip") == "this is not a package that Amana made, or it was changed"


def test_somebody_else_verifies_with_a_key_set_and_the_digits_of_its_root(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.init()
    desk.run("summaries", "export", *WEEK, "--tier", "public", "-o", "week.zip")
    root_print = Organisation.load(desk.folder / "home").root_print
    digits = keyset.digits(b64decode(root_print))
    shutil.copy(desk.folder / "home/keys.jws", desk.folder / "keys.jws")
    monkeypatch.setenv("AMANA_HOME", str(desk.folder / "nowhere"))
    arabic = digits.translate({ord("0") + n: chr(0x660 + n) for n in range(10)})
    marked = f"\u2066{digits}\u2069"
    dashes = digits.replace(" ", "-"), digits.replace(" ", "\u2013"), digits.replace(" ", "\n")
    for given in (root_print, digits, digits.replace(" ", ""), arabic, marked, *dashes):
        said = desk.run(
            *("summaries", "verify", "week.zip", "--keyset", "keys.jws", "--root-print", given)
        ).output
        assert said.endswith(HOLDS)
        assert "in the record" not in said
    other = ("week.zip", "--keyset", "keys.jws", "--root-print")
    other_digit = digits[:-1] + str((int(digits[-1]) + 1) % 10)
    for wrong in (other_digit, f"{digits}0", f"{digits}x", "A" * 43, "", "0"):
        assert refusal(desk, *other, wrong) == "this is not a key set under that root print"
    assert refusal(desk, "week.zip") == "no organisation here: give --keyset and --root-print"
    assert desk.run("summaries", "verify", *other[:-1], ok=False).exit_code == 2


def test_another_organisation_s_package_does_not_hold(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.init()
    desk.run("summaries", "export", *WEEK, "-o", "week.zip")
    for name in ("amana-root-key.json", "amana-recovery-shares.txt"):
        (desk.folder / name).rename(desk.folder / f"first-{name}")
    monkeypatch.setenv("AMANA_HOME", str(desk.folder / "other"))
    desk.init()
    assert refusal(desk, "week.zip") == (
        "the manifest is signed by a key that is not in this key set"
    )


NOT_RECORDED = "it was signed, but its release is not in the record here"


def changed(desk: Desk, *statements: str) -> None:
    """The database as somebody with the machine in their hands would change it."""
    with sqlite3.connect(desk.folder / "home" / "amana.sqlite3") as connection:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        for (name,) in connection.execute(triggers).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0
    connection.close()


def test_an_organisation_s_name_adds_no_line_to_what_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Older versions made organisations of such names.
    forged = "Desk\nTier         internal\x1b[31m\u202e"
    with monkeypatch.context() as older:
        older.setattr("amana.core.encoding.is_name", lambda *_: True)
        asked = ("--member", "rima", "--passphrase-file", "first.txt")
        desk.run("init", "--name", forged, *asked)
    desk.run("summaries", "export", *WEEK, "--tier", "public", "-o", "week.zip")
    lines = desk.run("summaries", "verify", "week.zip").output.splitlines()
    assert lines[:2] == [
        r"Organisation Desk\nTier         internal\x1b[31m\u202e",
        "Tier         public",
    ]


def test_a_release_that_the_database_does_not_know_does_not_hold(desk: Desk) -> None:
    desk.init()
    shutil.copy(desk.folder / "home/amana.sqlite3", desk.folder / "before.sqlite3")
    desk.run("summaries", "export", *WEEK, "--tier", "public", "-o", "week.zip")
    url = f"sqlite:///{desk.folder / 'before.sqlite3'}"
    failed = desk.run("summaries", "verify", "week.zip", ok=False, AMANA_DATABASE_URL=url)
    assert (failed.exit_code, str(failed.exception)) == (1, NOT_RECORDED)


def test_a_release_that_the_record_does_not_name_does_not_hold(desk: Desk) -> None:
    desk.init()
    desk.run("summaries", "export", *WEEK, "--tier", "public", "-o", "week.zip")
    desk.run("summaries", "export", *WEEK, "--tier", "partners", "-o", "other.zip")
    changed(desk, "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")
    assert desk.run("summaries", "verify", "week.zip").output.endswith(HOLDS)
    assert refusal(desk, "other.zip") == NOT_RECORDED
    changed(desk, "UPDATE audit SET subject = replace(subject, '2025', '2024')")
    assert refusal(desk, "week.zip").startswith("the record is broken at entry")


def test_the_manifest_beside_a_file_is_for_people_too(desk: Desk) -> None:
    desk.init()
    desk.run("summaries", "export", *WEEK, "--format", "csv", "-o", "week.csv")
    told = json.loads((desk.folder / "week.csv.manifest.json").read_text("utf-8"))["manifest"]
    assert (told["org"], told["tier"], told["counts"]["reports_counted"]) == (
        *("Test desk", "internal"),
        0,
    )
