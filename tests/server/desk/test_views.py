"""Views of the queue: a member's own, sealed, replaced as a whole."""

from typing import Any

from amana.core.encoding import b64encode
from amana.store.tables import VIEWS_BYTES

from .conftest import SEALED_VIEWS, Desk

PATH = "/api/v1/members/me/views"
OTHER = {"sealed": b64encode(b"o" * VIEWS_BYTES)}


def put(desk: Desk, views: dict[str, Any], seen: int, who: str = "reviewer") -> int:
    headers = {"If-Match": f'"{seen}"'}
    return desk.call("PUT", PATH, who, json=views, headers=headers).status_code


def kept(desk: Desk, who: str = "reviewer") -> Any:
    return desk.get(PATH, who).get_json()


def test_a_member_without_views_has_version_0_and_nothing(desk: Desk) -> None:
    assert kept(desk) == {"version": 0, "sealed": None}


def test_views_are_replaced_as_a_whole_and_are_nobody_elses(desk: Desk) -> None:
    assert [put(desk, SEALED_VIEWS, 0), put(desk, OTHER, 1)] == [200, 200]
    assert kept(desk) == OTHER | {"version": 2}
    assert kept(desk, "administrator") == {"version": 0, "sealed": None}


def test_two_windows_of_a_member_do_not_overwrite_each_other(desk: Desk) -> None:
    put(desk, SEALED_VIEWS, 0)
    assert [put(desk, OTHER, 0), put(desk, OTHER, 2)] == [409, 409]
    assert kept(desk) == SEALED_VIEWS | {"version": 1}


def test_views_sent_again_are_answered_again(desk: Desk) -> None:
    assert [put(desk, SEALED_VIEWS, 0) for _ in range(2)] == [200, 200]
    assert [put(desk, OTHER, 1) for _ in range(2)] == [200, 200]
    assert kept(desk) == OTHER | {"version": 2}


def test_what_is_no_sealed_views_is_refused(desk: Desk) -> None:
    short = {"sealed": b64encode(bytes(VIEWS_BYTES - 1))}
    assert [put(desk, each, 0) for each in (short, {}, {"sealed": None})] == [422, 422, 422]
    assert desk.call("PUT", PATH, "reviewer", json=SEALED_VIEWS).status_code == 428
