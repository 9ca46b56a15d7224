"""Cases: reports of events, taken out for a body that holds somebody to account (decision 0024).

The archive is made in the browser of a member who can open the reports. What the server adds is
what it alone knows: what its record says of them.
"""

from collections.abc import Mapping
from typing import Any, Final

from amana import store
from amana.core.audit import custody, names_of
from amana.core.parcel import MAX_RECORDS
from amana.errors import Problem

from .audit import record

MAX_REPORTS: Final = 200
"""In one archive."""


def export_case(given: Mapping[str, Any]) -> dict[str, Any]:
    """Take reports out as a case

    Records it, and answers what the record says of these reports, with this act as the last of it.
    """
    ids = list(dict.fromkeys(given["ids"]))
    if len(store.envelopes.listed(ids)) < len(ids):
        raise Problem("not_found")
    with store.writing():
        for start in range(0, len(ids), MAX_RECORDS):
            record("case_exported", names_of(ids[start : start + MAX_RECORDS]))
    links, head = custody(store.audit.chain(), ids)
    return {
        "entries": [
            {
                "seq": link.entry.seq,
                "day": link.entry.day,
                "member": link.entry.member,
                "act": link.entry.act,
                "subject": link.entry.subject,
                "others": link.others,
                "before": link.before,
                "digest": link.digest,
            }
            for link in links
        ],
        "head": head,
    }
