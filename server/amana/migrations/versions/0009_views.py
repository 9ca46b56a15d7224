"""Views of the queue that members keep for themselves, sealed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "views",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_views_version")),
        sa.CheckConstraint("length(sealed) = 4124", name=op.f("ck_views_sealed")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_views_member_id_members"),
        sa.PrimaryKeyConstraint("member_id", name="pk_views"),
    )
