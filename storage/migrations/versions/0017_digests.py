"""Digests: which were said and from when on, and the indexes by which they are read for many leaders at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
INDEXES = (
    ("ix_leads_at_risk", "leads", ["owner_id", "at_risk_at"], "at_risk_at IS NOT NULL"),
    ("ix_leads_nobodys", "leads", ["id"], "owner_id IS NULL AND status IN ('new', 'working', 'qualified')"),
    ("ix_opportunities_expected", "opportunities", ["owner_id", "expected_on"], "closed_at IS NULL"),
    ("ix_tickets_warn", "tickets", ["solve_warn_at"], "clock_from IS NOT NULL"),
    (
        "ix_tickets_unanswered",
        "tickets",
        ["answer_warn_at"],
        "clock_from IS NOT NULL AND first_answered_at IS NULL",
    ),
)


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("weekly", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("asked", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_digests_staff_id", "digests", ["staff_id", "at"])
    op.add_column("leads", sa.Column("at_risk_at", Moment))
    op.drop_index("ix_opportunities_owner_id", "opportunities")
    op.create_index("ix_opportunities_owner_id", "opportunities", ["owner_id", "closed_at"])
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, table, _, _ in reversed(INDEXES):
        op.drop_index(name, table)
    op.drop_index("ix_opportunities_owner_id", "opportunities")
    op.create_index("ix_opportunities_owner_id", "opportunities", ["owner_id"])
    op.drop_column("leads", "at_risk_at")
    op.drop_table("digests")
