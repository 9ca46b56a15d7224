"""A real Chromium: where it is, how it is started, and how it dies."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
from collections import defaultdict
from pathlib import Path

CHROMIUM = os.environ.get("AMANA_CHROMIUM", "chromium")

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""Quiet and at home in a container: nothing but the tested page uses the network."""


def chromium() -> str | None:
    """The path of the browser, or None when there is none on this machine."""
    return shutil.which(CHROMIUM)


def kill_browser(profile: Path) -> None:
    """SIGKILL the browser that runs on this profile and every process it has started."""
    roots = [pid for pid in _children() if f"--user-data-dir={profile}" in _command_line(pid)]
    if not roots:
        raise AssertionError("no browser runs on this profile")
    kill_tree(roots)


def kill_tree(roots: list[int]) -> None:
    """SIGKILL these processes and all that they have started; return when they are gone."""
    handles = [_open_process(pid) for pid in _with_descendants(roots)]
    for handle in filter(None, handles):
        with contextlib.suppress(ProcessLookupError):  # it ended by itself, with its parent
            signal.pidfd_send_signal(handle, signal.SIGKILL)
    for handle in filter(None, handles):
        select.select([handle], [], [])
        os.close(handle)


def processes_below(root: int, kind: str) -> list[int]:
    """The processes that this one has started, itself or through others, as their last argument."""
    below = _with_descendants([root])[1:]
    return [pid for pid in below if [part for part in _command_line(pid) if part][-1:] == [kind]]


def _with_descendants(roots: list[int]) -> list[int]:
    """Processes and all below them, parents first, so that no parent tidies up after a child."""
    children = _children()
    tree = list(roots)
    for pid in tree:
        tree.extend(child for child in children[pid] if child not in tree)
    return tree


def _children() -> dict[int, list[int]]:
    """Every process with its children, by process id."""
    tree: defaultdict[int, list[int]] = defaultdict(list)
    for pid in [int(name) for name in os.listdir("/proc") if name.isdigit()]:
        tree[pid] += []
        tree[_parent(pid)].append(pid)
    return tree


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _command_line(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def _open_process(pid: int) -> int | None:
    """A handle that cannot come to mean another process, or None when this one has gone."""
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None
