"""Customers in chat: their codes and groups, what strangers wrote, what people said yes and no to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.add_column("invitations", sa.Column("contact_id", BigId))
    op.add_column("contacts", sa.Column("left_at", Moment))
    op.add_column("guests", sa.Column("greeted_at", Moment))
    op.add_column("guests", sa.Column("left_at", Moment))
    _create_inquiries()
    _create_groups()
    _create_consents()


def _create_inquiries() -> None:
    op.create_table(
        "inquiries",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("identity_id", BigId, nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("first_at", Moment, nullable=False),
        sa.Column("last_at", Moment, nullable=False),
        sa.Column("closed_by", BigId),
        sa.Column("closed_at", Moment),
        sa.Column("contact_id", BigId),
        sa.Column("lead_id", BigId),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{target}.id"], name=op.f(f"fk_inquiries_{column}"), deferrable=True
            )
            for column, target in (
                ("identity_id", "identities"),
                ("closed_by", "staff"),
                ("contact_id", "contacts"),
                ("lead_id", "leads"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiries")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_inquiries_waiting",
        "inquiries",
        ["identity_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    for column in ("identity_id", "contact_id", "lead_id"):
        op.create_index(f"ix_inquiries_{column}", "inquiries", [column])


def _create_groups() -> None:
    op.create_table(
        "bound_groups",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("title", sa.String(length=400)),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("bound_by", BigId),
        sa.Column("bound_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_bound_groups_customer_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["bound_by"], ["staff.id"], name=op.f("fk_bound_groups_bound_by"), deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bound_groups")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_bound_groups_place", "bound_groups", ["channel", "place"], unique=True)
    op.create_index("ix_bound_groups_customer_id", "bound_groups", ["customer_id"])


def _create_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("identity_id", BigId, nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_id"], ["identities.id"], name=op.f("fk_consents_identity_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consents_identity_id", "consents", ["identity_id", "id"])


def downgrade() -> None:
    for table in ("consents", "bound_groups", "inquiries"):
        op.drop_table(table)
    # A batch would build the table anew, without what counts its ids.
    op.drop_column("guests", "left_at")
    op.drop_column("guests", "greeted_at")
    op.drop_column("contacts", "left_at")
    op.drop_column("invitations", "contact_id")
