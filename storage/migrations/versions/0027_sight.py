"""How far one person sees, where an admin set it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("sees", sa.String(32), nullable=True))


def downgrade() -> None:
    op.drop_column("staff", "sees")
