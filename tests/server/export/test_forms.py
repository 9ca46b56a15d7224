"""The same table in every form: the hand-counted week, read back from each file."""

import csv
import io
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from amana.core.cells import MONTH, Cell, CellKey
from amana.core.disclosure import disclose
from amana.core.places import Areas, adm2_of, level_of
from amana.core.summary import may_leave
from amana.core.tiers import Rules, Thresholds
from amana.core.trend import with_trend
from amana.core.vocabulary import Vocabulary
from amana.export.forms import FORMS
from amana.export.sheet import Sheet, columns
from tests.server.core.counting import categories, summarise
from tests.server.core.test_golden_week import DIVISIONS, WEEK, rows

from . import reading
from .test_csv import SHOWN, WITHHELD, sheet_of

VOCABULARY, AREAS = Vocabulary.load(), Areas.load()

BURNED = Cell(
    key=CellKey(date(2031, 3, 3), "SY0602", "safety", category="arson"),
    reports=4,
    events=3,
    change=-2,
    mean4=1.5,
)
"""A part of a row by type, with a number below zero and one with a decimal."""

GOLDEN: Mapping[str, Mapping[tuple[str, str], tuple[str, str, str]]] = {
    # Reports, events and families (middle) as test_golden_week adds them up.
    "internal": {
        ("SY0600", "safety"): ("", "", ""),  # 2 reports
        ("SY0602", "safety"): ("9", "5", ""),
        ("SY0604", "safety"): ("3", "1", ""),
        ("SY1000", "safety"): ("3", "1", ""),
        ("SY0602", "displacement"): ("3", "1", "35"),
        ("SY1002", "displacement"): ("", "", ""),  # 2 reports
        ("SY0602", "shelter"): ("4", "2", ""),
        ("SY1003", "shelter"): ("", "", ""),  # 1 report
    },
    "partners": {
        ("SY0600", "safety"): ("", "", ""),
        ("SY0602", "safety"): ("8", "4", ""),  # without S31, which was an event of its own
        ("SY0604", "safety"): ("", "", ""),  # one event, as are the next two
        ("SY1000", "safety"): ("", "", ""),
        ("SY0602", "displacement"): ("", "", ""),
        ("SY1002", "displacement"): ("", "", ""),
        ("SY0602", "shelter"): ("4", "2", ""),
        ("SY1003", "shelter"): ("", "", ""),
    },
}


def golden_sheet(tier: str) -> Sheet:
    """The week of the sample reports as it leaves for a tier, by districts, after quiet weeks."""
    rules = Rules.of(tier, Thresholds())
    kept = [row for row in rows() if tier == "internal" or may_leave(row)]
    counted = summarise(kept, VOCABULARY, (str, adm2_of)) + categories(kept)
    cells = with_trend(disclose(counted, rules, WEEK, DIVISIONS), (), lambda _monday: True)
    others = [cell for cell in cells if not cell.key.category]
    districts = [c for c in others if (c.key.span, level_of(c.key.area)) == ("week", "adm2")]
    totals = [c for c in others if c.key.span == MONTH or level_of(c.key.area) in ("adm0", "adm1")]
    return Sheet(
        first=date(2031, 3, 3),
        last=date(2031, 3, 9),
        area="adm2",
        rules=rules,
        rows=districts,
        totals=totals,
        types=[cell for cell in cells if cell.key.category],
    )


def file_of(form: str, sheet: Sheet, areas: Areas = AREAS) -> bytes:
    return b"".join(FORMS[form](sheet, areas, VOCABULARY))


@pytest.mark.parametrize("tier", GOLDEN)
@pytest.mark.parametrize("form", reading.READERS)
def test_every_form_tells_the_week_that_was_added_up_by_hand(form: str, tier: str) -> None:
    told = reading.READERS[form](file_of(form, golden_sheet(tier)))
    assert {
        (row["adm2_code"], row["kind"]): (row["reports"], row["events"], row["hh_mid"])
        for row in told
        if row["level"] == "adm2" and not row["category"]
    } == GOLDEN[tier]


@pytest.mark.parametrize("tier", ["internal", "partners", "public"])
def test_every_form_tells_the_same_in_every_column_of_every_row(tier: str) -> None:
    sheet = replace(golden_sheet(tier), types=[BURNED])
    told = {form: read(file_of(form, sheet)) for form, read in reading.READERS.items()}
    told["الملخص"] = reading.of_xlsx(file_of("xlsx", sheet), "الملخص")
    assert len(told["csv"]) == len(sheet.rows) + len(sheet.totals) + len(sheet.types) > 8
    assert [form for form in told if told[form] != told["csv"]] == []


def test_every_form_is_the_same_file_when_it_is_written_again() -> None:
    sheet = golden_sheet("internal")
    assert [form for form in FORMS if file_of(form, sheet) != file_of(form, sheet)] == []


def test_libreoffice_opens_the_workbook_and_gives_the_csv_back(tmp_path: Path) -> None:
    sheet = golden_sheet("internal")
    (tmp_path / "week.xlsx").write_bytes(file_of("xlsx", sheet))
    # Comma, double quotes, UTF-8, from the first line, as shown, every page in a file of its own.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", form, "--outdir", ".", "week.xlsx"],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
        check=True,
        capture_output=True,
    )
    written = reading.of_csv(file_of("csv", sheet))
    for page in ("الملخص", "Summary"):
        back = (tmp_path / f"week-{page}.csv").read_bytes()
        assert reading.of_csv(back) == written, page
    notes = (tmp_path / "week-ملاحظات Notes.csv").read_text("utf-8")
    assert "منها محجوب,Of these withheld," in notes


def test_the_workbook_is_read_from_its_own_side_and_its_headings_stay_in_sight() -> None:
    book = load_workbook(io.BytesIO(file_of("xlsx", golden_sheet("public"))))
    sides = {page.title: bool(page.sheet_view.rightToLeft) for page in book.worksheets}
    assert list(sides.items()) == [("الملخص", True), ("Summary", False), ("ملاحظات Notes", True)]
    head = columns(VOCABULARY)
    for page, headings in (
        (book["الملخص"], [column.ar for column in head]),
        (book["Summary"], [column.en for column in head]),
    ):
        assert page.freeze_panes == "A3"
        first, second = list(page.values)[:2]
        assert list(first) == headings
        assert list(second) == [column.hxl for column in head]


def test_the_workbook_s_notes_say_rules_reasons_meanings_and_sources_in_both_languages() -> None:
    book = load_workbook(io.BytesIO(file_of("xlsx", golden_sheet("public"))), read_only=True)
    notes = {row[1]: row for row in book["ملاحظات Notes"].values if row[1]}
    assert notes["Tier"][:3] == ("لمن هذا الملف", "Tier", "public")
    assert notes["Fewest reports"][2] == 3
    assert notes["Why withheld"][2:4] == (
        "حماية من أبلغوا: أعداد صغيرة، أو مجاميع تكشفها",
        "To protect who reported: small numbers, and totals that would tell them",
    )
    assert "OCHA COD-AB" in notes["Source of areas"][2]
    meant = {each.en: each for each in VOCABULARY.indicators}
    shown = [name for name in notes if name in meant]
    assert "Displaced people (estimate)" in shown
    assert "Hours from receipt to review (median)" not in shown
    for name in shown:
        assert notes[name][2:4] == (meant[name].formula_ar, meant[name].formula_en)


def test_numbers_are_numbers_and_days_are_days_in_the_workbook() -> None:
    book = load_workbook(io.BytesIO(file_of("xlsx", sheet_of([SHOWN, WITHHELD]))))
    shown, withheld = book["Summary"][3], book["Summary"][4]
    at = {column.code: number for number, column in enumerate(columns(VOCABULARY))}
    types = {code: shown[at[code]].data_type for code in ("week_start", "kind", "reports")}
    assert types == {"week_start": "d", "kind": "s", "reports": "n"}
    assert shown[at["people_mid"]].value == 175
    assert [withheld[at[code]].value for code in ("reports", "events", "suppressed")] == [
        *(None, None),
        1,
    ]


def test_the_workbook_names_nobody_and_no_folder() -> None:
    data = file_of("xlsx", golden_sheet("public"))
    with ZipFile(io.BytesIO(data)) as parts:
        inside = b"".join(parts.read(name) for name in parts.namelist()).decode()
    assert [path for path in (tempfile.gettempdir(), str(Path.home())) if path in inside] == []
    properties = load_workbook(io.BytesIO(data)).properties
    assert (properties.creator, properties.lastModifiedBy) == (None, None)
    assert properties.created.date() == date(2031, 3, 9)


def agreed_schema() -> list[dict[str, str]]:
    """What was agreed with those who read the files, for the areas that ship."""

    def one_of(tag: str, values: Iterable[str]) -> dict[str, str]:
        return {"#valid_tag": tag, "#valid_value+list": "|".join(values)}

    number = "^\\d+$"
    return [
        {"#valid_tag": "#date+start", "#valid_datatype": "date", "#valid_required": "true"},
        one_of("#adm1+code", AREAS.adm1),
        one_of("#adm2+code", AREAS.adm2),
        one_of("#adm3+code", AREAS.adm3),
        one_of("#event+kind+code", ("displacement", "shelter", "safety")),
        one_of("#access+type", ("open", "limited", "blocked", "unknown")),
        {"#valid_tag": "#affected", "#valid_value+regex": number},
        {"#valid_tag": "#severity+num", "#valid_value+regex": "^[1-5]$"},
    ]


@pytest.mark.parametrize("tier", ["internal", "partners", "public"])
def test_hxl_tools_find_nothing_in_the_csv_against_the_agreed_schema(hxl: Any, tier: str) -> None:
    sheet = golden_sheet(tier)
    source = hxl.data(io.BytesIO(file_of("csv", sheet))).cache()
    assert len(list(source)) == len(sheet.rows) + len(sheet.totals) + len(sheet.types)
    problems: list[object] = []
    schema = hxl.schema(hxl.data(agreed_schema_rows()), callback=problems.append)
    assert schema.validate(source)
    assert problems == []


def test_hxl_tools_read_the_workbook_as_they_read_the_csv(hxl: Any) -> None:
    sheet = golden_sheet("internal")

    def rows_of(data: bytes) -> Any:
        return hxl.data(io.BytesIO(data))

    of_csv, of_xlsx = (
        [[reading.text(value) for value in row.values] for row in rows_of(data)]
        for data in (file_of("csv", sheet), file_of("xlsx", sheet))
    )
    assert of_xlsx == of_csv


def agreed_schema_rows() -> list[list[str]]:
    """The schema as a table with hashtags."""
    rules = agreed_schema()
    tags = list(dict.fromkeys(tag for rule in rules for tag in rule))
    return [tags, *([rule.get(tag, "") for tag in tags] for rule in rules)]


FORMULAS = ('=HYPERLINK("http://x/","y")', "+1+1", "-2", "@SUM(A1)", "\uff1d1+1", "\t=1", "{=1}")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_name_becomes_a_formula_in_any_form(formula: str) -> None:
    areas = replace(AREAS, adm2={"SY0602": {"ar": formula, "en": formula}})
    sheet = sheet_of([SHOWN])
    book = load_workbook(io.BytesIO(file_of("xlsx", sheet, areas)))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert [cell.data_type for cell in cells if cell.value == formula] == ["s"] * 4
    for form in ("json", "geojson"):
        (row,) = reading.READERS[form](file_of(form, sheet, areas))
        assert (row["adm2_ar"], row["adm2_en"]) == (formula, formula)
    (row,) = reading.of_csv(file_of("csv", sheet, areas))
    assert row["adm2_en"] in (formula, f"'{formula}")
    assert not row["adm2_en"].lstrip().startswith(("=", "+", "-", "@", "\uff1d"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_name_of_any_signs_comes_back_from_json_and_geojson(name: str) -> None:
    areas = replace(AREAS, adm2={"SY0602": {"ar": name, "en": name}})
    for form in ("json", "geojson"):
        (row,) = reading.READERS[form](file_of(form, sheet_of([SHOWN]), areas))
        assert row["adm2_ar"] == name


def features(sheet: Sheet, areas: Areas = AREAS) -> list[dict[str, Any]]:
    collection = json.loads(file_of("geojson", sheet, areas))
    assert collection["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = collection["features"]
    return found


def test_the_geojson_keeps_to_rfc_7946() -> None:
    data = file_of("geojson", golden_sheet("internal"))
    assert not data.startswith(b"\xef\xbb\xbf")
    collection = json.loads(data, parse_constant=pytest.fail)
    # Section 7.1: what belongs to other types must not be in a collection, nor `crs` (section 4).
    assert set(collection) == {"type", "features", "amana"}
    for feature in collection["features"]:
        assert set(feature) == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            assert set(feature["geometry"]) == {"type", "coordinates"}
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert 35 < longitude < 43  # Syria, east
            assert 32 < latitude < 38  # and north


def test_a_point_is_the_one_of_the_row_s_own_area_and_the_country_has_none() -> None:
    month = date(2031, 3, 1)
    keys = (
        *(CellKey(month, "SY06", "safety", MONTH), CellKey(month, "", "safety", MONTH)),
        CellKey(date(2031, 3, 3), "SY060200", "safety"),
    )
    sheet = sheet_of([SHOWN, WITHHELD], [Cell(key=key) for key in keys])
    points = [feature["geometry"] for feature in features(sheet)]
    codes = ("SY0602", "SY1002", "SY06", None, "SY060200")
    assert points == [
        code and {"type": "Point", "coordinates": list(AREAS.points[code])} for code in codes
    ]
    assert points[2]["coordinates"][0] == pytest.approx(36, abs=0.5)  # Lattakia: 36 E, 35.5 N


def test_what_is_withheld_has_its_place_and_null_for_its_numbers() -> None:
    (feature,) = features(sheet_of([WITHHELD]))
    assert feature["geometry"] is not None
    told = {code: value for code, value in feature["properties"].items() if value is not None}
    names = {"adm1_code", "adm1_ar", "adm1_en", "adm2_code", "adm2_ar", "adm2_en"}
    places = names | {"adm3_code", "adm3_ar", "adm3_en", "level"}
    assert set(told) - places == {"week_start", "week_end", "kind", "category", "suppressed"}


def test_an_area_without_a_point_has_no_geometry() -> None:
    (feature,) = features(sheet_of([SHOWN]), replace(AREAS, points={}))
    assert feature["geometry"] is None


def test_the_json_says_what_its_columns_are_and_by_which_rules_it_was_made() -> None:
    told = json.loads(file_of("json", golden_sheet("public")))
    about = told["amana"]
    assert about["rules"] == {
        "tier": "public",
        "k_reports": 3,
        "m_events": 2,
        "k_people": 5,
        "delay_days": 7,
    }
    assert [column["code"] for column in about["columns"]] == list(told["rows"][0])
    assert all(column["ar"] and column["en"] and column["hxl"] for column in about["columns"])
    assert about["source_of_areas"] == AREAS.source


def test_text_forms_are_written_line_by_line() -> None:
    sheet = sheet_of([SHOWN] * 50)
    for form in ("json", "geojson"):
        pieces = list(FORMS[form](sheet, AREAS, VOCABULARY))
        assert len(pieces) == 50 + 3
        assert max(map(len, pieces[1:])) < 2000


def test_a_table_without_rows_is_a_file_in_every_form() -> None:
    for form, read in reading.READERS.items():
        assert read(file_of(form, sheet_of([]))) == [], form


def test_the_csv_s_notes_are_in_the_json_as_well() -> None:
    sheet = golden_sheet("partners")
    written = list(csv.reader(io.StringIO(file_of("csv", sheet).decode("utf-8-sig"))))
    notes = json.loads(file_of("json", sheet))["amana"]["notes"]
    told = [[f"{n['ar']} · {n['en']}", *map(str, n["values"])] for n in notes]
    assert told == written[1 : len(notes) + 1]
