"""Claims: a member who opens a report is seen to work on it, so that two do not do the same.

A claim forbids nothing: versions already see to it that nobody overwrites a colleague. It lasts
five minutes from its last renewal and then counts no more; only taking one away from a colleague
is recorded, with its reason.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask import Response

from amana import store
from amana.errors import Problem

from . import sessions
from .audit import record
from .sessions import signed_in

LEASE_SECONDS: Final = 5 * 60
REASONS: Final = ("agreed", "absent", "urgent")
"""Why a claim is taken from a colleague."""


def give_claims() -> dict[str, Any]:
    """Who works on what

    All claims that hold now.
    """
    return {"claims": store.claims.everybodys(sessions.now())}


def claim(given: Mapping[str, Any], envelope_id: bytes) -> dict[str, Any]:
    """Claim a report, or renew a claim

    For five minutes. A colleague's claim stays unless `taking` says why it is taken over.
    """
    member, now, reason = signed_in(), sessions.now(), given["taking"]
    with store.writing():
        store.claims.forget(now)
        before = store.claims.holder(envelope_id, now)
        is_taken = reason is not None and before not in (None, member.name)
        try:
            store.claims.hold(envelope_id, member.id, now, now + LEASE_SECONDS, taking=is_taken)
        except KeyError:
            raise Problem("not_found") from None
        holder = store.claims.holder(envelope_id, now)
        if is_taken:
            record("took", f"{envelope_id.hex()} {reason} {before}")
    return {"member": holder, "is_mine": holder == member.name}


def release(envelope_id: bytes) -> Response:
    """Give up a claim

    One's own; somebody else's stays.
    """
    with store.writing():
        store.claims.release(envelope_id, signed_in().id)
    return Response(status=204)
