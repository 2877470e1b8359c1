"""What people sent as files."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    String,
    Text,
    text,
)

from domain.attachments.model import AttachmentKind, FileState
from storage.tables.making import refers, row_id, row_version, table
from storage.types import BigId, UtcDateTime, Words

# What a channel announced and what became of its bytes. Not journaled: an undo takes the attachment off, and may be
# undone itself, so that the file outlives it.
attached_files = table(
    "attached_files",
    row_id(),
    Column("channel", String(40), nullable=False),
    Column("ref", Text, nullable=False),
    Column("kind", Words(AttachmentKind), nullable=False),
    Column("name", String(200)),
    Column("claimed_type", String(200)),
    Column("claimed_size", BigInteger),
    Column("place", String(400), nullable=False),
    Column("message", String(200)),
    Column("album", String(200)),
    Column("staff_id", BigId),
    Column("identity_id", BigId),
    Column("state", Words(FileState), nullable=False),
    Column("reason", String(40)),
    Column("media_type", String(200)),
    Column("size", BigInteger),
    Column("sha256", String(64)),
    Column("stored", String(80)),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("lease_holder", String(200)),
    Column("lease_until", UtcDateTime),
    Column("unused_since", UtcDateTime),
)
_waiting = text("state = 'waiting'")
_in_album, _stored = text("album IS NOT NULL"), text("stored IS NOT NULL")
Index("ix_attached_files_waiting", attached_files.c.due_at, sqlite_where=_waiting, postgresql_where=_waiting)
Index(
    "ix_attached_files_album",
    attached_files.c.channel,
    attached_files.c.place,
    attached_files.c.album,
    sqlite_where=_in_album,
    postgresql_where=_in_album,
)
Index("ix_attached_files_stored", attached_files.c.stored, sqlite_where=_stored, postgresql_where=_stored)

attachments = table(
    "attachments",
    row_id(),
    row_version(),
    Column("kind", Words(AttachmentKind), nullable=False),
    Column("name", String(200)),
    Column("file_id", BigId),  # without a foreign key: undo knows no rows but the journaled ones
    Column("latitude", Float(53)),
    Column("longitude", Float(53)),
    refers("activity_id", "activities"),
    refers("lead_id", "leads"),
    refers("customer_id", "customers"),
    refers("ticket_message_id", "ticket_messages"),
    refers("by_id", "staff"),
    refers("identity_id", "identities"),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("ix_attachments_ticket_message_id", attachments.c.ticket_message_id)
Index("ix_attachments_identity_id", attachments.c.identity_id)
Index("ix_attachments_file_id", attachments.c.file_id)
Index("ix_attachments_activity_id", attachments.c.activity_id)
Index("ix_attachments_lead_id", attachments.c.lead_id)
Index("ix_attachments_customer_id", attachments.c.customer_id)
Index("ix_attachments_by_id", attachments.c.by_id)
