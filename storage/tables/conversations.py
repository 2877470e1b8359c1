"""What stands in chats: drafts, cards, the inbox and the outbox."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from storage.tables.making import metadata, row_id, table
from storage.types import BigId, FactsJson, GuardedFacts, UtcDateTime, json_column

inbox = Table(
    "inbox",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("delivery", String(400), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    # JSON of what no adapter understood, as text: a platform may send what JSON columns refuse.
    Column("unknown", Text),
    sqlite_with_rowid=False,
)
Index("ix_inbox_at", inbox.c.at)

receivers = Table(
    "receivers",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("bot", String(200), primary_key=True),
    Column("holder", String(200), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

notifications = table(
    "notifications",
    row_id(),
    Column("key", String(100), nullable=False),
    Column("facts", GuardedFacts, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    # The outbox refers to people without foreign keys: what was said to somebody stays after they are gone.
    Column("staff_id", BigId),
    Column("contact_id", BigId),
    Column("channel", String(40)),
    Column("place", String(400)),
    Column("urgency", SmallInteger, nullable=False),
    Column("chosen", Boolean(create_constraint=False), nullable=False),
    Column("dedupe_key", String(400)),
    Column("card", String(100)),
    Column("edit", String(200)),
    Column("about", String(100)),
    Column("extra", GuardedFacts, nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", String(200)),
    Column("last_error", String(400)),
    Column("action_id", BigId),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Column("lease_holder", String(200)),
    Column("lease_until", UtcDateTime),
)
_pending = text("state = 'pending'")
_pending_edit = text("state = 'pending' AND edit IS NOT NULL")
Index("uq_notifications_dedupe_key", notifications.c.dedupe_key, unique=True)
Index(
    "ix_notifications_pending",
    notifications.c.urgency,
    notifications.c.due_at,
    sqlite_where=_pending,
    postgresql_where=_pending,
)
Index(
    "ix_notifications_pending_edit",
    notifications.c.channel,
    notifications.c.place,
    notifications.c.edit,
    sqlite_where=_pending_edit,
    postgresql_where=_pending_edit,
)
Index(
    "ix_notifications_leased",
    notifications.c.lease_holder,
    sqlite_where=text("state = 'pending' AND lease_holder IS NOT NULL"),
    postgresql_where=text("state = 'pending' AND lease_holder IS NOT NULL"),
)
Index(
    "ix_notifications_action_id",
    notifications.c.action_id,
    sqlite_where=notifications.c.action_id.is_not(None),
    postgresql_where=notifications.c.action_id.is_not(None),
)
Index(
    "ix_notifications_staff_id",
    notifications.c.staff_id,
    notifications.c.id,
    sqlite_where=notifications.c.staff_id.is_not(None),
    postgresql_where=notifications.c.staff_id.is_not(None),
)
_makes_noise = text("staff_id IS NOT NULL AND urgency > 0 AND edit IS NULL")
Index(
    "ix_notifications_noise",
    notifications.c.staff_id,
    notifications.c.due_at,
    sqlite_where=_makes_noise,
    postgresql_where=_makes_noise,
)
Index(
    "ix_notifications_contact_id",
    notifications.c.contact_id,
    notifications.c.due_at,
    sqlite_where=notifications.c.contact_id.is_not(None),
    postgresql_where=notifications.c.contact_id.is_not(None),
)
Index(
    "ix_notifications_about",
    notifications.c.about,
    notifications.c.id,
    sqlite_where=notifications.c.about.is_not(None),
    postgresql_where=notifications.c.about.is_not(None),
)

cards = table(
    "cards",
    row_id(),
    Column("channel", String(40), nullable=False),
    Column("place", String(400), nullable=False),
    Column("message", String(200), nullable=False),
    Column("record", String(100), nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
Index("uq_cards_message", cards.c.channel, cards.c.place, cards.c.message, cards.c.record, unique=True)
Index("ix_cards_record", cards.c.record, cards.c.at)
_home_page = text("message = 'home'")
Index("ix_cards_home", cards.c.at, sqlite_where=_home_page, postgresql_where=_home_page)

drafts = table(
    "drafts",
    row_id(),
    Column("staff_id", BigId),
    Column("identity_id", BigId),
    Column("kind", String(40), nullable=False),
    Column("content", FactsJson, nullable=False),
    Column("channel", String(40), nullable=False),
    Column("place", String(400), nullable=False),
    Column("asking", String(100)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
_asks_staff = text("asking IS NOT NULL AND staff_id IS NOT NULL")
_asks_identity = text("asking IS NOT NULL AND staff_id IS NULL")
Index(
    "uq_drafts_staff_question",
    drafts.c.staff_id,
    drafts.c.channel,
    drafts.c.place,
    unique=True,
    sqlite_where=_asks_staff,
    postgresql_where=_asks_staff,
)
Index(
    "uq_drafts_identity_question",
    drafts.c.identity_id,
    drafts.c.channel,
    drafts.c.place,
    unique=True,
    sqlite_where=_asks_identity,
    postgresql_where=_asks_identity,
)
Index("ix_drafts_staff_id", drafts.c.staff_id, drafts.c.updated_at)

# What leaders were told of their teams, and from when on: which of them was read, the next one asks.
digests = table(
    "digests",
    row_id(),
    Column("staff_id", BigId, nullable=False),
    Column("weekly", Boolean(create_constraint=False), nullable=False),
    Column("asked", Boolean(create_constraint=False), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
Index("ix_digests_staff_id", digests.c.staff_id, digests.c.at)

# Groups by name, and who of the staff was seen speaking there; ``place`` is the whole group's.
known_groups = table(
    "known_groups",
    row_id(),
    Column("channel", String(40), nullable=False),
    Column("place", String(400), nullable=False),
    Column("title", String(400)),
)
Index("uq_known_groups_place", known_groups.c.channel, known_groups.c.place, unique=True)

group_speakers = table(
    "group_speakers",
    row_id(),
    Column("channel", String(40), nullable=False),
    Column("place", String(400), nullable=False),
    Column("staff_id", BigId, nullable=False),
)
Index(
    "uq_group_speakers_place",
    group_speakers.c.channel,
    group_speakers.c.place,
    group_speakers.c.staff_id,
    unique=True,
)
Index("ix_group_speakers_staff_id", group_speakers.c.staff_id)

local_messages = table(
    "local_messages",
    row_id(),
    Column("place", String(400), nullable=False),
    Column("sender", String(200)),
    Column("body", json_column(), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("edited_at", UtcDateTime),
)
Index("ix_local_messages_place", local_messages.c.place, local_messages.c.id)

search_entries = Table(
    "search_entries",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("record", String(20), nullable=False),
    Column("record_id", BigId, nullable=False),
    Column("tokens", Text, nullable=False),
)
