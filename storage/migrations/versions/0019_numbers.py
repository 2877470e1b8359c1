"""Since when a deal is in its stage, and what reports ask by: when something was done, due, opened and closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_activities_at", "activities", "at"),
    ("ix_followups_due_at", "followups", "due_at"),
    ("ix_opportunities_closed_at", "opportunities", "closed_at"),
    ("ix_tickets_opened_at", "tickets", "opened_at"),
)


def upgrade() -> None:
    op.add_column("opportunities", sa.Column("stage_since", sa.DateTime(timezone=True)))
    for name, table, column in INDEXES:
        op.create_index(name, table, [column])


def downgrade() -> None:
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table_name=table)
    op.drop_column("opportunities", "stage_since")
