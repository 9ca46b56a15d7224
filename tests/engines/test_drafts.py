"""Drafts on Firefox: they outlive their page, not their tab, and cannot be read on its disk.

Chromium's are in `tests/e2e/test_drafts.py`. This Firefox writes its session file twice a second,
not every fifteen: there it keeps sessionStorage and what is typed into careless fields.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.canary import WORDS, report
from tests.e2e.profile import holds
from tests.e2e.samples import Sample, sample
from tests.e2e.servers import Site
from tests.e2e.traces import contents, files_below, holders, traces
from tests.engines.conftest import Launch
from tests.engines.engine import Setup, wait_for
from tests.engines.firefox import Firefox, FirefoxWindow
from tests.engines.reporter import App, Phone
from tests.faults.listener import HOST
from tests.faults.proxy import FaultProxy

pytestmark = pytest.mark.parametrize(
    "kind", [Firefox], ids=lambda kind: kind.name, indirect=True, scope="package"
)

SESSION_FILES = Setup(
    prefs={
        "browser.sessionstore.interval": 500,
        "browser.sessionstore.resume_from_crash": True,
        "network.dns.forceResolve": HOST,
    }
)
"""Leaving in a hurry leads to this machine, where nobody listens."""

HALF = report()

CARELESS = """async (words) => {
  const settled = (request) => new Promise((resolve) => {
    request.onsuccess = () => resolve(request.result);
  });
  document.body.append(document.createElement("textarea"));
  sessionStorage.setItem("careless", words.session);
  const opening = indexedDB.open("careless");
  opening.onupgradeneeded = () => opening.result.createObjectStore("rows");
  const database = await settled(opening);
  const saving = database.transaction("rows", "readwrite");
  saving.objectStore("rows").put(words.database, 1);
  await new Promise((resolve) => { saving.oncomplete = resolve; });
  database.close();
  await (await caches.open("careless")).put("/careless", new Response(words.cache));
  history.replaceState(null, "", `#${words.address}`);
}"""
"""Puts words where an app must not put them, and a field on the page that may be remembered."""

ARABIC = "كراسةمنسية"

TIDY_UP = """async () => {
  sessionStorage.clear();
  const deleting = indexedDB.deleteDatabase("careless");
  await new Promise((resolve) => { deleting.onsuccess = resolve; });
  await caches.delete("careless");
}"""


@pytest.fixture(scope="module")
def firefox(launch: Launch) -> Firefox:
    """A Firefox that has never been started."""
    engine = launch(SESSION_FILES)
    assert isinstance(engine, Firefox)
    return engine


@pytest.fixture(scope="module")
def visited(firefox: Firefox, site: Site) -> Iterator[Phone]:
    phone = Phone(firefox, site.report.origin)
    phone.visit()
    yield phone
    firefox.close()


@pytest.fixture
def phone(visited: Phone, network: FaultProxy) -> Phone:
    """A phone that needs no network any more, with its one window at the start."""
    visited.open()
    network.down()
    return visited


def on_the_disk(firefox: Firefox) -> list[str]:
    """Where in the profile the words are found."""
    return traces(WORDS, files_below(firefox.folder))


def drafts(app: App) -> list[dict[str, Any]]:
    """The rows of the database of drafts."""
    return app.databases().get("amana-draft/drafts", [])


def type_into(app: App, selector: str, text: str) -> None:
    assert isinstance(app.window, FirefoxWindow)
    app.window.type(selector, text)


def session_has(firefox: Firefox, text: str) -> bool:
    """Whether something stands in the session file as it is now."""
    file = firefox.folder / "sessionstore-backups/recovery.jsonlz4"
    return any(text.encode() in content for content in contents(file))


def begin(app: App, firefox: Firefox, half: Sample) -> str:
    """Write a report and leave it unsealed until app and browser have kept it; the draft's key."""
    app.use("begin", half.kind, {**half.answers, "note": ""})
    note = half.answers["note"]
    type_into(app, "[data-field=note] textarea", note)
    wait_for(lambda: holds(app.databases(), app.use("key"), note, "form"), "draft with the note")
    _, key = str(app.use("key")).split(".")
    wait_for(lambda: session_has(firefox, key), "session file with the key")
    return key


def assert_back(app: App, half: Sample) -> None:
    """The page shows what was written in the one before."""
    app.wait_restored()
    assert app.use("note") == half.answers["note"]


def seal_after_reload(app: App, half: Sample) -> None:
    """Load the page again and seal what it brings back."""
    app.window.reload()
    assert_back(app, half)
    app.use("review")
    app.use("seal")


def assert_tidied(phone: Phone) -> None:
    """Of drafts that no tab can open any more nothing is left after two starts of the app."""
    for _ in range(2):
        phone.open()
        wait_for(lambda: all(row["passed"] for row in drafts(phone)), "sign on every row")
    wait_for(lambda: drafts(phone) == [], "end of every row")


def test_the_search_finds_what_a_careless_page_leaves_on_the_disk(
    phone: Phone, firefox: Firefox
) -> None:
    words = {
        place: f"{place:x<8}quix" for place in ("field", "session", "database", "cache", "address")
    }
    texts = {
        place: f"{word[:4]} {word[4:8]} {word[8:]} {ARABIC} {word}" for place, word in words.items()
    }
    phone.window.evaluate(CARELESS, texts)
    type_into(phone, "body > textarea", texts["field"])

    def missing() -> list[str]:
        wanted = [*words.values(), ARABIC]
        found = "".join(traces(wanted, files_below(firefox.folder)))
        return [word for word in wanted if word not in found]

    wait_for(lambda: not missing(), "trace of every word")
    phone.window.evaluate(TIDY_UP)


@pytest.mark.failure("F46", "F77", "F84", "F88")
def test_a_draft_comes_back_after_its_page_and_its_browser_died_and_the_disk_never_knew(
    phone: Phone, firefox: Firefox
) -> None:
    key = begin(phone, firefox, HALF)
    assert on_the_disk(firefox) == []

    firefox.kill_pages()
    phone.window.reload()
    assert_back(phone, HALF)
    assert on_the_disk(firefox) == []

    phone.kill()
    assert on_the_disk(firefox) == []
    firefox.start()
    (phone.window,) = firefox.windows()
    assert_back(phone, HALF)

    phone.use("review")
    phone.use("seal")
    wait_for(lambda: not session_has(firefox, key), "session file without the key")
    assert len(phone.outbox()) == 1
    assert drafts(phone) == []
    assert on_the_disk(firefox) == []


def test_the_key_of_a_draft_is_in_no_store_that_has_the_draft(
    phone: Phone, firefox: Firefox
) -> None:
    key = begin(phone, firefox, HALF)
    (row,) = drafts(phone)
    sealed = base64.b64decode(row["bytes"]["bytes"])[1000:1064]

    def stores(needle: bytes) -> set[str]:
        found = holders(needle, files_below(firefox.folder))
        return {file.relative_to(firefox.folder).parts[0] for file in found}

    assert stores(key.encode()) == {"sessionstore-backups"}
    assert stores(bytes.fromhex(key)) == set()
    assert stores(sealed) == {"storage"}


def test_leaving_in_a_hurry_takes_the_draft_along(phone: Phone, firefox: Firefox) -> None:
    key = begin(phone, firefox, HALF)
    phone.use("leave")
    wait_for(lambda: not session_has(firefox, key), "session file without the key")
    assert on_the_disk(firefox) == []
    phone.open()
    assert phone.use("key") is None
    assert_tidied(phone)


def test_a_draft_dies_with_its_tab_and_its_row_is_tidied_away(
    phone: Phone, firefox: Firefox
) -> None:
    other = phone.another_window()
    begin(other, firefox, HALF)
    other.window.close()
    assert_tidied(phone)
    phone.use("begin", HALF.kind, {})
    assert phone.use("note") == ""
    assert on_the_disk(firefox) == []


@pytest.mark.failure("F14")
def test_a_copied_tab_begins_a_draft_of_its_own_and_both_are_sealed_whole(
    site: Site, phone: Phone, firefox: Firefox
) -> None:
    written = (HALF, sample("S15"))
    begin(phone, firefox, HALF)
    phone.window.evaluate("() => void open(location.href)")
    copied = wait_for(lambda: firefox.windows()[1:], "second window")
    copy = App(copied[0], phone.origin)
    copy.wait_started()
    begin(copy, firefox, written[1])
    wait_for(lambda: len(drafts(copy)) == 2, "row of its own")
    seal_after_reload(phone, written[0])
    seal_after_reload(copy, written[1])
    copy.window.close()
    notes = {site.open(sealed)["answers"]["note"] for sealed in phone.outbox()}
    assert notes == {half.answers["note"] for half in written}


@pytest.mark.failure("F86", "F88")
def test_after_erasing_no_word_and_no_key_is_on_the_disk(phone: Phone, firefox: Firefox) -> None:
    """Also where the ordinary page sleeps in the tab, with the worker that had served it."""
    phone.leave()
    phone.open()
    key = begin(phone, firefox, HALF)
    phone.use("erase")
    wait_for(lambda: not phone.kept()["databases"], "end of everything")
    wait_for(lambda: not session_has(firefox, key), "session file without the key")
    assert on_the_disk(firefox) == []
    phone.kill()
    assert on_the_disk(firefox) == []
