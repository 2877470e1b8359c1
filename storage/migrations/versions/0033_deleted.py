"""What was deleted is listed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

RECORD_DELETED = sa.text(
    "after IS NULL AND table_name || '' IN"
    " ('leads', 'customers', 'contacts', 'opportunities', 'followups', 'activities', 'tickets')"
)


def upgrade() -> None:
    op.create_index(
        "ix_journal_changes_deleted",
        "journal_changes",
        ["action_id"],
        sqlite_where=RECORD_DELETED,
        postgresql_where=RECORD_DELETED,
    )


def downgrade() -> None:
    op.drop_index("ix_journal_changes_deleted", "journal_changes")
