"""What the database really holds: plain SQL, beside the program that is tested."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Envelope:
    """One row of `envelopes`; `id` is as stored, not worked out."""

    id: bytes
    kid: bytes
    length: int
    day: str
    version: int
    body: bytes


ALL_ENVELOPES = "SELECT id, kid, length, day, version, body FROM envelopes"


def envelopes(database: Path) -> list[Envelope]:
    """All envelopes of an SQLite file."""
    return checked(_select(database, ALL_ENVELOPES))


def checked(found: Iterable[tuple[Any, ...]]) -> list[Envelope]:
    """What `ALL_ENVELOPES` found; each row's id is checked to be the hash of its body."""
    every = [Envelope(*row) for row in found]
    for row in every:
        assert row.id == hashlib.sha256(row.body).digest()
        assert row.length == len(row.body)
    return every


def bodies(database: Path) -> list[bytes]:
    """The bytes of all envelopes, sorted: comparable with an outbox."""
    return sorted(row.body for row in envelopes(database))


def notes(database: Path) -> list[tuple[bytes, int]]:
    """All notes on reports, sealed, with the version that each stands behind."""
    return [(row[0], row[1]) for row in _select(database, "SELECT sealed, version FROM notes")]


def views(database: Path) -> list[tuple[bytes, int]]:
    """The members' views, sealed, and how often each was written."""
    return [(row[0], row[1]) for row in _select(database, "SELECT sealed, version FROM views")]


def assessments(database: Path) -> list[dict[str, object]]:
    """All versions of all assessments, by column name."""
    with contextlib.closing(_connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        rows = connection.execute("SELECT * FROM assessments ORDER BY envelope_id, version")
        return [dict(row) for row in rows]


def claims(database: Path) -> list[str]:
    """The names of members who hold a claim, over or not."""
    query = "SELECT name FROM claims JOIN members ON members.id = member_id ORDER BY name"
    return [name for (name,) in _select(database, query)]


def _select(database: Path, query: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(_connect(database)) as connection:
        return connection.execute(query).fetchall()


def _connect(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)
