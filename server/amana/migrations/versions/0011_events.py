"""What events add up to, one row an event; the room that a shelter has, where families went.

The rows are made by `amana upgrade`, from the assessments.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("assessments", sa.Column("room", sa.String(length=40)))
    op.add_column("assessments", sa.Column("adm3_arrival", sa.String(length=40)))
    op.create_index("ix_assessments_event", "assessments", ["event_id", "kind"])
    op.create_table(
        "events",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("is_cleared", sa.Boolean(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("adm3", sa.String(length=40), nullable=False),
        sa.Column("adm2", sa.String(length=40), nullable=False),
        sa.Column("adm2_arrival", sa.String(length=40)),
        sa.Column("category", sa.String(length=40)),
        sa.Column("verification", sa.String(length=40), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("may_go_public", sa.Boolean(), nullable=False),
        sa.Column("is_exposed", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.String(length=40)) for name in CODES),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_events_weekday")),
        sa.PrimaryKeyConstraint("kind", "event", "is_cleared", "week", name="pk_events"),
    )
    op.create_index("ix_events_counted", "events", ["is_cleared", "week"])
    op.create_index("ix_events_newest", "events", ["is_cleared", "day", "event"])


CODES = ("households", "killed", "injured", "taken", "people", "capacity", "room", "access")
