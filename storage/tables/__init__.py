"""Every table. A topic of its own has a module of its own here."""

from __future__ import annotations

from sqlalchemy import Table

from storage.tables.attachments import attached_files, attachments
from storage.tables.broadcasts import broadcast_answers, broadcasts, care_marks
from storage.tables.conversations import (
    cards,
    digests,
    drafts,
    group_speakers,
    inbox,
    known_groups,
    local_messages,
    notifications,
    receivers,
    search_entries,
)
from storage.tables.journal import jobs, journal_actions, journal_changes
from storage.tables.making import metadata
from storage.tables.people import (
    approvals,
    bound_groups,
    company,
    consents,
    guests,
    handovers,
    identities,
    inquiries,
    invitations,
    record_shares,
    staff,
)
from storage.tables.points import point_accounts, point_entries, point_grants, point_looks
from storage.tables.sales import (
    activities,
    contact_points,
    contacts,
    customers,
    followups,
    leads,
    learned_phrases,
    opportunities,
    quotas,
)
from storage.tables.surveys import survey_answers, surveys
from storage.tables.tickets import ticket_messages, tickets

__all__ = [
    "JOURNALED",
    "UNJOURNALED_COLUMNS",
    "activities",
    "approvals",
    "attached_files",
    "attachments",
    "bound_groups",
    "broadcast_answers",
    "broadcasts",
    "cards",
    "care_marks",
    "company",
    "consents",
    "contact_points",
    "contacts",
    "customers",
    "digests",
    "drafts",
    "followups",
    "group_speakers",
    "guests",
    "handovers",
    "identities",
    "inbox",
    "inquiries",
    "invitations",
    "jobs",
    "journal_actions",
    "journal_changes",
    "journaled_columns",
    "known_groups",
    "leads",
    "learned_phrases",
    "local_messages",
    "metadata",
    "notifications",
    "opportunities",
    "point_accounts",
    "point_entries",
    "point_grants",
    "point_looks",
    "quotas",
    "receivers",
    "record_shares",
    "search_entries",
    "staff",
    "survey_answers",
    "surveys",
    "ticket_messages",
    "tickets",
]

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
        quotas,
        followups,
        activities,
        tickets,
        ticket_messages,
        surveys,
        survey_answers,
        attachments,
        record_shares,
        learned_phrases,
        approvals,
        inquiries,
        bound_groups,
        broadcasts,
        broadcast_answers,
        point_grants,
    )
}
"""In the order in which rows must be put in, by what they refer to."""

UNJOURNALED_COLUMNS = {
    "followups": frozenset({"planned_for"}),
    "leads": frozenset({"ladder_rung", "ladder_at", "ladder_by", "at_risk_at"}),
    "survey_answers": frozenset({"sent_at", "begun_at", "offered_at"}),
    "tickets": frozenset({"looked_version", "look_at", "counted_by"}),
    "identities": frozenset(
        {"channel", "user", "name", "private_place", "locale", "last_spoke_at", "unreachable_since", "menu"}
    ),
}


def journaled_columns(table: Table) -> tuple[str, ...]:
    """The columns whose before and after are kept, without the id."""
    left_out = UNJOURNALED_COLUMNS.get(table.name, frozenset())
    return tuple(column.name for column in table.columns if column.name != "id" and column.name not in left_out)
