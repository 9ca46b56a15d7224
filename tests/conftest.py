"""How the tests are dealt out to the processes that run them side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
ENGINES = HERE / "engines"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share something costly stay in one process: a file's, or a browser engine's."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    if ENGINES in item.path.parents and isinstance(item, pytest.Function):
        return str(item.callspec.params["kind"])
    return str(item.path.relative_to(HERE))
