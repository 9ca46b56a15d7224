"""Signing in, staying signed in, signing out.

The browser proves a passphrase by `auth`, which Argon2id and HKDF made of it (PROTOCOL section 8).
A member with a second factor proves that too, before the server gives anything (decision 0018).
The browser gets a bearer token of 32 random bytes and keeps it in memory; the server keeps its
SHA-256, so a stolen database opens no session. A session ends after 12 hours, and earlier when it
was not used for 30 minutes. There is no cookie, so another site can make no browser act for a
member. What the browser keeps is a pass (`core.passes`), which opens nothing.

A name that nobody has is answered like one that somebody has: the same shape, the same statements,
the same comparison, against a hash that nothing hashes to.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any, Final, cast

from flask import Response, current_app, g, request

from amana import clock, store
from amana.core import factors, members, passes
from amana.core.encoding import b64decode, b64encode
from amana.errors import Problem
from amana.http import Unfinished
from amana.organisation import Organisation
from amana.store.factors import Challenge
from amana.store.members import Member

from . import limits, proofs

SESSION_SECONDS: Final = 12 * 3600
IDLE_SECONDS: Final = 30 * 60
TOUCH_SECONDS: Final = 60
"""A session's idle end is moved on at most once in a minute: most requests write nothing."""
TOKEN_BYTES: Final = 32
ORGANISATION: Final = "amana-organisation"
"""Where the application keeps the organisation it serves."""

_NOBODYS_HASH: Final = bytes(32)


def give_salt(given: Mapping[str, Any]) -> dict[str, Any]:
    """The salt of a name

    Everybody may ask; a name that nobody has always gets the same made-up salt.
    """
    member = store.members.get(given["name"])
    made_up = members.decoy_salt(server_secret(), given["name"])
    return {"salt": made_up if member is None else member.salt}


def sign_in(given: Mapping[str, Any]) -> dict[str, Any] | Unfinished:
    """Sign in

    Answers a bearer token, and a pass to be shown at the next time; or what a member with a second
    factor has to prove first. An unknown name and a wrong passphrase are one answer.
    """
    moment, name = now(), given["name"]
    own_pass = _own_pass(name, given)
    member = _prove_passphrase(name, own_pass, given["auth"], moment)
    held = store.factors.of(member.id)
    if held:
        with store.writing():
            handle = proofs.ask(Challenge(member.id, "sign_in"), moment)
        return Unfinished({"factor": proofs.question(handle, held)})
    with store.writing():
        token = _begin(member, moment)
    return _as_signed_in(member, token, own_pass)


def prove_factor(given: Mapping[str, Any]) -> dict[str, Any]:
    """Prove a second factor

    The second half of signing in, within five minutes of the first. A wrong answer may be followed
    by a right one, as often as the limits allow.
    """
    moment, handle_hash = now(), factors.handle_hash(given["handle"])
    asked = store.factors.asked(handle_hash, ["sign_in"], moment)
    member = None if asked is None else store.members.by_id(asked.member_id)
    if member is None:
        raise Problem("not_signed_in")
    own_pass = _own_pass(member.name, given)
    counted = limits.limits_of_factor(server_secret(), member.name, own_pass)
    limits.refuse(counted, moment)
    with store.writing():
        limits.take(counted, moment)
        is_proven = proofs.holds(member, server_secret(), given, moment)
        is_proven = is_proven and store.factors.take(handle_hash)
        if is_proven:
            limits.give_back(counted)
            token = _begin(member, moment)
    if not is_proven:
        raise Problem("wrong_factor")
    return _as_signed_in(member, token, own_pass)


def prove_again(given: Mapping[str, Any]) -> None:
    """That it is still the signed-in member: `wrong_passphrase`, `too_many_tries`."""
    name = signed_in().name
    _prove_passphrase(name, _own_pass(name, given), given["auth"], now())


def sign_out() -> Response:
    """Sign out

    The token is worth nothing afterwards.
    """
    with store.writing():
        store.sessions.end(g.token_hash)
        store.audit.append("signed_out", signed_in().name, "", clock.today())
    return Response(status=204)


def give_member() -> dict[str, Any]:
    """The signed-in member's own keys

    Wrapped by the passphrase; the server cannot open them.
    """
    return _as_own(signed_in())


def signed_in() -> Member:
    """The member of this request. Only behind a door that needs one."""
    return cast(Member, g.member)


def admit() -> Member:
    """Find the member whose token the request carries; `Problem` when there is none.

    Moves the session's idle end on.
    """
    token_hash = bearer_hash()
    moment = now()
    session = store.sessions.find(token_hash, moment) if token_hash else None
    if token_hash is None or session is None:
        raise Problem("not_signed_in")
    g.token_hash, g.member = token_hash, session.member
    idle_end = min(moment + IDLE_SECONDS, session.ends_at)
    if idle_end - session.expires_at >= TOUCH_SECONDS:
        with store.writing():
            store.sessions.touch(token_hash, idle_end)
    return session.member


def _own_pass(name: str, given: Mapping[str, Any]) -> bytes | None:
    """The pass for this name among those that a browser shows."""
    secret = server_secret()
    return next((each for each in given["passes"] if passes.fits(secret, name, each)), None)


def _prove_passphrase(name: str, own_pass: bytes | None, auth: bytes, moment: int) -> Member:
    """The member of that name if `auth` is theirs: `wrong_passphrase`, `too_many_tries`.

    Every try counts, and one that was right is given back.
    """
    counted = limits.limits_of(server_secret(), name, own_pass)
    limits.refuse(counted, moment)
    member = _proven(name, auth)
    with store.writing():
        limits.take(counted, moment)
        if member is not None:
            limits.give_back(counted)
    if member is None:
        raise Problem("wrong_passphrase")
    return member


def _proven(name: str, auth: bytes) -> Member | None:
    """The member of that name if `auth` is theirs; the same work for any name."""
    member = store.members.get(name)
    kept = _NOBODYS_HASH if member is None else member.auth_hash
    fits = hmac.compare_digest(members.auth_hash(auth), kept)
    return member if fits else None


def _begin(member: Member, moment: int) -> bytes:
    """Begin a session in this transaction; its token."""
    token = secrets.token_bytes(TOKEN_BYTES)
    idle_end, end = moment + IDLE_SECONDS, moment + SESSION_SECONDS
    store.sessions.start(hash_of(token), member.id, moment, idle_end, end)
    store.audit.append("signed_in", member.name, "", clock.today())
    return token


def bearer_hash() -> bytes | None:
    """What is kept of the bearer token that the request carries; None for none of its form."""
    given = request.authorization
    if given is None or given.type != "bearer" or given.token is None:
        return None
    try:
        token = b64decode(given.token)
    except ValueError:
        return None
    return hash_of(token) if len(token) == TOKEN_BYTES else None


def hash_of(token: bytes) -> bytes:
    """What is kept of a bearer token."""
    return hashlib.sha256(token).digest()


def now() -> int:
    """The present moment, in whole seconds since 1970-01-01 UTC."""
    return int(clock.now().timestamp())


def organisation() -> Organisation:
    """Whose desk the running application is."""
    ours: Organisation = current_app.extensions[ORGANISATION]
    return ours


def server_secret() -> bytes:
    """What the server alone knows."""
    return organisation().server_secret


def _as_signed_in(member: Member, token: bytes, own_pass: bytes | None) -> dict[str, Any]:
    secret, chance = server_secret(), secrets.token_bytes(passes.CHANCE_BYTES)
    return {
        "token": b64encode(token),
        "expires_in": SESSION_SECONDS,
        "new_pass": None if own_pass else passes.make_pass(secret, member.name, chance),
        "member": None if proofs.is_missing(member) else _as_own(member),
    }


def _as_own(member: Member) -> dict[str, Any]:
    return {
        "name": member.name,
        "role": member.role,
        "is_waiting": member.is_waiting,
        "public_key": member.public_key,
        "wrapped_seed": member.wrapped_seed,
        "grants": store.grants.of(member.id),
    }
