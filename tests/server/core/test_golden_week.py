"""A week of the sample reports, counted by hand: what each tier's table says of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

from amana.core.cells import Cell
from amana.core.disclosure import Divisions, Period, disclose
from amana.core.places import Areas, adm2_of
from amana.core.summary import Assessed, may_leave
from amana.core.tiers import Rules, Thresholds
from amana.core.vocabulary import Vocabulary

from .counting import arrivals, categories, summarise

VOCABULARY, AREAS = Vocabulary.load(), Areas.load()
DIVISIONS = Divisions.of(AREAS, VOCABULARY)
WEEK = Period(date(2031, 3, 3), date(2031, 3, 3))

GRADES = {
    # Burned houses near Jablah, three accounts; S04, who saw calm there, was found to be mistaken.
    "S01": "v3",
    "S02": "v1",
    "S03": "v1",
    "S04": "discounted",
    # The flight from there: 21 to 50 families; S07 heard of more than a hundred.
    "S05": "v2",
    "S06": "v1",
    "S07": "v1",
    # Where they went: the fields beside the base.
    "S08": "v2",
    "S09": "v1",
    "S10": "v1",
    # Searches in Lattakia (2 to 5 people taken), a curfew in Tartous.
    "S11": "v2",
    "S12": "v1",
    "S13": "v2",
    "S14": "v1",
    "S15": "v1",
    # A flight from Banyas: 6 to 20 families.
    "S16": "v2",
    "S17": "v1",
    # Killings near Al-Haffa: 2 to 5 people by the best account; S21 is old material.
    "S18": "v3",
    "S19": "v1",
    "S20": "v1",
    "S21": "discounted",
    # A school in Ash-Shaykh Badr, one account.
    "S22": "v1",
    # Around Jablah: a closed road, shelling (2 to 5 injured), shelling, one person missing.
    "S26": "v2",
    "S27": "v1",
    "S28": "v2",
    "S29": "v1",
    "S30": "v1",
    "S31": "v1",
    # People in the open.
    "S37": "v1",
}
NAMES_SOMEBODY = "S31"
HARMS = ("killed", "injured", "taken")


def rows() -> Iterator[Assessed]:
    """The week as the desk decided on it; all but the report that names somebody may go public."""
    samples = resources.files("amana") / "data" / "sample_reports.jsonl"
    for line in samples.read_text("utf-8").splitlines():
        sample = json.loads(line)
        if sample["id"] in GRADES:
            yield decided(sample)


def decided(sample: dict[str, Any]) -> Assessed:
    truth, answers = sample["truth"], sample["answers"]
    harm = {what: answers.get("harm_count") for what in HARMS if what in answers.get("harm", [])}
    row = Assessed(
        envelope_id=sample["id"].encode().ljust(32),
        assessed=date(2031, 3, 12),
        decision="accept",
        kind=sample["kind"],
        adm3=truth["adm3"],
        day=date.fromisoformat(truth["day"]),
        category=truth["category"],
        adm3_arrival=AREAS.place_adm3(answers.get("to_place", {}).get("pcode")),
        people=answers.get("people_now"),
        room=answers.get("room_left"),
        access=access(answers),
        event_id=truth["event"].encode().hex(),
        verification=GRADES[sample["id"]],
        severity=str(truth.get("severity", 1)),
        households=answers.get("households"),
        flags=("personal_data",) if sample["id"] == NAMES_SOMEBODY else (),
        release_tier="public",
    )
    return replace(row, **harm)


def access(answers: dict[str, Any]) -> str | None:
    """What the vocabulary suggests for an answer, as the desk's form does."""
    for question in ("access", "can_leave"):
        option = VOCABULARY.options[question].get(answers.get(question, ""))
        if option and "access_level" in option.more:
            return str(option.more["access_level"])
    return None


def counted(leaves: bool) -> dict[tuple[str, str], Cell]:
    cells = summarise((row for row in rows() if not leaves or may_leave(row)), VOCABULARY)
    return {(cell.key.area, cell.key.kind): cell for cell in cells}


def table(tier: str) -> list[Cell]:
    kept = [row for row in rows() if tier == "internal" or may_leave(row)]
    cells = [*summarise(kept, VOCABULARY, (str, adm2_of)), *categories(kept)]
    if tier == "internal":
        cells += arrivals(kept, VOCABULARY)
    return disclose(cells, Rules.of(tier, Thresholds()), WEEK, DIVISIONS)


def told(tier: str) -> dict[tuple[str, str], int | None]:
    rows = (cell for cell in table(tier) if cell.key.area and not cell.key.category)
    return {(cell.key.area, cell.key.kind): cell.reports for cell in rows}


def types(tier: str) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    parts = (cell for cell in table(tier) if cell.key.category)
    return {(cell.key.area, cell.key.category): (cell.reports, cell.events) for cell in parts}


def test_the_week_is_what_was_added_up_by_hand() -> None:
    week = counted(leaves=False)
    assert {key: (cell.reports, cell.events) for key, cell in week.items()} == {
        ("SY0600", "safety"): (2, 1),  # S11 + S12
        # 3 of the burned houses + 2 of the road + 2 and 1 of the shelling + 1 missing; 5 events
        ("SY0602", "safety"): (3 + 2 + 2 + 1 + 1, 5),
        ("SY0604", "safety"): (3, 1),  # S18 to S20; S21 is discounted
        ("SY1000", "safety"): (3, 1),  # S13 to S15
        ("SY0602", "displacement"): (3, 1),  # S05 to S07
        ("SY1002", "displacement"): (2, 1),  # S16 + S17
        ("SY0602", "shelter"): (3 + 1, 2),  # beside the base, in the open
        ("SY1003", "shelter"): (1, 1),  # S22
    }


def test_people_of_the_week_are_those_of_the_best_verified_reports() -> None:
    week = counted(leaves=False)
    fled = week["SY0602", "displacement"]
    assert (fled.hh_min, fled.hh_mid, fled.hh_max) == (21, 35, 50)  # S05, not S07's 101 or more
    jablah, haffa = week["SY0602", "safety"], week["SY0604", "safety"]
    assert (jablah.injured_min, jablah.injured_max) == (2, 5)  # S28
    assert jablah.taken_min is None  # S31 is a v1: not yet counted as harm
    assert (haffa.killed_min, haffa.killed_max) == (2, 5)  # S18, not S19's 6 to 10
    assert (jablah.v1, jablah.v2, jablah.v3plus, jablah.contested) == (2, 2, 1, 0)
    assert jablah.severity == 3


def test_inside_two_reports_are_withheld_and_so_are_totals_that_would_tell_them() -> None:
    table = told("internal")
    withheld = {key for key, reports in table.items() if reports is None}
    assert withheld == {
        *{("SY0600", "safety"), ("SY06", "safety")},  # the rest of Lattakia would be these two
        *{("SY1002", "displacement"), ("SY10", "displacement")},
        *{("SY1003", "shelter"), ("SY10", "shelter")},
    }
    assert (table["SY06", "displacement"], table["SY10", "safety"]) == (3, 3)


def test_what_leaves_has_two_events_and_nobody_s_name() -> None:
    table = {key: reports for key, reports in told("partners").items() if reports is not None}
    assert table == {
        ("SY0602", "safety"): 8,  # 9 without S31
        # None of its subdistricts: the 2 injured of one of them are too few to be told.
        ("SY0602", "shelter"): 4,
        ("SY06", "shelter"): 4,
    }


def test_shelters_of_the_week_are_as_the_latest_reports_say() -> None:
    jablah, badr = counted(leaves=False)["SY0602", "shelter"], counted(False)["SY1003", "shelter"]
    # S10 tells of the fields beside the base a day after S08: more than 500, overcrowded. In the
    # open are 101 to 250 (S37), and there is room for few.
    people = (jablah.site_people_min, jablah.site_people, jablah.site_people_max)
    assert people == (501 + 101, 750 + 175, None)
    rooms = (jablah.sites_room, jablah.sites_full, jablah.sites_over, jablah.sites_closed)
    assert rooms == (1, 0, 1, 0)
    assert (badr.site_people_min, badr.site_people, badr.site_people_max) == (51, 75, 100)  # S22
    assert jablah.is_exposed
    assert not badr.is_exposed


def test_access_of_the_week_is_the_worst_of_its_last_three_days() -> None:
    week = counted(leaves=False)
    assert week["SY0602", "safety"].access_level == "blocked"  # S02 on Friday; S26 was on Thursday
    assert week["SY0602", "shelter"].access_level == "limited"  # S08, S10 and S37
    assert week["SY1003", "shelter"].access_level == "open"  # S22


def test_types_of_the_week_are_told_while_what_they_leave_could_be() -> None:
    assert types("internal") == {
        # Of 9 reports 3 + 3; what is left, the road's 2 and the missing one's, is 3 in 2 events.
        ("SY0602", "arson"): (3, 1),  # S01 to S03
        ("SY0602", "shelling"): (2 + 1, 2),  # S28 + S29, S30
        ("SY0602", "home_burned"): (3, 1),  # S05 to S07
        ("SY0604", "killing"): (3, 1),  # S18 to S20
        ("SY1000", "curfew"): (3, 1),  # S13 to S15
    }
    # Two events each: not arson. Of the shelters one has 3 reports and the other 1.
    assert types("partners") == {("SY0602", "shelling"): (3, 2)}


def test_families_of_the_week_came_from_the_village_to_the_fields_of_its_own_district() -> None:
    (fled,) = (cell for cell in table("internal") if cell.came_mid is not None)
    assert fled.key.area == "SY0602"
    assert (fled.came_min, fled.came_mid, fled.came_max, fled.net) == (21, 35, 50, 35 - 35)
    assert all(cell.came_mid is None for cell in table("partners"))


def test_the_public_is_not_told_of_shelters_that_can_be_attacked() -> None:
    assert told("partners")["SY0602", "shelter"] == 4
    assert told("public")["SY0602", "shelter"] is None
