"""What the company's people mean by their own words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learned_phrases",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("meaning", sa.String(length=32), nullable=False),
        sa.Column("phrase", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("lead_id", BigId, nullable=True),
        sa.Column("customer_id", BigId, nullable=True),
        sa.Column("by_id", BigId, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_learned_phrases_lead_id"), deferrable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_learned_phrases_customer_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_learned_phrases_by_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learned_phrases")),
        sqlite_autoincrement=True,
    )
    for column in ("phrase", "by_id", "lead_id", "customer_id"):
        op.create_index(f"ix_learned_phrases_{column}", "learned_phrases", [column])


def downgrade() -> None:
    op.drop_table("learned_phrases")
