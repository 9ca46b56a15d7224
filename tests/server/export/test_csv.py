"""The CSV file: read by spreadsheets, by HXL tools, and by nobody as a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.cells import Cell, CellKey
from amana.core.places import Areas
from amana.core.tiers import Rules, Thresholds
from amana.core.vocabulary import Vocabulary
from amana.export.csv import summary_csv
from amana.export.sheet import Sheet

VOCABULARY = Vocabulary.load()
AREAS = Areas.load()
SCHEMA = Path(__file__).with_name("hxl_schema.json")

SHOWN = Cell(
    key=CellKey(date(2031, 3, 3), "SY0602", "displacement"),
    reports=4,
    events=2,
    hh_min=21,
    hh_mid=35,
    hh_max=None,
    severity=4,
    v3plus=0,
    contested=1,
)
WITHHELD = Cell(key=CellKey(date(2031, 3, 3), "SY1002", "safety"), suppressed=True)
NOTES = 14
HASHTAGS = (
    "#date+start,#date+end,#adm1+code,#adm1+name+i_ar,#adm1+name+i_en,#adm2+code,"
    "#adm2+name+i_ar,#adm2+name+i_en,#adm3+code,#adm3+name+i_ar,#adm3+name+i_en,#meta+level,"
    "#event+kind+code,#event+type+code,#meta+count,#indicator+events+num,"
    "#affected+displaced+hh+min,#affected+displaced+hh,#affected+displaced+hh+max,"
    "#affected+displaced+ind+min,#affected+displaced+ind,#affected+displaced+ind+max,"
    "#affected+idps+ind+site+min,#affected+idps+ind+site,#affected+idps+ind+site+max,"
    "#indicator+sites_room+num,#indicator+sites_full+num,#indicator+sites_over+num,"
    "#indicator+sites_closed+num,#indicator+occupancy+pct,#access+type,"
    "#affected+arrived+hh+min,#affected+arrived+hh,#affected+arrived+hh+max,#indicator+flow+hh+num,"
    "#affected+killed+min,#affected+killed+max,#affected+injured+min,#affected+injured+max,"
    "#affected+abducted+min,#affected+abducted+max,#severity+num,"
    "#indicator+v1+num,#indicator+v2+num,#indicator+verified+num,#indicator+contested+num,"
    "#indicator+change+num,#indicator+mean+num,#meta+suppressed"
)


def file_of(*cells: Cell, vocabulary: Vocabulary = VOCABULARY, areas: Areas = AREAS) -> str:
    return "".join(summary_csv(sheet_of(cells), areas, vocabulary))


def sheet_of(rows: Sequence[Cell], totals: Sequence[Cell] = ()) -> Sheet:
    rules = Rules.of("public", Thresholds())
    return Sheet(date(2031, 3, 3), date(2031, 3, 9), "adm2", rules, rows, totals)


def rows_of(text: str) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    return rows[NOTES:]


def test_the_file_is_what_was_agreed_byte_for_byte() -> None:
    notes, lines = cut(file_of(SHOWN, WITHHELD))
    assert notes[0].startswith("\ufeffAmana,")
    assert "لمن هذا الملف · Tier,public" in notes
    assert "الفترة · Period,2031-03-03,2031-03-09" in notes
    assert "أقل عدد بلاغات · Fewest reports,3" in notes
    assert "منها محجوب · Of these withheld,1" in notes
    assert any(note.startswith("أعداد الأشخاص والعائلات · People and families,") for note in notes)
    assert lines[0].startswith("بداية الأسبوع,نهاية الأسبوع,رمز المحافظة,المحافظة,")
    assert lines[1].startswith("Week start,Week end,Governorate code,Governorate (Arabic),")
    assert '"Displaced families, low"' in lines[1]
    assert lines[2] == HASHTAGS
    assert lines[3] == (
        "2031-03-03,2031-03-09,SY06,اللاذقية,Lattakia,SY0602,جبلة,Jablah,,,,adm2,displacement,,"
        "4,2,21,35,,105,175,," + "," * (3 + 4 + 1 + 1 + 3 + 1 + 6) + "4,,,0,1,,,0"
    )
    assert lines[4] == (
        "2031-03-03,2031-03-09,SY10,طرطوس,Tartous,SY1002,بانياس,Banyas,,,,adm2,safety,"
        + "," * 35
        + "1"
    )
    assert lines[5:] == [""]


def cut(text: str) -> tuple[list[str], list[str]]:
    lines = text.split("\r\n")
    return lines[:NOTES], lines[NOTES:]


def test_totals_come_last_and_say_what_they_are_of() -> None:
    month = CellKey(date(2031, 3, 1), "SY06", "safety", "month")
    country = CellKey(date(2031, 3, 1), "", "safety", "month")
    sheet = sheet_of([SHOWN], [Cell(key=month, reports=9, events=4), Cell(key=country)])
    rows = rows_of("".join(summary_csv(sheet, AREAS, VOCABULARY)))[3:]
    assert [(row[0], row[1], row[2], row[5], row[11]) for row in rows] == [
        ("2031-03-03", "2031-03-09", "SY06", "SY0602", "adm2"),
        ("2031-03-01", "2031-03-31", "SY06", "", "adm1 month"),
        ("2031-03-01", "2031-03-31", "", "", "adm0 month"),
    ]


def test_columns_come_from_the_vocabulary_in_its_order() -> None:
    hashtags = rows_of(file_of())[2]
    agreed = [column.hxl for column in VOCABULARY.columns]
    assert hashtags == [tag for tag in agreed if tag in hashtags]


def test_every_line_ends_in_a_carriage_return_and_a_newline() -> None:
    text = file_of(SHOWN)
    assert text.count("\n") == text.count("\r\n") == NOTES + 4


def test_the_file_is_written_line_by_line() -> None:
    lines = list(summary_csv(sheet_of([SHOWN] * 50), AREAS, VOCABULARY))
    assert [line.count("\r\n") for line in lines] == [1] * (NOTES + 3 + 50)


def test_libhxl_reads_the_cells_and_finds_nothing_against_the_schema(
    hxl: Any,
) -> None:
    source = hxl.data(io.BytesIO(file_of(SHOWN, WITHHELD).encode())).cache()
    assert [column.display_tag for column in source.columns] == HASHTAGS.split(",")
    assert [row.get("#adm2+name+i_ar") for row in source] == ["جبلة", "بانياس"]
    assert [row.get("#meta+count") for row in source] == ["4", None]
    problems: list[object] = []
    schema = hxl.schema(hxl.data(io.BytesIO(SCHEMA.read_bytes())), callback=problems.append)
    assert schema.validate(source)
    assert problems == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (",4,2,21,", ",4,<5,21,"),
        (",21,35,", ",21,about 35,"),
        ("2031-03-03,2031-03-09,SY06", "spring,2031-03-09,SY06"),
        (",displacement,", ",flood,"),
        (",SY0602,", ",0602,"),
        (",SY06,", ",06,"),
        (",4,,,0,1,,,0", ",6,,,0,1,,,0"),
        (",4,,,0,1,,,0", ",4,,,0,1,,,"),
    ],
)
def test_the_schema_would_notice_a_wrong_cell(hxl: Any, right: str, wrong: str) -> None:
    text = file_of(SHOWN)
    assert text.count(right) == 1
    source = hxl.data(io.BytesIO(text.replace(right, wrong).encode()))
    rules = hxl.data(io.BytesIO(SCHEMA.read_bytes()))
    assert not hxl.schema(rules, callback=lambda _: None).validate(source)


@given(
    st.sampled_from("=+-@\uff1d\uff0b\uff0d\uff20"),
    st.sampled_from(["", " ", "\t", "\r\n"]),
    st.text(max_size=20),
)
def test_no_text_starts_a_formula(sign: str, space: str, rest: str) -> None:
    names = {"SY0602": {"ar": space + sign + rest, "en": sign + rest}}
    row = rows_of(file_of(SHOWN, areas=replace(AREAS, adm2=names)))[3]
    assert row[6:8] == ["'" + space + sign + rest, "'" + sign + rest]


@given(st.text("\"',;\r\n\tا", max_size=20))
def test_a_name_of_any_signs_stays_in_its_cell(name: str) -> None:
    names = {"SY0602": {"ar": name, "en": name}}
    row = rows_of(file_of(SHOWN, areas=replace(AREAS, adm2=names)))[3]
    assert row[6:8] + row[12:13] == [name, name, "displacement"]


def test_an_area_that_left_the_list_keeps_its_code_and_has_no_name() -> None:
    row = rows_of(file_of(SHOWN, areas=replace(AREAS, adm1={}, adm2={})))[3]
    assert row[2:8] == ["SY06", "", "", "SY0602", "", ""]
