"""One organisation on this machine: a folder, and for each zone gunicorn and a fault proxy."""

from __future__ import annotations

import json
import os
import shutil
import socket
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from amana import clock, store
from amana.core import receipt
from amana.core.envelope import open_envelope, seal
from amana.core.keyset import KeySet
from amana.core.parcel import encode_parcel
from amana.core.report import encode_report, parse_report
from amana.core.vocabulary import Vocabulary
from amana.organisation import (
    NewMember,
    Organisation,
    Plan,
    TakeAway,
    create_organisation,
    export_member,
    open_desk_seeds,
)
from tests.e2e.browsers import kill_tree
from tests.e2e.builds import Build, server_with
from tests.e2e.programs import Amana, Program, start
from tests.faults.listener import HOST
from tests.faults.proxy import FaultProxy
from tests.patience import PATIENCE
from tests.releases import Release

REVIEWER = NewMember("amal", "reviewer", "seven quiet words for amal at the desk")
SECOND = NewMember("rima", "administrator", "seven quiet words for rima at the desk")
COORDINATOR = NewMember("basel", "coordinator", "seven quiet words for basel at the desk")


@dataclass(frozen=True)
class Ground:
    """An organisation's folder, not served yet, and the desk and root keys, which no server has.

    Its database is a file in the folder unless `elsewhere` is the URL of another.
    """

    home: Path
    seeds: Mapping[bytes, bytes]
    root: Mapping[str, Any]
    elsewhere: str | None = None

    @property
    def database(self) -> Path:
        return self.home / "amana.sqlite3"

    @property
    def database_url(self) -> str:
        return self.elsewhere or f"sqlite:///{self.database}"


def make_ground(home: Path, elsewhere: str | None = None) -> Ground:
    """A new organisation with a reviewer, an administrator and a coordinator."""
    url = elsewhere or f"sqlite:///{home / 'amana.sqlite3'}"
    plan = Plan("Test desk", [REVIEWER, SECOND, COORDINATOR])
    taken: list[TakeAway] = []
    create_organisation(home, url, plan, clock.today(), taken.append)
    with store.opened(url):
        exported = export_member(REVIEWER.name)
    return Ground(
        home, open_desk_seeds(exported, REVIEWER.passphrase), taken[0].root_key, elsewhere
    )


class Zone:
    """A real gunicorn for one zone, and the proxy that is its only address for a browser."""

    def __init__(self, name: str, ground: Ground, workers: int) -> None:
        self.log = ground.home.parent / f"{name}.log"
        self._reserved = socket.socket()
        self._reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._reserved.bind((HOST, 0))
        self.port: int = self._reserved.getsockname()[1]
        self._module: list[str] = []
        self._serve = ["serve", name]
        self._flags = ["--bind", f"{HOST}:{self.port}", "--workers", str(workers)]
        self._environment = {
            **os.environ,
            "AMANA_HOME": str(ground.home),
            "AMANA_DATABASE_URL": ground.database_url,
        }
        self.proxy = FaultProxy(self.port)
        self.proxy.up()
        self._process = self._launch()
        self._ready = False

    @property
    def origin(self) -> str:
        """What a browser opens, without the last slash."""
        return self.proxy.origin

    def _launch(self) -> Program:
        """The server: of today's program, unless a module stands in for it or brings another."""
        if self._module:
            return start([*self._module, *self._flags], self._environment, self.log)
        return Amana([*self._serve, *self._flags], self._environment, self.log)

    def wait_ready(self) -> None:
        """Return when the server has answered once; fail with its log when it does not."""
        end = time.monotonic() + PATIENCE
        while not self._ready:
            if self._process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"the server did not start:\n{self.log.read_text()}")
            time.sleep(0.05)
            self._ready = self._answers()

    def terminate(self) -> None:
        """Ask the server to end."""
        self._process.terminate()

    def kill(self) -> None:
        """SIGKILL the master and all workers at whatever they are doing."""
        assert self._process.pid is not None
        kill_tree([self._process.pid])

    def restart(self, **settings: str) -> None:
        """End the server and start it again with these settings added to its environment."""
        self._end()
        self._environment |= settings
        self._process = self._launch()
        self._ready = False
        self.wait_ready()

    def deploy(self, build: Build) -> None:
        """Start the server again with this build of the client in it."""
        self._module = ["amana", *self._serve]
        folder = Path(tempfile.mkdtemp(prefix="server-", dir=self.log.parent))
        self.restart(PYTHONPATH=str(server_with(build, folder)))

    def deploy_release(self, release: Release) -> None:
        """Start the server again, giving out a build of long ago."""
        self._module = ["tests.releases.server", str(release.folder)]
        self.restart()

    def stop(self) -> None:
        """End the proxy and the server; what the server had to say of errors stays in the log."""
        try:
            self._end()
        finally:
            self._reserved.close()
            self.proxy.stop()

    def _end(self) -> None:
        self.terminate()
        try:
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


class Site:
    """Both zones of one organisation, each served from when it is first asked for."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.organisation = Organisation.load(ground.home)
        self._zones: dict[str, Zone] = {}

    @property
    def address(self) -> str:
        """The reporter app's origin, whether or not it answers yet."""
        return self._zone("report", workers=2).origin

    @property
    def report(self) -> Zone:
        """The public zone, once it answers."""
        zone = self._zone("report", workers=2)
        zone.wait_ready()
        return zone

    @property
    def desk(self) -> Zone:
        """The desk zone, once it answers."""
        zone = self._zone("desk", workers=1)
        zone.wait_ready()
        return zone

    @property
    def zones(self) -> list[Zone]:
        """The zones that were started."""
        return list(self._zones.values())

    def _zone(self, name: str, workers: int) -> Zone:
        if name not in self._zones:
            self._zones[name] = Zone(name, self.ground, workers)
        return self._zones[name]

    @property
    def key_set(self) -> KeySet:
        return self.organisation.key_set

    def stop(self) -> None:
        """End all servers, each while the others end."""
        for zone in self.zones:
            zone.terminate()
        for zone in self.zones:
            zone.stop()

    def open(self, envelope: bytes) -> dict[str, Any]:
        """The report in an envelope, opened with the desk's keys."""
        sealed = open_envelope(envelope, self.ground.seeds)
        return parse_report(sealed, Vocabulary.load())

    def post(self, reports: Iterable[Mapping[str, object]]) -> receipt.Receipt:
        """Seal reports here and send them in one parcel past the proxy; the verified receipt."""
        newest = self.key_set.desk[-1].pub
        parcel = encode_parcel(seal(encode_report(report), newest) for report in reports)
        request = urllib.request.Request(
            f"http://{HOST}:{self.report.port}/api/v1/parcels",
            parcel,
            {"Content-Type": "application/octet-stream"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return receipt.verify_receipt(json.load(answer)["receipt"], self.key_set)


@contextmanager
def served_copy(ground: Ground, folder: Path) -> Iterator[Site]:
    """A copy of an organisation in this folder, served for as long as the block lasts."""
    home = folder / "home"
    shutil.copytree(ground.home, home)
    served = Site(replace(ground, home=home))
    try:
        yield served
    finally:
        served.stop()
