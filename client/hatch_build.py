"""Builds the client while the wheel is built, so that the wheel runs without Node.

A wheel takes `server/amana/static` as it stands when it is not older than its sources. Else Node
builds it; without Node an older build is taken, and no build at all ends in one line of error. With
another country's places (AMANA_PLACES) Node always builds it. An editable install leaves the client
to `make build`.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_MAJOR = 20
DATA = ("vocabulary.json", "admin.json", "places.json", "languages/*.json")


class ClientBuildHook(BuildHookInterface[Any]):
    """Hatchling's build hook (PEP 517 builds; hatch.pypa.io, "Build hook plugins")."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before files are collected; `version` is `standard` or `editable`."""
        build_data.setdefault("artifacts", []).append("/server/amana/static/**")
        root = Path(self.root)
        built = root / "server/amana/static/build.json"
        wants_others = bool(os.environ.get("AMANA_PLACES"))
        if version == "editable" or (_is_fresh(built, root) and not wants_others):
            return
        if _has_node():
            self._build(root / "client")
        elif built.exists() and not wants_others:
            self.app.display_warning("Node is missing: the wheel takes the client as built before")
        else:
            self.app.abort(f"building Amana from source needs Node {NODE_MAJOR} or newer, with npm")

    def _build(self, client: Path) -> None:
        if not _is_current(
            client / "node_modules/.package-lock.json", client / "package-lock.json"
        ):
            self._run(client, "npm", "ci", "--ignore-scripts", "--loglevel=error")
        self._run(client, "node", "build.mjs")

    def _run(self, folder: Path, *command: str) -> None:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            self.app.display_error(done.stdout + done.stderr)
            self.app.abort(f"`{' '.join(command)}` failed; see above")


def _is_fresh(built: Path, root: Path) -> bool:
    return all(_is_current(built, source) for source in _sources(root))


def _is_current(made: Path, source: Path) -> bool:
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def _sources(root: Path) -> Iterator[Path]:
    for name in DATA:
        yield from (root / "server/amana/data").glob(name)
    for child in (root / "client").iterdir():
        if child.name != "node_modules":
            yield from (file for file in (child, *child.rglob("*")) if file.is_file())


def _has_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    major = re.match(r"v(\d+)\.", told.stdout)
    return major is not None and int(major[1]) >= NODE_MAJOR
