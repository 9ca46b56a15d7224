"""What members did, written down as they do it and read by administrators."""

from collections.abc import Mapping
from typing import Any

from amana import clock, store
from amana.core.audit import Act
from amana.errors import Problem

from .sessions import signed_in


def record(act: Act, subject: str = "") -> None:
    """Record what the signed-in member does, as the last of the transaction that does it."""
    store.audit.append(act, signed_in().name, subject, clock.today())


def give_record(question: Mapping[str, Any]) -> dict[str, Any]:
    """The record of what members did

    Newest first, of one member or of one act where that is asked for: a page may then be short, or
    empty, before the last. Envelopes that were opened are named by the first eight digits of their
    ids.
    """
    asked, name = question["member"], None
    if asked is not None:
        member = store.members.by_id(asked)
        if member is None:
            raise Problem("not_found")
        name = member.name
    page = store.audit.page(question["before"], question["limit"], name, question["act"])
    return {"entries": page.entries, "next": None if page.next is None else str(page.next)}
