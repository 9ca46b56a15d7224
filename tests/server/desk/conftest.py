"""A desk with three members, in the browser's place a plain HTTP client."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from werkzeug.test import TestResponse

from amana import clock, store
from amana.config import Settings
from amana.core import keys, members
from amana.core.encoding import b64encode
from amana.core.keyset import DeskKey
from amana.core.mailbox import LETTER_BYTES
from amana.desk import create_desk_app
from amana.store.tables import NOTE_BYTES, VIEWS_BYTES

DESK_SEED = b"d" * 32
NOON = datetime(2031, 3, 12, 12, tzinfo=UTC)
ROLES = ("reviewer", "coordinator", "administrator")

LETTER = b64encode(b"w" * LETTER_BYTES)
"""What a member's browser seals; the server takes any bytes of the length."""

JOINING: dict[str, Any] = {
    "token": "A" * 43,
    "salt": "A" * 22,
    "auth": "A" * 43,
    "public_key": b64encode(bytes(1216)),
    "wrapped_seed": "A" * 80,
}
"""What a browser joins with, by a link that was never given."""

SAFETY: dict[str, Any] = {
    "decision": "accept",
    "kind": "safety",
    "adm3": "SY060200",
    "place_precision": "adm3",
    "day": "2031-03-05",
    "time_precision": "day",
    "category": "arson",
    "severity": "3",
    "verification": "v1",
}
SEALED_NOTE = {"kid": "00" * 8, "sealed": b64encode(bytes(NOTE_BYTES))}
"""A note; what is in it is the browsers' business."""
SEALED_VIEWS = {"sealed": b64encode(bytes(VIEWS_BYTES))}


@dataclass
class Watch:
    """The time as the doors see it; a test moves it."""

    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class Desk:
    """The desk zone over one database. Members are named by their role."""

    app: Flask
    watch: Watch
    sealed: Callable[[], bytes]
    tokens: dict[str, str] = field(default_factory=dict)
    passes: list[str] = field(default_factory=list)
    """What the browser keeps: those that it was given."""

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client(use_cookies=False)

    def call(self, method: str, path: str, who: str | None = None, **more: Any) -> TestResponse:
        """A request as a member (signed in when first needed) or as nobody."""
        headers = dict(more.pop("headers", {}))
        if who is not None:
            headers["Authorization"] = f"Bearer {self.token(who)}"
        return self.client.open(path, method=method, headers=headers, buffered=True, **more)

    def get(self, path: str, who: str | None = None, **more: Any) -> TestResponse:
        return self.call("GET", path, who, **more)

    def post(self, path: str, who: str | None = None, **more: Any) -> TestResponse:
        return self.call("POST", path, who, **more)

    def token(self, who: str) -> str:
        if who not in self.tokens:
            self.tokens[who] = self.sign_in(who).get_json()["token"]
        return self.tokens[who]

    def sign_in(self, name: str, auth: bytes | None = None) -> TestResponse:
        given = {"name": name, "auth": b64encode(auth or auth_of(name)), "passes": self.passes}
        answer = self.post("/api/v1/sessions", json=given)
        new_pass = answer.get_json().get("new_pass")
        self.passes += [new_pass] if new_pass else []
        return answer

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database itself holds."""
        with self.app.app_context():
            return [tuple(row) for row in store.db.session.execute(text(query))]

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The SQL that is run inside the block."""
        seen: list[str] = []

        def note(*call: Any) -> None:
            seen.append(call[2])

        with self.app.app_context():
            engine = store.db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", note)

    def receive(self, count: int = 1) -> list[str]:
        """Put envelopes into the store; answers their ids."""
        with self.app.app_context(), store.writing():
            puts = store.envelopes.put([self.sealed() for _ in range(count)], NOON.date())
        return [put.id.hex() for put in puts]

    def assess(
        self, envelope: str, content: dict[str, Any], seen: int = 0, who: str = "reviewer"
    ) -> TestResponse:
        return self.post(
            f"/api/v1/envelopes/{envelope}/assessments",
            who,
            json=content,
            headers={"If-Match": f'"{seen}"'},
        )


def address_of(path: str, id_: str = "") -> str:
    """The address of a door, with this id in it or zeros where it has another length; a member's
    number is one that nobody has."""

    def fill(place: re.Match[str]) -> str:
        length = 2 * int(place[1])
        return id_ if len(id_) == length else "0" * length

    return re.sub(r"<int\([^)]*\):\w+>", "999", re.sub(r"<hex\((\d+)\):\w+>", fill, path))


def auth_of(name: str) -> bytes:
    """What a member's browser derives from the passphrase; Argon2 has its own tests."""
    return name.encode().ljust(32, b"-")


def seed_of(name: str) -> bytes:
    """The seed of a member's key."""
    return name.encode().ljust(32, b"+")


def invite(desk: Desk, name: str, role: str = "reviewer") -> str:
    """An administrator invites; the token of the link."""
    asked = {"name": name, "role": role}
    answer = desk.post("/api/v1/invitations", "administrator", json=asked)
    assert answer.status_code == 201
    return str(answer.get_json()["token"])


def joining(name: str, token: str) -> dict[str, Any]:
    """What the browser of a member of this name joins with."""
    return JOINING | {
        "token": token,
        "auth": b64encode(auth_of(name)),
        "public_key": b64encode(keys.public_key(seed_of(name))),
    }


def join(desk: Desk, name: str, role: str = "reviewer") -> int:
    """Somebody is invited and joins; the member's number."""
    given = joining(name, invite(desk, name, role))
    assert desk.post("/api/v1/members", json=given).status_code == 201
    return number_of(desk, name)


def number_of(desk: Desk, name: str) -> int:
    """A member's number."""
    people = desk.get("/api/v1/members", "administrator").get_json()["members"]
    return next(int(each["id"]) for each in people if each["name"] == name)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(clock, "now", watch.now)
    return watch


@pytest.fixture
def settings(founded: Path, static: Path, database_url: str) -> Settings:
    """An organisation's folder with an empty database of either engine beside it."""
    return Settings(home=founded, database_url=database_url, static=static)


@pytest.fixture
def desk(settings: Settings, watch: Watch, sealed: Callable[[], bytes]) -> Iterator[Desk]:
    app = create_desk_app(settings)
    with app.app_context(), store.writing():
        add_members()
    yield Desk(app, watch, sealed)
    with app.app_context():
        store.db.engine.dispose()


@pytest.fixture
def demanding(settings: Settings, desk: Desk) -> Iterator[Desk]:
    """The same desk, of an organisation that wants a second factor of everybody."""
    app = create_desk_app(replace(settings, demands_factor=True))
    yield Desk(app, desk.watch, desk.sealed)
    with app.app_context():
        store.db.engine.dispose()


def add_members() -> None:
    public = keys.public_key(DESK_SEED)
    desk_key = DeskKey(keys.kid(public), public, NOON.date(), NOON.date() + timedelta(days=30))
    store.desk_keys.add(desk_key, recovery_grant=bytes(members.GRANT_BYTES))
    for role in ROLES:
        member = store.members.Member(
            name=role,
            role=role,
            salt=role.encode().ljust(16, b"s")[:16],
            auth_hash=members.auth_hash(auth_of(role)),
            public_key=keys.public_key(seed_of(role)),
            wrapped_seed=bytes(60),
        )
        member_id = store.members.add(member, NOON.date())
        if role != "coordinator":
            store.grants.add(desk_key.kid, member_id, bytes(members.GRANT_BYTES))
