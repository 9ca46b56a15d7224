"""The answer: twenty digits, and everything that they open from any phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Playwright, Response

from amana.core import mailbox
from amana.core.encoding import b64encode
from amana.core.envelope import envelope_id
from tests.e2e import rows
from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import sent_by, window
from tests.e2e.phone import Phone, Window, wait_until
from tests.e2e.profile import databases
from tests.e2e.reporter_app.ground import fill_shelter
from tests.e2e.samples import Sample, sample
from tests.e2e.servers import REVIEWER, Site
from tests.e2e.traces import files_below, traces

REPORT = sample("S05")
REPORTS = {"ar": REPORT, "en": sample("S06")}
WORDS = {
    "ar": "وصلنا بلاغك. سنعود إليك غدًا.",
    "en": "We have it. <b>Tomorrow</b> we come back to you.",
}
LATIN, ARABIC, PERSIAN = "0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"
NOBODYS = mailbox.complete_code("271828182845904523")

FOCUS_AS_IT_COMES = """() => new Promise((resolve) => {
  const look = new MutationObserver(() => {
    const field = document.querySelector("[data-code-field]");
    if (!field) return;
    look.disconnect();
    field.focus();
    const painted = (work) => requestAnimationFrame(() => setTimeout(work, 200));
    painted(() => painted(() => resolve(document.activeElement === field)));
  });
  look.observe(document.body, { subtree: true, childList: true });
  document.querySelector("[data-act=answer]").click();
})"""
"""Goes to the answer, is in the field before it is painted, and looks whether it still is later."""

Stranger = Callable[[], Phone]


@pytest.fixture
def stranger(organisation: Site, playwright: Playwright, tmp_path: Path) -> Iterator[Stranger]:
    """Makes a phone that has never seen the app."""
    made: list[Phone] = []

    def make() -> Phone:
        profile = tmp_path / f"stranger-{len(made)}"
        made.append(Phone(playwright, profile, organisation.address, "ar"))
        made[-1].open()
        return made[-1]

    yield make
    for phone in made:
        phone.close()


def in_digits(code: str, digits: str) -> str:
    return code.translate(str.maketrans(LATIN, digits))


def with_a_slip(code: str) -> str:
    """The code with two neighbours exchanged: the first that differ."""
    at = next(at for at in range(len(code)) if code[at] != code[at + 1])
    return code[:at] + code[at + 1] + code[at] + code[at + 2 :]


def ask_for_an_answer(phone: Window, report: Sample) -> str:
    """Let a report that wants an answer arrive; the code, as it is shown."""
    code = seal_with_a_wish(phone, report)
    phone.page.locator("[data-fate=received]").wait_for()
    return code


def seal_with_a_wish(phone: Window, report: Sample) -> str:
    """Write and seal a report that wants an answer; the code, as it is shown."""
    phone.write(report)
    phone.page.locator("[data-wish]").check()
    phone.seal()
    return code_on(phone)


def code_on(phone: Window) -> str:
    """The code on the screen, which stands there in the reader's digits and in Latin ones."""
    shown = phone.page.locator("[data-code]")
    shown.first.wait_for()
    written = [" ".join(text.split()) for text in shown.all_inner_texts()]
    code = written[-1].replace(" ", "")
    groups = " ".join(code[at : at + 4] for at in range(0, 20, 4))
    assert re.fullmatch("[0-9]{20}", code)
    arabic = phone.page.evaluate("document.documentElement.dir") == "rtl"
    assert written == ([in_digits(groups, ARABIC)] if arabic else []) + [groups]
    return code


def enter(phone: Window, typed: str) -> None:
    """Type a code on the screen of answers and look."""
    field = phone.page.locator("[data-code-field]")
    field.wait_for()
    field.fill("")
    field.press_sequentially(typed)
    phone.act("look")


def told(phone: Window) -> tuple[str, list[str]]:
    """What the letter says: the state, and the desk's words."""
    state = phone.page.locator("[data-state]")
    state.wait_for()
    words = phone.page.locator("[data-words] p")
    return state.get_attribute("data-state") or "", words.all_inner_texts()


def read_with(phone: Window, code: str) -> tuple[str, list[str]]:
    """Go to the screen of answers and read with a code."""
    phone.home()
    phone.act("answer")
    enter(phone, code)
    return told(phone)


def begin_to_correct(phone: Window, code: str, kind: str) -> None:
    """Read with a code and choose what the correction is about."""
    read_with(phone, code)
    phone.act("correct")
    phone.page.locator(f"[data-correct={kind}]").tap()


def answer(desk: Desk, first: bytes, words: str) -> None:
    """The desk opens a report and writes to its sender."""
    desk.sign_in(REVIEWER)
    desk.queue()
    desk.open(first)
    desk.page.locator("[data-part=answer-text]").fill(words)
    desk.act("answer")
    desk.page.locator("[data-from=desk]").wait_for()


def arrived(organisation: Site, count: int) -> list[bytes]:
    """The ids of so many envelopes, in the order in which they came."""

    def all_there() -> bool:
        return len(rows.envelopes(organisation.ground.database)) == count

    wait_until(all_there, f"not {count} reports arrived")
    return [row.id for row in rows.envelopes(organisation.ground.database)]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_whoever_has_the_code_reads_the_answer_on_another_phone_and_takes_the_report_back(
    organisation: Site,
    phone: Phone,
    stranger: Stranger,
    desk_chromium: Chromium,
    language: str,
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORTS[language])
    (first,) = arrived(organisation, 1)
    with window(desk_chromium, organisation, language) as desk:
        answer(desk, first, WORDS[language])

        other = stranger()
        other.speak(language)
        other.act("answer")
        enter(other, in_digits(with_a_slip(code), ARABIC))
        other.page.locator("[data-slip=true]").wait_for()
        assert other.page.locator("[data-state]").count() == 0
        enter(other, in_digits(f"{code[:4]} {code[4:10]}-{code[10:]}", ARABIC))
        assert told(other) == ("opened", [WORDS[language]])

        other.act("withdraw")
        other.act("withdraw-sure")
        other.page.locator("[data-screen=done]").wait_for()
        second = next(iter(set(arrived(organisation, 2)) - {first}))

        desk.back()
        desk.act("refresh")
        desk.page.locator(f"[data-envelope='{second.hex()}'] [data-follows=withdraw]").wait_for()
        desk.open(first)
        desk.page.locator("header [data-said=withdraw]").wait_for()
        related = desk.page.locator(f"[data-part=correspondence] [data-related='{second.hex()}']")
        assert related.is_visible()


def test_each_slip_is_named_and_nothing_is_asked_before_it_is_a_code(
    organisation: Site, phone: Phone
) -> None:
    phone.open()
    phone.act("answer")
    sent = sent_by(phone.page)
    slips = {
        "": "20",
        NOBODYS[:19]: "19",
        f"{NOBODYS}7": "21",
        f"{NOBODYS[:19]}ل": "",
        "0" * 20: "",
    }
    said = []
    for typed, number in slips.items():
        enter(phone, typed)
        slip = phone.page.locator("[data-slip=true]")
        said.append(slip.inner_text())
        assert number in said[-1]
        assert phone.page.evaluate("document.activeElement.id") == "code"
    assert len(set(said)) == len(said)
    assert [request.url for request in sent if "mailboxes" in request.url] == []


def test_a_code_that_nobody_has_is_told_nothing_and_learns_nothing(
    organisation: Site, phone: Phone, desk_chromium: Chromium
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORT)
    (first,) = arrived(organisation, 1)
    answers: list[Response] = []
    phone.page.on("response", lambda answered: answers.append(answered))
    assert read_with(phone, in_digits(NOBODYS, PERSIAN)) == ("none", [])
    phone.act("other-code")
    assert read_with(phone, code) == ("none", [])
    with window(desk_chromium, organisation) as desk:
        answer(desk, first, WORDS["ar"])
    phone.act("look-again")
    phone.page.locator("[data-state=opened]").wait_for()
    mailboxes = [each for each in answers if "/mailboxes/" in each.url]
    lengths = [each.header_value("content-length") for each in mailboxes]
    assert len(lengths) == 3
    assert len(set(lengths)) == 1
    assert lengths[0] is not None


def reports_of(organisation: Site, count: int) -> list[dict[str, Any]]:
    """All reports, once so many have arrived, opened."""
    arrived(organisation, count)
    return [organisation.open(row.body) for row in rows.envelopes(organisation.ground.database)]


def test_a_reply_arrives_sealed_under_the_same_mailbox(
    organisation: Site, phone: Phone, stranger: Stranger
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORT)
    other = stranger()
    read_with(other, code)
    other.page.locator("[data-reply]").fill("نعم، ما زلنا هناك")
    other.act("reply")
    other.page.locator("[data-fate=received]").wait_for()
    secret = b64encode(mailbox.stretch(code))
    first, reply = reports_of(organisation, 2)
    assert (first["mailbox"], "follows" in first) == (secret, False)
    assert (reply["mailbox"], reply["follows"]) == (secret, "reply")
    assert ("kind" in reply, reply["answers"]) == (False, {"note": "نعم، ما زلنا هناك"})


def test_a_correction_is_the_form_once_more_under_the_same_mailbox(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORT)
    phone.home()
    phone.act("answer")
    phone.act("use-code")
    phone.page.locator("[data-state]").wait_for()
    phone.act("correct")
    phone.page.locator("[data-correct=shelter]").tap()
    fill_shelter(phone.page)
    phone.page.locator("[data-corrects]").wait_for()
    phone.seal()
    assert phone.page.locator("[data-code]").count() == 0
    _, correction = reports_of(organisation, 2)
    assert (correction["kind"], correction["follows"]) == ("shelter", "correct")
    assert correction["mailbox"] == b64encode(mailbox.stretch(code))


def test_a_correction_whose_page_was_lost_goes_on_with_the_code_and_becomes_no_new_report(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORT)
    begin_to_correct(phone, code, "shelter")
    fill_shelter(phone.page)
    phone.page.locator("[data-corrects]").wait_for()
    wait_until(lambda: databases(phone.page).get("amana-draft/drafts"), "no draft was kept")
    phone.page.reload()
    phone.page.locator("[data-screen=answer]").wait_for()
    phone.page.locator("[data-code-field]").fill(code)
    phone.act("look")
    phone.page.locator("[data-state]").wait_for()
    phone.act("correct")
    phone.page.locator("[data-correct=shelter]").tap()
    phone.page.locator("[data-restored]").wait_for()
    phone.act("review")
    phone.page.locator("[data-corrects]").wait_for()
    phone.seal()
    _, correction = reports_of(organisation, 2)
    assert (correction["kind"], correction["follows"]) == ("shelter", "correct")
    assert correction["mailbox"] == b64encode(mailbox.stretch(code))


def test_a_correction_takes_neither_the_answers_nor_the_wish_of_a_begun_report(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORT)
    phone.home()
    phone.page.locator("[data-kind=shelter]").tap()
    fill_shelter(phone.page)
    phone.page.locator("[data-wish]").check()
    begin_to_correct(phone, code, "shelter")
    phone.act("in-the-way")
    phone.act("review")
    assert phone.page.locator("[data-wish]").is_checked()
    begin_to_correct(phone, code, "safety")
    phone.page.locator("[data-act=review]").wait_for()
    phone.home()
    phone.page.locator("[data-kind=shelter]").tap()
    phone.act("review")
    phone.seal()
    _, other = reports_of(organisation, 2)
    assert other["kind"] == "shelter"
    assert "follows" not in other
    assert other["mailbox"] != b64encode(mailbox.stretch(code))


def test_a_correction_taken_up_again_is_sealed_only_with_its_code(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORT)
    begin_to_correct(phone, code, "shelter")
    fill_shelter(phone.page)
    wait_until(lambda: databases(phone.page).get("amana-draft/drafts"), "no draft was kept")
    phone.page.reload()
    phone.page.locator("[data-screen=answer]").wait_for()
    phone.home()
    phone.page.locator("[data-kind=shelter]").tap()
    phone.act("review")
    phone.page.locator("[data-corrects]").wait_for()
    phone.act("seal")
    phone.page.locator("[data-screen=answer]").wait_for()
    assert len(reports_of(organisation, 1)) == 1


def test_nobody_who_did_not_ask_for_an_answer_has_a_code(organisation: Site, phone: Phone) -> None:
    phone.visit()
    phone.write(REPORT)
    assert not phone.page.locator("[data-wish]").is_checked()
    phone.seal()
    (held,) = [arrived(organisation, 1)[0]]
    assert phone.page.locator("[data-code]").count() == 0
    (row,) = rows.envelopes(organisation.ground.database)
    assert row.id == held == envelope_id(row.body)
    assert "mailbox" not in organisation.open(row.body)


def test_a_code_is_made_without_a_network(organisation: Site, phone: Phone) -> None:
    phone.visit()
    organisation.report.proxy.down()
    phone.open()
    code = seal_with_a_wish(phone, REPORT)
    (sealed,) = phone.outbox()
    assert organisation.open(sealed)["mailbox"] == b64encode(mailbox.stretch(code))
    organisation.report.proxy.up()


def secrets_of(code: str) -> list[str]:
    """Everything that could lead to the letter, as it might stand on a disk."""
    secret = mailbox.stretch(code)
    groups = [" ".join(code[at : at + 4] for at in range(0, 20, 4)), code]
    written = [in_digits(each, digits) for each in groups for digits in (LATIN, ARABIC, PERSIAN)]
    return [*written, b64encode(secret), secret.hex(), mailbox.derive(secret).id.hex()]


def on_the_disk(phone: Phone, code: str) -> list[str]:
    return traces(secrets_of(code), files_below(phone.profile))


@pytest.mark.failure("F83", "F84")
def test_nothing_of_the_code_is_on_the_disk_unless_it_was_asked_for(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORT)
    read_with(phone, code)
    assert not phone.page.locator("[data-keep]").is_checked()
    assert on_the_disk(phone, code) == []
    phone.close()
    assert on_the_disk(phone, code) == []


@pytest.mark.failure("F88")
def test_a_remembered_code_need_not_be_typed_and_is_off_the_disk_once_it_is_forgotten(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORT)
    phone.page.locator("[data-keep]").check()
    kept = "caches.match('/codes').then((found) => found !== undefined)"
    wait_until(lambda: phone.page.evaluate(kept), "the code is not remembered")
    wait_until(lambda: phone.has_written(b"amana-codes"), "the list of caches is not written")
    phone.kill()
    assert on_the_disk(phone, code) != []

    phone.reopen()
    phone.open()
    phone.act("answer")
    phone.act("use-code")
    assert told(phone) == ("none", [])
    phone.act("other-code")
    phone.act("forget-code")
    phone.page.locator("[data-act=forget-code]").wait_for(state="detached")
    phone.kill()
    assert on_the_disk(phone, code) == []


def test_the_field_is_not_left_by_itself_where_somebody_begins_to_type_at_once(
    phone: Phone,
) -> None:
    phone.open()
    phone.page.locator("[data-act=answer]").wait_for()
    assert phone.page.evaluate(FOCUS_AS_IT_COMES)


def test_leaving_in_a_hurry_forgets_the_code_of_this_window(
    organisation: Site, phone: Phone
) -> None:
    phone.visit()
    ask_for_an_answer(phone, REPORT)
    phone.leave()
    phone.open()
    phone.act("answer")
    phone.page.locator("[data-code-field]").wait_for()
    assert phone.page.locator("[data-act=use-code]").count() == 0


def test_the_picture_and_the_print_hold_the_digits_and_nothing_else(
    phone: Phone, tmp_path: Path
) -> None:
    phone.visit()
    code = ask_for_an_answer(phone, REPORT)
    with phone.page.expect_download() as downloading:
        phone.act("save-picture")
    assert downloading.value.suggested_filename == "1.svg"
    picture = tmp_path / "1.svg"
    downloading.value.save_as(picture)
    root = ElementTree.parse(picture).getroot()
    groups = [code[at : at + 4] for at in range(0, 20, 4)]
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [in_digits(group, ARABIC) for group in groups] + groups
    assert {one.tag.split("}")[1] for one in root.iter()} == {"svg", "rect", "text"}

    phone.page.emulate_media(media="print")
    printed = phone.page.locator("body").inner_text().split()
    assert printed == texts
