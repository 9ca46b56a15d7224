"""Settings of a running server, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from amana.core.tiers import FLOORS, Thresholds, TooLow

SECOND_FACTOR: Final = ("offered", "required")


@dataclass(frozen=True)
class Settings:
    """Where the organisation's folder and its database are, and how patient the doors are.

    `home` is the folder that `amana init` made. `database_url` is an SQLAlchemy or libpq URL
    of SQLite or PostgreSQL. `static` is the folder of the built client. `empty_worker`: phones
    get a service worker that does nothing, in place of one that is broken. `demands_factor`:
    members without a second factor may do nothing but add one.
    """

    home: Path
    database_url: str = field(repr=False)
    """Never shown: a PostgreSQL URL may hold a password."""
    static: Path = Path(__file__).parent / "static"
    empty_worker: bool = False
    demands_factor: bool = False
    thresholds: Thresholds = Thresholds()

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Settings from `AMANA_HOME` (default `./amana-home`), `AMANA_DATABASE_URL` (default the
        file `amana.sqlite3` in that folder), `AMANA_EMPTY_WORKER` (default `0`),
        `AMANA_SECOND_FACTOR` (`offered`, the default, or `required`; `ValueError` for another word,
        so that a slip does not open what was meant to be closed) and summaries' thresholds,
        `AMANA_K_REPORTS`, `AMANA_M_EVENTS`, `AMANA_K_PEOPLE`, `AMANA_DELAY_DAYS`.

        Raises `TooLow` for a threshold below its floor or that is no whole number."""
        second_factor = environ.get("AMANA_SECOND_FACTOR") or "offered"
        if second_factor not in SECOND_FACTOR:
            raise ValueError("AMANA_SECOND_FACTOR must be offered or required")
        home = Path(environ.get("AMANA_HOME", "amana-home")).absolute()
        return cls(
            home=home,
            database_url=environ.get("AMANA_DATABASE_URL", f"sqlite:///{home / 'amana.sqlite3'}"),
            empty_worker=environ.get("AMANA_EMPTY_WORKER", "") not in ("", "0"),
            demands_factor=second_factor == "required",
            thresholds=Thresholds(**{name: _threshold(name, environ) for name in FLOORS}),
        )


def _threshold(name: str, environ: Mapping[str, str]) -> int:
    given = environ.get(f"AMANA_{name.upper()}", str(FLOORS[name]))
    if not given.isascii() or not given.isdecimal():
        raise TooLow(f"AMANA_{name.upper()} must be a whole number")
    return int(given)
