"""Notes of members on reports, sealed and kept like assessments; the hour of an assessment."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE assessments ADD COLUMN hour INTEGER "
        "CONSTRAINT ck_assessments_hour CHECK (hour BETWEEN 0 AND 23)"
    )
    op.create_table(
        "notes",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("envelope_id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kid", sa.LargeBinary(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_notes_id")),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_notes_hour")),
        sa.CheckConstraint("version >= 0", name=op.f("ck_notes_version")),
        sa.CheckConstraint("length(kid) = 8", name=op.f("ck_notes_kid")),
        sa.CheckConstraint("length(sealed) = 2076", name=op.f("ck_notes_sealed")),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["envelopes.id"], name="fk_notes_envelope_id_envelopes"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_notes_member_id_members"),
        sa.PrimaryKeyConstraint("seq", name="pk_notes"),
        sa.UniqueConstraint("envelope_id", "id", name="uq_notes_envelope_id_id"),
        sqlite_autoincrement=True,
    )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER notes_{event} BEFORE {event} ON notes "
        "BEGIN SELECT RAISE(ABORT, 'notes are kept'); END"
        for event in ("update", "delete")
    ],
    "postgresql": [
        f"CREATE TRIGGER notes_{event} BEFORE {event} ON notes FOR EACH {each} "
        "EXECUTE FUNCTION amana_keep()"
        for event, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
    ],
}
