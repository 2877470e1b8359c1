"""News and invitations for many, and what was answered to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
Word = sa.String(length=32)


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("texts", Json, nullable=False),
        sa.Column("segment", Json, nullable=False),
        sa.Column("is_invitation", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date()),
        sa.Column("hour", sa.String(length=15)),
        sa.Column("state", Word, nullable=False),
        sa.Column("created_by", BigId, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("started_at", Moment),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        _reference("broadcasts", "created_by", "staff"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "broadcast_answers",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("broadcast_id", BigId, nullable=False),
        sa.Column("contact_id", BigId, nullable=False),
        sa.Column("answer", Word, nullable=False),
        sa.Column("at", Moment, nullable=False),
        _reference("broadcast_answers", "broadcast_id", "broadcasts"),
        _reference("broadcast_answers", "contact_id", "contacts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast_answers")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_broadcast_answers_person", "broadcast_answers", ["broadcast_id", "contact_id"], unique=True
    )
    op.create_index("ix_broadcast_answers_contact_id", "broadcast_answers", ["contact_id"])


def _reference(table: str, name: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}"), deferrable=True)


def downgrade() -> None:
    op.drop_table("broadcast_answers")
    op.drop_table("broadcasts")
