"""Quotas by person and month, the stage in which a sale ended, and when writing down an activity was begun."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
ENDS = ("won", "lost")


def upgrade() -> None:
    op.create_table(
        "quotas",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("amount_currency", sa.String(3)),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_quotas_staff_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotas")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_quotas_staff_id_month", "quotas", ["staff_id", "month"], unique=True)
    op.create_index("ix_quotas_month", "quotas", ["month"])
    op.add_column("activities", sa.Column("began_at", Moment))
    op.add_column("opportunities", sa.Column("ended_in", sa.String(40)))
    _fill_ends()


def _fill_ends() -> None:
    """What the journal remembers of sales that ended before: the stage that they left last."""
    connection = op.get_bind()
    changes = sa.text("SELECT row_id, before, after FROM journal_changes WHERE table_name = 'opportunities' ORDER BY id")
    left: dict[int, str] = {}
    for row_id, before, after in connection.execute(changes):
        was, came = _stage(before), _stage(after)
        if came in ENDS and was is not None and was not in ENDS:
            left[row_id] = was
    ended = sa.text("UPDATE opportunities SET ended_in = :stage WHERE id = :id AND stage IN ('won', 'lost')")
    rows = [{"id": row_id, "stage": stage} for row_id, stage in left.items()]
    for first in range(0, len(rows), 500):
        connection.execute(ended, rows[first : first + 500])


def _stage(kept: object) -> str | None:
    values = json.loads(kept) if isinstance(kept, str) else kept
    stage = values.get("stage") if isinstance(values, dict) else None
    return stage if isinstance(stage, str) else None


def downgrade() -> None:
    op.drop_column("opportunities", "ended_in")
    op.drop_column("activities", "began_at")
    op.drop_table("quotas")
