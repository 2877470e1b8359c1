"""What was said to a customer's person is found by them: how much they hear of us is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    known = sa.text("contact_id IS NOT NULL")
    op.create_index(
        "ix_notifications_contact_id",
        "notifications",
        ["contact_id", "due_at"],
        sqlite_where=known,
        postgresql_where=known,
    )


def downgrade() -> None:
    op.drop_index("ix_notifications_contact_id", "notifications")
