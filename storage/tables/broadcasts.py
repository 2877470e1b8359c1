"""News and invitations, and what was answered to them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, String, Table

from domain.broadcasts.model import Answer, BroadcastState
from storage.tables.making import metadata, refers, row_id, row_version, table
from storage.types import TimeOfDay, UtcDateTime, Words, json_column

broadcasts = table(
    "broadcasts",
    row_id(),
    row_version(),
    Column("texts", json_column(), nullable=False),
    Column("segment", json_column(), nullable=False),
    Column("is_invitation", Boolean(create_constraint=False), nullable=False),
    Column("day", Date),
    Column("hour", TimeOfDay),
    Column("state", Words(BroadcastState), nullable=False),
    refers("created_by", "staff", required=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("is_planned", Boolean(create_constraint=False), nullable=False),
)

broadcast_answers = table(
    "broadcast_answers",
    row_id(),
    row_version(),
    refers("broadcast_id", "broadcasts", required=True),
    refers("contact_id", "contacts", required=True),
    Column("answer", Words(Answer), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
Index("uq_broadcast_answers_person", broadcast_answers.c.broadcast_id, broadcast_answers.c.contact_id, unique=True)
Index("ix_broadcast_answers_contact_id", broadcast_answers.c.contact_id)

# What a planner began once for all machines: a day's wishes, a return visit.
care_marks = Table(
    "care_marks",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_care_marks_at", care_marks.c.at)
