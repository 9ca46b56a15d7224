"""What the desk's tests share: envelopes well and unwell, a window, the database's word."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Locator, Page, Request

from amana import clock, store
from amana.core import keys
from amana.core.envelope import envelope_id, seal
from amana.core.report import encode_report
from amana.store.assessments import Draft
from tests.e2e import rows
from tests.e2e.desk import Desk
from tests.e2e.samples import sample
from tests.e2e.servers import REVIEWER, Site

WIDE, NARROW = (1280, 800), (360, 640)

NOTE = (
    "canarynote https://evil.example/ \u202egnp.exe\u202c\u0007\n"
    "<img src=x onerror=\"document.title='taken'\"> <script>alert(1)</script>" + "Z" + "\u0301" * 60
)
HOSTILE = {
    "place": {"pcode": None, "text": "canaryplace <b>جبلة</b>"},
    "when": "now",
    "event": "other",
    "basis": "unsure",
    "note": NOTE,
}
STRANGE = {"place": {"pcode": None, "text": "X"}, "when": "now", "event": "meteor", "sky": ["red"]}
NASTY = (
    '{"v": 1, "kind": "constructor", "lang": "__proto__", "app": "", "made": "never", "answers": '
    '{"__proto__": {"when": "now"}, "toString": 1, "when": {"now": []}, "basis": "constructor", '
    f'"place": {{"text": "{"y" * 4000}"}}, "cause": {"[" * 4000}{"]" * 4000}}}}}'
)
"""What a report can be that was made to take the desk down."""

HAPPENED = {
    "decision": "accept",
    "kind": "safety",
    "adm3": "SY060200",
    "place_precision": "community",
    "time_precision": "day",
    "category": "arson",
    "severity": "4",
    "verification": "v2",
    "event_id": "0123456789abcdef",
}
"""A decision that makes an event."""

ACCEPTED = {"decision": "accept", "severity": "3", "verification": "v1"}


class Held(NamedTuple):
    """Envelopes of an organisation, by what is in them."""

    burned: bytes
    searched: bytes
    sheltered: bytes
    fled: bytes
    hostile: bytes
    strange: bytes
    nasty: bytes
    not_json: bytes
    damaged: bytes
    foreign: bytes


def report(kind: str, answers: Mapping[str, Any], **more: str) -> bytes:
    """An encoded report in Arabic."""
    return encode_report(
        {"v": 1, "kind": kind, "lang": "ar", "app": "test", "answers": answers, **more}
    )


def sample_report(identity: str) -> bytes:
    chosen = sample(identity)
    return report(chosen.kind, chosen.answers)


def put(site: Site, *sealed: bytes) -> None:
    """Put envelopes into the organisation's database, as if they had arrived today."""
    with store.opened(f"sqlite:///{site.ground.database}"), store.writing():
        store.envelopes.put(sealed, clock.today())


def decide(site: Site, envelope: bytes, fields: Mapping[str, Any], seen: int = 0) -> None:
    """Put a reviewer's decision on a report into the database: of today, if not said."""
    moment = clock.now()
    with store.opened(f"sqlite:///{site.ground.database}"), store.writing():
        member = store.members.get(REVIEWER.name)
        assert member is not None
        day = {"day": moment.date().isoformat()} if "kind" in fields else {}
        draft = Draft(secrets.token_hex(8), member.id, moment, {**day, **fields})
        store.assessments.append(envelope_id(envelope), draft, seen)


def fill(site: Site) -> Held:
    """Reports of every kind, one that means harm, and four envelopes with something wrong."""
    desk_key = site.key_set.desk[-1].pub
    odd = {"v": 1, "kind": "safety", "lang": "ar", "app": "next", "answers": STRANGE}
    whole = seal(sample_report("S39"), desk_key)
    held = Held(
        burned=seal(sample_report("S01"), desk_key),
        searched=seal(sample_report("S11"), desk_key),
        sheltered=seal(sample_report("S37"), desk_key),
        fled=seal(sample_report("S16"), desk_key),
        hostile=seal(report("safety", HOSTILE, made="2026-11-20"), desk_key),
        strange=seal(json.dumps(odd).encode(), desk_key),
        nasty=seal(NASTY.encode(), desk_key),
        not_json=seal(b"not a report", desk_key),
        damaged=whole[:-1] + bytes([whole[-1] ^ 1]),
        foreign=seal(sample_report("S39"), keys.public_key(secrets.token_bytes(32))),
    )
    put(site, *held)
    return held


@contextlib.contextmanager
def window(
    chromium: Chromium, site: Site, lang: str = "en", size: tuple[int, int] = WIDE
) -> Iterator[Desk]:
    """A browser window of its own with the desk in it; fails when the page's policy was broken."""
    context = chromium.new_context(
        locale=lang, viewport={"width": size[0], "height": size[1]}, accept_downloads=True
    )
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda said: broken.append(said.text) if _is_violation(said.text) else None)
    yield Desk(page, site.desk.origin)
    context.close()
    assert broken == []


def _is_violation(text: str) -> bool:
    return "Content Security Policy" in text or "TrustedScript" in text


def form(desk: Desk) -> Locator:
    return desk.page.locator("[data-form=assessment]")


def choose(desk: Desk, values: Mapping[str, str]) -> None:
    """Pick options of the open assessment, without saving it."""
    for field, option in values.items():
        form(desk).locator(f"[data-field={field}] [data-option='{option}']").click()


def row_of(desk: Desk, envelope: bytes) -> Locator:
    return desk.page.locator(f"li[data-envelope='{envelope_id(envelope).hex()}']")


def versions(site: Site, envelope: bytes) -> list[dict[str, object]]:
    """The saved assessments of one envelope, as the database has them."""
    wanted = envelope_id(envelope)
    return [row for row in rows.assessments(site.ground.database) if row["envelope_id"] == wanted]


def sent_by(page: Page) -> list[Request]:
    """A list that grows with every request of the page."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))
    return sent
