"""Every table. Names of constraints are fixed, so that migrations can speak of them on both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from domain.activities.model import ActivityKind
from domain.approvals.model import ApprovalState
from domain.attachments.model import AttachmentKind, FileState
from domain.followups.model import FollowupStatus
from domain.inquiries.model import InquiryState
from domain.leads.model import LeadStatus
from domain.lexicon.model import Meaning
from domain.people.model import Role, Topic
from domain.tickets.model import Category, Intake, Lane, Priority, Speaker, TicketStatus, Why
from storage.types import BigId, FactsJson, TimeOfDay, UtcDateTime, Words, json_column

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def _version() -> Column[int]:
    """A stamp that no two states of a row share: undo compares it, and puts it back with the state it belongs to."""
    return Column("version", BigInteger, nullable=False)


def _refers(name: str, target: str, *, required: bool = False) -> Column[int]:
    # Undo puts rows back in any order within its transaction, so that the check waits until all of them are there.
    return Column(name, BigId, ForeignKey(f"{target}.id", deferrable=True), nullable=not required)


def _table(name: str, *columns: Any) -> Table:
    # AUTOINCREMENT, so that the id of a deleted row is never given out again: an old card would show another record.
    return Table(name, metadata, *columns, sqlite_autoincrement=True)


company = _table(
    "company",
    _id(),
    _version(),
    Column("name", String(200), nullable=False),
    Column("locale", String(20), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("country", String(2), nullable=False),
    Column("work_start", TimeOfDay, nullable=False),
    Column("work_end", TimeOfDay, nullable=False),
    Column("extra_workdays", json_column(), nullable=False),
    Column("extra_holidays", json_column(), nullable=False),
    Column("settings", json_column(), nullable=False),
)

staff = _table(
    "staff",
    _id(),
    _version(),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False),
    Column("role", Words(Role), nullable=False),
    Column("team", String(200)),
    Column("locale", String(20), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("work_start", TimeOfDay, nullable=False),
    Column("work_end", TimeOfDay, nullable=False),
    Column("lunch_start", TimeOfDay),
    Column("lunch_end", TimeOfDay),
    Column("workdays", String(7), nullable=False),
    Column("quiet_start", TimeOfDay, nullable=False),
    Column("quiet_end", TimeOfDay, nullable=False),
    Column("preferences", json_column(), nullable=False),
    Column("absent_until", Date),
    _refers("deputy_id", "staff"),
    Column("is_active", Boolean(create_constraint=False), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
Index(
    "uq_staff_active_name",
    staff.c.name_key,
    unique=True,
    sqlite_where=text("is_active = 1"),
    postgresql_where=text("is_active"),
)

identities = _table(
    "identities",
    _id(),
    _version(),
    Column("channel", String(40), nullable=False),
    Column("user", String(200), nullable=False),
    _refers("staff_id", "staff"),
    _refers("contact_id", "contacts"),
    Column("name", String(400), nullable=False),
    Column("private_place", String(400)),
    Column("locale", String(40)),
    Column("last_spoke_at", UtcDateTime),
    Column("unreachable_since", UtcDateTime),
    # Which commands their menu shows there, in short, neither mapped nor journaled; None is the menu for everybody.
    Column("menu", String(100)),
)
Index("uq_identities_channel_user", identities.c.channel, identities.c.user, unique=True)
Index("ix_identities_staff_id", identities.c.staff_id)
Index("ix_identities_contact_id", identities.c.contact_id)
Index("ix_identities_private_place", identities.c.channel, identities.c.private_place)

invitations = _table(
    "invitations",
    _id(),
    _version(),
    Column("code", String(100), nullable=False),
    _refers("staff_id", "staff"),
    Column("role", Words(Role)),
    Column("contact_id", BigId),  # without a foreign key: a code for a contact that an undo took away is just invalid
    _refers("created_by", "staff"),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
Index("uq_invitations_code", invitations.c.code, unique=True)

customers = _table(
    "customers",
    _id(),
    _version(),
    Column("name", String(400), nullable=False),
    Column("short_name", String(200)),
    Column("name_key", String(400), nullable=False),
    _refers("owner_id", "staff"),
    Column("grade", String(10)),
    Column("address", Text),
    Column("language", String(20)),
    Column("tags", json_column(), nullable=False),
    Column("custom", json_column(), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("ix_customers_name_key", customers.c.name_key)
Index("ix_customers_owner_id", customers.c.owner_id)

contacts = _table(
    "contacts",
    _id(),
    _version(),
    _refers("customer_id", "customers", required=True),
    Column("name", String(400), nullable=False),
    Column("title", String(200)),
    Column("language", String(20)),
    Column("birthday", String(40)),
    Column("tags", json_column(), nullable=False),
    Column("custom", json_column(), nullable=False),
    Column("left_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("ix_contacts_customer_id", contacts.c.customer_id)

leads = _table(
    "leads",
    _id(),
    _version(),
    Column("company", String(400), nullable=False),
    Column("name", String(400)),
    Column("company_key", String(400), nullable=False),
    _refers("owner_id", "staff"),
    Column("status", Words(LeadStatus), nullable=False),
    Column("source", String(200)),
    Column("campaign", String(200)),
    Column("grade", String(10)),
    Column("note", Text),
    Column("tags", json_column(), nullable=False),
    Column("custom", json_column(), nullable=False),
    Column("lost_reason", Text),
    _refers("customer_id", "customers"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("amount_minor", BigInteger),
    Column("amount_currency", String(3)),
    # The ladder's own marks, neither mapped nor journaled: the rung that was said, and when to look again.
    Column("ladder_rung", SmallInteger),
    Column("ladder_at", UtcDateTime),
)
_open_lead = text("status IN ('new', 'working', 'qualified')")
Index("ix_leads_ladder", leads.c.ladder_at, sqlite_where=_open_lead, postgresql_where=_open_lead)
Index("ix_leads_created_at", leads.c.created_at)
Index("ix_leads_company_key", leads.c.company_key)
Index("ix_leads_owner_id_status", leads.c.owner_id, leads.c.status)
Index("ix_leads_customer_id", leads.c.customer_id)

contact_points = _table(
    "contact_points",
    _id(),
    _version(),
    Column("kind", String(20), nullable=False),
    Column("value", String(400), nullable=False),
    Column("extension", String(40)),
    Column("unique_key", String(420)),
    _refers("lead_id", "leads"),
    _refers("customer_id", "customers"),
    _refers("contact_id", "contacts"),
)
Index("uq_contact_points_unique_key", contact_points.c.unique_key, unique=True)
Index("ix_contact_points_value", contact_points.c.value)
Index("ix_contact_points_lead_id", contact_points.c.lead_id)
Index("ix_contact_points_customer_id", contact_points.c.customer_id)
Index("ix_contact_points_contact_id", contact_points.c.contact_id)

opportunities = _table(
    "opportunities",
    _id(),
    _version(),
    _refers("customer_id", "customers", required=True),
    _refers("owner_id", "staff"),
    Column("name", String(400), nullable=False),
    Column("stage", String(40), nullable=False),
    Column("amount_minor", BigInteger),
    Column("amount_currency", String(3)),
    Column("expected_on", Date),
    Column("lost_reason", Text),
    Column("closed_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("ix_opportunities_customer_id", opportunities.c.customer_id)
Index("ix_opportunities_owner_id", opportunities.c.owner_id)

followups = _table(
    "followups",
    _id(),
    _version(),
    _refers("owner_id", "staff", required=True),
    _refers("created_by", "staff", required=True),
    _refers("customer_id", "customers"),
    _refers("lead_id", "leads"),
    _refers("contact_id", "contacts"),
    _refers("opportunity_id", "opportunities"),
    Column("note", Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("has_hour", Boolean(create_constraint=False), nullable=False),
    Column("is_deadline", Boolean(create_constraint=False), nullable=False),
    Column("chosen", Boolean(create_constraint=False), nullable=False),
    Column("recurrence", String(400)),
    Column("status", Words(FollowupStatus), nullable=False),
    Column("closed_at", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    # The planner's own mark, neither mapped nor journaled: the moment for which a reminder was last planned.
    Column("planned_for", UtcDateTime),
)
_unplanned = text("status = 'open' AND has_hour AND (planned_for IS NULL OR planned_for <> due_at)")
_open = text("status = 'open'")
Index("ix_followups_unplanned", followups.c.due_at, sqlite_where=_unplanned, postgresql_where=_unplanned)
Index("ix_followups_open", followups.c.owner_id, followups.c.due_at, sqlite_where=_open, postgresql_where=_open)
Index("ix_followups_created_by", followups.c.created_by)
Index("ix_followups_lead_id", followups.c.lead_id, followups.c.due_at)
Index("ix_followups_customer_id", followups.c.customer_id, followups.c.due_at)
Index("ix_followups_contact_id", followups.c.contact_id)
Index("ix_followups_opportunity_id", followups.c.opportunity_id)

activities = _table(
    "activities",
    _id(),
    _version(),
    Column("kind", Words(ActivityKind), nullable=False),
    _refers("by_id", "staff", required=True),
    _refers("customer_id", "customers"),
    _refers("lead_id", "leads"),
    _refers("contact_id", "contacts"),
    _refers("followup_id", "followups"),
    Column("note", Text, nullable=False),
    Column("intents", json_column(), nullable=False),
    Column("amount_minor", BigInteger),
    Column("amount_currency", String(3)),
    Column("at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("ix_activities_lead_id", activities.c.lead_id, activities.c.at)
Index("ix_activities_customer_id", activities.c.customer_id, activities.c.at)
Index("ix_activities_contact_id", activities.c.contact_id)
Index("ix_activities_followup_id", activities.c.followup_id)
Index("ix_activities_by_id", activities.c.by_id, activities.c.at)

tickets = _table(
    "tickets",
    _id(),
    _version(),
    Column("title", String(200), nullable=False),
    Column("status", Words(TicketStatus), nullable=False),
    Column("priority", Words(Priority), nullable=False),
    Column("category", Words(Category), nullable=False),
    _refers("customer_id", "customers"),
    _refers("contact_id", "contacts"),
    _refers("identity_id", "identities"),
    Column("channel", String(40)),
    Column("place", String(400)),
    Column("asker_name", String(100)),
    Column("asker_company", String(100)),
    Column("intake", Words(Intake)),
    _refers("opened_by", "staff"),
    Column("speaker", Words(Speaker), nullable=False),
    _refers("assignee_id", "staff"),
    Column("assigned_at", UtcDateTime),
    Column("assigned_why", Words(Why)),
    Column("accept_by", UtcDateTime),
    Column("accepted_at", UtcDateTime),
    Column("passed_by", json_column(), nullable=False),
    Column("queued_at", UtcDateTime),
    Column("at_head", Boolean(create_constraint=False), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("first_answered_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("close_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("reopened_at", UtcDateTime),
    Column("solution", Text),
    _refers("merged_into_id", "tickets"),
    Column("clock_from", UtcDateTime),
    Column("answer_seconds", Integer, nullable=False),
    Column("solve_seconds", Integer, nullable=False),
    Column("answer_left", Integer, nullable=False),
    Column("solve_left", Integer, nullable=False),
    Column("answer_warn_at", UtcDateTime),
    Column("answer_due_at", UtcDateTime),
    Column("solve_warn_at", UtcDateTime),
    Column("solve_due_at", UtcDateTime),
    # The planner's own marks, neither mapped nor journaled: at which state it looked, when it must look again, and by
    # which calendar the deadlines were counted.
    Column("looked_version", BigInteger),
    Column("look_at", UtcDateTime),
    Column("counted_by", String(20)),
)
_ticket_active = text("status NOT IN ('resolved', 'closed')")
_ticket_queued = text("queued_at IS NOT NULL")
_ticket_unlooked = text("looked_version IS NULL OR looked_version <> version")
_ticket_counted = text("clock_from IS NOT NULL")
Index(
    "ix_tickets_held",
    tickets.c.assignee_id,
    tickets.c.status,
    tickets.c.solve_due_at,
    sqlite_where=_ticket_active,
    postgresql_where=_ticket_active,
)
Index("ix_tickets_assigned", tickets.c.assignee_id, tickets.c.assigned_at)
Index(
    "ix_tickets_queue",
    tickets.c.at_head.desc(),
    tickets.c.queued_at,
    sqlite_where=_ticket_queued,
    postgresql_where=_ticket_queued,
)
Index("ix_tickets_unlooked", tickets.c.id, sqlite_where=_ticket_unlooked, postgresql_where=_ticket_unlooked)
Index("ix_tickets_look_at", tickets.c.look_at)
Index("ix_tickets_counted_by", tickets.c.counted_by, sqlite_where=_ticket_counted, postgresql_where=_ticket_counted)
Index("ix_tickets_customer_id", tickets.c.customer_id)
Index("ix_tickets_contact_id", tickets.c.contact_id)
Index("ix_tickets_identity_id", tickets.c.identity_id)
Index("ix_tickets_opened_by", tickets.c.opened_by)
Index("ix_tickets_merged_into_id", tickets.c.merged_into_id)
Index("ix_tickets_place", tickets.c.channel, tickets.c.place)

ticket_messages = _table(
    "ticket_messages",
    _id(),
    _version(),
    _refers("ticket_id", "tickets", required=True),
    Column("lane", Words(Lane), nullable=False),
    _refers("by_id", "staff"),
    _refers("identity_id", "identities"),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("goes_at", UtcDateTime),
    Column("recalled_at", UtcDateTime),
)
Index("ix_ticket_messages_ticket_id", ticket_messages.c.ticket_id, ticket_messages.c.id)
Index("ix_ticket_messages_by_id", ticket_messages.c.by_id)
Index("ix_ticket_messages_identity_id", ticket_messages.c.identity_id)

# What a channel announced and what became of its bytes. Not journaled: an undo takes the attachment off, and may be
# undone itself, so that the file outlives it.
attached_files = _table(
    "attached_files",
    _id(),
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

attachments = _table(
    "attachments",
    _id(),
    _version(),
    Column("kind", Words(AttachmentKind), nullable=False),
    Column("name", String(200)),
    Column("file_id", BigId),  # without a foreign key: undo knows no rows but the journaled ones
    Column("latitude", Float(53)),
    Column("longitude", Float(53)),
    _refers("activity_id", "activities"),
    _refers("lead_id", "leads"),
    _refers("customer_id", "customers"),
    _refers("ticket_message_id", "ticket_messages"),
    _refers("by_id", "staff"),
    _refers("identity_id", "identities"),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("ix_attachments_ticket_message_id", attachments.c.ticket_message_id)
Index("ix_attachments_identity_id", attachments.c.identity_id)
Index("ix_attachments_file_id", attachments.c.file_id)
Index("ix_attachments_activity_id", attachments.c.activity_id)
Index("ix_attachments_lead_id", attachments.c.lead_id)
Index("ix_attachments_customer_id", attachments.c.customer_id)
Index("ix_attachments_by_id", attachments.c.by_id)

record_shares = _table(
    "record_shares",
    _id(),
    _version(),
    Column("record", String(20), nullable=False),
    Column("record_id", BigId, nullable=False),
    _refers("staff_id", "staff", required=True),
)
Index(
    "uq_record_shares_record",
    record_shares.c.record,
    record_shares.c.record_id,
    record_shares.c.staff_id,
    unique=True,
)
Index("ix_record_shares_staff_id", record_shares.c.staff_id)

learned_phrases = _table(
    "learned_phrases",
    _id(),
    _version(),
    Column("meaning", Words(Meaning), nullable=False),
    Column("phrase", String(60), nullable=False),
    Column("value", String(40), nullable=False),
    _refers("lead_id", "leads"),
    _refers("customer_id", "customers"),
    _refers("by_id", "staff", required=True),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("ix_learned_phrases_phrase", learned_phrases.c.phrase)
Index("ix_learned_phrases_by_id", learned_phrases.c.by_id)
Index("ix_learned_phrases_lead_id", learned_phrases.c.lead_id)
Index("ix_learned_phrases_customer_id", learned_phrases.c.customer_id)

approvals = _table(
    "approvals",
    _id(),
    _version(),
    Column("kind", String(40), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("facts", json_column(), nullable=False),
    _refers("asked_by", "staff"),
    _refers("identity_id", "identities"),
    Column("state", Words(ApprovalState), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    _refers("decided_by", "staff"),
    Column("decided_at", UtcDateTime),
)
_undecided = text("state = 'open'")
Index(
    "uq_approvals_open",
    approvals.c.kind,
    approvals.c.subject,
    unique=True,
    sqlite_where=_undecided,
    postgresql_where=_undecided,
)
Index(
    "ix_approvals_expires_at",
    approvals.c.expires_at,
    sqlite_where=_undecided,
    postgresql_where=_undecided,
)
Index("ix_approvals_subject", approvals.c.subject, approvals.c.kind, approvals.c.decided_at)

inquiries = _table(
    "inquiries",
    _id(),
    _version(),
    _refers("identity_id", "identities", required=True),
    Column("name", String(400), nullable=False),
    Column("words", Text, nullable=False),
    Column("state", Words(InquiryState), nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    _refers("closed_by", "staff"),
    Column("closed_at", UtcDateTime),
    _refers("contact_id", "contacts"),
    _refers("lead_id", "leads"),
)
_still_waiting = text("state = 'waiting'")
Index(
    "uq_inquiries_waiting",
    inquiries.c.identity_id,
    unique=True,
    sqlite_where=_still_waiting,
    postgresql_where=_still_waiting,
)
Index("ix_inquiries_identity_id", inquiries.c.identity_id)
Index("ix_inquiries_contact_id", inquiries.c.contact_id)
Index("ix_inquiries_lead_id", inquiries.c.lead_id)

# A group in which people of one customer are: staff bound it, and whoever comes in is greeted.
bound_groups = _table(
    "bound_groups",
    _id(),
    _version(),
    Column("channel", String(40), nullable=False),
    Column("place", String(400), nullable=False),
    Column("title", String(400)),
    _refers("customer_id", "customers", required=True),
    _refers("bound_by", "staff"),
    Column("bound_at", UtcDateTime, nullable=False),
)
Index("uq_bound_groups_place", bound_groups.c.channel, bound_groups.c.place, unique=True)
Index("ix_bound_groups_customer_id", bound_groups.c.customer_id)

# ---------------------------------------------------------------- the journal

journal_actions = _table(
    "journal_actions",
    _id(),
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
_import = text("name = 'imported'")
Index("ix_journal_actions_imported", journal_actions.c.id, sqlite_where=_import, postgresql_where=_import)

journal_changes = _table(
    "journal_changes",
    _id(),
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
_owned = text("owner IS NOT NULL")
Index(
    "ix_journal_changes_owner",
    journal_changes.c.owner,
    journal_changes.c.id,
    sqlite_where=_owned,
    postgresql_where=_owned,
)

# ---------------------------------------------------------------- not journaled

jobs = _table(
    "jobs",
    _id(),
    Column("kind", String(40), nullable=False),
    Column("action_id", BigId, nullable=False),
    Column("staff_id", BigId),
    Column("facts", FactsJson, nullable=False),
    Column("channel", String(40)),
    Column("place", String(400)),
    Column("edit", String(200)),
    Column("extra", FactsJson, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("uq_jobs_action_id", jobs.c.action_id, unique=True)
Index("ix_jobs_due_at", jobs.c.due_at)

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

notifications = _table(
    "notifications",
    _id(),
    Column("key", String(100), nullable=False),
    Column("facts", FactsJson, nullable=False),
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
    Column("extra", FactsJson, nullable=False),
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
Index(
    "ix_notifications_about",
    notifications.c.about,
    notifications.c.id,
    sqlite_where=notifications.c.about.is_not(None),
    postgresql_where=notifications.c.about.is_not(None),
)

# Who of outside the company was seen in a group: there the staff are answered privately.
guests = _table(
    "guests",
    _id(),
    Column("channel", String(40), nullable=False),
    Column("place", String(400), nullable=False),
    Column(
        "identity_id",
        BigId,
        ForeignKey("identities.id", ondelete="CASCADE", name="fk_guests_identity_id_identities"),  # its revision's name
        nullable=False,
    ),
    # The moment that a greeting names: those who came in together are greeted together, and nobody twice.
    Column("greeted_at", UtcDateTime),
    Column("left_at", UtcDateTime),
)
Index("uq_guests_place", guests.c.channel, guests.c.place, guests.c.identity_id, unique=True)
Index("ix_guests_identity_id", guests.c.identity_id)

# What somebody said yes or no to, with the moment and their words; the newest counts. It is its own history.
consents = _table(
    "consents",
    _id(),
    Column("identity_id", BigId, ForeignKey("identities.id", ondelete="CASCADE"), nullable=False),
    Column("topic", Words(Topic), nullable=False),
    Column("given", Boolean(create_constraint=False), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)
Index("ix_consents_identity_id", consents.c.identity_id, consents.c.id)

cards = _table(
    "cards",
    _id(),
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

drafts = _table(
    "drafts",
    _id(),
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

local_messages = _table(
    "local_messages",
    _id(),
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

JOURNALED = {
    table.name: table
    for table in (
        company,
        staff,
        customers,
        contacts,
        leads,
        identities,
        invitations,
        contact_points,
        opportunities,
        followups,
        activities,
        tickets,
        ticket_messages,
        attachments,
        record_shares,
        learned_phrases,
        approvals,
        inquiries,
        bound_groups,
    )
}
"""In the order in which rows must be put in, by what they refer to."""

UNJOURNALED_COLUMNS = {
    "followups": frozenset({"planned_for"}),
    "leads": frozenset({"ladder_rung", "ladder_at"}),
    "tickets": frozenset({"looked_version", "look_at", "counted_by"}),
    "identities": frozenset(
        {"channel", "user", "name", "private_place", "locale", "last_spoke_at", "unreachable_since", "menu"}
    ),
}


def journaled_columns(table: Table) -> tuple[str, ...]:
    """The columns whose before and after are kept, without the id."""
    left_out = UNJOURNALED_COLUMNS.get(table.name, frozenset())
    return tuple(column.name for column in table.columns if column.name != "id" and column.name not in left_out)
