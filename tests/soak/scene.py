"""What a storm passes over: a phone full of sealed reports, a server, and its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from playwright.sync_api import Playwright

from amana.organisation import Organisation
from tests.e2e import rows
from tests.e2e.forgery import forged_answers
from tests.e2e.phone import Phone
from tests.e2e.samples import queue
from tests.e2e.servers import Ground, Zone, make_ground
from tests.server import postgres


class Scene:
    """A phone full of sealed reports that has never sent one, and the server it knows."""

    def __init__(self, ground: Ground, zone: Zone, phone: Phone, count: int) -> None:
        self.zone = zone
        self.phone = phone
        self._database = ground.database_url
        phone.visit()
        zone.proxy.down()
        phone.seal_all(queue(count))
        self.sealed = phone.outbox()
        assert len(set(self.sealed)) == count
        phone.page.goto("about:blank")
        self.lies = list(
            forged_answers(self.sealed, Organisation.load(ground.home).receipt_key).values()
        )

    def calm(self) -> None:
        """Nothing goes wrong any more: what was under way is torn down, and all that waits goes."""
        self.zone.proxy.down()
        self.zone.proxy.clear()
        self.zone.proxy.up()
        self.phone.wait_sent()

    def stored(self) -> list[bytes]:
        """The envelopes in the database, sorted."""
        with psycopg.connect(self._database) as connection:
            found = connection.execute(rows.ALL_ENVELOPES).fetchall()
        return sorted(row.body for row in rows.checked(found))

    def assert_arrived(self) -> None:
        """The database holds every envelope once, byte for byte, and no other; the phone none."""
        assert self.phone.outbox() == []
        assert self.stored() == self.sealed

    def assert_nothing_lost(self) -> int:
        """Every envelope is on the phone or in the database, and nothing else on the phone.

        How many the phone has.
        """
        waiting = set(self.phone.outbox())
        assert waiting <= set(self.sealed)
        assert set(self.sealed) - waiting - set(self.stored()) == set()
        return len(waiting)


@contextmanager
def scene(playwright: Playwright, folder: Path, count: int) -> Iterator[Scene]:
    """Chromium, gunicorn and PostgreSQL, with `count` sealed reports on the phone."""
    with postgres.running() as database:
        ground = make_ground(folder / "home", database.create("soak"))
        zone = Zone("report", ground, workers=2)
        phone = None
        try:
            zone.wait_ready()
            phone = Phone(playwright, folder / "phone", zone.origin, "ar")
            yield Scene(ground, zone, phone, count)
        finally:
            if phone:
                phone.close()
            zone.stop()
