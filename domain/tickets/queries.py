"""What screens show of tickets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.tickets.model import ACTIVE, Category, Intake, Lane, Priority, Speaker, TicketStatus, Why


@dataclass(frozen=True, kw_only=True)
class TicketView:
    """A ticket with the names a card shows. ``asker`` is the contact, else what their chat calls them.

    ``language`` is the customer's, where known. ``is_reachable``: an answer would get somewhere."""

    id: int
    title: str
    status: TicketStatus
    priority: Priority
    category: Category
    customer_id: int | None
    customer_title: str | None
    grade: str | None
    contact_id: int | None
    asker: str | None
    asker_company: str | None
    intake: Intake | None
    language: str | None
    opened_by: int | None
    speaker: Speaker
    assignee_id: int | None
    assignee_name: str | None
    assigned_why: Why | None
    accept_by: datetime | None
    accepted_at: datetime | None
    queued_at: datetime | None
    opened_at: datetime
    first_answered_at: datetime | None
    answer_due_at: datetime | None
    solve_due_at: datetime | None
    resolved_at: datetime | None
    close_at: datetime | None
    closed_at: datetime | None
    solution: str | None
    merged_into_id: int | None
    channel: str | None
    place: str | None
    is_reachable: bool

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def due_at(self) -> datetime | None:
        """The next deadline that matters: of the first answer, then of the solution."""
        if self.first_answered_at is None and self.answer_due_at is not None:
            return self.answer_due_at
        return self.solve_due_at


@dataclass(frozen=True, kw_only=True)
class MessageView:
    """``by`` is the name of whoever said it. ``state`` of an answer: going, sent, recalled, failed and its ``reason``."""

    id: int
    ticket_id: int
    lane: Lane
    by_id: int | None
    by: str | None
    text: str
    at: datetime
    goes_at: datetime | None
    state: str | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Load:
    """How much somebody has to do. ``active`` without what waits for the customer."""

    staff_id: int
    active: int
    last_assigned_at: datetime | None
