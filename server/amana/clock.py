"""The only place that reads the time. Doors call it and hand the value down as an argument."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in UTC: the finest time that may stand beside anything of a reporter's."""
    return now().date()
