"""The vocabulary: what can be asked, and whether answers fit it (PROTOCOL section 4).

Codes and rules, no words: those are in `data/languages`, a file for each language.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from amana.core.encoding import day_decode, is_text
from amana.core.refusal import Refusal

MAX_PLACE_CHARS: Final = 200

_Value = TypeVar("_Value")

_PCODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,15}", re.ASCII)
_ADM3: Final = re.compile(r"[A-Z]{2,3}[0-9]{5,9}", re.ASCII)
_SHOW_IF: Final = re.compile(r"(?P<field>\w+) (?P<test>has|in) (?P<codes>\w+(\|\w+)*)", re.ASCII)


@dataclass(frozen=True)
class Option:
    """One option of a set. `more` holds its other members, a band's `min`, `mid`, `max` for one."""

    code: str
    more: Mapping[str, Any]


@dataclass(frozen=True)
class Band:
    """How many a banded option stands for; an open-ended one has no `max`."""

    min: int
    mid: int
    max: int | None


@dataclass(frozen=True)
class Condition:
    """A parsed `show_if`: the answer to `field` is, or holds, one of `codes`."""

    field: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Field:
    """A question of a report. `options` names an option set, empty when the type has none."""

    code: str
    type: str
    required: bool
    options: str
    max: int | None
    max_chars: int
    show_if: Condition | None


@dataclass(frozen=True)
class AssessmentField:
    """A field of an assessment. `values` are its codes by kind of report, empty when it has none.

    `kinds` are the kinds of report that may carry it.
    """

    code: str
    type: str
    hxl: str
    kinds: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Column:
    """A column of the export: its code, its headings in English and Arabic, its HXL tag."""

    code: str
    en: str
    ar: str
    hxl: str


@dataclass(frozen=True)
class Indicator:
    """What columns of the export mean: a name, how it is worked out, and the columns' codes."""

    code: str
    en: str
    ar: str
    formula_en: str
    formula_ar: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """A typed, read-only view of `data/vocabulary.json`.

    `kinds` gives a kind's fields in their order; `options` an option set's options by code, sets of
    reports and of assessments alike.
    """

    kinds: Mapping[str, tuple[Field, ...]]
    options: Mapping[str, Mapping[str, Option]]
    assessment: tuple[AssessmentField, ...]
    columns: tuple[Column, ...]
    indicators: tuple[Indicator, ...]
    household_size: int
    """How many people a family is taken for."""

    @classmethod
    def load(cls, path: Path | None = None) -> "Vocabulary":
        """Read a vocabulary file, the shipped one when no path is given."""
        source = path or resources.files("amana") / "data" / "vocabulary.json"
        return cls.of(json.loads(source.read_text("utf-8")))

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Vocabulary":
        """Take the JSON of a vocabulary; `KeyError` or `ValueError` when it is not one."""
        kinds = data["kinds"]
        options = _option_sets(data["option_sets"] | data["assessment"]["option_sets"])
        return cls(
            kinds=_frozen({code: tuple(map(_field, kinds[code]["fields"])) for code in kinds}),
            options=options,
            assessment=tuple(
                _assessment_field(field, tuple(kinds), options)
                for field in data["assessment"]["fields"]
            ),
            columns=tuple(Column(*column) for column in data["export"]["columns"]),
            indicators=tuple(map(_indicator, data["indicators"])),
            household_size=data["household_size_default"],
        )

    def bands(self, options: str) -> dict[str, Band]:
        """The bands of an option set by code; an option that stands for no number is left out."""
        return {
            code: Band(option.more["min"], option.more["mid"], option.more["max"])
            for code, option in self.options[options].items()
            if "mid" in option.more
        }


def check_answers(kind: object, answers: object, vocabulary: Vocabulary) -> None:
    """Hold a report's answers against the vocabulary; `Refusal("schema")` when they do not fit.

    Place codes are checked by their form only: a place pack may be older than the report.
    """
    fields = vocabulary.kinds.get(kind) if isinstance(kind, str) else None
    if fields is None or not isinstance(answers, dict):
        raise Refusal("schema")
    if not answers.keys() <= {field.code for field in fields}:
        raise Refusal("schema")
    for field in fields:
        if not _fits(field, answers, vocabulary):
            raise Refusal("schema")


def shows(field: Field, answers: Mapping[str, Any]) -> bool:
    """Whether a field is asked, given the other answers: its `show_if` holds or it has none."""
    if field.show_if is None:
        return True
    answer = answers.get(field.show_if.field)
    given = answer if isinstance(answer, list) else [answer]
    return any(code in field.show_if.codes for code in given if isinstance(code, str))


def _fits(field: Field, answers: Mapping[str, Any], vocabulary: Vocabulary) -> bool:
    asked = shows(field, answers)
    if field.code not in answers:
        return not (asked and field.required)
    codes = vocabulary.options[field.options] if field.options else {}
    return asked and _CHECKS[field.type](answers[field.code], field, codes)


def _is_choice(value: object, _field: Field, codes: Mapping[str, Option]) -> bool:
    return isinstance(value, str) and value in codes


def _is_multi(value: object, field: Field, codes: Mapping[str, Option]) -> bool:
    return (
        isinstance(value, list)
        and 1 <= len(value) <= (field.max or len(codes))
        and all(_is_choice(code, field, codes) for code in value)
        and len(set(value)) == len(value)
    )


def _is_when(value: object, _field: Field, codes: Mapping[str, Option]) -> bool:
    if not isinstance(value, str) or value == "date":
        return False
    return value in codes or _is_day(value)


def _is_place(value: object, _field: Field, _codes: Mapping[str, Option]) -> bool:
    if not isinstance(value, dict) or not {"pcode", "text"} <= set(value) <= {
        "pcode",
        "text",
        "adm3",
    }:
        return False
    return (
        (value["pcode"] is None or _matches(_PCODE, value["pcode"]))
        and is_text(value["text"], MAX_PLACE_CHARS)
        and ("adm3" not in value or _matches(_ADM3, value["adm3"]))
    )


def _is_text(value: object, field: Field, _codes: Mapping[str, Option]) -> bool:
    return is_text(value, field.max_chars)


_CHECKS: Final[Mapping[str, Callable[[object, Field, Mapping[str, Option]], bool]]] = {
    "choice": _is_choice,
    "multi": _is_multi,
    "when": _is_when,
    "place": _is_place,
    "text": _is_text,
}


def _is_day(text: str) -> bool:
    try:
        day_decode(text)
    except ValueError:
        return False
    return True


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _field(field: Mapping[str, Any]) -> Field:
    if field["type"] not in _CHECKS:
        raise ValueError("a field of an unknown type")
    return Field(
        code=field["code"],
        type=field["type"],
        required=field["required"],
        options=field.get("options", ""),
        max=field.get("max"),
        max_chars=field.get("max_chars", 0),
        show_if=_condition(field["show_if"]) if "show_if" in field else None,
    )


def _condition(text: str) -> Condition:
    matched = _SHOW_IF.fullmatch(text)
    if matched is None:
        raise ValueError("a condition of an unknown form")
    return Condition(matched["field"], frozenset(matched["codes"].split("|")))


def _assessment_field(
    field: Mapping[str, Any],
    kinds: tuple[str, ...],
    options: Mapping[str, Mapping[str, Option]],
) -> AssessmentField:
    own = tuple(field.get("kinds", kinds))
    if "values_by_kind" in field:
        values = {kind: tuple(options[field["values_by_kind"][kind]]) for kind in own}
    elif "options" in field:
        values = dict.fromkeys(own, tuple(options[field["options"]]))
    else:
        values = dict.fromkeys(own, tuple(field.get("values", ())))
    return AssessmentField(field["code"], field["type"], field["hxl"], own, _frozen(values))


def _indicator(indicator: Mapping[str, Any]) -> Indicator:
    return Indicator(
        code=indicator["code"],
        en=indicator["en"],
        ar=indicator["ar"],
        formula_en=indicator["formula"],
        formula_ar=indicator["formula_ar"],
        columns=tuple(indicator["columns"]),
    )


def _option_sets(data: Mapping[str, Any]) -> Mapping[str, Mapping[str, Option]]:
    return _frozen(
        {name: _frozen({one["code"]: _option(one) for one in data[name]}) for name in data}
    )


def _option(option: Mapping[str, Any]) -> Option:
    more = {name: option[name] for name in option if name != "code"}
    return Option(option["code"], _frozen(more))


def _frozen(mapping: dict[str, _Value]) -> Mapping[str, _Value]:
    return MappingProxyType(mapping)
