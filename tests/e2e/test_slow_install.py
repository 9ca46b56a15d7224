"""A first visit over a link that is slow and cut again and again."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.e2e.phone import Phone
from tests.e2e.samples import sample
from tests.e2e.servers import Site
from tests.faults.link import Link, LinkProxy

BAD = Link(rate=12_000, cut_every=4)
"""Little more than half of the app comes between two cuts: who begins anew never gets there."""

PATIENCE = 90_000
"""Milliseconds."""


@pytest.mark.failure("F58")
def test_a_first_visit_gets_there_however_often_the_link_is_cut(
    organisation: Site, playwright: Playwright, tmp_path: Path
) -> None:
    with LinkProxy(organisation.report.port, BAD) as link:
        phone = Phone(playwright, tmp_path / "phone", link.origin, "ar")
        phone.goto()
        phone.page.locator("[data-offline=true]").wait_for(timeout=PATIENCE)
        assert link.traffic.cuts >= 2
        link.down()
        phone.open()
        phone.write(sample("S04"))
        phone.seal()
        assert len(phone.outbox()) == 1
        phone.close()
