"""`make soak`: many envelopes through minutes of storm; prints the seed and what happened."""

from __future__ import annotations

import argparse
import secrets
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.soak.scene import scene
from tests.soak.storm import rage


def main() -> None:
    """Run one storm; an assertion ends it where something is lost, doubled or was never met."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--envelopes", type=int, default=200)
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        scene(playwright, Path(folder), asked.envelopes) as on,
    ):
        storm = rage(on, asked.seed, asked.minutes * 60)
        print(storm, flush=True)
        assert storm.met.keys() == storm.drawn.keys(), "a fault that was drawn never happened"
        on.calm()
        on.assert_arrived()
        print(f"seed {asked.seed}: all {len(on.sealed)} envelopes arrived, each once and unchanged")


main()
