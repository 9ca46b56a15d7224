"""One organisation for the desk's tests that do not get into each other's way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium

from tests.e2e.desk import Desk
from tests.e2e.desk_app.ground import Held, fill, window
from tests.e2e.servers import REVIEWER, Ground, Site, served_copy


@pytest.fixture(scope="module")
def site(first_ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One organisation for the tests that do not get into each other's way."""
    with served_copy(first_ground, tmp_path_factory.mktemp("desk")) as served:
        yield served


@pytest.fixture(scope="module")
def held(site: Site) -> Held:
    return fill(site)


@pytest.fixture
def reviewer(desk_chromium: Chromium, site: Site, held: Held) -> Iterator[Desk]:
    """A reviewer with the queue on the screen."""
    with window(desk_chromium, site) as desk:
        desk.sign_in(REVIEWER)
        desk.queue()
        yield desk
