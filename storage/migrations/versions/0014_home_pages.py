"""Home pages that somebody looked at lately are found by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

HOME_PAGE = sa.text("message = 'home'")


def upgrade() -> None:
    op.create_index("ix_cards_home", "cards", ["at"], sqlite_where=HOME_PAGE, postgresql_where=HOME_PAGE)


def downgrade() -> None:
    op.drop_index("ix_cards_home", "cards")
