"""Tokens of programs: what they read, what they do not open, how they end."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from werkzeug.test import TestResponse

from amana.core.encoding import b64encode

from .conftest import ROLES, Desk
from .test_doors import ADDRESSES, BODIES, QUERIES, TOKENS
from .test_releases import FEBRUARY, events
from .test_summaries import WEEK, assess_all, csv_of, rows_of, summary
from .test_summaries import take_out as package_of

FIGURES = "/api/v1/bi/summary.csv"
JANUARY = "from=2031-01-27&to=2031-02-02"
BOTH = "from=2031-01-27&to=2031-03-09"


def take_out(desk: Desk, tier: str, query: str = FEBRUARY) -> bytes:
    """The CSV file of a package."""
    return csv_of(package_of(desk, **dict(parse_qsl(query)), tier=tier).data)


def make(desk: Desk, tier: str, **more: Any) -> str:
    given = {"name": "Partner's dashboard", "tier": tier, **more}
    answer = desk.post("/api/v1/tokens", "administrator", json=given)
    assert answer.status_code == 201
    token: str = answer.get_json()["token"]
    return token


def read(desk: Desk, token: str, query: str = FEBRUARY) -> TestResponse:
    return desk.get(f"{FIGURES}?{query}", headers={"Authorization": f"Bearer {token}"})


def known(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.get("/api/v1/tokens", "administrator").get_json()["tokens"]
    return found


def code(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]["code"]


def acts(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows("SELECT member, act, subject FROM audit WHERE act LIKE 'token%' ORDER BY seq")


@pytest.mark.parametrize("tier", ["partners", "public"])
def test_a_week_is_told_once_a_file_of_the_tier_has_left_and_then_like_the_file(
    desk: Desk, tier: str
) -> None:
    assess_all(desk, *events(5))
    token = make(desk, tier)
    summary(desk, f"{FEBRUARY}&tier={tier}")
    assert rows_of(read(desk, token).data) == []
    file = take_out(desk, tier)
    assert rows_of(read(desk, token).data) == rows_of(file) != []
    assess_all(desk, *events(1, 100))
    assert rows_of(read(desk, token).data) == rows_of(file)
    assert desk.rows("SELECT count(*) FROM releases") == [(1,)]


def test_what_has_left_for_partners_only_is_not_told_to_the_public(desk: Desk) -> None:
    assess_all(desk, *events(5))
    take_out(desk, "partners")
    assert rows_of(read(desk, make(desk, "partners")).data) != []
    assert rows_of(read(desk, make(desk, "public")).data) == []


def test_a_week_between_that_has_not_left_is_not_told_and_neither_is_its_month(desk: Desk) -> None:
    late = [each | {"day": "2031-01-29"} for each in events(4, 50)]
    between = [each | {"day": "2031-02-05"} for each in events(4, 70)]
    assess_all(desk, *events(5), *late, *between)
    take_out(desk, "partners", JANUARY)
    take_out(desk, "partners")
    rows = rows_of(read(desk, make(desk, "partners"), BOTH).data)
    assert {row["#date+start"] for row in rows} == {"2031-01-27", "2031-02-24"}
    whole = rows_of(take_out(desk, "partners", BOTH))
    assert rows_of(read(desk, make(desk, "partners"), BOTH).data) == whole
    assert len(whole) > len(rows)


def test_inside_the_table_is_the_one_on_the_screen_as_it_is_now(desk: Desk) -> None:
    assess_all(desk, *events(3))
    token = make(desk, "internal")
    for reports in (3, 4):
        cells = summary(desk, FEBRUARY)["cells"]
        rows = [row for row in rows_of(read(desk, token).data) if row["#meta+level"] == "adm2"]
        assert [cell["reports"] for cell in cells] == [reports]
        assert [row["#meta+count"] for row in rows] == [str(reports)]
        assess_all(desk, *events(1, 100))
    assert desk.rows("SELECT count(*) FROM releases") == [(0,)]


def test_a_token_opens_no_door_of_members_and_no_member_opens_its_own(
    desk: Desk, subtests: pytest.Subtests
) -> None:
    headers = {"Authorization": f"Bearer {make(desk, 'internal')}", "If-Match": '"0"'}
    for door in set(BODIES) | set(QUERIES) | {"GET /api/v1/members", "GET /api/v1/audit"}:
        method, _ = door.split(" ")
        address = ADDRESSES[door] + QUERIES.get(door, "")
        if door not in TOKENS and door not in OPEN_TO_ALL:
            with subtests.test(door):
                answer = desk.call(method, address, json=BODIES.get(door), headers=headers)
                assert code(answer) == (401, "not_signed_in")
    for who in ROLES:
        assert code(desk.get(f"{FIGURES}?{WEEK}", who)) == (401, "not_signed_in")


OPEN_TO_ALL = {
    "POST /api/v1/salts",
    "POST /api/v1/sessions",
    "POST /api/v1/sessions/factor",
    "POST /api/v1/members",
}


def test_unknown_revoked_and_ended_tokens_are_one_answer(desk: Desk) -> None:
    token, revoked = make(desk, "public"), make(desk, "public")
    ending = make(desk, "public", until="2031-03-12")
    assert read(desk, ending).status_code == 200
    number = known(desk)[1]["id"]
    assert desk.call("DELETE", f"/api/v1/tokens/{number}", "administrator").status_code == 204
    desk.watch.forward(days=1)
    desk.tokens.clear()
    answers = [read(desk, each) for each in (revoked, ending, b64encode(bytes(32)), "x")]
    assert {(answer.status_code, answer.data) for answer in answers} == {
        (401, b'{"error":{"code":"not_signed_in","message":"Sign in first."}}\n')
    }
    assert read(desk, token).status_code == 200
    gone = desk.call("DELETE", f"/api/v1/tokens/{number}", "administrator")
    assert code(gone) == (404, "not_found")


def test_the_record_names_making_revoking_and_the_first_use_of_a_day(desk: Desk) -> None:
    token = make(desk, "partners")
    read(desk, token)
    read(desk, token)
    desk.watch.forward(days=1)
    desk.tokens.clear()
    read(desk, token)
    (told,) = known(desk)
    assert (told["made"], told["until"], told["used"]) == ("2031-03-12", None, "2031-03-13")
    assert told["made_by"] == "administrator"
    desk.call("DELETE", f"/api/v1/tokens/{told['id']}", "administrator")
    subject = "partners Partner's dashboard"
    assert acts(desk) == [
        ("administrator", "token_made", subject),
        ("", "token_used", subject),
        ("", "token_used", subject),
        ("administrator", "token_revoked", subject),
    ]


def test_the_database_holds_no_token_only_what_it_is_known_by(desk: Desk) -> None:
    token = make(desk, "public")
    held = str(desk.rows("SELECT * FROM tokens"))
    assert token not in held
    assert token not in str(known(desk))


def test_a_token_is_asked_with_slowly_and_wrong_ones_hold_no_right_one_up(desk: Desk) -> None:
    token, other = make(desk, "public"), make(desk, "public")
    wrong = [read(desk, b64encode(bytes([each]) * 32)).status_code for each in range(61)]
    assert wrong == [401] * 60 + [429]
    right = [read(desk, token).status_code for _ in range(61)]
    assert right == [200] * 60 + [429]
    assert read(desk, other).status_code == 200
    desk.watch.forward(seconds=10)
    assert read(desk, token).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"tier": "everybody"},
        {"tier": "public", "until": "2031-03-11"},
        {"tier": "public", "name": ""},
        {"tier": "public", "name": "x" * 65},
    ],
)
def test_what_is_no_token_is_not_made(desk: Desk, wrong: dict[str, str]) -> None:
    answer = desk.post("/api/v1/tokens", "administrator", json={"name": "x"} | wrong)
    assert code(answer) == (422, "invalid")


def test_the_public_is_told_of_no_subdistricts(desk: Desk) -> None:
    token = make(desk, "public")
    assert code(read(desk, token, f"{FEBRUARY}&area=adm3")) == (422, "invalid")
    assert read(desk, token, f"{FEBRUARY}&area=adm1").status_code == 200


def test_json_tells_the_same_rows_as_csv(desk: Desk) -> None:
    assess_all(desk, *events(5))
    token = make(desk, "partners")
    take_out(desk, "partners")
    answer = desk.get(
        f"{FIGURES.replace('.csv', '.json')}?{FEBRUARY}",
        headers={"Authorization": f"Bearer {token}"},
    )
    body = answer.get_json()
    hxl = {column["code"]: column["hxl"] for column in body["amana"]["columns"]}
    told = [
        {hxl[code]: "" if value is None else str(value) for code, value in row.items()}
        for row in body["rows"]
    ]
    assert body["amana"]["rules"]["tier"] == "partners"
    assert told == rows_of(read(desk, token).data) != []
