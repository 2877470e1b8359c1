"""Customers' points. The ledger refers to nothing by a foreign key: its lines stay whatever becomes of what they are about."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Text, text

from domain.points.model import EntryKind
from storage.tables.making import refers, row_id, row_version, table
from storage.types import BigId, UtcDateTime, Words, json_column

point_accounts = table(
    "point_accounts",
    row_id(),
    Column("customer_id", BigId, nullable=False),
    Column("balance", Integer, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("kept", json_column(), nullable=False),
    Column("expires_at", UtcDateTime),
    CheckConstraint("balance >= 0", name="not_negative"),
)
_expiring = text("expires_at IS NOT NULL")
Index("uq_point_accounts_customer_id", point_accounts.c.customer_id, unique=True)
Index("ix_point_accounts_expires_at", point_accounts.c.expires_at, sqlite_where=_expiring, postgresql_where=_expiring)

# Lines are added and stay: triggers of ``storage.append_only`` refuse everything else.
point_entries = table(
    "point_entries",
    row_id(),
    Column("customer_id", BigId, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Words(EntryKind), nullable=False),
    Column("points", Integer, nullable=False),
    Column("balance", Integer, nullable=False),
    Column("short", Integer, nullable=False),
    Column("source", String(60), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("basis", String(40), nullable=False),
    Column("contact_id", BigId),
    Column("staff_id", BigId),
    Column("at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("of", Integer),
    CheckConstraint("balance >= 0", name="not_negative"),
)
_e = point_entries.c
_by_person, _by_staff = text("contact_id IS NOT NULL"), text("staff_id IS NOT NULL")
Index("uq_point_entries_number", _e.customer_id, _e.number, unique=True)
Index("uq_point_entries_source", _e.source, _e.turn, unique=True)
Index("ix_point_entries_contact_id", _e.contact_id, _e.at, sqlite_where=_by_person, postgresql_where=_by_person)
Index("ix_point_entries_staff_id", _e.staff_id, _e.at, sqlite_where=_by_staff, postgresql_where=_by_staff)

point_grants = table(
    "point_grants",
    row_id(),
    row_version(),
    refers("customer_id", "customers", required=True),
    Column("kind", Words(EntryKind), nullable=False),
    Column("points", Integer, nullable=False),
    Column("reason", Text),
    refers("referred_id", "customers"),
    refers("by_id", "staff"),
    refers("asked_by", "staff"),
    Column("at", UtcDateTime, nullable=False),
)
_g = point_grants.c
Index("ix_point_grants_customer_id", _g.customer_id)
Index("uq_point_grants_referred_id", _g.referred_id, unique=True)
Index("ix_point_grants_by_id", _g.by_id)
Index("ix_point_grants_asked_by", _g.asked_by)

# What changed and may earn or cost points, written with the change itself and looked at by a planner soon after.
point_looks = table("point_looks", row_id(), Column("source", String(60), nullable=False))
