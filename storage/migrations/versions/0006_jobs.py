"""Work in chunks that outlives the process, and whose phones and e-mails the journal speaks of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
OWNED = sa.text("owner IS NOT NULL")
CHUNK = 1000


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("action_id", BigId, nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("facts", Json, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("place", sa.String(length=400), nullable=True),
        sa.Column("edit", sa.String(length=200), nullable=True),
        sa.Column("extra", Json, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_jobs_action_id", "jobs", ["action_id"], unique=True)
    op.create_index("ix_jobs_due_at", "jobs", ["due_at"], unique=False)
    op.add_column("journal_changes", sa.Column("owner", sa.String(length=40), nullable=True))
    op.create_index(
        "ix_journal_changes_owner",
        "journal_changes",
        ["owner", "id"],
        unique=False,
        sqlite_where=OWNED,
        postgresql_where=OWNED,
    )
    _name_owners(op.get_bind())


def _name_owners(connection: sa.Connection) -> None:
    """Contact points that were changed before this column existed."""
    changes = sa.table(
        "journal_changes", *(sa.column(name) for name in ("id", "table_name", "before", "after", "owner"))
    )
    last = 0
    while True:
        rows = connection.execute(
            sa.select(changes.c.id, changes.c.before, changes.c.after)
            .where(changes.c.table_name == "contact_points", changes.c.id > last)
            .order_by(changes.c.id)
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        owned = [{"row_id": row.id, "whose": _owner(_read(row.after), _read(row.before))} for row in rows]
        statement = sa.update(changes).where(changes.c.id == sa.bindparam("row_id"))
        connection.execute(statement.values(owner=sa.bindparam("whose")), owned)


def _read(value: Any) -> Mapping[str, Any]:
    """SQLite gives JSON as text here, PostgreSQL read."""
    return (json.loads(value) if isinstance(value, str) else value) or {}


def _owner(*sides: Mapping[str, Any]) -> str | None:
    for side in sides:
        for record in ("lead", "customer", "contact"):
            if side.get(f"{record}_id"):
                return f"{record}:{side[f'{record}_id']}"
    return None


def downgrade() -> None:
    op.drop_index("ix_journal_changes_owner", "journal_changes")
    op.drop_column("journal_changes", "owner")
    op.drop_table("jobs")
