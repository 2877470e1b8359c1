"""What a planner of wishes and visits began once, for all machines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "care_marks",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_care_marks")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_care_marks_at", "care_marks", ["at"])


def downgrade() -> None:
    op.drop_table("care_marks")
