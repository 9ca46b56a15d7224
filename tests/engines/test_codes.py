"""Codes on Firefox: nothing of them in its profile unless asked, and nothing once forgotten.

Chromium's are in `tests/e2e/test_answer.py`. This Firefox writes its session file twice a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from amana.core import mailbox
from amana.core.encoding import b64encode
from tests.e2e.samples import sample
from tests.e2e.servers import Site
from tests.e2e.traces import files_below, traces
from tests.engines.conftest import Launch
from tests.engines.engine import wait_for
from tests.engines.firefox import Firefox, FirefoxWindow
from tests.engines.reporter import Phone
from tests.engines.test_drafts import SESSION_FILES, session_has

pytestmark = pytest.mark.parametrize(
    "kind", [Firefox], ids=lambda kind: kind.name, indirect=True, scope="package"
)

KEPT = "() => caches.match('/codes').then((found) => found !== undefined)"
MARK = "(mark) => sessionStorage.setItem('mark', mark)"


@pytest.fixture
def phone(launch: Launch, site: Site) -> Iterator[Phone]:
    firefox = launch(SESSION_FILES)
    phone = Phone(firefox, site.report.origin)
    phone.visit()
    yield phone
    firefox.close()


def ask_for_an_answer(phone: Phone) -> str:
    """Write and seal a report that wants an answer, and wait until it has arrived; the code."""
    report = sample("S39")
    phone.use("write", report.kind, report.answers)
    phone.window.evaluate("() => document.querySelector('[data-wish]').click()")
    phone.use("seal")
    code = re.sub(r"\s", "", phone.use("textOf", "[data-code]"))
    assert re.fullmatch("[0-9]{20}", code)
    phone.use("textOf", "[data-fate=received]")
    return code


def read_with(phone: Phone, typed: str) -> None:
    """Type a code with a keyboard and look."""
    phone.use("steps", ["[data-act=answer]", "[data-code-field]"])
    assert isinstance(phone.window, FirefoxWindow)
    phone.window.type("[data-code-field]", typed)
    wait_for_session_file(phone)
    phone.window.evaluate("() => document.querySelector('[data-act=look]').click()")
    phone.use("textOf", "[data-state]")


def wait_for_session_file(phone: Phone) -> None:
    """Wait until the session file holds what the page holds now."""
    assert isinstance(phone.engine, Firefox)
    firefox, mark = phone.engine, b64encode(mailbox.derive(bytes(32)).key)
    phone.window.evaluate(MARK, mark)
    wait_for(lambda: session_has(firefox, mark), "session file with the mark")


def on_the_disk(phone: Phone, code: str) -> list[str]:
    secret = mailbox.stretch(code)
    words = [code, b64encode(secret), mailbox.derive(secret).id.hex()]
    assert isinstance(phone.engine, Firefox)
    return traces(words, files_below(phone.engine.folder))


@pytest.mark.failure("F83", "F84", "F88")
def test_a_code_is_in_no_file_of_firefox_before_it_was_asked_for_and_after_it_was_forgotten(
    phone: Phone,
) -> None:
    code = ask_for_an_answer(phone)
    read_with(phone, code)
    assert on_the_disk(phone, code) == []

    phone.window.evaluate("() => document.querySelector('[data-keep]').click()")
    wait_for(lambda: phone.window.evaluate(KEPT), "code that is remembered")
    phone.kill()
    assert on_the_disk(phone, code) != []

    phone.reopen()
    phone.use("steps", ["[data-act=answer]", "[data-act=forget-code]"])
    wait_for(lambda: not phone.window.evaluate(KEPT), "end of what is remembered")
    wait_for(lambda: on_the_disk(phone, code) == [], "disk without the code")
    phone.kill()
    assert on_the_disk(phone, code) == []
