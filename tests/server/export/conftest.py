"""What tests of files read them with."""

import warnings
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def hxl() -> Iterator[Any]:
    """libhxl, whose own code warns when it is imported and used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import hxl

        yield hxl
