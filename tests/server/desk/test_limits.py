"""Guessing is slow, for every name alike, and keeps nobody out of a browser of theirs."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from werkzeug.test import TestResponse

from amana.core import passes
from amana.core.encoding import b64decode
from amana.desk.limits import OF_A_NAME, OF_A_PASS, OF_ALL

from .conftest import Desk

WRONG = b"x" * 32


def outcome(answer: TestResponse) -> str:
    body = answer.get_json()
    return str(body["error"]["code"]) if "error" in body else "signed_in"


def guess(desk: Desk, name: str, times: int) -> list[str]:
    return [outcome(desk.sign_in(name, WRONG)) for _ in range(times)]


@pytest.mark.parametrize("name", ["reviewer", "ghost"])
def test_a_name_takes_ten_wrong_tries_and_then_one_each_five_minutes(desk: Desk, name: str) -> None:
    assert guess(desk, name, 12) == ["wrong_passphrase"] * 10 + ["too_many_tries"] * 2
    refused = desk.sign_in(name, WRONG)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "300")
    desk.watch.forward(seconds=299)
    assert desk.sign_in(name, WRONG).headers["Retry-After"] == "1"
    desk.watch.forward(seconds=1)
    assert guess(desk, name, 2) == ["wrong_passphrase", "too_many_tries"]
    desk.watch.forward(hours=1)
    assert guess(desk, name, 11) == ["wrong_passphrase"] * 10 + ["too_many_tries"]


def test_a_refused_try_does_not_tell_whether_it_was_right(desk: Desk) -> None:
    guess(desk, "reviewer", OF_A_NAME[0])
    right, wrong = desk.sign_in("reviewer"), desk.sign_in("reviewer", WRONG)
    assert (right.status_code, right.get_json()) == (wrong.status_code, wrong.get_json())
    assert right.headers == wrong.headers


def test_names_that_nobody_has_cost_the_same_statements_when_they_are_refused(desk: Desk) -> None:
    guess(desk, "reviewer", OF_A_NAME[0])
    guess(desk, "ghost", OF_A_NAME[0])
    with desk.statements() as for_a_member:
        desk.sign_in("reviewer", WRONG)
    with desk.statements() as for_nobody:
        desk.sign_in("ghost", WRONG)
    assert for_a_member == for_nobody
    assert [each for each in for_nobody if not each.startswith(("SELECT", "BEGIN"))] == []


def test_whoever_uses_up_a_members_tries_does_not_keep_them_out_of_their_browser(
    desk: Desk,
) -> None:
    assert outcome(desk.sign_in("reviewer")) == "signed_in"
    elsewhere = Desk(desk.app, desk.watch, desk.sealed)
    guess(elsewhere, "reviewer", OF_A_NAME[0])
    assert outcome(elsewhere.sign_in("reviewer")) == "too_many_tries"
    assert outcome(desk.sign_in("reviewer")) == "signed_in"


def test_whoever_uses_up_everybodys_tries_does_not_keep_members_out_of_their_browsers(
    desk: Desk,
) -> None:
    desk.sign_in("reviewer")
    elsewhere = Desk(desk.app, desk.watch, desk.sealed)
    for number in range(OF_ALL[0]):
        assert outcome(elsewhere.sign_in(f"name {number}", WRONG)) == "wrong_passphrase"
    refused = elsewhere.sign_in("administrator")
    assert (outcome(refused), refused.headers["Retry-After"]) == ("too_many_tries", "10")
    assert outcome(desk.sign_in("reviewer")) == "signed_in"
    kept = desk.rows("SELECT count(*) FROM tries")
    assert guess(elsewhere, "yet another name", 1) == ["too_many_tries"]
    assert desk.rows("SELECT count(*) FROM tries") == kept


def test_a_browser_that_was_stolen_guesses_no_faster(desk: Desk) -> None:
    desk.sign_in("reviewer")
    assert guess(desk, "reviewer", OF_A_PASS[0] + 1)[-2:] == ["wrong_passphrase", "too_many_tries"]
    elsewhere = Desk(desk.app, desk.watch, desk.sealed)
    assert outcome(elsewhere.sign_in("reviewer")) == "signed_in"


def test_a_pass_is_given_once_and_serves_one_member_only(desk: Desk) -> None:
    first = desk.sign_in("reviewer").get_json()["new_pass"]
    assert desk.sign_in("reviewer").get_json()["new_pass"] is None
    elsewhere = Desk(desk.app, desk.watch, desk.sealed, passes=[first])
    guess(elsewhere, "administrator", OF_A_NAME[0])
    assert outcome(elsewhere.sign_in("administrator")) == "too_many_tries"
    assert outcome(elsewhere.sign_in("reviewer")) == "signed_in"


def test_a_pass_made_elsewhere_or_changed_is_none(desk: Desk) -> None:
    made = b64decode(desk.sign_in("reviewer").get_json()["new_pass"])
    organisation = desk.app.extensions["amana-organisation"]
    assert passes.fits(organisation.server_secret, "reviewer", made)
    for place in range(passes.PASS_BYTES):
        changed = bytearray(made)
        changed[place] ^= 1
        assert not passes.fits(organisation.server_secret, "reviewer", bytes(changed))
    assert not passes.fits(b"another server", "reviewer", made)


def test_signing_in_costs_no_tries(desk: Desk) -> None:
    for _ in range(OF_A_NAME[0] + 2):
        desk.passes.clear()
        assert outcome(desk.sign_in("reviewer")) == "signed_in"


def test_what_is_kept_of_tries_names_nobody_and_is_forgotten(desk: Desk) -> None:
    guess(desk, "reviewer", 3)
    kept = desk.rows("SELECT key FROM tries")
    assert len(kept) == 2
    assert all(b"reviewer" not in bytes(key) for (key,) in kept)
    desk.watch.forward(hours=1)
    guess(desk, "ghost", 1)
    assert desk.rows("SELECT count(*) FROM tries") == [(2,)]


def test_tries_at_the_same_moment_are_all_counted(desk: Desk) -> None:
    together = Barrier(16)

    def one(_: int) -> str:
        together.wait()
        return outcome(desk.sign_in("reviewer", WRONG))

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(one, range(16)))
    assert outcomes.count("wrong_passphrase") == OF_A_NAME[0]
    assert set(outcomes) == {"wrong_passphrase", "too_many_tries"}
