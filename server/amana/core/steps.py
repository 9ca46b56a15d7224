"""Numbers of people as they leave the organisation: between two steps of a scale.

An event's families are told in a band, and the ends of some bands added up tell which bands they
were: 7 to 21 families in two events are one family and 6 to 20. So outside, a sum is told by the
step below its low end and the step above its high end, and its middle is the middle of the two.
Steps are 5, 10, 20, 50, 100, 200 and so on, and every ten, hundred or thousand where so many events
are added up (`FINE_FROM`) that their bands cannot be told from the sum.
"""

from typing import Any, Final

from amana.core.cells import Cell
from amana.core.summary import HARM, MEASURES, Measure

FINE_FROM: Final = 10
"""The number of events from which on steps are finer."""
_FIRST: Final = 5
_COARSE: Final = (1, 2, 5, 10)
_FINE: Final = tuple(range(1, 11))


def in_steps(cell: Cell) -> Cell:
    """A cell with its numbers of people between steps, and without how full its shelters are: that
    is often of one, and names the bands of its people and its capacity.
    """
    numbers: dict[str, Any] = {"housed": None, "capacity": None}
    is_fine = (cell.events or 0) - (cell.contested or 0) >= FINE_FROM
    for measure in MEASURES:
        low, _, high = measure.names
        least, most = getattr(cell, low), getattr(cell, high)
        if least is not None:
            numbers[low] = below(least, is_fine)
            numbers[high] = None if most is None else above(most, is_fine)
    return with_middles(cell._replace(**numbers))


def at_least(cell: Cell) -> Cell:
    """A cell that tells of harm the step below its low end, and no high end."""
    numbers: dict[str, Any] = {}
    for low, _, high in (each.names for each in HARM):
        least = getattr(cell, low)
        numbers |= {low: None if least is None else below(least, is_fine=False), high: None}
    return cell._replace(**numbers)


def with_middles(cell: Cell) -> Cell:
    """A cell whose middles are those of its ends, None where an end is open."""
    middles: dict[str, Any] = {
        each.names[1]: _middle(cell, each) for each in MEASURES if each.names[1]
    }
    return cell._replace(**middles)


def below(number: int, is_fine: bool) -> int:
    """The step at a number or below it."""
    if number < 2 * _FIRST:
        return _FIRST if number >= _FIRST else 0
    size: int = 10 ** (len(str(number)) - 1)
    return size * max(step for step in _scale(is_fine) if step * size <= number)


def above(number: int, is_fine: bool) -> int:
    """The step at a number or above it."""
    if number < 2 * _FIRST:
        return 0 if number == 0 else _FIRST if number <= _FIRST else 2 * _FIRST
    size: int = 10 ** (len(str(number)) - 1)
    return size * min(step for step in _scale(is_fine) if step * size >= number)


def _scale(is_fine: bool) -> tuple[int, ...]:
    return _FINE if is_fine else _COARSE


def _middle(cell: Cell, measure: Measure) -> int | None:
    low, _, high = measure.names
    least: int | None = getattr(cell, low)
    most: int | None = getattr(cell, high)
    return None if least is None or most is None else (least + most) // 2
