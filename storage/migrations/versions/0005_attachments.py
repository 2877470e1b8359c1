"""Photos, files, voice notes and places, and what is known of their bytes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_files()
    _create_attachments()


def _create_files() -> None:
    op.create_table(
        "attached_files",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200)),
        sa.Column("claimed_type", sa.String(length=200)),
        sa.Column("claimed_size", sa.BigInteger()),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("message", sa.String(length=200)),
        sa.Column("album", sa.String(length=200)),
        sa.Column("staff_id", BigId),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=40)),
        sa.Column("media_type", sa.String(length=200)),
        sa.Column("size", sa.BigInteger()),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("stored", sa.String(length=80)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("lease_holder", sa.String(length=200)),
        sa.Column("lease_until", Moment),
        sa.Column("unused_since", Moment),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attached_files")),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_attached_files_waiting", "attached_files", ["due_at"], sqlite_where=waiting, postgresql_where=waiting
    )
    in_album = sa.text("album IS NOT NULL")
    op.create_index(
        "ix_attached_files_album",
        "attached_files",
        ["channel", "place", "album"],
        sqlite_where=in_album,
        postgresql_where=in_album,
    )
    kept = sa.text("stored IS NOT NULL")
    op.create_index("ix_attached_files_stored", "attached_files", ["stored"], sqlite_where=kept, postgresql_where=kept)


def _create_attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200)),
        sa.Column("file_id", BigId),
        sa.Column("latitude", sa.Float(precision=53)),
        sa.Column("longitude", sa.Float(precision=53)),
        sa.Column("activity_id", BigId),
        sa.Column("lead_id", BigId),
        sa.Column("customer_id", BigId),
        sa.Column("by_id", BigId, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_attachments_{name}"), deferrable=True)
            for name, target in (
                ("activity_id", "activities"),
                ("lead_id", "leads"),
                ("customer_id", "customers"),
                ("by_id", "staff"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sqlite_autoincrement=True,
    )
    for name in ("file_id", "activity_id", "lead_id", "customer_id", "by_id"):
        op.create_index(f"ix_attachments_{name}", "attachments", [name])


def downgrade() -> None:
    op.drop_table("attachments")
    op.drop_table("attached_files")
