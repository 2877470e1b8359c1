"""What a stranger said of themselves when they asked for something."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS = (("asker_name", 100), ("asker_company", 100), ("intake", 32))


def upgrade() -> None:
    for name, length in COLUMNS:
        op.add_column("tickets", sa.Column(name, sa.String(length=length)))


def downgrade() -> None:
    for name, _ in reversed(COLUMNS):
        op.drop_column("tickets", name)
