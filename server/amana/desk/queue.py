"""The queue of sealed reports, and the reports themselves, still sealed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Response

from amana import store
from amana.core.audit import names_of
from amana.core.parcel import MAX_BYTES, encode_parcel

from . import schemas
from .audit import record
from .sessions import signed_in

PARCEL_TYPE = "application/octet-stream"
MAX_COUNT: Final = 20_000
"""A queue that is longer is long."""
RECORD_BYTES = 6
"""What a parcel adds to an envelope: type, length and the length of no stamp."""


def give_queue(question: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the queue

    Newest first, without the envelopes' bytes. With `count` it says how many there are in all,
    counted to 20,000, unless something was chosen. A page of chosen ones may be short, or empty,
    before the last.
    """
    before, limit, state = question["before"], question["limit"], question["state"]
    choice = _choice(question)
    if choice == store.envelopes.Choice():
        page = store.envelopes.page(before, limit, state)
        total = store.envelopes.count(state, MAX_COUNT) if question["count"] else None
    else:
        page, total = store.envelopes.chosen_page(before, limit, choice), None
    return {
        "envelopes": page.envelopes,
        "next": None if page.next is None else str(page.next),
        "total": total,
    }


def give_parcel(question: Mapping[str, Any]) -> Response:
    """Sealed reports as a parcel

    Those of the wanted that are held, in the order asked for. A parcel ends before it would pass
    1 MiB (60 envelopes of the largest length): ask again for the ids that are missing.
    """
    wanted = list(dict.fromkeys(question["ids"]))
    held = store.envelopes.bodies(wanted)
    opened = [id_ for id_ in wanted if id_ in held]
    envelopes = _as_many_as_fit([held[id_] for id_ in opened])
    if envelopes:
        with store.writing():
            record("opened", names_of(opened[: len(envelopes)]))
    return Response(encode_parcel(envelopes), mimetype=PARCEL_TYPE)


def _choice(question: Mapping[str, Any]) -> store.envelopes.Choice:
    verification = question["verification"]
    is_alone = verification == schemas.ALONE
    return store.envelopes.Choice(
        decision=question["decision"],
        verification=None if is_alone else verification,
        flag=question["flag"],
        is_alone=is_alone,
        member_id=signed_in().id if question["mine"] else None,
    )


def _as_many_as_fit(envelopes: Sequence[bytes]) -> Sequence[bytes]:
    """The first envelopes that one parcel has room for."""
    end = len(encode_parcel([]))
    for count, envelope in enumerate(envelopes):
        end += RECORD_BYTES + len(envelope)
        if end > MAX_BYTES:
            return envelopes[:count]
    return envelopes
