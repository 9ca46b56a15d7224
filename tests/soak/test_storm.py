"""The soak in small: the same storm, shorter, from a seed that stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from amana.config import Settings
from tests.e2e.browsers import CHROMIUM, chromium
from tests.server import postgres
from tests.soak.scene import scene
from tests.soak.storm import LEAST_FAULTS, rage

SEED = 1
ENVELOPES = 20
SECONDS = 10


@pytest.mark.failure("F01", "F03", "F04", "F05", "F10", "F16", "F42", "F63")
def test_what_was_sealed_before_a_storm_is_in_the_database_once_and_unchanged_after_it(
    tmp_path: Path,
) -> None:
    if chromium() is None or postgres.programs() is None:
        pytest.skip(f"NO CHROMIUM at {CHROMIUM} or no PostgreSQL: run tests/setup.sh")
    if not (Settings.static / "build.json").exists():
        pytest.fail("the client is not built: run `make build`", pytrace=False)
    with sync_playwright() as playwright, scene(playwright, tmp_path, ENVELOPES) as on:
        storm = rage(on, SEED, SECONDS)
        on.calm()
        on.assert_arrived()
    assert all(storm.happened.values())
    assert len(storm.met) >= LEAST_FAULTS
