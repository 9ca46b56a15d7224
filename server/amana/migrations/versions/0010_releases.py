"""What has left the organisation: one row a file, appended and never changed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "releases",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tier", sa.String(length=10), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("tier IN ('partners', 'public')", name=op.f("ck_releases_tier")),
        sa.CheckConstraint("first <= last", name=op.f("ck_releases_days")),
        sa.CheckConstraint("length(digest) = 32", name=op.f("ck_releases_digest")),
        sa.PrimaryKeyConstraint("seq", name="pk_releases"),
        sqlite_autoincrement=True,
    )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER releases_{event} BEFORE {event} ON releases "
        "BEGIN SELECT RAISE(ABORT, 'releases are kept'); END"
        for event in ("update", "delete")
    ],
    "postgresql": [
        f"CREATE TRIGGER releases_{event} BEFORE {event} ON releases FOR EACH {each} "
        "EXECUTE FUNCTION amana_keep()"
        for event, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
    ],
}
