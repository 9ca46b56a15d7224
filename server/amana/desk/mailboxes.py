"""Letters to people who want an answer. They are sealed in a member's browser (PROTOCOL section 9).

Nothing says which report a mailbox belongs to: letters are asked for by many ids at once, and any
id is taken.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from amana import clock, store
from amana.errors import Problem

from .reading import version_seen

MONTHS: Final = 4
"""A letter is kept through the month of its writing and the three after it."""


def give_letters(question: Mapping[str, Any]) -> dict[str, Any]:
    """Letters in mailboxes

    Those of the wanted that there are, in the order of their ids.
    """
    return {"letters": store.mailboxes.letters(question["ids"])}


def put_letter(given: Mapping[str, Any], mailbox_id: bytes) -> dict[str, int]:
    """Put a letter into a mailbox

    In the place of the version in `If-Match`, `"0"` for none yet. The same letter sent again is
    answered again and kept once.
    """
    seen, today = version_seen(), clock.today()
    with store.writing():
        store.mailboxes.forget(today)
        if not store.mailboxes.has_room(mailbox_id, seen):
            raise Problem("storage_full")
        version = store.mailboxes.put(mailbox_id, given["letter"], seen, kept_until(today))
    if version is None:
        raise Problem("conflict")
    return {"version": version}


def kept_until(today: date) -> date:
    """The first day of the fourth month after this one: nothing finer than a month is kept."""
    months = today.year * 12 + today.month - 1 + MONTHS
    return date(months // 12, months % 12 + 1, 1)
