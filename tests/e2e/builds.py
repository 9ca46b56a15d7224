"""Builds of the client: today's, one that differs from it, and a server that carries it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import brotli

import amana
from amana.config import Settings

ASSETS = "report/assets/"
PAGES = {"index.html": "/", "ordinary.html": "/page"}
NOT_KEPT = {"/sw.js", "/manifest.webmanifest"}
"""What a phone needs to install the app, and the browser keeps in its own way."""


@dataclass(frozen=True)
class Build:
    """A built client in its folder."""

    static: Path

    @property
    def id(self) -> str:
        """What its pages call it."""
        return str(self._described["build"])

    @property
    def shell(self) -> set[str]:
        """The addresses of all files that a phone keeps for opening without a network."""
        paths = self._described["report"]["offline"]
        return {PAGES.get(path, f"/{path}") for path in paths} - NOT_KEPT

    @property
    def soon(self) -> set[str]:
        """The addresses of what few need, which the worker brings when there is time."""
        return {f"/{path}" for path in self._described["report"]["soon"]}

    def asset(self, name: str) -> str:
        """The address of an asset by the name that its source has."""
        assets = (self.static / ASSETS).iterdir()
        (path,) = (path for path in assets if _plain_name(path.name) == name)
        return f"/assets/{path.name}"

    @property
    def _described(self) -> dict[str, Any]:
        described: dict[str, Any] = json.loads((self.static / "build.json").read_text("utf-8"))
        return described


TODAY = Build(Settings.static)


def server_with(build: Build, folder: Path) -> Path:
    """Today's server as if it had been installed with this build: a folder for Python's path."""
    package = folder / "amana"
    package.mkdir(parents=True)
    for source in Path(amana.__path__[0]).iterdir():
        if source.name != "static":
            (package / source.name).symlink_to(source)
    (package / "static").symlink_to(build.static)
    return folder


def changed(build: Build, folder: Path, *names: str) -> Build:
    """A build as it would be had the sources of these assets (`app.js`) changed.

    What refers to a changed asset changes with it, name, digests and all, and so does the id.
    """
    files = dict(_texts_and_assets(build.static))
    swaps: dict[bytes, bytes] = {}
    result = {}
    for path in _referred_first(files):
        body = _swapped(files[path], swaps) + (b"\n" if _plain_name(path) in names else b"")
        if path.startswith(ASSETS) and body != files[path]:
            swaps |= zip(_references(path, files[path]), _references(path, body), strict=True)
        result[_swapped(path.encode(), swaps).decode()] = body
    own = hashlib.sha256(b"".join(result.values())).hexdigest()[: len(build.id)]
    for path, body in result.items():
        _write(folder / path, body.replace(build.id.encode(), own.encode()))
    return Build(folder)


def _texts_and_assets(static: Path) -> Iterator[tuple[str, bytes]]:
    for path in [static / "build.json", *(static / "report").rglob("*")]:
        if path.is_file() and path.suffix != ".br":
            yield str(path.relative_to(static)), path.read_bytes()


def _referred_first(files: Mapping[str, bytes]) -> Iterable[str]:
    """The paths in an order in which every file comes after all that it refers to."""
    assets = [path for path in files if path.startswith(ASSETS)]
    return TopologicalSorter(
        {
            path: [other for other in assets if other != path and _file_name(other) in body]
            for path, body in files.items()
        }
    ).static_order()


def _references(path: str, body: bytes) -> list[bytes]:
    """All that other files may say of an asset."""
    digest = hashlib.sha256(body)
    name = f"{Path(path).name.rpartition('-')[0]}-{digest.hexdigest()[:10]}".encode()
    hexadecimal = digest.hexdigest().encode()
    half = hexadecimal[: len(hexadecimal) // 2]
    return [name, hexadecimal, half, base64.b64encode(digest.digest())]


def _swapped(body: bytes, swaps: Mapping[bytes, bytes]) -> bytes:
    for old, new in swaps.items():
        body = body.replace(old, new)
    return body


def _file_name(path: str) -> bytes:
    return Path(path).name.encode()


def _plain_name(path: str) -> str:
    """A file's name without its hash."""
    return Path(path).stem.rpartition("-")[0] + Path(path).suffix


def _write(path: Path, body: bytes) -> None:
    """The file, and beside an asset its compressed sibling, which is what a phone is given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    if path.parent.name == "assets" and path.suffix != ".png":
        path.with_name(f"{path.name}.br").write_bytes(brotli.compress(body))
