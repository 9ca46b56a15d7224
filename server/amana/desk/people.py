"""People: inviting, joining, letting in, signing out, removing.

An administrator's invitation is a token of 32 random bytes in a link; the server keeps its
SHA-256. Whoever opens the link makes a member's keys in the browser and joins with them, once, and
may see nothing but those keys then. The administrator compares the digits of the new key by voice
and lets the member in, with grants that the administrator's browser sealed to that very key: the
print of the key comes along, so a key that was put in its place meanwhile is refused.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any, Final

from flask import Response
from sqlalchemy.exc import IntegrityError

from amana import clock, store
from amana.core import keys, members
from amana.errors import Problem
from amana.organisation import OPENING_ROLES
from amana.store.invitations import Invitation, NewInvitation
from amana.store.members import Member

from . import limits, sessions
from .audit import record
from .sessions import server_secret, signed_in

INVITATION_SECONDS: Final = 48 * 3600
TOKEN_BYTES: Final = 32


def give_people() -> dict[str, Any]:
    """Who belongs to the desk

    With the desk keys that each member holds, and the invitations that nobody has used yet.
    """
    held = store.grants.kids_of_all()
    return {
        "members": [
            {
                "id": member.id,
                "name": member.name,
                "role": member.role,
                "is_waiting": member.is_waiting,
                "public_key": member.public_key,
                "kids": held.get(member.id, []),
            }
            for member in store.members.everyone()
        ],
        "invitations": store.invitations.unused(sessions.now()),
        "kids": sorted(store.desk_keys.known()),
        "must_renew": store.desk_keys.must_renew(),
    }


def invite(given: Mapping[str, Any]) -> dict[str, Any]:
    """Invite a member

    Answers the token of the link, once. An earlier invitation of that name ends. `conflict` for a
    name that a member has or had.
    """
    name, role, now = given["name"], given["role"], sessions.now()
    token = secrets.token_bytes(TOKEN_BYTES)
    new = NewInvitation(name, role, signed_in().id, now + INVITATION_SECONDS)
    with store.writing():
        if store.members.is_taken(name):
            raise Problem("conflict")
        store.invitations.forget(now)
        store.invitations.put(_hash(token), new)
        record("invited", f"{role} {name}")
    return {"token": token, "expires_in": INVITATION_SECONDS}


def join(given: Mapping[str, Any]) -> dict[str, Any]:
    """Join by an invitation

    Makes the member whose name the invitation has, waiting to be let in. Sent again unchanged, it
    is answered again. A token that was never given, was used by somebody else or is too old is one
    answer; only such tries are counted, so they keep nobody out who was invited.
    """
    token_hash, now = _hash(given["token"]), sessions.now()
    invitation = store.invitations.find(token_hash, now)
    if invitation is None or not _may_use(invitation, given):
        _count_wrong(now)
        raise Problem("not_found")
    if invitation.member_id is None:
        _add(token_hash, invitation, given)
    return {"name": invitation.name, "role": invitation.role}


def let_in(given: Mapping[str, Any], member_id: int) -> Response:
    """Let a member in

    With grants for roles that open reports, without any for the others; also to grant keys that a
    member lacks. `key_print` is of the key whose digits were compared: `conflict` when the member
    has another.
    """
    granted = {grant["kid"]: grant["sealed"] for grant in given["grants"]}
    try:
        with store.writing():
            member = _known(member_id)
            _refuse_other_key(member, given["key_print"])
            if bool(granted) != (member.role in OPENING_ROLES):
                raise Problem("invalid")
            if not granted.keys() <= store.desk_keys.known():
                raise Problem("not_found")
            _grant(member, granted)
    except IntegrityError:  # a colleague granted the same at the same moment
        raise Problem("conflict") from None
    return Response(status=204)


def end_sessions(member_id: int) -> Response:
    """Sign a member out everywhere

    The member may sign in again.
    """
    with store.writing():
        member = _known(member_id)
        store.sessions.end_all(member.id)
        record("ended_sessions", member.name)
    return Response(status=204)


def remove(member_id: int) -> Response:
    """Remove a member

    Grants, sessions, claims and the tokens that the member made go, the name stays in the record.
    `still_needed` for oneself, the last administrator and the last holder of a desk key.
    """
    with store.writing():
        member = _known(member_id)
        if member.id == signed_in().id or store.members.is_needed(member):
            raise Problem("still_needed")
        store.members.remove(member.id)
        record("member_removed", member.name)
        for token in store.tokens.revoke_made_by(member.id):
            record("token_revoked", token.subject)
    return Response(status=204)


def _may_use(invitation: Invitation, given: Mapping[str, Any]) -> bool:
    """Whether nobody has used it, or the same request did."""
    if invitation.member_id is None:
        return True
    member = store.members.by_id(invitation.member_id)
    return member is not None and (
        member.public_key == given["public_key"]
        and hmac.compare_digest(member.auth_hash, members.auth_hash(given["auth"]))
    )


def _add(token_hash: bytes, invitation: Invitation, given: Mapping[str, Any]) -> None:
    if not keys.is_public_key(given["public_key"]):
        raise Problem("invalid")
    member = Member(
        name=invitation.name,
        role=invitation.role,
        salt=given["salt"],
        auth_hash=members.auth_hash(given["auth"]),
        public_key=given["public_key"],
        wrapped_seed=given["wrapped_seed"],
        standing="waiting",
    )
    try:
        with store.writing():
            # Two requests with one token make one member: names are unique.
            store.invitations.use(token_hash, store.members.add(member, clock.today()))
            store.audit.append("joined", member.name, "", clock.today())
    except IntegrityError:
        raise Problem("not_found") from None


def _grant(member: Member, granted: Mapping[bytes, bytes]) -> None:
    """Grant what the member lacks, in this transaction, and let in who waits."""
    held = {grant.kid for grant in store.grants.of(member.id)}
    for kid, sealed in granted.items():
        if kid not in held:
            store.grants.add(kid, member.id, sealed)
            record("granted", f"{kid.hex()} {member.name}")
    if member.is_waiting:
        store.members.let_in(member.id)
        record("let_in", member.name)


def _refuse_other_key(member: Member, compared: bytes) -> None:
    if not hmac.compare_digest(members.member_print(member.public_key), compared):
        raise Problem("conflict")


def _known(member_id: int) -> Member:
    member = store.members.by_id(member_id)
    if member is None:
        raise Problem("not_found")
    return member


def _count_wrong(now: int) -> None:
    counted = limits.limits_of_joining(server_secret())
    limits.refuse(counted, now)
    with store.writing():
        limits.take(counted, now)


def _hash(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
