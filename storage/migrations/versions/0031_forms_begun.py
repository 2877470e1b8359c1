"""When somebody began with a form."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("survey_answers", sa.Column("begun_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("survey_answers", "begun_at")
