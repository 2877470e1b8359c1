"""Customers' points: accounts, a ledger that is only added to, what people decided, and what is to be looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
Json = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
STAY = "lines of point_entries are only added"
ON_SQLITE = tuple(
    f"CREATE TRIGGER point_entries_un{name} BEFORE {what} ON point_entries BEGIN SELECT RAISE(ABORT, '{STAY}'); END"
    for name, what in (("changed", "UPDATE"), ("removed", "DELETE"))
)
ON_POSTGRES = (
    f"""CREATE FUNCTION point_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{STAY}' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER point_entries_stay BEFORE UPDATE OR DELETE ON point_entries
        FOR EACH ROW EXECUTE FUNCTION point_entries_stay()""",
)


def upgrade() -> None:
    op.create_table(
        "point_accounts",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("balance", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("kept", Json, nullable=False),
        sa.Column("expires_at", Moment),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_point_accounts_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_accounts")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_point_accounts_customer_id", "point_accounts", ["customer_id"], unique=True)
    _index("ix_point_accounts_expires_at", "point_accounts", ["expires_at"], where="expires_at IS NOT NULL")
    _ledger()
    _grants()
    op.create_table(
        "point_looks",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_looks")),
        sqlite_autoincrement=True,
    )


def _ledger() -> None:
    op.create_table(
        "point_entries",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("points", "balance", "short")),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("contact_id", BigId),
        sa.Column("staff_id", BigId),
        sa.Column("at", Moment, nullable=False),
        sa.Column("expires_at", Moment),
        sa.Column("of", sa.Integer()),
        sa.CheckConstraint("balance >= 0", name=op.f("ck_point_entries_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_entries")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_point_entries_number", "point_entries", ["customer_id", "number"], unique=True)
    op.create_index("uq_point_entries_source", "point_entries", ["source", "turn"], unique=True)
    for name in ("contact_id", "staff_id"):
        _index(f"ix_point_entries_{name}", "point_entries", [name, "at"], where=f"{name} IS NOT NULL")
    for statement in ON_SQLITE if op.get_bind().dialect.name == "sqlite" else ON_POSTGRES:
        op.execute(statement)


def _grants() -> None:
    refers = {"customer_id": "customers", "referred_id": "customers", "by_id": "staff", "asked_by": "staff"}
    op.create_table(
        "point_grants",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        *(sa.Column(name, BigId) for name in ("referred_id", "by_id", "asked_by")),
        sa.Column("at", Moment, nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_point_grants_{name}"), deferrable=True)
            for name, target in refers.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_grants")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_point_grants_referred_id", "point_grants", ["referred_id"], unique=True)
    for name in ("customer_id", "by_id", "asked_by"):
        op.create_index(f"ix_point_grants_{name}", "point_grants", [name])


def _index(name: str, table: str, columns: list[str], *, where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for table in ("point_looks", "point_grants", "point_entries", "point_accounts"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION point_entries_stay()")
