"""Claims: who works on which envelope just now."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("envelope_id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["envelopes.id"], name="fk_claims_envelope_id_envelopes"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_claims_member_id_members"),
        sa.PrimaryKeyConstraint("envelope_id", name="pk_claims"),
        sqlite_with_rowid=False,
    )
