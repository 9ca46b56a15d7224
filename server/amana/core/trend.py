"""How a week differs from those before it, from what a table tells of them and nothing else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from amana.core.cells import WEEK, Cell, CellKey
from amana.core.places import level_of

WEEKS_BEFORE: Final = 4

IsKnown = Callable[[date], bool]
"""Whether a week, by its Monday, is told of."""


def with_trend(told: Iterable[Cell], before: Iterable[Cell], is_known: IsKnown) -> list[Cell]:
    """The cells of a table with `change` and `mean4`, where the weeks before tell them.

    `before` is what the same tier tells of earlier weeks. A district without a row in a week that
    is told of was quiet. Of a subdistrict or a category without a row nothing is known.
    """
    cells = list(told)
    events = {cell.key: cell.events for cell in (*before, *cells)}
    return [_with_trend(cell, events, is_known) for cell in cells]


def _with_trend(cell: Cell, events: Mapping[CellKey, int | None], is_known: IsKnown) -> Cell:
    if cell.events is None or cell.key.span != WEEK:
        return cell
    weeks = range(1, WEEKS_BEFORE + 1)
    numbers = [_events(cell.key, weeks_ago, events, is_known) for weeks_ago in weeks]
    last, whole = numbers[0], [number for number in numbers if number is not None]
    change = None if last is None else cell.events - last
    mean4 = _mean(whole) if len(whole) == len(numbers) else None
    return cell if change is None else cell._replace(change=change, mean4=mean4)


def _mean(numbers: Sequence[int]) -> float:
    """To one decimal, half up: people who check it do not round to the even digit."""
    return (20 * sum(numbers) + len(numbers)) // (2 * len(numbers)) / 10


def _events(
    key: CellKey, weeks_ago: int, events: Mapping[CellKey, int | None], is_known: IsKnown
) -> int | None:
    then = key._replace(start=key.start - timedelta(weeks=weeks_ago))
    if then in events:
        return events[then]
    is_listed = not key.category and level_of(key.area) != "adm3"
    return 0 if is_listed and is_known(then.start) else None
