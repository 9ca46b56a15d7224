"""Letters are put by members, once, over the version that they have seen, and forgotten in time."""

from datetime import date

import pytest
from werkzeug.test import TestResponse

from amana.core.encoding import b64encode
from amana.core.mailbox import LETTER_BYTES
from amana.desk.mailboxes import kept_until
from amana.store.tables import MAX_LETTERS

from .conftest import LETTER, Desk

BOX, OTHER = "0f" * 16, "f0" * 16
NEWER = b64encode(b"x" * LETTER_BYTES)


def put(
    desk: Desk, letter: str = LETTER, seen: int = 0, box: str = BOX, who: str = "reviewer"
) -> TestResponse:
    tag = {"If-Match": f'"{seen}"'}
    return desk.call("PUT", f"/api/v1/mailboxes/{box}", who, json={"letter": letter}, headers=tag)


def letters(desk: Desk, *boxes: str) -> list[tuple[str, int, str]]:
    answer = desk.post("/api/v1/mailboxes", "administrator", json={"ids": list(boxes)})
    assert answer.status_code == 200
    return [(one["id"], one["version"], one["letter"]) for one in answer.get_json()["letters"]]


def later(desk: Desk, days: int) -> None:
    desk.watch.forward(days=days)
    desk.tokens.clear()


def error(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["error"]["code"]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The desk with two reports: room for two mailboxes."""
    desk.receive(2)
    return desk


def test_a_letter_is_put_and_read_by_colleagues(desk: Desk) -> None:
    assert put(desk).get_json() == {"version": 1}
    assert letters(desk, OTHER, BOX) == [(BOX, 1, LETTER)]


def test_a_letter_takes_the_place_of_the_one_that_was_seen(desk: Desk) -> None:
    put(desk)
    assert put(desk, NEWER, seen=1, who="administrator").get_json() == {"version": 2}
    assert letters(desk, BOX) == [(BOX, 2, NEWER)]


def test_the_same_letter_sent_again_is_kept_once(desk: Desk) -> None:
    for seen in (0, 1):
        first = put(desk, NEWER, seen).get_json()
        assert put(desk, NEWER, seen).get_json() == first
    assert letters(desk, BOX) == [(BOX, 2, NEWER)]


@pytest.mark.parametrize("seen", [0, 2, 7])
def test_another_letter_over_a_version_that_is_not_the_newest_is_a_conflict(
    desk: Desk, seen: int
) -> None:
    put(desk)
    assert error(put(desk, NEWER, seen)) == (409, "conflict")
    assert letters(desk, BOX) == [(BOX, 1, LETTER)]


def test_the_version_seen_has_to_be_said(desk: Desk) -> None:
    answer = desk.call("PUT", f"/api/v1/mailboxes/{BOX}", "reviewer", json={"letter": LETTER})
    assert error(answer) == (428, "version_required")


def test_a_letter_of_another_length_is_refused(desk: Desk) -> None:
    for length in (0, LETTER_BYTES - 1, LETTER_BYTES + 1):
        assert error(put(desk, b64encode(bytes(length)))) == (422, "invalid")


def test_there_are_never_more_mailboxes_than_reports_have_come(desk: Desk) -> None:
    assert [put(desk, box=box).status_code for box in (BOX, OTHER)] == [200, 200]
    assert error(put(desk, box="00" * 16)) == (507, "storage_full")
    assert put(desk).get_json() == {"version": 1}
    assert put(desk, NEWER, seen=1).status_code == 200


def test_a_mailbox_takes_so_many_letters_and_no_more(desk: Desk) -> None:
    put(desk)
    for seen in range(1, MAX_LETTERS):
        assert put(desk, NEWER, seen).status_code == 200
    assert error(put(desk, NEWER, seen=MAX_LETTERS)) == (507, "storage_full")


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2031, 3, 1), date(2031, 7, 1)),
        (date(2031, 3, 31), date(2031, 7, 1)),
        (date(2031, 8, 31), date(2031, 12, 1)),
        (date(2031, 9, 1), date(2032, 1, 1)),
        (date(2031, 12, 31), date(2032, 4, 1)),
    ],
)
def test_a_letter_is_kept_to_the_end_of_the_third_month_after(today: date, until: date) -> None:
    assert kept_until(today) == until


def test_a_letter_whose_time_is_over_is_forgotten_when_another_is_written(desk: Desk) -> None:
    put(desk)  # on 12 March 2031
    later(desk, days=110)
    put(desk, box=OTHER)
    assert [box for box, *_ in letters(desk, BOX, OTHER)] == [BOX, OTHER]
    later(desk, days=1)
    put(desk, NEWER, seen=1, box=OTHER)
    assert [box for box, *_ in letters(desk, BOX, OTHER)] == [OTHER]
