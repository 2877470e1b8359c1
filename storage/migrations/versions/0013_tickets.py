"""Tickets, what was said about them, and what customers send with it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)
Word = sa.String(length=32)


def upgrade() -> None:
    _create_tickets()
    _create_messages()
    _let_customers_attach()


def _create_tickets() -> None:
    moments = ("first_answered_at", "resolved_at", "close_at", "closed_at", "reopened_at")
    deadlines = ("answer_warn_at", "answer_due_at", "solve_warn_at", "solve_due_at")
    op.create_table(
        "tickets",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        *(sa.Column(name, Word, nullable=False) for name in ("status", "priority", "category")),
        *(sa.Column(name, BigId) for name in ("customer_id", "contact_id", "identity_id")),
        sa.Column("channel", sa.String(length=40)),
        sa.Column("place", sa.String(length=400)),
        sa.Column("opened_by", BigId),
        sa.Column("speaker", Word, nullable=False),
        sa.Column("assignee_id", BigId),
        sa.Column("assigned_at", Moment),
        sa.Column("assigned_why", Word),
        sa.Column("accept_by", Moment),
        sa.Column("accepted_at", Moment),
        sa.Column("passed_by", Json, nullable=False),
        sa.Column("queued_at", Moment),
        sa.Column("at_head", sa.Boolean(), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        *(sa.Column(name, Moment) for name in moments),
        sa.Column("solution", sa.Text()),
        sa.Column("merged_into_id", BigId),
        sa.Column("clock_from", Moment),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("answer_seconds", "solve_seconds", "answer_left", "solve_left")
        ),
        *(sa.Column(name, Moment) for name in deadlines),
        sa.Column("looked_version", sa.BigInteger()),
        sa.Column("look_at", Moment),
        sa.Column("counted_by", sa.String(length=20)),
        *_references(
            "tickets",
            customer_id="customers",
            contact_id="contacts",
            identity_id="identities",
            opened_by="staff",
            assignee_id="staff",
            merged_into_id="tickets",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sqlite_autoincrement=True,
    )
    for name in ("customer_id", "contact_id", "identity_id", "opened_by", "merged_into_id", "look_at"):
        op.create_index(f"ix_tickets_{name}", "tickets", [name])
    op.create_index("ix_tickets_assigned", "tickets", ["assignee_id", "assigned_at"])
    op.create_index("ix_tickets_place", "tickets", ["channel", "place"])
    _create_part("held", ["assignee_id", "status", "solve_due_at"], "status NOT IN ('resolved', 'closed')")
    _create_part("queue", [sa.text("at_head DESC"), "queued_at"], "queued_at IS NOT NULL")
    _create_part("unlooked", ["id"], "looked_version IS NULL OR looked_version <> version")
    _create_part("counted_by", ["counted_by"], "clock_from IS NOT NULL")


def _create_part(name: str, columns: list[str | sa.TextClause], where: str) -> None:
    part = sa.text(where)
    op.create_index(f"ix_tickets_{name}", "tickets", columns, sqlite_where=part, postgresql_where=part)


def _references(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}"), deferrable=True)
        for name, target in targets.items()
    ]


def _create_messages() -> None:
    op.create_table(
        "ticket_messages",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", BigId, nullable=False),
        sa.Column("lane", Word, nullable=False),
        sa.Column("by_id", BigId),
        sa.Column("identity_id", BigId),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("goes_at", Moment),
        sa.Column("recalled_at", Moment),
        *_references("ticket_messages", ticket_id="tickets", by_id="staff", identity_id="identities"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_messages")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ticket_messages_ticket_id", "ticket_messages", ["ticket_id", "id"])
    for name in ("by_id", "identity_id"):
        op.create_index(f"ix_ticket_messages_{name}", "ticket_messages", [name])


def _let_customers_attach() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _remake_attachments(OWNERS | NEW_OWNERS, required=False)
    else:
        op.alter_column("attachments", "by_id", existing_type=BigId, nullable=True)
        for name, target in NEW_OWNERS.items():
            op.add_column("attachments", sa.Column(name, BigId))
            op.create_foreign_key(
                op.f(f"fk_attachments_{name}"), "attachments", target, [name], ["id"], deferrable=True
            )
    for name in NEW_OWNERS:
        op.create_index(f"ix_attachments_{name}", "attachments", [name])
    op.add_column("attached_files", sa.Column("identity_id", BigId))


OWNERS = {"activity_id": "activities", "lead_id": "leads", "customer_id": "customers", "by_id": "staff"}
NEW_OWNERS = {"ticket_message_id": "ticket_messages", "identity_id": "identities"}
KEPT = "id, version, kind, name, file_id, latitude, longitude, activity_id, lead_id, customer_id, by_id, created_at"


def _remake_attachments(owners: dict[str, str], *, required: bool) -> None:
    """SQLite cannot change a column. The numbers that were given out stay given out."""
    connection = op.get_bind()
    last = connection.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'attachments'")).scalar()
    op.create_table(
        "attachments_anew",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("name", sa.String(length=200)),
        sa.Column("file_id", BigId),
        sa.Column("latitude", sa.Float(precision=53)),
        sa.Column("longitude", sa.Float(precision=53)),
        *(sa.Column(name, BigId, nullable=not (required and name == "by_id")) for name in owners),
        sa.Column("created_at", Moment, nullable=False),
        *_references("attachments", **owners),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO attachments_anew ({KEPT}) SELECT {KEPT} FROM attachments")  # noqa: S608 - a constant
    op.drop_table("attachments")
    op.rename_table("attachments_anew", "attachments")
    op.execute("DELETE FROM sqlite_sequence WHERE name IN ('attachments', 'attachments_anew')")
    if last is not None:
        connection.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('attachments', :last)"), {"last": last}
        )
    for name in ("file_id", *OWNERS):
        op.create_index(f"ix_attachments_{name}", "attachments", [name])


def downgrade() -> None:
    op.drop_column("attached_files", "identity_id")
    op.execute("DELETE FROM attachments WHERE by_id IS NULL OR ticket_message_id IS NOT NULL")
    if op.get_bind().dialect.name == "sqlite":
        _remake_attachments(OWNERS, required=True)
    else:
        for name in NEW_OWNERS:
            op.drop_column("attachments", name)
        op.alter_column("attachments", "by_id", existing_type=BigId, nullable=False)
    op.drop_table("ticket_messages")
    op.drop_table("tickets")
