"""The queue of sealed reports, and the reports themselves, still sealed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Response

from amana import store
from amana.core.parcel import MAX_BYTES, encode_parcel

from .audit import names_of, record

PARCEL_TYPE = "application/octet-stream"
MAX_COUNT: Final = 20_000
"""A queue that is longer is long."""
RECORD_BYTES = 6
"""What a parcel adds to an envelope: type, length and the length of no stamp."""


def give_queue(question: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the queue

    Newest first, without the envelopes' bytes. The first page says how many there are in all,
    counted to 20,000.
    """
    before, state = question["before"], question["state"]
    page = store.envelopes.page(before, question["limit"], state)
    return {
        "envelopes": page.envelopes,
        "next": None if page.next is None else str(page.next),
        "total": store.envelopes.count(state, MAX_COUNT) if before is None else None,
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


def _as_many_as_fit(envelopes: Sequence[bytes]) -> Sequence[bytes]:
    """The first envelopes that one parcel has room for."""
    end = len(encode_parcel([]))
    for count, envelope in enumerate(envelopes):
        end += RECORD_BYTES + len(envelope)
        if end > MAX_BYTES:
            return envelopes[:count]
    return envelopes
