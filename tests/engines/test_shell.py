"""What the phone keeps to open without a network, on every engine."""

from __future__ import annotations

from functools import partial

import pytest

from tests.engines.engine import wait_for
from tests.engines.reporter import Phone
from tests.faults import modes
from tests.faults.proxy import FaultProxy

RARELY_NEEDED = {
    "carry": "[data-screen=carry] [data-carry-file]",
    "real": "[data-screen=real] [data-build]",
    "answer": "[data-screen=answer] [data-code-field]",
}
"""Screens that come in files of their own, by what is on them once they have come."""

KEPT = """async () => {
  const cache = await caches.open("amana-shell");
  const names = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  return ["carry", "real", "answer", "reader"].every(
    (name) => names.some((path) => path.startsWith(`/assets/${name}-`)));
}"""


def test_what_few_need_comes_by_itself_and_opens_without_a_network(
    network: FaultProxy, phone: Phone
) -> None:
    phone.use("hurry")
    phone.look_at()
    wait_for(lambda: phone.window.evaluate(KEPT), "files of what few need")
    network.down()
    for screen, sign in RARELY_NEEDED.items():
        phone.reload()
        phone.window.evaluate(f"() => document.querySelector('[data-act={screen}]').click()")
        wait_for(partial(phone.asks, f"() => document.querySelector('{sign}') !== null"), screen)


@pytest.mark.failure("F54")
def test_a_start_that_redirects_is_followed_never_kept_and_spoils_no_later_visit(
    network: FaultProxy, phone: Phone
) -> None:
    phone.window.evaluate("() => caches.delete('amana-shell')")
    network.always(modes.Moved(), "GET", "/")
    phone.window.goto(phone.origin)
    wait_for(lambda: phone.is_at("/ar/"), "redirect")
    phone.wait_started()
    phone.use("offline", False)
    network.clear()
    phone.visit_path("/")
    phone.wait_started()
    phone.use("offline", True)
    network.down()
    phone.reload()
    assert phone.is_at("/")
