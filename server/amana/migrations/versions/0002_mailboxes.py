"""Mailboxes: the desk's letters to people who want an answer."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "mailboxes",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_mailboxes_id")),
        sa.CheckConstraint("version BETWEEN 1 AND 200", name=op.f("ck_mailboxes_version")),
        sa.CheckConstraint("length(letter) = 4124", name=op.f("ck_mailboxes_letter")),
        sa.PrimaryKeyConstraint("id", name="pk_mailboxes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mailboxes_until", "mailboxes", ["until"], unique=False)
