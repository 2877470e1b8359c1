"""An absence may begin on a day that is still ahead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("absent_from", sa.Date()))


def downgrade() -> None:
    op.drop_column("staff", "absent_from")
