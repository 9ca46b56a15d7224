"""The desk app in a member's browser."""

from __future__ import annotations

from playwright.sync_api import Page


class Desk:
    """One window with the desk app in it."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.origin = origin
