"""What no adapter understood is kept with its delivery; which commands a person's menu shows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("unknown", sa.Text(), nullable=True))
    op.add_column("identities", sa.Column("menu", sa.String(length=100), nullable=True))


def downgrade() -> None:
    op.drop_column("identities", "menu")
    op.drop_column("inbox", "unknown")
