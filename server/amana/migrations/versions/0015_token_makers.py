"""Who made a program's token; nobody for those that the operator made, or that were made before."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # SQLite writes the table anew for it; no other refers to tokens.
    with op.batch_alter_table("tokens") as tokens:
        tokens.add_column(sa.Column("made_by", sa.Integer()))
        tokens.create_foreign_key(op.f("fk_tokens_made_by_members"), "members", ["made_by"], ["id"])
