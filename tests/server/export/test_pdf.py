"""The situation sheet: two pages of the same numbers, for people, screen readers and printers."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from amana.core.cells import MONTH, Cell, CellKey
from amana.core.places import Areas
from amana.core.tiers import Rules, Thresholds
from amana.core.timeliness import Timeliness
from amana.core.vocabulary import Vocabulary
from amana.export.pdf import situation_pdf
from amana.export.sheet import Sheet

from .test_csv import SHOWN, WITHHELD, sheet_of
from .test_forms import golden_sheet

AREAS, VOCABULARY = Areas.load(), Vocabulary.load()
MARGIN = 15 / 25.4 * 72
HOSTILE = (
    '#panic("x")',
    "$ #sys.inputs $ \\ ` = *",
    '#read("/etc/hosts")',
    "\u202etxt.\0",
    "]",
    "",
)


def of(sheet: Sheet, areas: Areas = AREAS) -> PdfReader:
    return PdfReader(io.BytesIO(situation_pdf(sheet, areas, VOCABULARY)))


def texts(sheet: Sheet, areas: Areas = AREAS) -> tuple[str, str]:
    """The text of the Arabic and of the English page."""
    arabic, english = of(sheet, areas).pages
    return arabic.extract_text(), english.extract_text()


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def many(count: int, weeks: int = 12) -> Sheet:
    """As many rows of districts, of all kinds, over some weeks; every fifth is withheld."""
    codes = list(AREAS.adm2)
    numbers: dict[str, dict[str, Any]] = {
        "displacement": {"hh_min": 21_000, "hh_mid": 35_000},
        "shelter": {
            "site_people_min": 51,
            "site_people_max": 100,
            "sites_full": 3,
            "sites_over": 1,
        },
        "safety": {"killed_min": 6, "killed_max": 20, "taken_min": 6},
    }
    rows = []
    for number in range(count):
        kind = list(numbers)[number % 3]
        monday = date(2031, 3, 3) + timedelta(weeks=number % weeks)
        key = CellKey(monday, codes[number % len(codes)], kind)
        if number % 5 == 0:
            rows.append(Cell(key=key, suppressed=True))
        else:
            told = Cell(key, reports=number + 3, events=number + 2, v1=number, v2=1, v3plus=1)
            rows.append(told._replace(contested=0, **numbers[kind]))
    month = [Cell(key=CellKey(date(2031, 3, 1), code, "safety", MONTH)) for code in AREAS.adm1]
    last = date(2031, 3, 9) + timedelta(weeks=weeks - 1)
    rules = Rules.of("partners", Thresholds())
    return Sheet(date(2031, 3, 3), last, "adm2", rules, rows, month, revised=["2031-03-03"] * 90)


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(sheet_of([]), id="nothing"),
        pytest.param(sheet_of([SHOWN]), id="one row"),
        pytest.param(sheet_of([WITHHELD] * 40, [WITHHELD] * 9), id="all withheld"),
        pytest.param(many(30), id="30 rows"),
        pytest.param(many(500), id="500 rows"),
        pytest.param(many(500, weeks=120), id="120 weeks"),
        pytest.param(many(500, weeks=1044), id="20 years"),
    ],
)
def test_there_are_always_two_pages_and_each_is_whole(sheet: Sheet) -> None:
    arabic, english = of(sheet).pages
    # What is last on each page stands above its lower margin, where the page is cut.
    assert height_of("curated", arabic) > MARGIN
    assert height_of("curated", english) > MARGIN
    for page, words in ((arabic, ("نشرة", "الأوضاع")), (english, ("Situation sheet",))):
        text = page.extract_text()
        assert f"{sheet.first} – {sheet.last}" in text
        assert [word for word in words if word not in text] == []


def height_of(word: str, page: PageObject) -> float:
    """How high above the page's lower edge a word stands, in points."""
    found: list[float] = []

    def visit(text: str, at: list[float], inner: list[float], *_: object) -> None:
        if word in text:
            found.append(at[1] * inner[4] + at[3] * inner[5] + at[5])

    page.extract_text(visitor_text=visit)
    (height,) = found
    return height


def test_the_week_that_was_added_up_by_hand_is_on_both_pages() -> None:
    # Events shown: 5 + 1 + 1 about safety, 1 flight, 2 shelters; reports 9 + 3 + 3, 3, 4.
    arabic, english = texts(golden_sheet("internal"))
    told = lines_of(english)
    for line in (
        *("Events", "at least 10", "from reports: at least 22"),
        *("Displaced families", "at least 21", "in rows shown: 21–50"),
        *("Displacement 1", "Shelter 2", "Safety 7"),
        *("Jablah 2031-03-03 Safety 9 5 1 0", "Jablah 2031-03-03 Displacement 3 1 0 0 21–50"),
        "Banyas 2031-03-03 Displacement Withheld to protect people",
    ):
        assert line in told
    words = ("الأحداث", "الأقل", "10", "22", "العائلات", "النازحة", "21", "نزوح", "مأوى", "سلامة")
    assert [word for word in words if word not in arabic] == []
    for row in (
        ("جبلة", "2031-03-03", "سلامة", "9510"),
        ("جبلة", "2031-03-03", "نزوح", "310021–50"),
        ("بانياس", "2031-03-03", "نزوح", "محجوب", "لحماية", "الأشخاص"),
    ):
        # The order of words in a line from right to left is the reader's.
        assert any(all(word in line for word in row) for line in lines_of(arabic)), row


def test_both_pages_tell_the_same_numbers() -> None:
    numbers = [
        sorted("".join(re.findall(r"\d", text.split("OCHA")[0]))) for text in texts(many(60))
    ]
    assert numbers[0] == numbers[1]


def test_a_number_of_which_all_rows_are_shown_is_told_from_its_low_to_its_high_end() -> None:
    closed = SHOWN._replace(hh_max=50)
    assert "21–50" in lines_of(texts(sheet_of([closed]))[1])
    assert "21+" in lines_of(texts(sheet_of([SHOWN]))[1])
    assert "at least 21" in lines_of(texts(sheet_of([closed, closed._replace(hh_min=None)]))[1])


def test_shelters_are_those_of_the_last_week_and_not_added_up_over_weeks() -> None:
    weeks = [date(2031, 3, 3), date(2031, 3, 10)]
    cells = [
        Cell(
            key=CellKey(week, "SY0602", "shelter"),
            reports=4,
            events=2,
            site_people_min=people,
            site_people_max=people + 9,
            sites_full=people // 10,
        )
        for week, people in zip(weeks, (70, 40), strict=True)
    ]
    sheet = replace(sheet_of(cells), last=date(2031, 3, 16))
    told = lines_of(texts(sheet)[1])
    assert "40–49" in told
    assert any("Full: 4" in line for line in told)


def flights(area: str, events: int) -> Cell:
    return SHOWN._replace(key=SHOWN.key._replace(area=area), reports=events, events=events)


@pytest.mark.parametrize("told", [[flights("SY060200", 5)], []])
def test_a_table_of_subdistricts_is_added_up_from_its_districts(told: list[Cell]) -> None:
    # Of 9 events in Jablah 4 are in subdistricts that are not told; those of Baniyas in none.
    districts = [flights("SY0602", 9), flights("SY1002", 5)]
    above = [flights("SY06", 9), flights("SY10", 5)]
    fine = replace(sheet_of(told, [*districts, *above]), area="adm3")
    pages = [texts(sheet)[1] for sheet in (sheet_of(districts, above), fine)]
    sums, again = (lines_of(page.split("Largest rows")[0]) for page in pages)
    assert sums == again
    assert {"14", "from reports: 14", "Displacement 14"} <= set(sums)
    assert "No reports" not in again[: again.index("Displaced families")]


def test_the_largest_rows_come_first_and_the_others_are_counted() -> None:
    told = texts(many(500))[1]
    codes = list(AREAS.adm2)
    largest = AREAS.adm2[codes[499 % len(codes)]]["en"]
    assert f"{largest} " in told.split("Largest rows and totals")[1]
    assert f"{500 + len(AREAS.adm1) - 13 - 5} more rows and totals" in told


def test_a_year_is_drawn_and_the_weeks_before_are_counted() -> None:
    year, longer = (texts(many(500, weeks=weeks))[1] for weeks in (53, 120))
    assert "Earlier weeks" not in year
    chart = " ".join(longer.split("Events by week and kind")[1].split("How events")[0].split())
    assert "The last 53 weeks. Earlier weeks in the files beside this one: 67." in chart
    # The first of 120 weeks is that of 3 March 2031; 67 weeks later a year of them is left.
    assert "2032-06-14" in chart
    assert "2031-03-03" not in chart


def test_how_long_reports_waited_is_on_both_pages() -> None:
    week = Timeliness(date(2031, 3, 3), 14, 2.5)
    arabic, english = texts(replace(golden_sheet("internal"), timeliness=[week]))
    words = " ".join(english.split())
    told = "arrival to first assessment: 2.5 from reports 14, week of 2031-03-03"
    assert told in words
    assert [word for word in ("وسيط", "الأيام", "الوصول", "2.5") if word not in arabic] == []


def test_weeks_that_are_not_told_yet_are_not_said_to_be_quiet() -> None:
    sheet = replace(sheet_of([]), untold=[date(2031, 3, 3)])
    arabic, english = texts(sheet)
    words = " ".join(english.split())
    assert "Nothing is told of these weeks yet" in words
    assert "Weeks not told yet: 1" in words
    assert "No report" not in words
    assert [word for word in ("لم", "يذكر", "بعد") if word not in arabic] == []
    two = replace(many(12, weeks=2), untold=[date(2031, 3, 10)])
    assert "? not told yet" in texts(two)[1]


def test_weeks_under_earlier_rules_are_counted_on_both_pages() -> None:
    sheet = replace(many(12), settled_under={date(2031, 3, 3): Thresholds()})
    assert "Weeks under earlier rules: 1" in " ".join(texts(sheet)[1].split())


@pytest.mark.parametrize("tier", ["internal", "partners", "public"])
def test_each_tier_says_for_whom_it_is_and_by_which_rules(tier: str) -> None:
    meaning = {
        "internal": "For members of the organisation only. Do not hand it on.",
        "partners": "For the partners it was given to. Do not publish it.",
        "public": "For the public. May be published as it is.",
    }
    english = " ".join(texts(golden_sheet(tier))[1].split())
    assert meaning[tier] in english
    assert "Withheld is not zero" in english
    assert "Fewest reports: 3" in english


def test_the_same_table_is_the_same_file() -> None:
    sheet = many(40)
    first, again = (situation_pdf(sheet, AREAS, VOCABULARY) for _ in range(2))
    assert first == again


def test_it_names_nobody_and_no_day_but_the_table_s() -> None:
    reader = of(golden_sheet("public"))
    assert set(reader.metadata or {}) == {"/Title", "/Creator"}
    assert "2031-03-03" in str(reader.metadata)


def test_screen_readers_find_languages_headings_and_tables() -> None:
    root: Any = of(golden_sheet("internal")).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ar"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    nodes = list(branches(root["/StructTreeRoot"]))
    assert {"ar", "en"} <= {root["/Lang"], *(node.get("/Lang") for node in nodes)}
    kinds = [str(node.get("/S")) for node in nodes]
    assert kinds.count("/H1") == 2
    assert kinds.count("/Table") == 2
    assert {"/H2", "/TH", "/TD"} <= set(kinds)
    drawn = [node for node in nodes if node.get("/S") == "/Figure"]
    assert len(drawn) == 2
    assert all(node["/Alt"] for node in drawn)


def branches(node: Any) -> Iterator[DictionaryObject]:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from branches(each)
    elif isinstance(node, DictionaryObject):
        yield node
        if "/K" in node:
            yield from branches(node["/K"])


def test_every_font_is_embedded_and_is_ours() -> None:
    found = {}
    for page in of(many(30)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"]
            found[str(font["/BaseFont"])] = "/ToUnicode" in font
    assert found
    assert all("IBMPlexSansArabic" in name.replace("-", "") for name in found)
    assert all(found.values())


@pytest.mark.parametrize("words", ["لا لأ لإ لآ الله", "في شر تر لى ني ير", "كلا فلأن بين شيء"])
def test_no_sign_stands_for_two_arabic_letters_which_readers_would_turn_around(words: str) -> None:
    areas = replace(AREAS, adm2={**AREAS.adm2, "SY0602": {"ar": words, "en": "Jablah"}})
    letters = set("".join(signs_of(replace(many(30), rows=[SHOWN]), areas)))
    assert set(words) <= letters
    for sheet in (replace(many(30), rows=[SHOWN]), golden_sheet("internal")):
        together = {sign for sign in signs_of(sheet, areas) if len(sign) > 1}
        assert [sign for sign in together if not sign.isascii()] == []


def signs_of(sheet: Sheet, areas: Areas) -> list[str]:
    """What each sign of the Arabic page's fonts is read as."""
    page = of(sheet, areas).pages[0]
    fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
    maps = [font["/ToUnicode"].get_data().decode() for font in fonts.values()]
    found = [text for each in maps for text in re.findall(r"^<\w{4}> <(\w+)>$", each, re.M)]
    return [bytes.fromhex(text).decode("utf-16-be") for text in found]


def test_there_is_no_address_script_or_attachment_in_it() -> None:
    data = situation_pdf(many(30), AREAS, VOCABULARY)
    reader = PdfReader(io.BytesIO(data))
    assert reader.attachments == {}
    names = {
        str(key) for number in range(1, len(reader.xref[0]) + 1) for key in keys(reader, number)
    }
    assert "/StructParents" in names
    assert names & {"/URI", "/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles"} == set()
    assert not any("/Annots" in page for page in reader.pages)


def keys(reader: PdfReader, number: int) -> list[str]:
    found = reader.get_object(number)
    return list(found) if isinstance(found, DictionaryObject) else []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_only_ever_text(name: str) -> None:
    areas = replace(AREAS, adm2={**AREAS.adm2, "SY0602": {"ar": name, "en": name}})
    english = texts(sheet_of([SHOWN]), areas)[1]
    shown = " ".join(name.replace("\u202e", "").replace("\0", "").split()) or "SY0602"
    assert shown[:12] in english
    assert "\u202e" not in english


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_a_name_of_any_signs_and_length_leaves_two_pages(name: str) -> None:
    areas = replace(AREAS, adm2={**AREAS.adm2, "SY0602": {"ar": name, "en": name}}, source=name)
    assert len(of(sheet_of([SHOWN] * 40, [SHOWN] * 9), areas).pages) == 2


def test_letters_that_the_font_lacks_are_told_by_those_they_are_made_of() -> None:
    areas = replace(AREAS, adm2={**AREAS.adm2, "SY0602": {"ar": "جَبْلة", "en": "Jablāh Київ"}})
    arabic, english = texts(sheet_of([SHOWN]), areas)
    assert "Jablah ????" in english
    assert "جبلة" in arabic


def test_without_an_outline_or_points_the_map_still_says_what_is_missing_on_it() -> None:
    bare = replace(AREAS, outline=(), points={})
    english = " ".join(texts(sheet_of([SHOWN, WITHHELD]), bare)[1].split())
    assert "areas without a point on the map: 2" in english
    assert "circle" in texts(sheet_of([SHOWN]), replace(AREAS, outline=()))[1]


def test_the_outline_is_that_of_the_country_its_points_lie_in() -> None:
    corners = [point for ring in AREAS.outline for point in ring]
    assert len(corners) > 100
    for axis in (0, 1):
        least, most = (end(each[axis] for each in corners) for end in (min, max))
        inside = [least < point[axis] < most for point in AREAS.points.values()]
        assert sum(inside) / len(inside) > 0.95


def test_it_is_small_enough_to_be_mailed() -> None:
    assert len(situation_pdf(many(500), AREAS, VOCABULARY)) < 400_000
    assert len(json.dumps(AREAS.outline)) < 20_000
