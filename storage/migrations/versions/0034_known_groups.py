"""Groups by name, and who of the staff was seen speaking there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "known_groups",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("place", sa.String(400), nullable=False),
        sa.Column("title", sa.String(400)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_groups")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_known_groups_place", "known_groups", ["channel", "place"], unique=True)
    op.create_table(
        "group_speakers",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("place", sa.String(400), nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_speakers")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_group_speakers_place", "group_speakers", ["channel", "place", "staff_id"], unique=True)
    op.create_index("ix_group_speakers_staff_id", "group_speakers", ["staff_id"])


def downgrade() -> None:
    op.drop_table("group_speakers")
    op.drop_table("known_groups")
