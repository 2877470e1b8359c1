"""Approvals by whom they are about, and the journal's imports, are found by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IMPORT = sa.text("name = 'imported'")


def upgrade() -> None:
    op.create_index("ix_approvals_subject", "approvals", ["subject", "kind", "decided_at"])
    op.create_index(
        "ix_journal_actions_imported", "journal_actions", ["id"], sqlite_where=IMPORT, postgresql_where=IMPORT
    )


def downgrade() -> None:
    op.drop_index("ix_journal_actions_imported", "journal_actions")
    op.drop_index("ix_approvals_subject", "approvals")
