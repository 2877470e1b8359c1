"""Leads, customers, what may be sold and what must happen next."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    SmallInteger,
    String,
    Text,
    text,
)

from domain.activities.model import ActivityKind
from domain.followups.model import FollowupStatus
from domain.leads.model import LeadStatus
from domain.lexicon.model import Meaning
from storage.tables.making import refers, row_id, row_version, table
from storage.types import UtcDateTime, Words, json_column

customers = table(
    "customers",
    row_id(),
    row_version(),
    Column("name", String(400), nullable=False),
    Column("short_name", String(200)),
    Column("name_key", String(400), nullable=False),
    refers("owner_id", "staff"),
    Column("grade", String(10)),
    Column("address", Text),
    Column("language", String(20)),
    Column("tags", json_column(), nullable=False),
    Column("custom", json_column(), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("ix_customers_name_key", customers.c.name_key)
Index("ix_customers_owner_id", customers.c.owner_id)
Index("ix_customers_created_at", customers.c.created_at)

contacts = table(
    "contacts",
    row_id(),
    row_version(),
    refers("customer_id", "customers", required=True),
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

leads = table(
    "leads",
    row_id(),
    row_version(),
    Column("company", String(400), nullable=False),
    Column("name", String(400)),
    Column("company_key", String(400), nullable=False),
    refers("owner_id", "staff"),
    Column("status", Words(LeadStatus), nullable=False),
    Column("source", String(200)),
    Column("campaign", String(200)),
    Column("grade", String(10)),
    Column("note", Text),
    Column("tags", json_column(), nullable=False),
    Column("custom", json_column(), nullable=False),
    Column("lost_reason", Text),
    refers("customer_id", "customers"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("amount_minor", BigInteger),
    Column("amount_currency", String(3)),
    # The ladder's own marks, neither mapped nor journaled: the rung that was said, when to look again, and by which ladder
    # that was counted (none: by the one that ships with us).
    Column("ladder_rung", SmallInteger),
    Column("ladder_at", UtcDateTime),
    Column("ladder_by", String(20)),
    # When it came to the end of the ladder untouched.
    Column("at_risk_at", UtcDateTime),
)
_open_lead = text("status IN ('new', 'working', 'qualified')")
Index("ix_leads_ladder", leads.c.ladder_at, sqlite_where=_open_lead, postgresql_where=_open_lead)
Index("ix_leads_ladder_by", leads.c.ladder_by, sqlite_where=_open_lead, postgresql_where=_open_lead)
_at_risk = text("at_risk_at IS NOT NULL")
Index("ix_leads_at_risk", leads.c.owner_id, leads.c.at_risk_at, sqlite_where=_at_risk, postgresql_where=_at_risk)
_nobodys = text("owner_id IS NULL AND status IN ('new', 'working', 'qualified')")
Index("ix_leads_nobodys", leads.c.id, sqlite_where=_nobodys, postgresql_where=_nobodys)
Index("ix_leads_created_at", leads.c.created_at)
Index("ix_leads_company_key", leads.c.company_key)
Index("ix_leads_owner_id_status", leads.c.owner_id, leads.c.status)
Index("ix_leads_customer_id", leads.c.customer_id)

contact_points = table(
    "contact_points",
    row_id(),
    row_version(),
    Column("kind", String(20), nullable=False),
    Column("value", String(400), nullable=False),
    Column("extension", String(40)),
    Column("unique_key", String(420)),
    refers("lead_id", "leads"),
    refers("customer_id", "customers"),
    refers("contact_id", "contacts"),
)
Index("uq_contact_points_unique_key", contact_points.c.unique_key, unique=True)
Index("ix_contact_points_value", contact_points.c.value)
Index("ix_contact_points_lead_id", contact_points.c.lead_id)
Index("ix_contact_points_customer_id", contact_points.c.customer_id)
Index("ix_contact_points_contact_id", contact_points.c.contact_id)

opportunities = table(
    "opportunities",
    row_id(),
    row_version(),
    refers("customer_id", "customers", required=True),
    refers("owner_id", "staff"),
    Column("name", String(400), nullable=False),
    Column("stage", String(40), nullable=False),
    Column("amount_minor", BigInteger),
    Column("amount_currency", String(3)),
    Column("expected_on", Date),
    Column("lost_reason", Text),
    Column("closed_at", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("stage_since", UtcDateTime),
    Column("ended_in", String(40)),
)
Index("ix_opportunities_closed_at", opportunities.c.closed_at)
Index("ix_opportunities_customer_id", opportunities.c.customer_id)
Index("ix_opportunities_owner_id", opportunities.c.owner_id, opportunities.c.closed_at)
_open_sale = text("closed_at IS NULL")
Index(
    "ix_opportunities_expected",
    opportunities.c.owner_id,
    opportunities.c.expected_on,
    sqlite_where=_open_sale,
    postgresql_where=_open_sale,
)

quotas = table(
    "quotas",
    row_id(),
    row_version(),
    refers("staff_id", "staff", required=True),
    Column("month", Date, nullable=False),
    Column("amount_minor", BigInteger),
    Column("amount_currency", String(3)),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("uq_quotas_staff_id_month", quotas.c.staff_id, quotas.c.month, unique=True)
Index("ix_quotas_month", quotas.c.month)

followups = table(
    "followups",
    row_id(),
    row_version(),
    refers("owner_id", "staff", required=True),
    refers("created_by", "staff", required=True),
    refers("customer_id", "customers"),
    refers("lead_id", "leads"),
    refers("contact_id", "contacts"),
    refers("opportunity_id", "opportunities"),
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
Index("ix_followups_due_at", followups.c.due_at)
Index("ix_followups_created_by", followups.c.created_by)
Index("ix_followups_lead_id", followups.c.lead_id, followups.c.due_at)
Index("ix_followups_customer_id", followups.c.customer_id, followups.c.due_at)
Index("ix_followups_contact_id", followups.c.contact_id)
Index("ix_followups_opportunity_id", followups.c.opportunity_id)

activities = table(
    "activities",
    row_id(),
    row_version(),
    Column("kind", Words(ActivityKind), nullable=False),
    refers("by_id", "staff", required=True),
    refers("customer_id", "customers"),
    refers("lead_id", "leads"),
    refers("contact_id", "contacts"),
    refers("followup_id", "followups"),
    Column("note", Text, nullable=False),
    Column("intents", json_column(), nullable=False),
    Column("amount_minor", BigInteger),
    Column("amount_currency", String(3)),
    Column("at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("began_at", UtcDateTime),
)
Index("ix_activities_at", activities.c.at)
Index("ix_activities_lead_id", activities.c.lead_id, activities.c.at)
Index("ix_activities_customer_id", activities.c.customer_id, activities.c.at)
Index("ix_activities_contact_id", activities.c.contact_id)
Index("ix_activities_followup_id", activities.c.followup_id)
Index("ix_activities_kind", activities.c.kind, activities.c.at)
Index("ix_activities_by_id", activities.c.by_id, activities.c.at)

learned_phrases = table(
    "learned_phrases",
    row_id(),
    row_version(),
    Column("meaning", Words(Meaning), nullable=False),
    Column("phrase", String(60), nullable=False),
    Column("value", String(40), nullable=False),
    refers("lead_id", "leads"),
    refers("customer_id", "customers"),
    refers("by_id", "staff", required=True),
    Column("created_at", UtcDateTime, nullable=False),
)
Index("ix_learned_phrases_phrase", learned_phrases.c.phrase)
_word, _lead_name, _customer_name = (
    text("meaning <> 'name'"),
    text("lead_id IS NOT NULL"),
    text("customer_id IS NOT NULL"),
)
_l = learned_phrases.c
Index(
    "uq_learned_phrases_word", _l.phrase, _l.meaning, _l.value, unique=True, sqlite_where=_word, postgresql_where=_word
)
Index(
    "uq_learned_phrases_lead",
    _l.phrase,
    _l.lead_id,
    unique=True,
    sqlite_where=_lead_name,
    postgresql_where=_lead_name,
)
Index(
    "uq_learned_phrases_customer",
    _l.phrase,
    _l.customer_id,
    unique=True,
    sqlite_where=_customer_name,
    postgresql_where=_customer_name,
)
Index("ix_learned_phrases_by_id", learned_phrases.c.by_id)
Index("ix_learned_phrases_lead_id", learned_phrases.c.lead_id)
Index("ix_learned_phrases_customer_id", learned_phrases.c.customer_id)
