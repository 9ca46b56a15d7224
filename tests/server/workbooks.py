"""XLSX workbooks as OCHA publishes them, of a country that does not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook

Table = Sequence[Mapping[str, str]]


def workbook(sheets: Mapping[str, Table]) -> bytes:
    """A workbook of the tables, in which numbers are numbers and empty cells are none."""
    book = Workbook(write_only=True)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        headings = list(table[0]) if table else []
        for row in (dict(zip(headings, headings, strict=True)), *table):
            sheet.append([_value(row.get(heading, "")) for heading in headings])
    body = BytesIO()
    book.save(body)
    return body.getvalue()


def _value(text: str) -> str | float | None:
    return float(text) if text.replace(".", "", 1).isdigit() else text or None


def areas(level: int, *rows: tuple[str, str, str]) -> Table:
    """Areas of a level, `(code, Latin name, Arabic name)`, under this year's headings."""
    return [
        {
            f"adm{level}_name": latin,
            f"adm{level}_name1": arabic,
            f"adm{level}_pcode": code,
            **({f"adm{level - 1}_pcode": code[:-2]} if level > 1 else {}),
            "lang": "en",
            "lang1": "ar",
        }
        for code, latin, arabic in rows
    ]


def place(code: str, latin: str, arabic: str, adm3: str, kind: str = "Community") -> dict[str, str]:
    return {
        "featurename_en": latin,
        "featurename_ar": arabic,
        "pcode": code,
        "popplaceclasstitle": kind,
        "adm3_pcode": adm3,
        "point_x": "44.20681",
        "point_y": "15.36942",
    }


INVENTED: Mapping[str, Table] = {
    "xyz_admin0": [{"adm0_name": "Nowhere", "adm0_pcode": "XY"}],
    "xyz_admin1": areas(1, ("XY02", "Lowland", "الغور"), ("XY01", "Highland", "المرتفعات")),
    "xyz_admin2": areas(2, ("XY0101", "Crest", "القمة"), ("XY0201", "Delta", "الدلتا")),
    "xyz_admin3": areas(
        3,
        ("XY010101", "Crest", "مركز القمة"),
        ("XY010102", "Windgap", "فج الريح"),
        ("XY020101", "Reedmouth", "مصب القصب"),
    ),
    "xyz_admincapitals": [{"name": "Highland", "adm1_pcode": "XY01"}],
    "xyz_populatedplaces": [
        place("P0001", "Windgap", "فج الريح", "XY010102"),
        place("P0002", "Zahraa - Crest", "الزهراء - مركز القمة", "XY010101"),
        place("P0003", "Kingfisher (ne)", "حي الرفراف_ حي السمك", "XY020101", "Neighborhood"),
    ],
}
"""A whole country."""
