"""The views of the queue that a member keeps. They are sealed in the browser: what somebody looks
for is nobody else's business."""

from collections.abc import Mapping
from typing import Any

from amana import store
from amana.errors import Problem
from amana.store.views import Kept

from .reading import version_seen
from .sessions import signed_in


def give_views() -> Kept:
    """The signed-in member's views

    Sealed to the member.
    """
    return store.views.of(signed_in().id)


def put_views(given: Mapping[str, Any]) -> dict[str, int]:
    """Keep the signed-in member's views

    In the place of the version in `If-Match`, `"0"` for none yet. The same sent again is answered
    again and kept once.
    """
    seen = version_seen()
    with store.writing():
        version = store.views.put(signed_in().id, given["sealed"], seen)
    if version is None:
        raise Problem("conflict")
    return {"version": version}
