"""The one way in which the core says no."""

from typing import Literal

Layer = Literal[
    "length",
    "check",
    "version",
    "kid",
    "open",
    "padding",
    "json",
    "schema",
    "signature",
    "pin",
    "type",
    "truncated",
    "too_many",
]
"""The closed list of places where bytes can be refused (PROTOCOL sections 3 to 9)."""


class Refusal(Exception):
    """Bytes were refused. `layer` is the first check that failed; the input is never repeated."""

    def __init__(self, layer: Layer) -> None:
        super().__init__(layer)
        self.layer: Layer = layer
