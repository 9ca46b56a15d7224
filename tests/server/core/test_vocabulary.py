"""The shipped vocabulary is read as it is meant, and the sample reports fit it."""

import json
from importlib import resources
from typing import Any

import pytest

from amana.core.envelope import open_envelope, seal
from amana.core.keys import kid, public_key
from amana.core.refusal import Refusal
from amana.core.report import encode_report, parse_report
from amana.core.vocabulary import Band, Condition, Field, Vocabulary, check_answers, shows

VOCABULARY = Vocabulary.load()
DATA = resources.files("amana") / "data"
SAMPLES = [
    json.loads(line) for line in (DATA / "sample_reports.jsonl").read_text("utf-8").splitlines()
]
SEED = bytes(range(32))


def field(kind: str, code: str) -> Field:
    return next(one for one in VOCABULARY.kinds[kind] if one.code == code)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_a_sample_report_is_sealed_opened_and_read_back(sample: dict[str, Any]) -> None:
    report = {
        "v": 1,
        "kind": sample["kind"],
        "lang": sample["lang"],
        "app": "0123456789ab",
        "answers": sample["answers"],
    }
    check_answers(sample["kind"], sample["answers"], VOCABULARY)
    public = public_key(SEED)
    opened = open_envelope(seal(encode_report(report), public), {kid(public): SEED})
    assert parse_report(opened, VOCABULARY) == report


def test_there_are_forty_samples() -> None:
    assert len(SAMPLES) == 40


def test_a_field_without_a_condition_is_always_asked() -> None:
    assert shows(field("safety", "event"), {})


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, False),
        ({"harm": ["none"]}, False),
        ({"harm": ["none", "taken"]}, True),
        ({"harm": "killed"}, True),
        ({"harm": [["killed"], 1, None]}, False),
    ],
)
def test_has_holds_when_one_of_the_answers_is_among_the_codes(
    answers: dict[str, Any], asked: bool
) -> None:
    assert shows(field("safety", "harm_count"), answers) is asked


@pytest.mark.parametrize(
    ("event", "asked"), [("arson", True), ("clashes", True), ("calm", False), (None, False)]
)
def test_in_holds_when_the_answer_is_among_the_codes(event: str | None, asked: bool) -> None:
    assert shows(field("safety", "homes"), {"event": event}) is asked


def test_conditions_are_parsed_when_the_vocabulary_is_loaded() -> None:
    assert field("safety", "harm_count").show_if == Condition(
        "harm", frozenset({"killed", "injured", "taken"})
    )


def test_every_condition_names_a_field_of_its_kind() -> None:
    for fields in VOCABULARY.kinds.values():
        codes = {one.code for one in fields}
        assert {one.show_if.field for one in fields if one.show_if} <= codes


def test_bands_leave_out_what_stands_for_no_number() -> None:
    bands = VOCABULARY.bands("hh_band")
    assert bands["hh2_5"] == Band(2, 3, 5)
    assert bands["hh101p"] == Band(101, 150, None)
    assert "unknown" not in bands


def test_assessment_values_follow_the_kind() -> None:
    category = next(one for one in VOCABULARY.assessment if one.code == "category")
    assert "arson" in category.values["safety"]
    assert "fear" in category.values["displacement"]
    households = next(one for one in VOCABULARY.assessment if one.code == "households")
    assert households.kinds == ("displacement",)
    assert "hh1" in households.values["displacement"]


def test_the_vocabulary_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        VOCABULARY.options["event"]["flood"] = None  # type: ignore[index]


@pytest.mark.parametrize(
    "change", [{"show_if": "harm is killed"}, {"show_if": "harm has "}, {"type": "photo"}]
)
def test_a_vocabulary_that_is_not_understood_is_not_loaded(change: dict[str, str]) -> None:
    data = json.loads((DATA / "vocabulary.json").read_text("utf-8"))
    data["kinds"]["safety"]["fields"][0] |= change
    with pytest.raises(ValueError, match="of an unknown"):
        Vocabulary.of(data)


def test_a_required_field_that_is_not_shown_need_not_be_answered() -> None:
    data = json.loads((DATA / "vocabulary.json").read_text("utf-8"))
    for one in data["kinds"]["safety"]["fields"]:
        if one["code"] == "homes":
            one["required"] = True
    stricter = Vocabulary.of(data)
    answers = {"place": {"pcode": None, "text": "x"}, "when": "now", "basis": "saw"}
    check_answers("safety", answers | {"event": "calm"}, stricter)
    with pytest.raises(Refusal):
        check_answers("safety", answers | {"event": "arson"}, stricter)


def test_every_number_of_the_export_is_explained_once_in_both_languages() -> None:
    explained = [code for each in VOCABULARY.indicators for code in each.columns]
    about = ("week_", "adm1_", "adm2_", "adm3_")
    others = {"level", "kind", "severity", "suppressed"}
    codes = {column.code for column in VOCABULARY.columns if not column.code.startswith(about)}
    assert sorted(explained) == sorted(codes - others)
    assert [each.code for each in VOCABULARY.indicators if not (each.formula_ar and each.ar)] == []
