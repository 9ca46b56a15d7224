"""Second factors of members, and what they are asked to prove."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "factors",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("origin", sa.String(length=255), nullable=True),
        sa.Column("credential", sa.LargeBinary(length=1023), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("secret", sa.LargeBinary(length=48), nullable=True),
        sa.Column("counter", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_factors_id")),
        sa.CheckConstraint("kind IN ('webauthn', 'totp')", name=op.f("ck_factors_kind")),
        sa.CheckConstraint(
            "length(credential) BETWEEN 1 AND 1023", name=op.f("ck_factors_credential")
        ),
        sa.CheckConstraint(
            "length(public_key) BETWEEN 1 AND 1024", name=op.f("ck_factors_public_key")
        ),
        sa.CheckConstraint("length(secret) = 48", name=op.f("ck_factors_secret")),
        sa.CheckConstraint("counter >= 0", name=op.f("ck_factors_counter")),
        sa.CheckConstraint("(kind = 'totp') = (secret IS NOT NULL)", name=op.f("ck_factors_totp")),
        sa.CheckConstraint(
            "(kind = 'webauthn') = "
            "(credential IS NOT NULL AND public_key IS NOT NULL AND origin IS NOT NULL)",
            name=op.f("ck_factors_webauthn"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_factors_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factors")),
        sa.UniqueConstraint("credential", name=op.f("uq_factors_credential")),
    )
    op.create_index(op.f("ix_factors_member_id"), "factors", ["member_id"])
    op.create_table(
        "challenges",
        sa.Column("handle_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=48), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(handle_hash) = 32", name=op.f("ck_challenges_handle_hash")),
        sa.CheckConstraint(
            "purpose IN ('sign_in', 'webauthn', 'totp')", name=op.f("ck_challenges_purpose")
        ),
        sa.CheckConstraint(
            "(purpose = 'totp') = (secret IS NOT NULL)", name=op.f("ck_challenges_secret")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_challenges_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("handle_hash", name=op.f("pk_challenges")),
    )
