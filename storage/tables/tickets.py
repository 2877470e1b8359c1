"""Requests of customers."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Text,
    text,
)

from domain.tickets.model import Category, Intake, Lane, Priority, Speaker, TicketStatus, Why
from storage.tables.making import refers, row_id, row_version, table
from storage.types import UtcDateTime, Words, json_column

tickets = table(
    "tickets",
    row_id(),
    row_version(),
    Column("title", String(200), nullable=False),
    Column("status", Words(TicketStatus), nullable=False),
    Column("priority", Words(Priority), nullable=False),
    Column("category", Words(Category), nullable=False),
    refers("customer_id", "customers"),
    refers("contact_id", "contacts"),
    refers("identity_id", "identities"),
    Column("channel", String(40)),
    Column("place", String(400)),
    Column("asker_name", String(100)),
    Column("asker_company", String(100)),
    Column("intake", Words(Intake)),
    refers("opened_by", "staff"),
    Column("speaker", Words(Speaker), nullable=False),
    refers("assignee_id", "staff"),
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
    refers("merged_into_id", "tickets"),
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
Index("ix_tickets_warn", tickets.c.solve_warn_at, sqlite_where=_ticket_counted, postgresql_where=_ticket_counted)
_ticket_unanswered = text("clock_from IS NOT NULL AND first_answered_at IS NULL")
Index(
    "ix_tickets_unanswered",
    tickets.c.answer_warn_at,
    sqlite_where=_ticket_unanswered,
    postgresql_where=_ticket_unanswered,
)
Index("ix_tickets_closed_at", tickets.c.closed_at)
Index("ix_tickets_opened_at", tickets.c.opened_at)
Index("ix_tickets_customer_id", tickets.c.customer_id)
Index("ix_tickets_contact_id", tickets.c.contact_id)
Index("ix_tickets_identity_id", tickets.c.identity_id)
Index("ix_tickets_opened_by", tickets.c.opened_by)
Index("ix_tickets_merged_into_id", tickets.c.merged_into_id)
Index("ix_tickets_place", tickets.c.channel, tickets.c.place)

ticket_messages = table(
    "ticket_messages",
    row_id(),
    row_version(),
    refers("ticket_id", "tickets", required=True),
    Column("lane", Words(Lane), nullable=False),
    refers("by_id", "staff"),
    refers("identity_id", "identities"),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("goes_at", UtcDateTime),
    Column("recalled_at", UtcDateTime),
)
Index("ix_ticket_messages_ticket_id", ticket_messages.c.ticket_id, ticket_messages.c.id)
Index("ix_ticket_messages_by_id", ticket_messages.c.by_id)
Index("ix_ticket_messages_identity_id", ticket_messages.c.identity_id)
