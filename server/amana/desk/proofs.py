"""Second factors: what a member is asked, and whether the answer proves it is them (decision 0018).

The handle of a challenge goes to the member's browser and is what a security key signs. The answer
that proves something closes it; one that does not counts as a try (`limits`).
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import current_app

from amana import store
from amana.core import factors
from amana.core.factors import Assertion, Key
from amana.core.refusal import Refusal
from amana.store.factors import Challenge, Factor
from amana.store.members import Member

CHALLENGE_SECONDS: Final = 300
MAX_FACTORS: Final = 8
DEMANDED: Final = "amana-factor-demanded"
"""Where the application keeps whether every member needs a second factor."""


def ask(challenge: Challenge, now: int) -> bytes:
    """Open a challenge in this transaction; its handle."""
    handle = secrets.token_bytes(factors.HANDLE_BYTES)
    store.factors.ask(factors.handle_hash(handle), challenge, now, now + CHALLENGE_SECONDS)
    return handle


def question(handle: bytes, held: Sequence[Factor]) -> dict[str, Any]:
    """What a member is told who has to prove one of these."""
    return {
        "handle": handle,
        "credentials": [one.credential for one in held if one.credential is not None],
        "codes": any(one.kind == "totp" for one in held),
    }


def holds(member: Member, server_secret: bytes, given: Mapping[str, Any], now: int) -> bool:
    """Whether what was given proves one of the member's factors.

    Moves that factor's counter on, in this transaction: the same proof holds once.
    """
    for one in store.factors.of(member.id):
        try:
            if one.secret is None:
                counter = _number_signed(one, given)
            else:
                secret = factors.open_secret(server_secret, member.name, one.secret)
                counter = factors.step_of(secret, given["code"] or "", now)
        except Refusal:
            continue
        if counter is not None and store.factors.advance(one.id, counter):
            return True
    return False


def is_missing(member: Member) -> bool:
    """Whether the member has to add a second factor before anything else."""
    return is_demanded() and store.factors.count(member.id) == 0


def is_demanded() -> bool:
    """Whether the organisation wants every member to have a second factor."""
    return bool(current_app.extensions[DEMANDED])


def _number_signed(one: Factor, given: Mapping[str, Any]) -> int | None:
    """The number of this security key's signature; None for another's, `Refusal` for none."""
    assertion = given["assertion"]
    if assertion is None or assertion["credential"] != one.credential:
        return None
    key = Key(one.origin or "", one.credential or b"", one.public_key or b"", one.counter)
    return factors.check_assertion(key, Assertion(**assertion), given["handle"])
