"""Tries: how fast somebody tries to sign in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "tries",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_tries_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tries")),
        sqlite_with_rowid=False,
    )
