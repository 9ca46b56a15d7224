"""The record of what members did, kept like envelopes and assessments."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("member", sa.String(length=100), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=600), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_audit_seq")),
        sa.CheckConstraint("length(digest) = 32", name=op.f("ck_audit_digest")),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER audit_{event} BEFORE {event} ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit are kept'); END"
        for event in ("update", "delete")
    ],
    "postgresql": [
        f"CREATE TRIGGER audit_{event} BEFORE {event} ON audit FOR EACH {each} "
        "EXECUTE FUNCTION amana_keep()"
        for event, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
    ],
}
