"""Reports whose sender wants an answer: what the sender is told, and what they say afterwards."""

from __future__ import annotations

import secrets
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Request, Route

from amana import store
from amana.core import mailbox
from amana.core.encoding import b64encode
from amana.core.envelope import envelope_id, seal
from amana.core.report import encode_report
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import put, report, sent_by, window
from tests.e2e.phone import wait_until
from tests.e2e.samples import sample
from tests.e2e.servers import REVIEWER, SECOND, Site

JUDGED = {"decision": "hold"}
WORDS = "وصلنا بلاغك. سنعود إليك غدًا."


class Sender:
    """Somebody who keeps a code."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.secret = secrets.token_bytes(mailbox.SECRET_BYTES)
        self.box = mailbox.derive(self.secret)

    def report(self, lang: str = "ar") -> bytes:
        """The first report, arrived; its envelope's id."""
        chosen, box = sample("S01"), b64encode(self.secret)
        return self._send(report(chosen.kind, chosen.answers, mailbox=box, lang=lang))

    def say(self, follows: str, **answers: str) -> bytes:
        """What is said of it later."""
        said = {"v": 1, "lang": "ar", "app": "test", "follows": follows, "answers": answers}
        return self._send(encode_report(said | {"mailbox": b64encode(self.secret)}))

    def letter(self) -> dict[str, Any] | None:
        """What the code opens, from the database."""
        with store.opened(f"sqlite:///{self._site.ground.database}"):
            sealed = store.mailboxes.letter(self.box.id)
        return None if sealed is None else mailbox.open_letter(sealed, self.box.key)

    def wait_told(self, state: str) -> dict[str, Any]:
        """The letter, once it says so."""
        wait_until(lambda: (self.letter() or {}).get("state") == state, f"nobody told {state}")
        letter = self.letter()
        assert letter is not None
        return letter

    def _send(self, encoded: bytes) -> bytes:
        sealed = seal(encoded, self._site.key_set.desk[-1].pub)
        put(self._site, sealed)
        return envelope_id(sealed)


@pytest.fixture
def sender(site: Site) -> Sender:
    return Sender(site)


def answer(desk: Desk, words: str, state: str = "opened") -> None:
    """Write to the sender of the open report, and wait until it is sent."""
    desk.page.locator("[data-part=answer-text]").fill(words)
    desk.act(f"tell-{state}")
    desk.act("answer")
    desk.page.locator("[data-from=desk]", has_text=words).wait_for()


def chips(desk: Desk, envelope: bytes, attribute: str) -> list[str]:
    row = f"li[data-envelope='{envelope.hex()}'] [{attribute}]"
    found: list[str] = desk.page.locator(row).evaluate_all(
        "(all, name) => all.map((one) => one.getAttribute(name))", attribute
    )
    return found


def test_the_sender_is_told_that_the_report_is_here_then_opened_then_what_the_desk_says(
    desk_chromium: Chromium, site: Site, sender: Sender
) -> None:
    first = sender.report()
    assert sender.letter() is None
    with window(desk_chromium, site) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        assert sender.wait_told("received")["words"] == []
        desk.open(first)
        desk.assess(JUDGED)
        assert sender.wait_told("opened")["words"] == []
        answer(desk, WORDS)
        assert [said["text"] for said in sender.wait_told("opened")["words"]] == [WORDS]
        answer(desk, "أغلقنا البلاغ.", "closed")
        said = [words["text"] for words in sender.wait_told("closed")["words"]]
    assert said == [WORDS, "أغلقنا البلاغ."]


def test_ready_words_are_read_in_the_desks_language_and_sent_in_the_senders(
    desk_chromium: Chromium, site: Site, sender: Sender
) -> None:
    first = sender.report(lang="ku")
    with window(desk_chromium, site) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.open(first)
        ready = desk.page.locator("[data-part=answer-ready]")
        assert "Kurdî" in desk.page.locator("label", has_text="Ready words").inner_text()
        ready.select_option(label="We have read your report. Thank you.")
        words = desk.page.locator("[data-part=answer-text]").input_value()
        assert words == "Me rapora we xwend. Spas."
        answer(desk, words)
        assert [said["text"] for said in sender.wait_told("opened")["words"]] == [words]


def test_what_is_written_while_an_answer_is_on_its_way_is_still_there_to_be_sent(
    desk_chromium: Chromium, site: Site, sender: Sender
) -> None:
    first, held = sender.report(), list[Route]()
    with window(desk_chromium, site) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        sender.wait_told("received")
        desk.open(first)
        words = desk.page.locator("[data-part=answer-text]")
        words.fill(WORDS)
        desk.page.route("**/mailboxes/*", lambda route: held.append(route), times=1)
        desk.act("answer")
        wait_until(lambda: desk.page.evaluate("true") and held, "nothing was sent")
        words.fill("أكثر من ذلك")
        held[0].continue_()
        desk.page.locator("[data-from=desk]", has_text=WORDS).wait_for()
        assert words.input_value() == "أكثر من ذلك"


def test_only_sealed_letters_leave_the_browser(
    desk_chromium: Chromium, site: Site, sender: Sender
) -> None:
    first = sender.report()
    with window(desk_chromium, site) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        sender.wait_told("received")
        desk.open(first)
        with desk.page.expect_request(lambda request: request.method == "PUT") as sent:
            answer(desk, WORDS)
    body = sent.value.post_data_json or {}
    assert body.keys() == {"letter"}
    assert len(body["letter"]) == len(b64encode(bytes(mailbox.LETTER_BYTES)))
    assert sent.value.url.endswith(f"/api/v1/mailboxes/{sender.box.id.hex()}")
    assert first.hex() not in f"{sent.value.url} {sent.value.headers}"


def asked_for(sent: list[Request]) -> list[list[str]]:
    """The mailboxes whose letters were asked for, question by question."""
    questions = [request for request in sent if request.url.endswith("/api/v1/mailboxes")]
    return [(question.post_data_json or {})["ids"] for question in questions]


def test_letters_are_asked_for_by_all_that_is_open_and_not_by_what_is_read(
    desk_chromium: Chromium, site: Site
) -> None:
    senders = [Sender(site) for _ in range(3)]
    reports = [each.report() for each in senders]
    with window(desk_chromium, site) as desk:
        sent = sent_by(desk.page)
        desk.sign_in(REVIEWER)
        desk.queue()
        for each in senders:
            each.wait_told("received")
        before = asked_for(sent)
        for first in reports:
            desk.open(first)
            desk.page.locator("[data-form=answer]").wait_for()
            desk.back()
    assert {each.box.id.hex() for each in senders} <= set(before[0])
    assert asked_for(sent) == before


def test_a_withdrawal_leads_to_the_report_that_was_assessed_before(
    desk_chromium: Chromium, site: Site, sender: Sender
) -> None:
    first = sender.report()
    with window(desk_chromium, site) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.open(first)
        desk.assess(JUDGED)
    withdrawal = sender.say("withdraw", note="أخطأت في المكان")
    with window(desk_chromium, site, "ar", (360, 640)) as desk:
        desk.sign_in(SECOND)
        assert desk.queue()[0] == withdrawal.hex()
        assert chips(desk, withdrawal, "data-follows") == ["withdraw"]
        desk.open(withdrawal)
        assert desk.answers() == {"note": "أخطأت في المكان"}
        desk.act("search")
        desk.page.locator(f"[data-related='{first.hex()}'] [data-action=open-related]").click()
        desk.page.locator(f"[data-screen=report][data-envelope='{first.hex()}']").wait_for()
        said = desk.page.locator("header [data-said]")
        assert said.get_attribute("data-said") == "withdraw"


def test_what_was_said_stays_marked_when_both_are_assessed(
    desk_chromium: Chromium, site: Site, sender: Sender
) -> None:
    decisions = {sender.report(): "withdrawn", sender.say("withdraw"): "noted"}
    first, _ = decisions
    with window(desk_chromium, site) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        for envelope, decision in decisions.items():
            desk.open(envelope)
            desk.assess({"decision": decision})
            desk.back()
        desk.act("filter-assessed")
        desk.queue()
        assert chips(desk, first, "data-said") == ["withdraw"]


def test_what_is_only_said_cannot_be_counted(
    desk_chromium: Chromium, site: Site, sender: Sender
) -> None:
    sender.report()
    over = sender.say("no_longer_true")
    with window(desk_chromium, site) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        desk.open(over)
        decision = desk.page.locator("[data-form=assessment] [data-field=decision]")
        decision.locator("[data-option=noted]").wait_for()
        assert decision.locator(":is([data-option=accept], [data-option=merge])").count() == 0


def test_two_members_who_write_at_once_are_both_read(
    desk_chromium: Chromium, site: Site, sender: Sender
) -> None:
    first = sender.report()
    with (
        window(desk_chromium, site) as desk,
        window(desk_chromium, site) as other,
    ):
        for each, member in ((desk, REVIEWER), (other, SECOND)):
            each.sign_in(member)
            each.queue()
            sender.wait_told("received")
            each.open(first)
            each.page.locator("[data-form=answer]").wait_for()
        answer(desk, "one")
        answer(other, "two")
        assert other.page.locator("[data-from=desk]").count() == 2
    assert [said["text"] for said in sender.wait_told("opened")["words"]] == ["one", "two"]
