"""Events in the order in which they are added up."""

from collections.abc import Sequence

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.drop_index("ix_events_counted", "events")
    op.create_index("ix_events_counted", "events", ["is_cleared", "week", "adm3", "kind"])
    typed = ["is_cleared", "week", "adm2", "kind", "category"]
    kept = ["reports", "may_go_public", "is_exposed"]
    op.create_index("ix_events_typed", "events", [*typed, *kept])
