"""Assessments: the vocabulary's fields and nothing else."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.assessment import LAST_DAY, REQUIRED, check_assessment
from amana.core.places import Areas
from amana.core.refusal import Refusal
from amana.core.vocabulary import AssessmentField, Vocabulary

VOCABULARY = Vocabulary.load()
AREAS = Areas.load()

FIRST_MONDAY = date(2000, 1, 3)

ACCEPTED: dict[str, Any] = {
    "decision": "accept",
    "kind": "displacement",
    "adm3": "SY060200",
    "place_precision": "community",
    "day": "2031-03-05",
    "time_precision": "day",
    "category": "home_burned",
    "severity": "3",
    "verification": "v2",
}
FULL: dict[str, Any] = ACCEPTED | {
    "adm3_origin": "SY060201",
    "households": "hh6_20",
    "source_reliability": "C",
    "info_credibility": "2",
    "access": "limited",
    "event_id": "0123456789abcdef",
    "release_tier": "partners",
    "flags": ["child"],
}


def check(fields: dict[str, Any]) -> dict[str, Any]:
    return check_assessment(fields, VOCABULARY, AREAS)


def refused(fields: dict[str, Any]) -> str:
    with pytest.raises(Refusal) as refusal:
        check(fields)
    return refusal.value.layer


def test_a_whole_assessment_is_kept_as_it_is() -> None:
    assert check(FULL) == FULL


@pytest.mark.parametrize("decision", sorted(set(VOCABULARY.options["decision"]) - set(REQUIRED)))
def test_a_decision_that_counts_nothing_needs_nothing_else(decision: str) -> None:
    assert check({"decision": decision}) == {"decision": decision}


def test_a_decision_is_always_needed() -> None:
    assert refused({key: FULL[key] for key in FULL if key != "decision"}) == "schema"


@pytest.mark.parametrize("missing", sorted(REQUIRED["accept"]))
def test_what_counts_needs_every_fact(missing: str) -> None:
    assert refused({key: FULL[key] for key in FULL if key != missing}) == "schema"


def test_a_merge_names_the_event_it_joins() -> None:
    assert refused(ACCEPTED | {"decision": "merge"}) == "schema"
    assert check(ACCEPTED | {"decision": "merge", "event_id": "0" * 16})["event_id"] == "0" * 16


@pytest.mark.parametrize(
    "unknown", ["ref", "version", "member", "note", "place", "pcode", "basis", "DECISION", ""]
)
def test_a_field_outside_the_vocabulary_is_refused(unknown: str) -> None:
    assert refused(FULL | {unknown: "v1"}) == "schema"


@pytest.mark.parametrize("field", VOCABULARY.assessment, ids=lambda field: field.code)
@pytest.mark.parametrize("value", [None, 1, 1.5, True, "", "مرحبا", "x" * 500, [], {}, ["v1", 1]])
def test_a_value_of_another_type_is_refused_in_every_field(
    field: AssessmentField, value: object
) -> None:
    assert refused(FULL | {field.code: value}) == "schema"


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("safety", "households", "hh1"),
        ("safety", "adm3_origin", "SY060201"),
        ("safety", "people", "p1_10"),
        ("shelter", "killed", "n1"),
        ("displacement", "capacity", "p1_10"),
        ("displacement", "homes", "b1"),
    ],
)
def test_a_field_of_another_kind_is_refused(kind: str, field: str, value: str) -> None:
    assert refused({"decision": "hold", "kind": kind, field: value}) == "schema"


@pytest.mark.parametrize(
    ("kind", "own", "foreign"),
    [
        ("displacement", "fear", "arson"),
        ("safety", "arson", "school"),
        ("shelter", "school", "fear"),
    ],
)
def test_the_category_is_one_of_its_kind(kind: str, own: str, foreign: str) -> None:
    hold = {"decision": "hold", "kind": kind}
    assert check(hold | {"category": own})["category"] == own
    assert refused(hold | {"category": foreign}) == "schema"


@pytest.mark.parametrize(
    ("field", "value"), [("category", "other"), ("households", "hh1"), ("killed", "n1")]
)
def test_without_a_kind_nothing_that_hangs_on_it_is_taken(field: str, value: str) -> None:
    assert refused({"decision": "hold", field: value}) == "schema"


def test_without_a_kind_grades_and_flags_are_taken() -> None:
    fields = {"decision": "refer", "verification": "v1", "flags": ["gbv"]}
    assert check(fields) == fields


@pytest.mark.parametrize("code", ["SY0602", "SY06", "C3575", "SY069999", "sy060200", "SY060200 "])
def test_the_place_is_a_known_subdistrict_and_nothing_finer_or_coarser(code: str) -> None:
    assert refused(FULL | {"adm3": code}) == "schema"
    assert refused(FULL | {"adm3_origin": code}) == "schema"


def test_a_day_known_to_the_week_is_moved_to_its_monday() -> None:
    sunday = check(ACCEPTED | {"day": "2031-03-09", "time_precision": "week"})
    assert sunday["day"] == "2031-03-03"


@pytest.mark.parametrize("precision", ["day", "month", "unknown"])
def test_a_day_of_any_other_precision_stays(precision: str) -> None:
    assert check(ACCEPTED | {"time_precision": precision})["day"] == "2031-03-05"


@pytest.mark.parametrize(
    "day",
    [
        "2031-3-5",
        "20310305",
        "2031-W10-3",
        "2031-02-30",
        "2031-03-05T10:00:00",
        "٢٠٣١-٠٣-٠٥",
        "2031-03-05 ",
        "1999-12-31",
        "2100-01-01",
        "0203-03-05",
    ],
)
def test_a_day_has_one_spelling_and_a_plausible_year(day: str) -> None:
    assert refused(ACCEPTED | {"day": day}) == "schema"


@pytest.mark.parametrize(
    "event", ["0123456789ABCDEF", "0123456789abcde", "0123456789abcdef0", "g" * 16, "٠" * 16]
)
def test_an_event_id_is_sixteen_hexadecimal_characters(event: str) -> None:
    assert refused(FULL | {"event_id": event}) == "schema"


def test_flags_are_different_codes_and_get_the_vocabularys_order() -> None:
    assert check(FULL | {"flags": ["hate", "gbv"]})["flags"] == ["gbv", "hate"]
    assert refused(FULL | {"flags": ["gbv", "gbv"]}) == "schema"
    assert refused(FULL | {"flags": []}) == "schema"
    assert refused(FULL | {"flags": "gbv"}) == "schema"


def test_two_orders_of_members_are_one_assessment() -> None:
    turned = {key: FULL[key] for key in reversed(list(FULL))}
    assert list(check(turned).items()) == list(check(FULL).items())


def a_value(field: AssessmentField, kind: str) -> st.SearchStrategy[Any]:
    strategies: dict[str, st.SearchStrategy[Any]] = {
        "id": st.text("0123456789abcdef", min_size=16, max_size=16),
        "pcode": st.sampled_from(sorted(AREAS.adm3)),
        "date": st.dates(FIRST_MONDAY, LAST_DAY).map(date.isoformat),
    }
    codes = st.sampled_from(field.values[kind] or ("",))
    strategies |= {
        "choice": codes,
        "band": codes,
        "multi": st.lists(codes, min_size=1, max_size=6, unique=True),
    }
    return strategies[field.type]


@st.composite
def well_formed(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(VOCABULARY.kinds)))
    fields = {f.code: f for f in VOCABULARY.assessment if kind in f.kinds and f.code != "ref"}
    decision = draw(a_value(fields["decision"], kind))
    needed = REQUIRED.get(decision, frozenset())
    chosen = {code for code in fields if code in needed or draw(st.booleans())} | {"kind"}
    values = {code: draw(a_value(fields[code], kind)) for code in chosen}
    return values | {"kind": kind, "decision": decision}


@given(well_formed())
def test_everything_the_vocabulary_allows_is_taken_and_stays(fields: dict[str, Any]) -> None:
    cleaned = check(fields)
    assert cleaned.keys() == fields.keys()
    assert check(cleaned) == cleaned


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
field_names = st.sampled_from([field.code for field in VOCABULARY.assessment]) | st.text()


@given(st.dictionaries(field_names, json_values, max_size=8))
def test_any_other_json_object_is_refused_or_clean(fields: dict[str, Any]) -> None:
    with suppress(Refusal):
        cleaned = check({"decision": "accept"} | fields)
        assert check(cleaned) == cleaned
