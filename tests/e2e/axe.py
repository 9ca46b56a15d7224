"""What keeps people out of a screen, as axe finds it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parents[2] / "client/node_modules/axe-core/axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def trouble(page: Page) -> list[str]:
    """What axe finds wrong with the screen from its top, where nothing is under the way out."""
    page.evaluate("scrollTo(0, 0)")
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE)
    found = page.evaluate(
        "(values) => axe.run(document, { runOnly: { type: 'tag', values } })", RULES
    )
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
