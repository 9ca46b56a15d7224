"""How long reports waited for their first assessment, of those that have one already."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_DAYS = {
    "sqlite": "max(0, CAST(julianday(a.assessed) - julianday(e.day) AS INTEGER))",
    "postgresql": "greatest(0, a.assessed - e.day)",
}
_COUNTED = """
INSERT INTO waits (assessed, days, reports)
SELECT a.assessed, {days}, count(*) FROM assessments a JOIN envelopes e ON e.id = a.envelope_id
WHERE a.version = 1 GROUP BY 1, 2
"""


def upgrade() -> None:
    op.create_table(
        "waits",
        sa.Column("assessed", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_waits_days")),
        sa.PrimaryKeyConstraint("assessed", "days", name="pk_waits"),
    )
    op.execute(_COUNTED.format(days=_DAYS[op.get_bind().dialect.name]))
