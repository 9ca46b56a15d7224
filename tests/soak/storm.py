"""A storm: the network, the browser and the server all fail a phone with a full outbox.

Faults are drawn for each request (`weather`), deaths and outages by the time.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.faults.modes import Pass
from tests.soak.scene import Scene
from tests.soak.weather import weather

LEAST_FAULTS = 14
"""Different faults that parcels must have met; a storm lasts until they have."""

HAPPENINGS = BROWSERS, SERVERS, OUTAGES = (
    "browsers killed",
    "servers killed",
    "times without a network",
)
"""What happens besides, each once at least."""

LONGEST_CALM = 4.0
"""Seconds between two things that happen, at most."""

LONGEST_ABSENCE = 2.0
"""Seconds for which the network or the server is away, at most, before it comes back."""

PATIENCE = 100.0
"""Seconds that it may last longer than was asked for."""


@dataclass(frozen=True)
class Storm:
    """What happened; `met` and `drawn` count the parcels that a mode reached, or was meant for.

    `waiting` is how many envelopes the phone still had, each time that its browser was back.
    """

    seconds: float
    waiting: list[int]
    drawn: Counter[str]
    met: Counter[str]
    happened: Counter[str]

    def __str__(self) -> str:
        modes = [
            f"  {name:27}{self.met[name]:5} of {count:4}"
            for name, count in sorted(self.drawn.items())
        ]
        waiting = ", ".join(str(count) for count in self.waiting)
        happened = ", ".join(f"{count} {what}" for what, count in sorted(self.happened.items()))
        return "\n".join(
            [
                f"{self.seconds:.0f} s of storm: {happened}",
                f"envelopes on the phone, whenever its browser was back: {waiting}",
                "parcels that a mode reached, of those that it was drawn for:",
                *modes,
            ]
        )


def rage(on: Scene, seed: int, seconds: float) -> Storm:
    """A storm of so many seconds, or longer where too little has happened by then."""
    raging = Raging(on, seed)
    raging.rage(seconds)
    return Storm(
        seconds=raging.lasted,
        waiting=raging.waiting,
        drawn=raging.requests(),
        met=raging.requests(met=True),
        happened=raging.happened,
    )


class Raging:
    """A storm while it lasts."""

    def __init__(self, on: Scene, seed: int) -> None:
        self.happened = Counter(dict.fromkeys(HAPPENINGS, 0))
        self.waiting: list[int] = []
        self._on = on
        self._chance = Random(f"{seed} what happens")
        self._events = self._draw_events()
        self._begun = time.monotonic()
        self._let_loose("POST", "/api/", seed)
        self._let_loose("GET", "/", seed)
        on.zone.proxy.up()
        on.phone.open()

    @property
    def lasted(self) -> float:
        return time.monotonic() - self._begun

    def requests(self, method: str = "POST", *, met: bool = False) -> Counter[str]:
        """How many requests each mode was drawn for, or how many it has reached."""
        seen = self._on.zone.proxy.seen(method)
        return Counter(each.mode.name for each in seen if each.delivered or not met)

    def rage(self, seconds: float) -> None:
        """Let things happen until the time is over and enough has happened."""
        while self.lasted < seconds or not self._is_enough():
            assert self.lasted < seconds + PATIENCE, f"met: {self.requests(met=True)}"
            self._insist_for(self._chance.uniform(0, LONGEST_CALM))
            next(self._events)()

    def _draw_events(self) -> Iterator[Callable[[], None]]:
        """What happens next: all three equally often, in an order of chance."""
        every = (self._kill_browser, self._kill_server, self._take_network)
        while True:
            yield from self._chance.sample(every, len(every))

    def _is_enough(self) -> bool:
        faults = self.requests(met=True).keys() - {Pass.name}
        return len(faults) >= LEAST_FAULTS and all(self.happened.values())

    def _let_loose(self, method: str, path: str, seed: int) -> None:
        drawn = weather(
            Random(f"{seed} {method}"), self._on.lies, lambda: self.requests(method, met=True)
        )
        self._on.zone.proxy.draw(drawn.__next__, method, path)

    def _insist_for(self, seconds: float) -> None:
        """Somebody holds the phone and taps on sending, now and then."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._on.phone.send_now()
            self._pass(min(left, self._chance.uniform(0, 0.5)))

    def _kill_browser(self) -> None:
        self.happened[BROWSERS] += 1
        self._on.phone.kill()
        self._on.phone.reopen()
        self._on.phone.open()
        self.waiting.append(self._on.assert_nothing_lost())

    def _kill_server(self) -> None:
        self.happened[SERVERS] += 1
        self._on.zone.kill()
        self._pass(self._chance.uniform(0, LONGEST_ABSENCE))
        self._on.zone.restart()

    def _take_network(self) -> None:
        self.happened[OUTAGES] += 1
        self._on.zone.proxy.down()
        self._pass(self._chance.uniform(0, LONGEST_ABSENCE))
        self._on.zone.proxy.up()

    def _pass(self, seconds: float) -> None:
        self._on.phone.page.wait_for_timeout(seconds * 1000)
