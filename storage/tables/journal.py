"""Who changed what, and long actions under way."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    text,
)

from storage.tables.making import row_id, table
from storage.types import BigId, FactsJson, GuardedFacts, UtcDateTime

# ---------------------------------------------------------------- the journal

journal_actions = table(
    "journal_actions",
    row_id(),
    Column("name", String(80), nullable=False),
    Column("facts", FactsJson, nullable=False),
    Column("staff_id", BigId),  # without a foreign key: the audit log outlives whoever acted
    Column("at", UtcDateTime, nullable=False),
    Column("channel", String(40), nullable=False),
    Column("delivery", String(400)),
    Column("undone_by", BigId),
    Column("undoes", BigId),
)
Index("ix_journal_actions_staff_id", journal_actions.c.staff_id, journal_actions.c.id)
Index("ix_journal_actions_at", journal_actions.c.at, journal_actions.c.id)
_import = text("name = 'imported'")
Index("ix_journal_actions_imported", journal_actions.c.id, sqlite_where=_import, postgresql_where=_import)

journal_changes = table(
    "journal_changes",
    row_id(),
    Column("action_id", BigId, ForeignKey("journal_actions.id"), nullable=False),
    Column("table_name", String(40), nullable=False),
    Column("row_id", BigId, nullable=False),
    Column("before", FactsJson),
    Column("after", FactsJson),
    # The change made a name appear, vanish or read otherwise for somebody: an index of names is stale.
    Column("names", Boolean(create_constraint=False), nullable=False),
    # Of a phone or an e-mail: whose it is (``lead:12``), so that the history of that record finds it.
    Column("owner", String(40)),
)
Index("ix_journal_changes_row", journal_changes.c.table_name, journal_changes.c.row_id, journal_changes.c.id)
Index("ix_journal_changes_action_id", journal_changes.c.action_id)
Index(
    "ix_journal_changes_names",
    journal_changes.c.id,
    sqlite_where=text("names = 1"),
    postgresql_where=text("names"),
)
# Records that somebody took away: the list from which they are brought back. Statements say it in the same words; joined with
# nothing, so that SQLite does not take the index of all rows of these tables instead.
RECORD_DELETED = (
    "after IS NULL AND table_name || '' IN"
    " ('leads', 'customers', 'contacts', 'opportunities', 'followups', 'activities', 'tickets')"
)
Index(
    "ix_journal_changes_deleted",
    journal_changes.c.action_id,
    sqlite_where=text(RECORD_DELETED),
    postgresql_where=text(RECORD_DELETED),
)
_owned = text("owner IS NOT NULL")
Index(
    "ix_journal_changes_owner",
    journal_changes.c.owner,
    journal_changes.c.id,
    sqlite_where=_owned,
    postgresql_where=_owned,
)

# ---------------------------------------------------------------- not journaled

jobs = table(
    "jobs",
    row_id(),
    Column("kind", String(40), nullable=False),
    Column("action_id", BigId, nullable=False),
    Column("staff_id", BigId),
    Column("facts", GuardedFacts, nullable=False),
    Column("channel", String(40)),
    Column("place", String(400)),
    Column("edit", String(200)),
    Column("extra", GuardedFacts, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("uq_jobs_action_id", jobs.c.action_id, unique=True)
Index("ix_jobs_due_at", jobs.c.due_at)
