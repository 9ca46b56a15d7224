"""How fast anybody may try to sign in (decision 0016).

A name takes ten wrong tries at once and then one each five minutes, all names together sixty and
then one each ten seconds, whether there is such a name or not. A browser in which the member signed
in before shows a pass and is counted by itself, so whoever uses up the others' tries locks nobody
out who is at a browser of theirs. The database holds keyed hashes, so all workers count together
and the rows name nobody.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

from amana import store
from amana.errors import Problem
from amana.store.tries import Limit

OF_A_NAME: Final = (10, 300)
OF_ALL: Final = (60, 10)
OF_A_PASS: Final = (10, 60)
OF_A_FACTOR: Final = (10, 600)
OF_A_TOKEN: Final = (60, 10)
"""Wrong tries at once, and the seconds that each counts; of a token, right ones."""

_KEY: Final = b"amana/1/desk/tries"


def limits_of(secret: bytes, name: str, own_pass: bytes | None) -> list[Limit]:
    """What a try of this name counts against, from a browser with or without a pass for it."""
    if own_pass is not None:
        return [Limit(_key(secret, b"pass", own_pass), *OF_A_PASS)]
    return [
        Limit(_key(secret, b"name", name.encode("utf-8")), *OF_A_NAME),
        Limit(_key(secret, b"all", b""), *OF_ALL),
    ]


def limits_of_joining(secret: bytes) -> list[Limit]:
    """What a wrong token of an invitation counts against. A right one is never counted."""
    return [Limit(_key(secret, b"join", b""), *OF_ALL)]


def limits_of_factor(secret: bytes, name: str, own_pass: bytes | None) -> list[Limit]:
    """What a try of this name's second factor counts against, once the passphrase was right.

    Slow enough that six digits are not guessed in years, known browser or not.
    """
    if own_pass is not None:
        return [Limit(_key(secret, b"factor-pass", own_pass), *OF_A_FACTOR)]
    return [Limit(_key(secret, b"factor", name.encode("utf-8")), *OF_A_FACTOR)]


def limits_of_token(secret: bytes, token_hash: bytes | None) -> list[Limit]:
    """What a program's question counts against: its own token, or with a wrong one all wrong ones.

    Tables are costly, and programs ask again and again.
    """
    if token_hash is not None:
        return [Limit(_key(secret, b"token", token_hash), *OF_A_TOKEN)]
    return [Limit(_key(secret, b"no-token", b""), *OF_ALL)]


def refuse(limits: Sequence[Limit], now: int) -> None:
    """`too_many_tries` where a limit is reached. Writes nothing: refusing costs next to nothing."""
    seconds = store.tries.wait(limits, now)
    if seconds:
        raise Problem("too_many_tries", retry_after=seconds)


def take(limits: Sequence[Limit], now: int) -> None:
    """Count a try, in a transaction that a refusal undoes."""
    store.tries.forget(now)
    for limit in limits:
        if not store.tries.take(limit, now):
            raise Problem("too_many_tries", retry_after=limit.seconds)


def give_back(limits: Sequence[Limit]) -> None:
    """The try was right."""
    for limit in limits:
        store.tries.give_back(limit)


def _key(secret: bytes, kind: bytes, what: bytes) -> bytes:
    return hmac.new(secret, _KEY + b"/" + kind + b"/" + what, hashlib.sha256).digest()
