"""What the save-and-send suite asks of a browser, whichever engine is in it."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from tests.patience import PATIENCE

T = TypeVar("T")

ANSWER = 2 * PATIENCE
"""Seconds for a function in a page: it may wait for several things."""

SILENCE = ANSWER + PATIENCE
"""Seconds after which a silent browser is given up: its page would have spoken before."""


IN_TIME = """async (text) => {
  let timer;
  const late = new Promise((_, reject) => {
    const wait = globalThis.unhurried ?? setTimeout;
    timer = wait(() => reject(new Error("the function does not come to an end")), %d);
  });
  const ended = (async () => (%s)(...JSON.parse(text)))();
  const value = await Promise.race([ended, late]).finally(() => clearTimeout(timer));
  return JSON.stringify(value ?? null);
}"""
"""A function that takes its arguments as JSON and gives its value as JSON, within a time."""


def wait_for(fact: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """The value of `fact()` as soon as it is true."""
    end = time.monotonic() + patience
    while not (value := fact()):
        assert time.monotonic() < end, f"within {patience} s there was no {what}"
        time.sleep(0.02)
    return value


class GoneError(Exception):
    """The page that was asked is being replaced by another one: ask again."""


@dataclass(frozen=True)
class Setup:
    """How a browser differs from one that was just installed.

    `private`: all of its windows are private ones. `forbidding`: its owner has forbidden all sites
    to store anything. `first`: a script that runs in every page before the page's own. `hosts`:
    names that lead to this machine, though they do not sound like it. `prefs`: settings that only
    Firefox has.
    """

    private: bool = False
    forbidding: bool = False
    first: str = ""
    hosts: tuple[str, ...] = ()
    prefs: Mapping[str, bool | int | str] = field(default_factory=dict)


class Window(ABC):
    """One window of a browser."""

    @abstractmethod
    def goto(self, url: str) -> None:
        """Open an address; whether anything comes is not waited for."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page again; whether anything comes is not waited for."""

    @abstractmethod
    def travel(self, steps: int) -> None:
        """Go so many steps through the history, as the window's own buttons do; negative: back."""

    @abstractmethod
    def close(self) -> None:
        """Close the window, and all that lives only in it."""

    def evaluate(self, function: str, *arguments: object) -> Any:
        """What a JavaScript function, async or not, makes of JSON values in the page: JSON too.

        Fails with what the function throws, or when it does not come to an end; `GoneError` when
        the page goes away meanwhile.
        """
        wrapped = IN_TIME % (ANSWER * 1000, function)
        return json.loads(self._call(wrapped, json.dumps(arguments)))

    def look(self, function: str) -> Any:
        """What a function that takes no time sees in a page that may be on its way out."""
        return self.evaluate(function)

    @property
    def user_agent(self) -> str:
        return str(self.evaluate("() => navigator.userAgent"))

    @abstractmethod
    def _call(self, function: str, text: str) -> str:
        """Call an async function from text to text in the page."""


class Engine(ABC):
    """A browser on a folder of its own, which outlives it."""

    name: ClassVar[str]
    untested: ClassVar[str]
    """What nobody has tested when this browser is missing."""

    def __init__(self, folder: Path, setup: Setup) -> None:
        self.folder = folder
        self.setup = setup

    @classmethod
    @abstractmethod
    def installed(cls) -> bool:
        """Whether this machine has the browser."""

    @abstractmethod
    def start(self) -> Window:
        """Start the browser on what it has kept; its only window."""

    @abstractmethod
    def window(self) -> Window:
        """One more window of the running browser; it is in front."""

    @abstractmethod
    def kill(self) -> None:
        """SIGKILL every process of the browser: a battery that falls out."""

    @abstractmethod
    def close(self) -> None:
        """End the browser; nothing to do when it is not running."""
