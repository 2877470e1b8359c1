"""How much one of the staff heard today is counted by an index of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

MAKES_NOISE = sa.text("staff_id IS NOT NULL AND urgency > 0 AND edit IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_notifications_noise",
        "notifications",
        ["staff_id", "due_at"],
        sqlite_where=MAKES_NOISE,
        postgresql_where=MAKES_NOISE,
    )


def downgrade() -> None:
    op.drop_index("ix_notifications_noise", "notifications")
