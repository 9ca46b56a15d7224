"""All SQL: tables, and verbs on values. The caller commits, by `writing()`."""

from . import (
    assessments,
    audit,
    claims,
    desk_keys,
    envelopes,
    events,
    factors,
    grants,
    ingest,
    invitations,
    mailboxes,
    members,
    notes,
    releases,
    sessions,
    tables,
    tries,
    views,
)
from .application import init_store, opened
from .database import database_url, db, ping, writing
from .schema import SchemaError, refuse_old_schema, upgrade
from .trouble import Trouble, trouble

__all__ = [
    "SchemaError",
    "Trouble",
    "assessments",
    "audit",
    "claims",
    "database_url",
    "db",
    "desk_keys",
    "envelopes",
    "events",
    "factors",
    "grants",
    "ingest",
    "init_store",
    "invitations",
    "mailboxes",
    "members",
    "notes",
    "opened",
    "ping",
    "refuse_old_schema",
    "releases",
    "sessions",
    "tables",
    "tries",
    "trouble",
    "upgrade",
    "views",
    "writing",
]
