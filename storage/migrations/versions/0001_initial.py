"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
Moment = sa.DateTime(timezone=True)

SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
        tokens, content='search_entries', content_rowid='id', detail=none, columnsize=0,
        tokenize='unicode61 remove_diacritics 0'
    )""",
    """CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN
        INSERT INTO search_index (rowid, tokens) VALUES (new.id, new.tokens);
    END""",
    """CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN
        INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
    END""",
    """CREATE TRIGGER search_entries_changed AFTER UPDATE ON search_entries BEGIN
        INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
        INSERT INTO search_index (rowid, tokens) VALUES (new.id, new.tokens);
    END""",
)
POSTGRES_SEARCH = (
    """ALTER TABLE search_entries ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(tokens, ' '), ''))
    ) STORED""",
    """CREATE INDEX ix_search_entries_lexemes ON search_entries USING gin (lexemes) WITH (fastupdate = off)""",
)


def upgrade() -> None:
    op.create_table(
        "cards",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("message", sa.String(length=200), nullable=False),
        sa.Column("record", sa.String(length=100), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cards_record", "cards", ["record", "at"], unique=False)
    op.create_index("uq_cards_message", "cards", ["channel", "place", "message", "record"], unique=True)
    op.create_table(
        "company",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("work_start", sa.String(15), nullable=False),
        sa.Column("work_end", sa.String(15), nullable=False),
        sa.Column("extra_workdays", Json, nullable=False),
        sa.Column("extra_holidays", Json, nullable=False),
        sa.Column("settings", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "drafts",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("identity_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("asking", sa.String(length=100), nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_staff_id", "drafts", ["staff_id", "updated_at"], unique=False)
    op.create_index(
        "uq_drafts_identity_question",
        "drafts",
        ["identity_id", "channel", "place"],
        unique=True,
        sqlite_where=sa.text("asking IS NOT NULL AND staff_id IS NULL"),
        postgresql_where=sa.text("asking IS NOT NULL AND staff_id IS NULL"),
    )
    op.create_index(
        "uq_drafts_staff_question",
        "drafts",
        ["staff_id", "channel", "place"],
        unique=True,
        sqlite_where=sa.text("asking IS NOT NULL AND staff_id IS NOT NULL"),
        postgresql_where=sa.text("asking IS NOT NULL AND staff_id IS NOT NULL"),
    )
    op.create_table(
        "inbox",
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("delivery", sa.String(length=400), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("channel", "delivery", name=op.f("pk_inbox")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_at", "inbox", ["at"], unique=False)
    op.create_table(
        "journal_actions",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("delivery", sa.String(length=400), nullable=True),
        sa.Column("undone_by", BigId, nullable=True),
        sa.Column("undoes", BigId, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_actions")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_actions_staff_id", "journal_actions", ["staff_id", "id"], unique=False)
    op.create_table(
        "local_messages",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("place", sa.String(length=400), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=True),
        sa.Column("body", Json, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("edited_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_messages")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_local_messages_place", "local_messages", ["place", "id"], unique=False)
    op.create_table(
        "notifications",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("contact_id", BigId, nullable=True),
        sa.Column("channel", sa.String(length=40), nullable=True),
        sa.Column("place", sa.String(length=400), nullable=True),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=400), nullable=True),
        sa.Column("card", sa.String(length=100), nullable=True),
        sa.Column("edit", sa.String(length=200), nullable=True),
        sa.Column("about", sa.String(length=100), nullable=True),
        sa.Column("extra", Json, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("last_error", sa.String(length=400), nullable=True),
        sa.Column("action_id", BigId, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("sent_at", Moment, nullable=True),
        sa.Column("settled_at", Moment, nullable=True),
        sa.Column("lease_holder", sa.String(length=200), nullable=True),
        sa.Column("lease_until", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_notifications_about",
        "notifications",
        ["about", "id"],
        unique=False,
        sqlite_where=sa.text("about IS NOT NULL"),
        postgresql_where=sa.text("about IS NOT NULL"),
    )
    op.create_index(
        "ix_notifications_action_id",
        "notifications",
        ["action_id"],
        unique=False,
        sqlite_where=sa.text("action_id IS NOT NULL"),
        postgresql_where=sa.text("action_id IS NOT NULL"),
    )
    op.create_index(
        "ix_notifications_leased",
        "notifications",
        ["lease_holder"],
        unique=False,
        sqlite_where=sa.text("state = 'pending' AND lease_holder IS NOT NULL"),
        postgresql_where=sa.text("state = 'pending' AND lease_holder IS NOT NULL"),
    )
    op.create_index(
        "ix_notifications_pending",
        "notifications",
        ["urgency", "due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_notifications_pending_edit",
        "notifications",
        ["channel", "place", "edit"],
        unique=False,
        sqlite_where=sa.text("state = 'pending' AND edit IS NOT NULL"),
        postgresql_where=sa.text("state = 'pending' AND edit IS NOT NULL"),
    )
    op.create_index(
        "ix_notifications_staff_id",
        "notifications",
        ["staff_id", "id"],
        unique=False,
        sqlite_where=sa.text("staff_id IS NOT NULL"),
        postgresql_where=sa.text("staff_id IS NOT NULL"),
    )
    op.create_index("uq_notifications_dedupe_key", "notifications", ["dedupe_key"], unique=True)
    op.create_table(
        "search_entries",
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.Column("record", sa.String(length=20), nullable=False),
        sa.Column("record_id", BigId, nullable=False),
        sa.Column("tokens", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
    )
    op.create_table(
        "staff",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("team", sa.String(length=200), nullable=True),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("work_start", sa.String(15), nullable=False),
        sa.Column("work_end", sa.String(15), nullable=False),
        sa.Column("lunch_start", sa.String(15), nullable=True),
        sa.Column("lunch_end", sa.String(15), nullable=True),
        sa.Column("workdays", sa.String(length=7), nullable=False),
        sa.Column("quiet_start", sa.String(15), nullable=False),
        sa.Column("quiet_end", sa.String(15), nullable=False),
        sa.Column("preferences", Json, nullable=False),
        sa.Column("absent_until", sa.Date(), nullable=True),
        sa.Column("deputy_id", BigId, nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["deputy_id"], ["staff.id"], name=op.f("fk_staff_deputy_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_staff_active_name",
        "staff",
        ["name_key"],
        unique=True,
        sqlite_where=sa.text("is_active = 1"),
        postgresql_where=sa.text("is_active"),
    )
    op.create_table(
        "customers",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=True),
        sa.Column("name_key", sa.String(length=400), nullable=False),
        sa.Column("owner_id", BigId, nullable=True),
        sa.Column("grade", sa.String(length=10), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=True),
        sa.Column("tags", Json, nullable=False),
        sa.Column("custom", Json, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_customers_owner_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_customers_name_key", "customers", ["name_key"], unique=False)
    op.create_index("ix_customers_owner_id", "customers", ["owner_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("role", sa.String(32), nullable=True),
        sa.Column("created_by", BigId, nullable=True),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_invitations_created_by"), deferrable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_invitations_staff_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_invitations_code", "invitations", ["code"], unique=True)
    op.create_table(
        "journal_changes",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("action_id", BigId, nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", BigId, nullable=False),
        sa.Column("before", Json, nullable=True),
        sa.Column("after", Json, nullable=True),
        sa.Column("names", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["journal_actions.id"], name=op.f("fk_journal_changes_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_changes_action_id", "journal_changes", ["action_id"], unique=False)
    op.create_index(
        "ix_journal_changes_names",
        "journal_changes",
        ["id"],
        unique=False,
        sqlite_where=sa.text("names = 1"),
        postgresql_where=sa.text("names"),
    )
    op.create_index("ix_journal_changes_row", "journal_changes", ["table_name", "row_id", "id"], unique=False)
    op.create_table(
        "record_shares",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.String(length=20), nullable=False),
        sa.Column("record_id", BigId, nullable=False),
        sa.Column("staff_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_record_shares_staff_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_shares")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_record_shares_staff_id", "record_shares", ["staff_id"], unique=False)
    op.create_index("uq_record_shares_record", "record_shares", ["record", "record_id", "staff_id"], unique=True)
    op.create_table(
        "contacts",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=True),
        sa.Column("birthday", sa.String(length=40), nullable=True),
        sa.Column("tags", Json, nullable=False),
        sa.Column("custom", Json, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_contacts_customer_id"), deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contacts_customer_id", "contacts", ["customer_id"], unique=False)
    op.create_table(
        "leads",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("company", sa.String(length=400), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=True),
        sa.Column("company_key", sa.String(length=400), nullable=False),
        sa.Column("owner_id", BigId, nullable=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=True),
        sa.Column("campaign", sa.String(length=200), nullable=True),
        sa.Column("grade", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("tags", Json, nullable=False),
        sa.Column("custom", Json, nullable=False),
        sa.Column("lost_reason", sa.Text(), nullable=True),
        sa.Column("customer_id", BigId, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("ladder_rung", sa.SmallInteger(), nullable=True),
        sa.Column("ladder_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_leads_customer_id"), deferrable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_leads_owner_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leads")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_leads_company_key", "leads", ["company_key"], unique=False)
    op.create_index("ix_leads_created_at", "leads", ["created_at"], unique=False)
    op.create_index("ix_leads_customer_id", "leads", ["customer_id"], unique=False)
    op.create_index(
        "ix_leads_ladder",
        "leads",
        ["ladder_at"],
        unique=False,
        sqlite_where=sa.text("status IN ('new', 'working', 'qualified')"),
        postgresql_where=sa.text("status IN ('new', 'working', 'qualified')"),
    )
    op.create_index("ix_leads_owner_id_status", "leads", ["owner_id", "status"], unique=False)
    op.create_table(
        "opportunities",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", BigId, nullable=False),
        sa.Column("owner_id", BigId, nullable=True),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("amount_currency", sa.String(length=3), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("lost_reason", sa.Text(), nullable=True),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_opportunities_customer_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_opportunities_owner_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunities")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_opportunities_customer_id", "opportunities", ["customer_id"], unique=False)
    op.create_index("ix_opportunities_owner_id", "opportunities", ["owner_id"], unique=False)
    op.create_table(
        "contact_points",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=400), nullable=False),
        sa.Column("extension", sa.String(length=40), nullable=True),
        sa.Column("unique_key", sa.String(length=420), nullable=True),
        sa.Column("lead_id", BigId, nullable=True),
        sa.Column("customer_id", BigId, nullable=True),
        sa.Column("contact_id", BigId, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_contact_points_contact_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_contact_points_customer_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_contact_points_lead_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_points")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_points_contact_id", "contact_points", ["contact_id"], unique=False)
    op.create_index("ix_contact_points_customer_id", "contact_points", ["customer_id"], unique=False)
    op.create_index("ix_contact_points_lead_id", "contact_points", ["lead_id"], unique=False)
    op.create_index("ix_contact_points_value", "contact_points", ["value"], unique=False)
    op.create_index("uq_contact_points_unique_key", "contact_points", ["unique_key"], unique=True)
    op.create_table(
        "followups",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", BigId, nullable=False),
        sa.Column("created_by", BigId, nullable=False),
        sa.Column("customer_id", BigId, nullable=True),
        sa.Column("lead_id", BigId, nullable=True),
        sa.Column("contact_id", BigId, nullable=True),
        sa.Column("opportunity_id", BigId, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("has_hour", sa.Boolean(), nullable=False),
        sa.Column("is_deadline", sa.Boolean(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("recurrence", sa.String(length=400), nullable=True),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("accepted_at", Moment, nullable=True),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("planned_for", Moment, nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_followups_contact_id"), deferrable=True),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_followups_created_by"), deferrable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_followups_customer_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_followups_lead_id"), deferrable=True),
        sa.ForeignKeyConstraint(
            ["opportunity_id"], ["opportunities.id"], name=op.f("fk_followups_opportunity_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_followups_owner_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followups")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_followups_contact_id", "followups", ["contact_id"], unique=False)
    op.create_index("ix_followups_created_by", "followups", ["created_by"], unique=False)
    op.create_index("ix_followups_customer_id", "followups", ["customer_id", "due_at"], unique=False)
    op.create_index("ix_followups_lead_id", "followups", ["lead_id", "due_at"], unique=False)
    op.create_index(
        "ix_followups_open",
        "followups",
        ["owner_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("ix_followups_opportunity_id", "followups", ["opportunity_id"], unique=False)
    op.create_index(
        "ix_followups_unplanned",
        "followups",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("status = 'open' AND has_hour AND (planned_for IS NULL OR planned_for <> due_at)"),
        postgresql_where=sa.text("status = 'open' AND has_hour AND (planned_for IS NULL OR planned_for <> due_at)"),
    )
    op.create_table(
        "identities",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("user", sa.String(length=200), nullable=False),
        sa.Column("staff_id", BigId, nullable=True),
        sa.Column("contact_id", BigId, nullable=True),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("private_place", sa.String(length=400), nullable=True),
        sa.Column("locale", sa.String(length=40), nullable=True),
        sa.Column("last_spoke_at", Moment, nullable=True),
        sa.Column("unreachable_since", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_identities_contact_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_identities_staff_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_identities_contact_id", "identities", ["contact_id"], unique=False)
    op.create_index("ix_identities_staff_id", "identities", ["staff_id"], unique=False)
    op.create_index("uq_identities_channel_user", "identities", ["channel", "user"], unique=True)
    op.create_table(
        "activities",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("by_id", BigId, nullable=False),
        sa.Column("customer_id", BigId, nullable=True),
        sa.Column("lead_id", BigId, nullable=True),
        sa.Column("contact_id", BigId, nullable=True),
        sa.Column("followup_id", BigId, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("intents", Json, nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("amount_currency", sa.String(length=3), nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_activities_by_id"), deferrable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_activities_contact_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_activities_customer_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["followup_id"], ["followups.id"], name=op.f("fk_activities_followup_id"), deferrable=True
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_activities_lead_id"), deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_activities_by_id", "activities", ["by_id", "at"], unique=False)
    op.create_index("ix_activities_contact_id", "activities", ["contact_id"], unique=False)
    op.create_index("ix_activities_customer_id", "activities", ["customer_id", "at"], unique=False)
    op.create_index("ix_activities_followup_id", "activities", ["followup_id"], unique=False)
    op.create_index("ix_activities_lead_id", "activities", ["lead_id", "at"], unique=False)
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_SEARCH if on_sqlite else POSTGRES_SEARCH:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_index")
    op.drop_table("activities")
    op.drop_table("identities")
    op.drop_table("followups")
    op.drop_table("contact_points")
    op.drop_table("opportunities")
    op.drop_table("leads")
    op.drop_table("contacts")
    op.drop_table("record_shares")
    op.drop_table("journal_changes")
    op.drop_table("invitations")
    op.drop_table("customers")
    op.drop_table("staff")
    op.drop_table("search_entries")
    op.drop_table("notifications")
    op.drop_table("local_messages")
    op.drop_table("journal_actions")
    op.drop_table("inbox")
    op.drop_table("drafts")
    op.drop_table("company")
    op.drop_table("cards")
