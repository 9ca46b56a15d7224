"""The harness itself: the faults reach a real browser, and the search for traces finds them.

A test of an app that survives faults proves nothing if the browser never met them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.e2e.profile import Profile, databases, sealed_bytes
from tests.e2e.traces import files_below, spellings, traces
from tests.faults import modes
from tests.faults.plain_server import ANSWER, Upstream, serving
from tests.faults.proxy import FaultProxy

POST = """async (body) => {
  try {
    const answer = await fetch("/api/v1/parcels", { method: "POST", body });
    try {
      return [answer.status, await answer.text()];
    } catch {
      return [answer.status, null];
    }
  } catch {
    return [null, null];
  }
}"""
"""Status and body as a page sees them; null for what rejects."""


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with serving() as server:
        yield server


@pytest.fixture
def proxy(upstream: Upstream) -> Iterator[FaultProxy]:
    with FaultProxy(upstream.server_address[1]) as running:
        yield running


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path, proxy: FaultProxy) -> Iterator[Profile]:
    running = Profile(playwright, tmp_path / "profile", "ar")
    running.page.goto(proxy.origin)
    yield running
    running.close()


@pytest.fixture
def page(browser: Profile) -> Page:
    return browser.page


def test_chromium_takes_a_cut_status_line_for_success(page: Page, proxy: FaultProxy) -> None:
    proxy.script(modes.PartialStatusLine())
    assert page.evaluate(POST, "x") == [200, ""]
    assert len(proxy.delivered(modes.PartialStatusLine)) == 1


def test_chromium_takes_a_body_cut_by_the_end_of_the_connection_for_whole(
    page: Page, proxy: FaultProxy
) -> None:
    proxy.script(modes.CloseDelimitedTruncated())
    assert page.evaluate(POST, "x") == [200, ANSWER[: len(ANSWER) // 2].decode()]


@pytest.mark.parametrize("mode", [modes.ShortContentLength(), modes.ChunkedNoTerminator()])
def test_chromium_sees_a_success_whose_body_cannot_be_read(
    page: Page, proxy: FaultProxy, mode: modes.Mode
) -> None:
    proxy.script(mode)
    assert page.evaluate(POST, "x") == [200, None]


def test_chromium_sends_a_post_again_by_itself_when_a_reused_connection_ends(
    page: Page, proxy: FaultProxy, upstream: Upstream
) -> None:
    proxy.script(modes.CommitThenFin())
    assert page.evaluate(POST, "one call of fetch") == [200, ANSWER.decode()]
    assert upstream.bodies == [b"one call of fetch"] * 2


def test_a_page_meets_a_refused_connection_when_the_network_is_down(
    page: Page, proxy: FaultProxy
) -> None:
    proxy.down()
    with page.expect_event("requestfailed") as failed:
        assert page.evaluate(POST, "x") == [None, None]
    assert failed.value.failure == "net::ERR_CONNECTION_REFUSED"


def test_what_was_stored_is_there_after_sigkill(browser: Profile, proxy: FaultProxy) -> None:
    browser.page.evaluate("""() => new Promise((resolve) => {
      const opening = indexedDB.open("kept", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("rows");
      opening.onsuccess = () => {
        const saving = opening.result.transaction("rows", "readwrite", { durability: "strict" });
        saving.objectStore("rows").put({ bytes: new TextEncoder().encode("AMN\\u0001").buffer }, 1);
        saving.oncomplete = resolve;
      };
    })""")
    browser.kill()
    browser.reopen().goto(proxy.origin)
    found = databases(browser.page)
    assert list(found) == ["kept/rows"]
    assert sealed_bytes(found["kept/rows"]) == [b"AMN\x01"]


def test_the_search_finds_what_a_careless_page_leaves_behind(browser: Profile) -> None:
    words = ["كراسةمنسية", "forgottenword"]
    browser.page.evaluate(
        "(words) => words.forEach((word) => localStorage.setItem(word, word))", words
    )
    browser.page.goto(f"{browser.page.url}#{words[0]}")
    browser.close()
    found = "\n".join(traces(words, files_below(browser.profile)))
    for word in words:
        assert word in found


@pytest.mark.parametrize("form", spellings("كلمة"))
def test_the_search_finds_every_spelling(tmp_path: Path, form: str) -> None:
    (tmp_path / "file").write_bytes(b"before" + spellings("كلمة")[form] + b"after")
    assert traces(["كلمة"], files_below(tmp_path)) == [f"كلمة ({form}) in file"]
