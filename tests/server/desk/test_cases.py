"""Cases: all reports of an event, and what the record says of those that are taken out."""

import hashlib
import json
from typing import Any

from amana.core.audit import BEGINNING

from .conftest import SAFETY, SEALED_NOTE, Desk

EVENT = "0123456789abcdef"
OF_EVENT = {**SAFETY, "event_id": EVENT}


def reports_of(desk: Desk) -> list[dict[str, Any]]:
    answer = desk.get(f"/api/v1/cases/{EVENT}", "administrator")
    reports: list[dict[str, Any]] = answer.get_json()["reports"]
    return reports


def take(desk: Desk, *ids: str) -> dict[str, Any]:
    answer = desk.post("/api/v1/cases", "administrator", json={"ids": list(ids)})
    assert answer.status_code == 201
    custody: dict[str, Any] = answer.get_json()
    return custody


def digest_of(entry: dict[str, Any]) -> str:
    """As docs/CASES.md says it, worked out by nobody else's code."""
    words = [entry[name] for name in ("seq", "day", "member", "act", "subject")]
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    before = bytes.fromhex(entry["before"])
    return hashlib.sha256(b"amana/1/audit" + before + text.encode()).hexdigest()


def test_a_case_has_the_reports_that_do_not_count_too_and_not_those_that_were_moved(
    desk: Desk,
) -> None:
    counted, flagged, withdrawn, moved, other = desk.receive(5)
    desk.assess(counted, OF_EVENT)
    desk.assess(flagged, {**OF_EVENT, "flags": ["gbv"]})
    desk.assess(withdrawn, OF_EVENT)
    desk.assess(withdrawn, {"decision": "withdrawn"}, seen=1)
    desk.assess(moved, OF_EVENT)
    desk.assess(moved, {**SAFETY, "event_id": "f" * 16}, seen=1)
    desk.assess(other, {"decision": "hold"})
    found = {report["envelope"]["id"]: report for report in reports_of(desk)}
    assert set(found) == {counted, flagged, withdrawn}
    assert found[flagged]["envelope"]["latest"]["flags"] == ["gbv"]
    decisions = [version["decision"] for version in found[withdrawn]["assessments"]]
    assert decisions == ["accept", "withdrawn"]
    unknown = desk.get(f"/api/v1/cases/{'0' * 16}", "administrator")
    assert unknown.status_code == 404


def test_custody_is_what_the_record_says_of_these_reports_and_of_no_other(desk: Desk) -> None:
    ours, theirs = desk.receive(2)
    desk.post("/api/v1/parcels", "reviewer", json={"ids": [ours, theirs]})
    desk.post("/api/v1/parcels", "reviewer", json={"ids": [theirs]})
    desk.assess(ours, SAFETY)
    desk.assess(theirs, SAFETY)
    desk.post(f"/api/v1/envelopes/{ours}/notes", "reviewer", json=SEALED_NOTE)
    desk.call("PUT", f"/api/v1/envelopes/{ours}/claim", "reviewer", json={"taking": None})
    desk.call("PUT", f"/api/v1/envelopes/{ours}/claim", "administrator", json={"taking": "urgent"})
    custody = take(desk, ours)
    told = [(one["member"], one["act"], one["others"]) for one in custody["entries"]]
    assert told == [
        ("reviewer", "opened", 1),
        ("reviewer", "assessed", 0),
        ("reviewer", "note_added", 0),
        ("administrator", "took", 0),
        ("administrator", "case_exported", 0),
    ]
    assert theirs[:8] not in json.dumps(custody)


def test_custody_can_be_checked_entry_by_entry_and_against_the_whole_record(desk: Desk) -> None:
    ours, theirs = desk.receive(2)
    desk.post("/api/v1/parcels", "reviewer", json={"ids": [ours, theirs]})
    desk.assess(ours, SAFETY)
    custody = take(desk, ours)
    opened, *whole = custody["entries"]
    assert [digest_of(entry) == entry["digest"] for entry in whole] == [True, True]
    assert digest_of(opened) != opened["digest"]
    assert digest_of({**opened, "subject": f"{ours[:8]} {theirs[:8]}"}) == opened["digest"]
    kept = dict(desk.rows("SELECT seq, digest FROM audit"))
    for entry in custody["entries"]:
        assert entry["digest"] == kept[entry["seq"]].hex()
        assert entry["before"] == kept.get(entry["seq"] - 1, BEGINNING).hex()
    assert custody["head"] == {"seq": max(kept), "digest": kept[max(kept)].hex()}
    assert custody["entries"][-1]["seq"] == custody["head"]["seq"]


def test_taking_out_is_recorded_by_the_reports_and_a_wrong_one_leaves_nothing(desk: Desk) -> None:
    ids = desk.receive(70)
    desk.token("administrator")
    wrong = desk.post("/api/v1/cases", "administrator", json={"ids": [ids[0], "0" * 64]})
    assert wrong.status_code == 404
    taken = "SELECT subject FROM audit WHERE act = 'case_exported'"
    assert desk.rows(taken) == []
    take(desk, *ids, ids[0])
    words = [subject.split(" ") for (subject,) in desk.rows(taken)]
    assert [len(each) for each in words] == [64, 6]
    assert sum(words, []) == [id_[:8] for id_ in ids]
    for wanted in ([], ["0" * 64] * 201, ["x"]):
        refused = desk.post("/api/v1/cases", "administrator", json={"ids": wanted})
        assert refused.status_code == 422
