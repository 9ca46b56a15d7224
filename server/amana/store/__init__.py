"""All SQL: tables, and verbs on values. The caller commits, by `writing()`."""

from . import (
    assessments,
    desk_keys,
    envelopes,
    events,
    grants,
    members,
    sessions,
    tables,
)
from .database import db, init_store, opened, ping, writing
from .schema import SchemaError, refuse_old_schema, upgrade
from .trouble import Trouble, trouble

__all__ = [
    "SchemaError",
    "Trouble",
    "assessments",
    "db",
    "desk_keys",
    "envelopes",
    "events",
    "grants",
    "init_store",
    "members",
    "opened",
    "ping",
    "refuse_old_schema",
    "sessions",
    "tables",
    "trouble",
    "upgrade",
    "writing",
]
