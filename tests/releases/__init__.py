"""Released builds of the reporter app, kept for as long as a phone may sleep.

`NAME.tar.xz` holds every answer that a phone downloads of the build, whole and with its headers, as
the server of the time gave it; the licences of the code in it; and how it is used by hand:
`hand.js`, which is what `tests/engines/page.js` was at the time, and `reports.json`. An old build
is run with nothing but what lies beside it here, so nothing that changes later can spoil it.
"""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.builds import TODAY
from tests.e2e.samples import sample
from tests.releases.answers import Answer, as_files, from_files, given

FOLDER = Path(__file__).parent
HAND = FOLDER.parent / "engines/page.js"
WRITTEN = ("S04", "S16", "S23")
"""Sample reports that travel with a build: one of each kind, in Arabic."""


class AlreadyKept(Exception):
    """A release of this name is kept. The message is one plain line."""


@dataclass(frozen=True)
class Release:
    """A kept build, unpacked into a folder."""

    folder: Path

    @property
    def id(self) -> str:
        """What its page calls it."""
        return str(json.loads((self.folder / "build.json").read_text("utf-8"))["build"])

    @property
    def hand(self) -> str:
        """A function of a name and its arguments that uses this build's page."""
        return (self.folder / "hand.js").read_text("utf-8")

    @property
    def reports(self) -> list[dict[str, Any]]:
        """Reports that this build can write: kind and answers."""
        reports: list[dict[str, Any]] = json.loads((self.folder / "reports.json").read_text())
        return reports

    def answers(self, root_print: str) -> dict[str, Answer]:
        """What a server of the organisation with this root print gave out, by address."""
        return from_files(self.folder, root_print)


def kept() -> list[Path]:
    """The archives of all kept builds, by name."""
    return sorted(FOLDER.glob("*.tar.xz"))


def keep(name: str) -> Path:
    """Keep the build that is here now under a release's name; the archive.

    The same build gives the same bytes. Raises `AlreadyKept` where the name stands for another.
    """
    archive = FOLDER / f"{name}.tar.xz"
    packed = lzma.compress(_tar(_contents()), preset=lzma.PRESET_EXTREME | 9)
    if archive.exists() and archive.read_bytes() != packed:
        raise AlreadyKept(f"{archive.name} is kept and holds another build")
    archive.write_bytes(packed)
    return archive


def unpack(archive: Path, folder: Path) -> Release:
    """A kept build in a folder of its own."""
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return Release(folder)


def _contents() -> dict[str, bytes]:
    reports = [{"kind": each.kind, "answers": each.answers} for each in map(sample, WRITTEN)]
    return as_files(*given()) | {
        "build.json": (TODAY.static / "build.json").read_bytes(),
        "licences.txt": (TODAY.static / "licences.txt").read_bytes(),
        "hand.js": HAND.read_bytes(),
        "reports.json": json.dumps(reports, ensure_ascii=False).encode(),
    }


def _tar(files: Mapping[str, bytes]) -> bytes:
    """A tar archive that depends on nothing but names and contents."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, content in sorted(files.items()):
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return written.getvalue()
