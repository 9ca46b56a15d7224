"""The first tables: sealed reports, desk keys, members and what they decide."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    _create_desk_keys()
    _create_envelopes()
    _create_members()
    _create_assessments()
    _create_grants()
    _create_sessions()
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _create_desk_keys() -> None:
    op.create_table(
        "desk_keys",
        sa.Column("kid", sa.LargeBinary(length=8), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("recovery_grant", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("from_day <= until_day", name=op.f("ck_desk_keys_days")),
        sa.CheckConstraint("length(kid) = 8", name=op.f("ck_desk_keys_kid")),
        sa.CheckConstraint("length(public_key) = 1216", name=op.f("ck_desk_keys_public_key")),
        sa.CheckConstraint(
            "length(recovery_grant) = 1168", name=op.f("ck_desk_keys_recovery_grant")
        ),
        sa.PrimaryKeyConstraint("kid", name="pk_desk_keys"),
    )


def _create_envelopes() -> None:
    op.create_table(
        "envelopes",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kid", sa.LargeBinary(length=8), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("body IS NULL OR length(body) = length", name=op.f("ck_envelopes_body")),
        sa.CheckConstraint(
            "length IN (2172, 3196, 5244, 9340, 17532)", name=op.f("ck_envelopes_length")
        ),
        sa.CheckConstraint("length(id) = 32", name=op.f("ck_envelopes_id")),
        sa.CheckConstraint("length(kid) = 8", name=op.f("ck_envelopes_kid")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_envelopes_version")),
        sa.PrimaryKeyConstraint("seq", name="pk_envelopes"),
        sa.UniqueConstraint("id", name="uq_envelopes_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_envelopes_assessed",
        "envelopes",
        ["seq"],
        unique=False,
        sqlite_where=sa.text("version > 0 AND body IS NOT NULL"),
        postgresql_where=sa.text("version > 0 AND body IS NOT NULL"),
    )
    op.create_index(
        "ix_envelopes_waiting",
        "envelopes",
        ["seq"],
        unique=False,
        sqlite_where=sa.text("version = 0 AND body IS NOT NULL"),
        postgresql_where=sa.text("version = 0 AND body IS NOT NULL"),
    )


def _create_members() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("auth_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_seed", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "role IN ('reviewer', 'coordinator', 'administrator')", name=op.f("ck_members_role")
        ),
        sa.CheckConstraint("length(auth_hash) = 32", name=op.f("ck_members_auth_hash")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 100", name=op.f("ck_members_name")),
        sa.CheckConstraint("length(public_key) = 1216", name=op.f("ck_members_public_key")),
        sa.CheckConstraint("length(salt) = 16", name=op.f("ck_members_salt")),
        sa.CheckConstraint("length(wrapped_seed) = 60", name=op.f("ck_members_wrapped_seed")),
        sa.PrimaryKeyConstraint("id", name="pk_members"),
        sa.UniqueConstraint("name", name="uq_members_name"),
    )


def _create_assessments() -> None:
    op.create_table(
        "assessments",
        sa.Column("envelope_id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("assessed", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("adm3", sa.String(length=40), nullable=True),
        sa.Column("adm3_origin", sa.String(length=40), nullable=True),
        sa.Column("place_precision", sa.String(length=40), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("time_precision", sa.String(length=40), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("households", sa.String(length=40), nullable=True),
        sa.Column("people", sa.String(length=40), nullable=True),
        sa.Column("capacity", sa.String(length=40), nullable=True),
        sa.Column("killed", sa.String(length=40), nullable=True),
        sa.Column("injured", sa.String(length=40), nullable=True),
        sa.Column("taken", sa.String(length=40), nullable=True),
        sa.Column("homes", sa.String(length=40), nullable=True),
        sa.Column("severity", sa.String(length=40), nullable=True),
        sa.Column("verification", sa.String(length=40), nullable=True),
        sa.Column("source_reliability", sa.String(length=40), nullable=True),
        sa.Column("info_credibility", sa.String(length=40), nullable=True),
        sa.Column("access", sa.String(length=40), nullable=True),
        sa.Column("event_id", sa.String(length=16), nullable=True),
        sa.Column("release_tier", sa.String(length=40), nullable=True),
        sa.Column("flags", sa.String(length=400), nullable=True),
        sa.CheckConstraint(
            "event_id IS NULL OR length(event_id) = 16", name=op.f("ck_assessments_event_id")
        ),
        sa.CheckConstraint("length(ref) = 16", name=op.f("ck_assessments_ref")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_assessments_version")),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["envelopes.id"], name="fk_assessments_envelope_id_envelopes"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_assessments_member_id_members"
        ),
        sa.PrimaryKeyConstraint("envelope_id", "version", name="pk_assessments"),
    )


def _create_grants() -> None:
    op.create_table(
        "grants",
        sa.Column("kid", sa.LargeBinary(length=8), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sealed) = 1168", name=op.f("ck_grants_sealed")),
        sa.ForeignKeyConstraint(["kid"], ["desk_keys.kid"], name="fk_grants_kid_desk_keys"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_grants_member_id_members"),
        sa.PrimaryKeyConstraint("kid", "member_id", name="pk_grants"),
    )


def _create_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("expires_at <= ends_at", name=op.f("ck_sessions_ends")),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_sessions_token_hash")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_sessions_member_id_members"
        ),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )


# An envelope never changes. Its bytes may be forgotten, and its assessments are counted.
_ENVELOPE_IS_KEPT = """
    NEW.seq = OLD.seq AND NEW.id = OLD.id AND NEW.kid = OLD.kid
    AND NEW.length = OLD.length AND NEW.day = OLD.day
    AND NEW.version IN (OLD.version, OLD.version + 1)
    AND (NEW.body IS NULL OR NEW.body = OLD.body)
"""

# The comparison is neither true nor false when a body is set again after it was forgotten.
_CHANGED = f"WHEN (({_ENVELOPE_IS_KEPT}) IS NOT TRUE)"

_SQLITE_GUARD = """
CREATE TRIGGER {table}_{event} BEFORE {event} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table} are kept'); END
"""
_POSTGRESQL_GUARD = """
CREATE TRIGGER {table}_{event} BEFORE {event} ON {table} FOR EACH {each} {when}
EXECUTE FUNCTION amana_keep()
"""
_POSTGRESQL_FUNCTION = """
CREATE FUNCTION amana_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% are kept', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END
$$
"""

TRIGGERS = {
    "sqlite": [
        _SQLITE_GUARD.format(table="envelopes", event="update", when=_CHANGED),
        _SQLITE_GUARD.format(table="envelopes", event="delete", when=""),
        _SQLITE_GUARD.format(table="assessments", event="update", when=""),
        _SQLITE_GUARD.format(table="assessments", event="delete", when=""),
    ],
    "postgresql": [
        _POSTGRESQL_FUNCTION,
        *(
            _POSTGRESQL_GUARD.format(table=table, event=event, each=each, when=when)
            for table, event, each, when in (
                ("envelopes", "update", "ROW", _CHANGED),
                ("envelopes", "delete", "ROW", ""),
                ("envelopes", "truncate", "STATEMENT", ""),
                ("assessments", "update", "ROW", ""),
                ("assessments", "delete", "ROW", ""),
                ("assessments", "truncate", "STATEMENT", ""),
            )
        ),
    ],
}
