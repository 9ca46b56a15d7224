"""Second factors: what is asked of a member after the passphrase, and what proves it."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from threading import Barrier
from typing import Any

import pyotp
import pytest
from werkzeug.test import TestResponse

from amana.core.encoding import b64encode
from amana.desk.limits import OF_A_FACTOR
from amana.desk.proofs import CHALLENGE_SECONDS, MAX_FACTORS

from .authenticator import Authenticator
from .conftest import Desk, auth_of, join

ME = "reviewer"
WRONG_CODE = "000000"


def outcome(answer: TestResponse) -> str:
    body = answer.get_json()
    if "error" in body:
        return str(body["error"]["code"])
    return "unfinished" if "factor" in body else "signed_in"


def begin(desk: Desk, kind: str, who: str = ME) -> dict[str, Any]:
    answer = desk.post("/api/v1/factors/challenges", who, json={"kind": kind})
    assert answer.status_code == 201
    begun: dict[str, Any] = answer.get_json()
    return begun


def add_key(desk: Desk, key: Authenticator, who: str = ME) -> TestResponse:
    handle = begin(desk, "webauthn", who)["handle"]
    given = {"handle": handle, "attestation": key.make(handle)}
    return desk.post("/api/v1/factors", who, json=given)


def add_codes(desk: Desk, who: str = ME) -> pyotp.TOTP:
    begun = begin(desk, "totp", who)
    phone = pyotp.TOTP(begun["secret"])
    given = {"handle": begun["handle"], "code": phone.at(desk.watch.moment)}
    assert desk.post("/api/v1/factors", who, json=given).status_code == 201
    desk.watch.forward(seconds=60)
    return phone


def ask(desk: Desk, who: str = ME) -> str:
    """The passphrase is proven; the handle of what is asked next."""
    answer = desk.sign_in(who)
    assert answer.status_code == 202
    return str(answer.get_json()["factor"]["handle"])


def prove(desk: Desk, handle: str, **proof: Any) -> TestResponse:
    given = {"handle": handle, "passes": desk.passes, **proof}
    answer = desk.post("/api/v1/sessions/factor", json=given)
    new_pass = answer.get_json().get("new_pass")
    desk.passes += [new_pass] if new_pass else []
    return answer


def remove(desk: Desk, factor: str, who: str = ME, auth: bytes | None = None) -> TestResponse:
    given = {"auth": b64encode(auth or auth_of(who)), "passes": desk.passes}
    return desk.post(f"/api/v1/factors/{factor}/removal", who, json=given)


def held(desk: Desk, who: str = ME) -> list[dict[str, str]]:
    found: list[dict[str, str]] = desk.get("/api/v1/factors", who).get_json()["factors"]
    return found


@pytest.fixture
def key(desk: Desk) -> Authenticator:
    """A security key that is the reviewer's."""
    made = Authenticator()
    assert add_key(desk, made).status_code == 201
    return made


@pytest.fixture
def phone(desk: Desk) -> pyotp.TOTP:
    """A phone that gives the reviewer's codes."""
    return add_codes(desk)


def test_a_security_key_is_kept_and_signs_its_member_in(desk: Desk, key: Authenticator) -> None:
    assert [(one["kind"], one["day"]) for one in held(desk)] == [("webauthn", "2031-03-12")]
    asked = desk.sign_in(ME).get_json()["factor"]
    assert (asked["credentials"], asked["codes"]) == ([b64encode(key.credential)], False)
    answer = prove(desk, asked["handle"], assertion=key.sign(asked["handle"]))
    assert answer.status_code == 201
    desk.tokens[ME] = answer.get_json()["token"]
    assert desk.get("/api/v1/members/me", ME).get_json() == answer.get_json()["member"]


def test_nothing_of_the_member_is_given_before_the_second_factor(
    desk: Desk, key: Authenticator
) -> None:
    desk.passes.clear()
    sessions = desk.rows("SELECT count(*) FROM sessions")
    answer = desk.sign_in(ME)
    assert set(answer.get_json()) == {"factor"}
    assert set(answer.get_json()["factor"]) == {"handle", "credentials", "codes"}
    assert desk.rows("SELECT count(*) FROM sessions") == sessions


def test_a_wrong_passphrase_is_answered_as_if_there_were_no_second_factor(
    desk: Desk, key: Authenticator
) -> None:
    desk.passes.clear()
    with desk.statements() as for_a_member:
        mine = desk.sign_in(ME, b"x" * 32)
    with desk.statements() as for_nobody:
        nobodys = desk.sign_in("ghost", b"x" * 32)
    assert (mine.status_code, mine.get_json()) == (nobodys.status_code, nobodys.get_json())
    assert for_a_member == for_nobody


def test_only_the_hash_of_a_handle_and_the_sealed_secret_are_stored(desk: Desk) -> None:
    begun = begin(desk, "totp")
    ((handle_hash, secret),) = desk.rows("SELECT handle_hash, secret FROM challenges")
    assert b64encode(bytes(handle_hash)) != begun["handle"]
    assert base64.b32decode(begun["secret"]) not in bytes(secret)
    assert begun["address"] == f"otpauth://totp/{ME}?secret={begun['secret']}"


def test_an_assertion_is_taken_once(desk: Desk, key: Authenticator) -> None:
    handle = ask(desk)
    assertion = key.sign(handle)
    assert outcome(prove(desk, handle, assertion=assertion)) == "signed_in"
    assert outcome(prove(desk, handle, assertion=assertion)) == "not_signed_in"
    assert outcome(prove(desk, ask(desk), assertion=assertion)) == "wrong_factor"


def test_of_two_that_send_one_proof_at_the_same_moment_one_is_signed_in(
    desk: Desk, phone: pyotp.TOTP
) -> None:
    handle, code, together = ask(desk), phone.at(desk.watch.moment), Barrier(4)

    def one(_: int) -> str:
        together.wait()
        return outcome(desk.post("/api/v1/sessions/factor", json={"handle": handle, "code": code}))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))).count("signed_in") == 1


def test_a_security_key_whose_counter_goes_back_is_refused(desk: Desk, key: Authenticator) -> None:
    handle = ask(desk)
    for number, expected in ((7, "signed_in"), (6, "wrong_factor"), (7, "wrong_factor")):
        key.counter = number - key.step
        assert outcome(prove(desk, handle, assertion=key.sign(handle))) == expected
        handle = ask(desk)
    key.counter = 7
    assert outcome(prove(desk, handle, assertion=key.sign(handle))) == "signed_in"


def test_a_security_key_that_does_not_count_signs_in_again_and_again(desk: Desk) -> None:
    key = Authenticator(step=0)
    add_key(desk, key)
    for _ in range(2):
        handle = ask(desk)
        assert outcome(prove(desk, handle, assertion=key.sign(handle))) == "signed_in"


def test_another_members_security_key_is_refused(desk: Desk, key: Authenticator) -> None:
    other = Authenticator()
    add_key(desk, other, "administrator")
    handle = ask(desk)
    assert outcome(prove(desk, handle, assertion=other.sign(handle))) == "wrong_factor"
    forged = other.sign(handle) | {"credential": b64encode(key.credential)}
    assert outcome(prove(desk, handle, assertion=forged)) == "wrong_factor"


def test_a_credential_that_is_somebodys_is_not_added_again(desk: Desk, key: Authenticator) -> None:
    assert outcome(add_key(desk, key)) == "conflict"
    assert outcome(add_key(desk, key, "administrator")) == "conflict"
    assert len(held(desk)) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"origin": "https://desk.example.evil.example"},
        {"origin": "http://desk.example"},
        {"type": "webauthn.create"},
        {"challenge": "A" * 43},
    ],
)
def test_an_assertion_for_something_else_is_refused(
    desk: Desk, key: Authenticator, said: dict[str, str]
) -> None:
    handle = ask(desk)
    assert outcome(prove(desk, handle, assertion=key.sign(handle, **said))) == "wrong_factor"


def test_a_key_that_was_made_for_another_challenge_is_not_added(desk: Desk) -> None:
    handle, other = (begin(desk, "webauthn")["handle"] for _ in range(2))
    made = Authenticator().make(other)
    answer = desk.post("/api/v1/factors", ME, json={"handle": handle, "attestation": made})
    assert outcome(answer) == "wrong_factor"


@pytest.mark.parametrize("drift", [-30, 0, 30])
def test_a_code_of_a_clock_that_is_one_step_off_signs_in(
    desk: Desk, phone: pyotp.TOTP, drift: int
) -> None:
    code = phone.at(int(desk.watch.moment.timestamp()) + drift)
    assert outcome(prove(desk, ask(desk), code=code)) == "signed_in"


@pytest.mark.parametrize("drift", [-60, 60])
def test_a_code_of_a_clock_that_is_further_off_is_refused(
    desk: Desk, phone: pyotp.TOTP, drift: int
) -> None:
    code = phone.at(int(desk.watch.moment.timestamp()) + drift)
    assert outcome(prove(desk, ask(desk), code=code)) == "wrong_factor"


def test_a_code_is_taken_once_and_so_is_every_older_one(desk: Desk, phone: pyotp.TOTP) -> None:
    now = int(desk.watch.moment.timestamp())
    assert outcome(prove(desk, ask(desk), code=phone.at(now))) == "signed_in"
    for code in (phone.at(now), phone.at(now - 30)):
        assert outcome(prove(desk, ask(desk), code=code)) == "wrong_factor"
    desk.watch.forward(seconds=30)
    assert outcome(prove(desk, ask(desk), code=phone.at(now))) == "wrong_factor"
    assert outcome(prove(desk, ask(desk), code=phone.at(now + 30))) == "signed_in"


def test_of_the_moment_at_which_a_code_was_taken_only_the_day_is_kept(
    desk: Desk, phone: pyotp.TOTP
) -> None:
    prove(desk, ask(desk), code=phone.at(desk.watch.moment))
    desk.watch.forward(minutes=2)
    begin(desk, "webauthn", "administrator")
    ((step,),) = desk.rows("SELECT counter FROM factors")
    day = desk.watch.moment.date()
    assert datetime.fromtimestamp(step * 30, UTC) == datetime.combine(day, time(), UTC)


def test_the_code_that_confirmed_a_phone_signs_nobody_in(desk: Desk) -> None:
    begun = begin(desk, "totp")
    code = pyotp.TOTP(begun["secret"]).at(desk.watch.moment)
    desk.post("/api/v1/factors", ME, json={"handle": begun["handle"], "code": code})
    assert outcome(prove(desk, ask(desk), code=code)) == "wrong_factor"


@pytest.mark.parametrize("zero", ["\u0660", "\u06f0"])
def test_a_code_in_arabic_or_persian_digits_is_the_same_code(
    desk: Desk, phone: pyotp.TOTP, zero: str
) -> None:
    code = "".join(chr(ord(zero) + int(digit)) for digit in phone.at(desk.watch.moment))
    assert outcome(prove(desk, ask(desk), code=code)) == "signed_in"


def test_another_members_code_is_refused(desk: Desk, phone: pyotp.TOTP) -> None:
    other = add_codes(desk, "administrator")
    assert outcome(prove(desk, ask(desk), code=other.at(desk.watch.moment))) == "wrong_factor"


def test_a_wrong_code_may_be_followed_by_a_right_one(desk: Desk, phone: pyotp.TOTP) -> None:
    handle = ask(desk)
    assert outcome(prove(desk, handle, code=WRONG_CODE)) == "wrong_factor"
    assert outcome(prove(desk, handle, code=phone.at(desk.watch.moment))) == "signed_in"


def test_either_factor_of_two_signs_in(desk: Desk, key: Authenticator, phone: pyotp.TOTP) -> None:
    handle = ask(desk)
    assert outcome(prove(desk, handle, assertion=key.sign(handle))) == "signed_in"
    assert outcome(prove(desk, ask(desk), code=phone.at(desk.watch.moment))) == "signed_in"
    assert outcome(prove(desk, ask(desk))) == "wrong_factor"


def test_a_handle_is_over_after_five_minutes(desk: Desk, phone: pyotp.TOTP) -> None:
    handle = ask(desk)
    desk.watch.forward(seconds=CHALLENGE_SECONDS)
    code = phone.at(desk.watch.moment)
    assert outcome(prove(desk, handle, code=code)) == "not_signed_in"
    assert outcome(prove(desk, ask(desk), code=code)) == "signed_in"
    assert desk.rows("SELECT count(*) FROM challenges") == [(0,)]


def test_a_handle_serves_its_purpose_and_its_member_only(desk: Desk, key: Authenticator) -> None:
    adding = begin(desk, "webauthn")["handle"]
    assert outcome(prove(desk, adding, assertion=key.sign(adding))) == "not_signed_in"
    given = {"handle": adding, "attestation": Authenticator().make(adding)}
    assert outcome(desk.post("/api/v1/factors", "administrator", json=given)) == "not_found"
    signing = ask(desk)
    given = {"handle": signing, "attestation": Authenticator().make(signing)}
    assert outcome(desk.post("/api/v1/factors", ME, json=given)) == "not_found"


def test_second_factors_are_guessed_slowly_and_their_member_is_not_kept_out_of_a_known_browser(
    desk: Desk, phone: pyotp.TOTP
) -> None:
    elsewhere = Desk(desk.app, desk.watch, desk.sealed)
    handle = ask(elsewhere)
    outcomes = [
        outcome(prove(elsewhere, handle, code=WRONG_CODE)) for _ in range(OF_A_FACTOR[0] + 1)
    ]
    assert outcomes == ["wrong_factor"] * OF_A_FACTOR[0] + ["too_many_tries"]
    right = phone.at(desk.watch.moment)
    assert outcome(prove(elsewhere, ask(elsewhere), code=right)) == "too_many_tries"
    assert outcome(prove(desk, ask(desk), code=right)) == "signed_in"


def test_a_factor_is_removed_with_the_passphrase_only(desk: Desk, phone: pyotp.TOTP) -> None:
    (factor,) = held(desk)
    assert outcome(remove(desk, factor["id"], auth=b"x" * 32)) == "wrong_passphrase"
    assert remove(desk, factor["id"], "administrator").status_code == 404
    assert len(held(desk)) == 1
    assert remove(desk, factor["id"]).status_code == 204
    assert outcome(desk.sign_in(ME)) == "signed_in"


def test_a_member_has_eight_factors_and_no_more(desk: Desk) -> None:
    for _ in range(MAX_FACTORS):
        add_key(desk, Authenticator())
    answer = desk.post("/api/v1/factors/challenges", ME, json={"kind": "totp"})
    assert outcome(answer) == "conflict"


def test_what_is_done_with_factors_is_recorded(desk: Desk, phone: pyotp.TOTP) -> None:
    add_key(desk, Authenticator())
    for factor in held(desk):
        remove(desk, factor["id"])
    acts = desk.rows("SELECT act, subject FROM audit WHERE act LIKE 'factor%' ORDER BY seq")
    assert acts[:2] == [("factor_added", "totp"), ("factor_added", "webauthn")]
    assert sorted(acts[2:]) == [("factor_removed", "totp"), ("factor_removed", "webauthn")]


def test_where_it_is_demanded_a_member_without_one_gets_no_keys_and_adds_one_first(
    demanding: Desk,
) -> None:
    assert demanding.sign_in(ME).get_json()["member"] is None
    assert demanding.get("/api/v1/factors", ME).get_json() == {"factors": [], "is_demanded": True}
    assert outcome(demanding.get("/api/v1/members/me", ME)) == "factor_required"
    add_codes(demanding)
    assert demanding.get("/api/v1/members/me", ME).get_json()["name"] == ME


def test_where_it_is_demanded_who_waits_to_be_let_in_adds_one_and_sees_their_keys(
    demanding: Desk,
) -> None:
    add_codes(demanding, "administrator")
    join(demanding, "newcomer")
    assert outcome(demanding.get("/api/v1/members/me", "newcomer")) == "factor_required"
    add_codes(demanding, "newcomer")
    assert demanding.get("/api/v1/members/me", "newcomer").get_json()["grants"] == []


def test_where_it_is_demanded_the_last_factor_stays(demanding: Desk) -> None:
    add_codes(demanding)
    (first,) = held(demanding)
    assert outcome(remove(demanding, first["id"])) == "last_factor"
    add_key(demanding, Authenticator())
    assert remove(demanding, first["id"]).status_code == 204


def test_of_two_factors_that_are_removed_at_the_same_moment_one_stays_where_it_is_demanded(
    demanding: Desk,
) -> None:
    for _ in range(2):
        add_key(demanding, Authenticator())
    factors, together = held(demanding), Barrier(2)

    def one(factor: dict[str, str]) -> int:
        together.wait()
        return remove(demanding, factor["id"]).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, factors)) == [204, 409]
