"""How the tests are dealt out to the processes that run them, and what a failed one tells."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Protocol, runtime_checkable

import pytest

HERE = Path(__file__).parent
ENGINES = HERE / "engines"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share something costly stay in one process: a file's, or a browser engine's."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


@runtime_checkable
class Shown(Protocol):
    """Something with a screen, handed to a test: a phone, a desk."""

    def text(self) -> str:
        """What is written on the screen now."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What was on the screens of a test that failed stands in its report."""
    report = yield
    if report.when == "call" and report.failed and isinstance(item, pytest.Function):
        for name, used in item.funcargs.items():
            if isinstance(used, Shown):
                report.sections.append((f"on the screen of {name}", _text(used)))
    return report


def _text(used: Shown) -> str:
    try:
        return used.text()
    except Exception as error:  # noqa: BLE001  # It failed: its browser may be gone.
        return f"nothing can be read: {type(error).__name__}"


def _group(item: pytest.Item) -> str:
    if ENGINES in item.path.parents and isinstance(item, pytest.Function):
        return str(item.callspec.params["kind"])
    return str(item.path.relative_to(HERE))
