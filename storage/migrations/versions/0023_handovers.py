"""Records that were handed over, until whoever got them accepts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
PEOPLE = ("giver_id", "taker_id", "by_id")
WAITING = sa.text("accepted_at IS NULL AND closed_at IS NULL AND returned_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        *(sa.Column(person, BigId, nullable=False) for person in PEOPLE),
        sa.Column("action_id", BigId, nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("accept_by", Moment, nullable=False),
        sa.Column("accepted_at", Moment),
        sa.Column("closed_at", Moment),
        sa.Column("returned_at", Moment),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_handovers_waiting", "handovers", ["accept_by"], sqlite_where=WAITING, postgresql_where=WAITING
    )


def downgrade() -> None:
    op.drop_table("handovers")
