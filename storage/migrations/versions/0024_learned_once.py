"""Each phrase is learned once for each thing that it means."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_ONCE = {
    "word": (["phrase", "meaning", "value"], "meaning <> 'name'"),
    "lead": (["phrase", "lead_id"], "lead_id IS NOT NULL"),
    "customer": (["phrase", "customer_id"], "customer_id IS NOT NULL"),
}


def upgrade() -> None:
    for name, (columns, where) in _ONCE.items():
        op.execute(
            f"DELETE FROM learned_phrases WHERE {where} AND id NOT IN"  # noqa: S608
            f" (SELECT min(id) FROM learned_phrases WHERE {where} GROUP BY {', '.join(columns)})"
        )
        op.create_index(
            f"uq_learned_phrases_{name}",
            "learned_phrases",
            columns,
            unique=True,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    for name in _ONCE:
        op.drop_index(f"uq_learned_phrases_{name}", "learned_phrases")
