"""Decisions made without a network come back: each once, in the name of who made it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from amana import clock, store
from amana.cli import amana
from amana.core.audit import verify
from amana.core.envelope import envelope_id, seal
from amana.core.parcel import encode_parcel
from amana.core.report import encode_report
from amana.organisation import NewMember, Organisation, Plan, create_organisation
from tests.server.conftest import MEMBERS

HOLD = {"decision": "hold"}
ACCEPT = {
    "decision": "accept",
    "kind": "safety",
    "adm3": "SY060200",
    "place_precision": "adm3",
    "day": "2031-03-05",
    "time_precision": "day",
    "category": "arson",
    "severity": "3",
    "verification": "v4",
}
REPORT = {
    "v": 1,
    "kind": "safety",
    "lang": "ar",
    "app": "test",
    "answers": {"place": {"pcode": "C3575"}, "when": "today", "event": "arson", "basis": "saw"},
}


class Desk:
    """A desk of three members over one database, and what is carried to it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        for name, _, passphrase in MEMBERS:
            (folder / f"{name}.txt").write_text(passphrase)

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(amana, list(arguments))

    def carry(self, *lines: dict[str, Any] | bytes, by: str = "rima") -> Result:
        """Import a file of these lines."""
        encoded = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        (self.folder / "carried.jsonl").write_bytes(b"\n".join(encoded) + b"\n")
        passphrase = ("--passphrase-file", str(self.folder / f"{by}.txt"))
        file = str(self.folder / "carried.jsonl")
        return self.run("assessments", "import", file, "--by", by, *passphrase)

    def receive(self, *sealed: bytes) -> list[str]:
        with store.opened(self.url), store.writing():
            return [put.id.hex() for put in store.envelopes.put(sealed, clock.today())]

    def kept(self, identity: str) -> list[tuple[str, str]]:
        """Who decided what, oldest first."""
        with store.opened(self.url):
            versions = store.assessments.versions(bytes.fromhex(identity))
        return [(version.member, version.fields["decision"]) for version in versions]

    def grade(self) -> str | None:
        """The verification of the only report that was assessed, as it counts."""
        with store.opened(self.url):
            (assessed,) = store.latest.by_event()
        return assessed.verification

    def acts(self) -> list[tuple[str, str, str]]:
        """Who carried in what, oldest first; the chain holds."""
        with store.opened(self.url):
            verify(store.audit.chain())
            entries = store.audit.page(None, 100).entries
        return [
            (entry.member, entry.act, entry.subject)
            for entry in reversed(entries)
            if entry.act == "carried_in"
        ]


@pytest.fixture
def desk(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("AMANA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("AMANA_DATABASE_URL", database_url)
    plan = Plan("Test desk", [NewMember(name, *rest) for name, *rest in MEMBERS])
    create_organisation(tmp_path / "home", database_url, plan, clock.today())
    return Desk(tmp_path, database_url)


def line(
    identity: str, assessment: dict[str, Any] = HOLD, version: int = 0, member: str = "rima"
) -> dict[str, Any]:
    return {"id": identity, "version": version, "member": member, "assessment": assessment}


def told(result: Result) -> list[str]:
    return [*result.stderr.splitlines(), *([str(result.exception)] if result.exception else [])]


def test_what_was_opened_without_a_network_is_decided_there_and_carried_back(desk: Desk) -> None:
    newest = Organisation.load(desk.folder / "home").key_set.desk[-1]
    sealed = seal(encode_report(REPORT), newest.pub)
    desk.receive(sealed)
    (desk.folder / "parcel.amp").write_bytes(encode_parcel([sealed]))
    key = str(desk.folder / "rima.json")
    desk.run("members", "export", "rima", key)
    opened = desk.run(
        *("open", str(desk.folder / "parcel.amp"), "--key", key),
        *("--passphrase-file", str(desk.folder / "rima.txt")),
    )
    (found,) = [json.loads(line) for line in opened.stdout.splitlines()]
    result = desk.carry(line(found["id"], ACCEPT))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("1 kept, 0 known,")
    identity = envelope_id(sealed).hex()
    assert desk.kept(identity) == [("rima", "accept")]
    assert desk.acts() == [("rima", "carried_in", f"{identity} 1 accept")]


def test_a_file_carried_twice_is_known_and_kept_and_recorded_once(
    desk: Desk, sealed: Callable[[], bytes]
) -> None:
    identity, other = desk.receive(sealed(), sealed())
    first = line(identity), line(identity, ACCEPT, 1), b"", line(other)
    assert desk.carry(*first).stdout.startswith("3 kept, 0 known,")
    again = desk.carry(*first[1:])
    assert (again.exit_code, again.stdout[:16]) == (0, "0 kept, 2 known,")
    assert desk.kept(identity) == [("rima", "hold"), ("rima", "accept")]
    assert len(desk.acts()) == 3


def test_a_line_that_is_not_taken_in_is_named_and_leaves_the_others_alone(
    desk: Desk, sealed: Callable[[], bytes]
) -> None:
    taken, free = desk.receive(sealed(), sealed())
    desk.carry(line(taken, member="amal"), by="amal")
    result = desk.carry(line(taken, ACCEPT), line("0" * 64), b"{", line(free))
    assert told(result) == [
        "line 1: conflict",
        "line 2: not_found",
        "line 3: invalid",
        "lines that were not taken in: 3",
    ]
    assert result.stdout == (
        "1 kept, 0 known, 0 of other members, 1 in conflict, 1 not found, 1 invalid\n"
    )
    assert desk.kept(taken) == [("amal", "hold")]
    assert desk.kept(free) == [("rima", "hold")]


def test_what_is_carried_is_held_to_the_door_s_form_and_nothing_of_it_is_repeated(
    desk: Desk, sealed: Callable[[], bytes]
) -> None:
    (identity,) = desk.receive(sealed())
    good = line(identity)
    lines: list[dict[str, Any] | bytes] = [
        good | {"report": {"note": "canary"}},
        good | {"assessment": HOLD | {"note": "canary"}},
        good | {"assessment": {"decision": "canary"}},
        good | {"assessment": ["canary"]},
        good | {"assessment": {"decision": "accept"}},
        good | {"id": "canary"},
        good | {"id": identity[:62]},
        good | {"version": -1},
        good | {"version": True},
        good | {"version": 10**30},
        good | {"member": 7},
        {"canary": 1},
        b'["canary"]',
        b"canary \xff",
    ]
    result = desk.carry(*lines)
    named = [f"line {number}: invalid" for number in range(1, len(lines) + 1)]
    assert told(result) == [*named, f"lines that were not taken in: {len(lines)}"]
    assert "canary" not in result.output
    assert desk.kept(identity) == []


def test_nobody_decides_in_a_colleague_s_name(desk: Desk, sealed: Callable[[], bytes]) -> None:
    (identity,) = desk.receive(sealed())
    both = line(identity, ACCEPT), line(identity, ACCEPT, 1, "amal")
    assert desk.carry(*both).stdout.startswith("1 kept, 0 known, 1 of other members,")
    assert (desk.kept(identity), desk.grade()) == ([("rima", "accept")], "v3")
    (desk.folder / "amal.txt").write_text("a passphrase of rima")
    assert str(desk.carry(*both, by="amal").exception) == "wrong passphrase"
    assert desk.grade() == "v3"
    (desk.folder / "amal.txt").write_text("a passphrase of amal")
    assert desk.carry(both[1], by="amal").exit_code == 0
    assert desk.grade() == "v4"


def test_who_may_not_read_reports_carries_no_decisions_in(
    desk: Desk, sealed: Callable[[], bytes]
) -> None:
    (identity,) = desk.receive(sealed())
    result = desk.carry(line(identity, member="basel"), by="basel")
    assert str(result.exception) == "this member holds no desk key"
    assert desk.kept(identity) == []
