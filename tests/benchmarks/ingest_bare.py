"""The least that takes a parcel durably: a WSGI function and sqlite3. What Amana is measured by.

It reads a well-formed parcel, hashes each envelope, inserts it once and commits to the disk in the
same table and with the same settings as Amana. It checks nothing and signs nothing. Its writers
queue for one lock like Amana's, which makes it faster than SQLite's own waiting.
"""

import fcntl
import hashlib
import os
import sqlite3
import struct
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

DATABASE = os.environ.get("BARE_DATABASE", "")
TABLE = """
CREATE TABLE IF NOT EXISTS envelopes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, kid BLOB NOT NULL,
  length INTEGER NOT NULL, day DATE NOT NULL, version INTEGER NOT NULL DEFAULT 0, body BLOB
)
"""
INSERT = """
INSERT INTO envelopes (id, kid, length, day, body) VALUES (?, ?, ?, '2031-03-07', ?)
ON CONFLICT DO NOTHING
"""
_held = threading.local()


def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    rows = list(_rows(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))))
    lock = os.open(f"{DATABASE}-lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection = _connection()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(INSERT, rows)
        connection.execute("COMMIT")
    finally:
        os.close(lock)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2")])
    return [b"{}"]


def _rows(parcel: bytes) -> Iterator[tuple[bytes, bytes, int, bytes]]:
    at = 4
    while at < len(parcel):
        (length,) = struct.unpack_from(">I", parcel, at + 1)
        envelope = parcel[at + 5 : at + 5 + length]
        yield hashlib.sha256(envelope).digest(), envelope[4:12], length, envelope
        at += 5 + length + 1


def _connection() -> sqlite3.Connection:
    connection: sqlite3.Connection | None = getattr(_held, "connection", None)
    if connection is None:
        connection = _held.connection = sqlite3.connect(DATABASE, isolation_level=None)
        for statement in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 5000"):
            connection.execute(f"PRAGMA {statement}")
        connection.execute(TABLE)
    return connection
