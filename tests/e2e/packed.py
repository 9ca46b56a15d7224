"""What programs have packed before they wrote it to a disk, unpacked for a search."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

MOZ_LZ4 = b"mozLz40\0"
SNAPPY_STREAM = b"\xff\x06\x00\x00sNaPpY"
SQLITE = b"SQLite format 3\0"
COMPRESSED_CHUNK = 0


class NotPackedError(Exception):
    """These bytes are not what this way of packing makes."""


def unpacked(file: Path, content: bytes) -> Iterator[bytes]:
    """Whatever is packed inside of a file of Firefox's: session, cache, values in databases."""
    with contextlib.suppress(NotPackedError):
        if content.startswith(MOZ_LZ4):
            yield unpack_lz4(content[len(MOZ_LZ4) + 4 :])
        elif content.startswith(SNAPPY_STREAM):
            yield unpack_snappy_stream(content)
        elif content.startswith(SQLITE):
            yield from _values(file)


def unpack_lz4(block: bytes) -> bytes:
    """One LZ4 block: runs of literals, each followed by a copy of what came before."""
    reader, out = _Reader(block), bytearray()
    while reader.left:
        token = reader.byte()
        out += reader.take(reader.lz4_length(token >> 4))
        if not reader.left:
            break
        distance = reader.little(2)
        _copy(out, distance, reader.lz4_length(token & 15) + 4)
    return bytes(out)


def unpack_snappy(block: bytes) -> bytes:
    """One Snappy block: its length, then literals and copies."""
    reader, out = _Reader(block), bytearray()
    length = reader.varint()
    while reader.left:
        tag = reader.byte()
        kind, high = tag & 3, tag >> 2
        if kind == 0:
            extra = high - 59 if high >= 60 else 0
            out += reader.take((reader.little(extra) if extra else high) + 1)
        elif kind == 1:
            _copy(out, ((tag >> 5) << 8) | reader.byte(), (high & 7) + 4)
        else:
            _copy(out, reader.little(2 if kind == 2 else 4), high + 1)
    if len(out) != length:
        raise NotPackedError
    return bytes(out)


def unpack_snappy_stream(stream: bytes) -> bytes:
    """Snappy's framing format: chunks, each with a checksum and a block, or stored as it is."""
    reader, out = _Reader(stream), bytearray()
    while reader.left:
        kind = reader.byte()
        chunk = reader.take(reader.little(3))
        if kind == COMPRESSED_CHUNK:
            out += unpack_snappy(chunk[4:])
        elif kind == COMPRESSED_CHUNK + 1:
            out += chunk[4:]
    return bytes(out)


def _values(database: Path) -> Iterator[bytes]:
    """Every text and blob in every table of an SQLite database, as stored and unpacked.

    The database is copied with its journal first: its program may have it open.
    """
    with tempfile.TemporaryDirectory() as folder:
        for part in (database, database.with_name(f"{database.name}-wal")):
            if part.exists():
                shutil.copy(part, folder)
        with contextlib.closing(sqlite3.connect(Path(folder) / database.name)) as connection:
            for row in _rows(connection):
                yield from _unpacked_values(row)


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    connection.text_factory = bytes
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        with contextlib.suppress(sqlite3.OperationalError):  # a table that only Firefox can read
            yield from connection.execute(f'SELECT * FROM "{name.decode()}"')


def _unpacked_values(row: tuple[object, ...]) -> Iterator[bytes]:
    for value in row:
        if isinstance(value, bytes):
            yield value
            with contextlib.suppress(NotPackedError):
                yield unpack_snappy(value)


def _copy(out: bytearray, distance: int, length: int) -> None:
    """Append bytes that stand so far back; they may overlap with what is appended."""
    if not 0 < distance <= len(out):
        raise NotPackedError
    for _ in range(length):
        out.append(out[-distance])


class _Reader:
    """Bytes from front to back; running out of them is not being packed."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    @property
    def left(self) -> int:
        return len(self._content) - self._at

    def take(self, length: int) -> bytes:
        if length > self.left:
            raise NotPackedError
        self._at += length
        return self._content[self._at - length : self._at]

    def byte(self) -> int:
        return self.take(1)[0]

    def little(self, size: int) -> int:
        return int.from_bytes(self.take(size), "little")

    def varint(self) -> int:
        value, shift = 0, 0
        while (byte := self.byte()) & 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
        return value | byte << shift

    def lz4_length(self, nibble: int) -> int:
        length = nibble
        while nibble == 15:
            step = self.byte()
            length += step
            nibble = 15 if step == 255 else 0
        return length
