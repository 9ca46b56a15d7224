"""What a measurement says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the benchmark's table.

    `ratio` is against something measured in the same run, or against the aim; `aim` says which.
    """

    name: str
    value: float
    unit: str
    ratio: float | None = None
    aim: str | None = None
