"""The three tiers of what is shown, and the thresholds of each.

`internal` is what members look at, `partners` and `public` are what leaves the organisation. The
reports that partners' tables count are those cleared for partners or for the public; a public table
counts the same reports and shows no row in which one of them is not cleared for the public, so that
the two tables are parts of one (`core.disclosure`).

Only weeks that are over leave the organisation; the public sees them `delay_days` later.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

TIERS: Final = ("internal", "partners", "public")
LEVELS: Final = ("adm1", "adm2", "adm3")
"""The areas that a table can be asked by."""


FLOORS: Final = {"k_reports": 3, "m_events": 2, "k_people": 5, "delay_days": 7}
"""What no organisation goes below, and what holds as long as nothing else is set."""


LIMITS: Final = ("k_reports", "m_events", "k_people")
"""The thresholds that decide what is shown of a week, whenever it is shown."""


class TooLow(ValueError):
    """A threshold lies below its floor. The message is one plain line."""


@dataclass(frozen=True)
class Thresholds:
    """What an organisation may set; `TooLow` below a floor.

    A row rests on `k_reports` reports in `m_events` events or more (inside, in one event); a number
    of people or families from 1 to `k_people` - 1 is not told; the public waits `delay_days`.
    """

    k_reports: int = FLOORS["k_reports"]
    m_events: int = FLOORS["m_events"]
    k_people: int = FLOORS["k_people"]
    delay_days: int = FLOORS["delay_days"]

    @property
    def limits(self) -> tuple[int, int, int]:
        """Those named by `LIMITS`."""
        return self.k_reports, self.m_events, self.k_people

    def __post_init__(self) -> None:
        for name, least in FLOORS.items():
            if getattr(self, name) < least:
                raise TooLow(f"AMANA_{name.upper()} must be {least} or more")


@dataclass(frozen=True)
class Rules:
    """The rules of one tier: those that every answer and every file of it says."""

    tier: str
    k_reports: int
    m_events: int
    k_people: int
    delay_days: int

    @classmethod
    def of(cls, tier: str, thresholds: Thresholds) -> "Rules":
        """The rules of a tier under an organisation's thresholds."""
        return cls(
            tier=tier,
            k_reports=thresholds.k_reports,
            m_events=1 if tier == "internal" else thresholds.m_events,
            k_people=thresholds.k_people,
            delay_days=thresholds.delay_days if tier == "public" else 0,
        )

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.tier == "public"

    @property
    def finest(self) -> str:
        """The smallest areas: districts for the public, else subdistricts."""
        return "adm2" if self.is_public else "adm3"

    def is_due(self, sunday: date, today: date) -> bool:
        """Whether the week that ends on a Sunday may be shown in this tier."""
        return self.tier == "internal" or sunday + timedelta(days=self.delay_days) < today
