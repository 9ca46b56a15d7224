"""People: invitations, who was let in, who was removed, and which desk keys they took along."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Whoever was a member before was let in where the keys are. Added as text: Alembic would write
# the table anew in SQLite, and with it every row that refers to a member.
STANDING = """
ALTER TABLE members ADD COLUMN standing VARCHAR(10) DEFAULT 'let_in' NOT NULL
CONSTRAINT ck_members_standing CHECK (standing IN ('waiting', 'let_in', 'removed'))
"""


def upgrade() -> None:
    op.execute(STANDING)
    op.add_column(
        "desk_keys",
        sa.Column("must_renew", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_invitations_token_hash")),
        sa.CheckConstraint(
            "role IN ('reviewer', 'coordinator', 'administrator')",
            name=op.f("ck_invitations_role"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["members.id"], name=op.f("fk_invitations_invited_by_members")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_invitations_member_id_members")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
        sa.UniqueConstraint("name", name=op.f("uq_invitations_name")),
        sqlite_with_rowid=False,
    )
