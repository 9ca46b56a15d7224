"""What becomes of a workbook of boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from amana.core.gazetteer import Choices, UnfitWorkbook, read_gazetteer
from tests.server.workbooks import INVENTED, Table, areas, place

CHOICES = Choices("Nobody", ("XY01",), {"P0001": ["Gale Gap"]})


@dataclass(frozen=True)
class Sheets:
    """Tables without a workbook around them."""

    tables: Mapping[str, Table]

    @property
    def sheets(self) -> list[str]:
        return list(self.tables)

    def rows(self, sheet: str) -> Iterable[Mapping[str, str]]:
        return self.tables[sheet]


def read(choices: Choices = CHOICES, /, **changed: Table) -> tuple[dict[str, Any], dict[str, Any]]:
    changes = {f"xyz_{name}": table for name, table in changed.items()}
    return read_gazetteer(Sheets({**INVENTED, **changes}), choices)


def test_areas_come_in_the_order_of_their_codes_each_in_the_one_around_it() -> None:
    admin, _ = read()
    assert admin["adm1"] == [
        {"p": "XY01", "en": "Highland", "ar": "المرتفعات"},
        {"p": "XY02", "en": "Lowland", "ar": "الغور"},
    ]
    assert [area["parent"] for area in admin["adm3"]] == ["XY0101", "XY0101", "XY0201"]
    assert (admin["source"], admin["carried"]) == ("Nobody", ["XY01"])


def test_an_area_has_the_point_that_the_workbook_gives_it() -> None:
    rows = areas(1, ("XY01", "Highland", "المرتفعات"), ("XY02", "Lowland", "الغور"))
    center = {"center_lat": "15.36942", "center_lon": "44.20681"}
    admin, _ = read(admin1=[{**rows[0], **center}, rows[1]])
    highland, lowland = admin["adm1"]
    assert (highland["lat"], highland["lon"]) == (15.3694, 44.2068)
    assert "lat" not in lowland


def test_a_place_is_named_without_the_area_that_tells_it_from_others_and_has_its_other_names() -> (
    None
):
    _, places = read()
    assert places["rows"] == [
        ["P0002", "Zahraa", "الزهراء", "XY010101", 15.3694, 44.2068, "C"],
        ["P0001", "Windgap", "فج الريح", "XY010102", 15.3694, 44.2068, "C", ["Gale Gap"]],
        ["P0003", "Kingfisher", "حي الرفراف", "XY020101", 15.3694, 44.2068, "N", ["حي السمك"]],
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Al_Sad", ["Al_Sad"]),
        ("Twersh\nTwersh East", ["Twersh Twersh East"]),
        ("Inad \\ Shadadah", ["Inad", "Shadadah"]),
        ("Qadessiyeh - Jankil", ["Qadessiyeh", "Jankil"]),
        ("Ein-Tineh", ["Ein-Tineh"]),
        ("Hamra- Lowland", ["Hamra"]),
        ("Bayada - Highland (ne)", ["Bayada"]),
    ],
)
def test_a_cell_holds_one_name_or_several(cell: str, names: list[str]) -> None:
    _, places = read(populatedplaces=[place("P0009", cell, "س", "XY010101")])
    (row,) = places["rows"]
    assert [row[1], *(row[7] if len(row) > 7 else [])] == names


def test_the_headings_of_former_years_are_read_too() -> None:
    admin, places = read(
        admin1=[
            {"admin1Name_en": "Highland", "admin1Name_ar": "المرتفعات", "admin1Pcode": "XY01"},
            {"admin1Name_en": "Lowland", "admin1Name_ar": "الغور", "admin1Pcode": "XY02"},
        ],
        populatedplaces=[
            {"ADM4_EN": "Spring", "ADM4_AR": "النبع", "ADM4_PCODE": "P1", "ADM3_PCODE": "XY020101"}
        ],
    )
    assert [area["ar"] for area in admin["adm1"]] == ["المرتفعات", "الغور"]
    assert places["rows"] == [["P1", "Spring", "النبع", "XY020101", None, None, "C"]]


def test_where_there_is_no_arabic_name_the_local_one_stands_there_or_the_latin_one() -> None:
    row = {"adm1_name": "Odesa", "adm1_pcode": "XY01", "lang": "en", "lang1": "uk"}
    low = {**row, "adm1_name": "Lowland", "adm1_pcode": "XY02"}
    admin, _ = read(admin1=[{**row, "adm1_name1": "Одеса"}, low])
    assert [area["ar"] for area in admin["adm1"]] == ["Одеса", "Lowland"]


def test_a_fourth_level_stands_in_for_populated_places() -> None:
    fourth = [
        {"adm4_name": "Spring", "lang": "en", "adm4_pcode": "XY02010101", "adm3_pcode": "XY020101"}
    ]
    tables = {name: table for name, table in INVENTED.items() if "places" not in name}
    _, places = read_gazetteer(Sheets({**tables, "xyz_admin4": fourth}), CHOICES)
    assert [row[:4] for row in places["rows"]] == [["XY02010101", "Spring", "Spring", "XY020101"]]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"admin2": []}, "no areas of level 2: it needs three levels"),
        ({"admin3": []}, "no areas of level 3: it needs three levels"),
        ({"admin3": areas(3, ("XY0101", "Crest", "القمة"))}, "'XY0101' of level 3"),
        ({"admin2": areas(2, ("XY0901", "Crest", "القمة"))}, "'XY0901' of level 2"),
        ({"admin1": [{"adm1_pcode": "XY01"}]}, "a row has no name"),
        ({"populatedplaces": [place("P1", "Spring", "س", "XY099999")]}, "'P1'"),
        ({"populatedplaces": [place("", "Spring", "س", "XY010101")]}, "the place ''"),
        ({"populatedplaces": []}, "neither populated places nor a fourth level"),
    ],
)
def test_a_workbook_that_does_not_hang_together_is_refused_in_one_line(
    changed: dict[str, Table], message: str
) -> None:
    with pytest.raises(UnfitWorkbook, match=re.escape(message)):
        read(**changed)


@pytest.mark.parametrize("carried", [(), ("XY01", "XY03")])
def test_somebody_has_to_say_which_governorates_travel_with_the_app(
    carried: tuple[str, ...],
) -> None:
    with pytest.raises(UnfitWorkbook, match="XY01 Highland, XY02 Lowland"):
        read(Choices("Nobody", carried, {}))
