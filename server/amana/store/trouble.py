"""What a database's error means to somebody waiting at a door: is it full, or is it busy?"""

import errno
import sqlite3
from enum import Enum

import psycopg
from sqlalchemy.exc import DBAPIError, TimeoutError


class Trouble(Enum):
    """Trouble that passes without anybody changing the program."""

    FULL = "full"
    BUSY = "busy"


_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
}
_SQLITE_EXTENDED = {
    sqlite3.SQLITE_IOERR_SHMSIZE: Trouble.FULL,  # no room for the write-ahead log's index
}
_POSTGRESQL = {
    "53100": Trouble.FULL,  # disk_full
    "53300": Trouble.BUSY,  # too_many_connections
    "40001": Trouble.BUSY,  # serialization_failure
    "40P01": Trouble.BUSY,  # deadlock_detected
    "55P03": Trouble.BUSY,  # lock_not_available
    "57014": Trouble.BUSY,  # query_canceled
    "57P01": Trouble.BUSY,  # admin_shutdown
    "57P03": Trouble.BUSY,  # cannot_connect_now
}
_OS = {errno.ENOSPC: Trouble.FULL, errno.EDQUOT: Trouble.FULL}


def trouble(error: BaseException) -> Trouble | None:
    """Whether the error that a verb or `writing()` raised will pass; None when it will not."""
    if isinstance(error, TimeoutError):
        return Trouble.BUSY
    if isinstance(error, OSError):
        return _OS.get(error.errno or 0)
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0)
        return _SQLITE_EXTENDED.get(code) or _SQLITE.get(code & 0xFF)
    if isinstance(cause, psycopg.Error):
        # A connection that failed or broke carries no SQLSTATE.
        lost = Trouble.BUSY if isinstance(cause, psycopg.OperationalError) else None
        return _POSTGRESQL.get(cause.sqlstate) if cause.sqlstate else lost
    return None
