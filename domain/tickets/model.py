"""A customer's request or complaint: who asks, who answers, where it stands, and what its clock says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.people.model import Role, Staff
from domain.tickets.errors import TicketDone, TicketTaken


class TicketStatus(StrEnum):
    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"  # for the customer: the clock stands still
    ON_HOLD = "on_hold"  # for somebody else: the clock runs
    REOPENED = "reopened"
    RESOLVED = "resolved"
    CLOSED = "closed"


ACTIVE = (TicketStatus.NEW, TicketStatus.OPEN, TicketStatus.WAITING, TicketStatus.ON_HOLD, TicketStatus.REOPENED)
"""Somebody still has to do something; all but waiting ones run by the clock, and count against an agent's capacity."""
RUNNING = tuple(status for status in ACTIVE if status is not TicketStatus.WAITING)


class Priority(StrEnum):
    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Category(StrEnum):
    QUESTION = "question"
    FAULT = "fault"
    REQUEST = "request"
    COMPLAINT = "complaint"


class Speaker(StrEnum):
    """Who talks to the customer now."""

    BOT = "bot"
    HUMAN = "human"
    NOBODY = "nobody"


class Lane(StrEnum):
    """What is in one lane never gets into another but by somebody's explicit act."""

    INTERNAL = "internal"
    TO_CUSTOMER = "to_customer"
    FROM_CUSTOMER = "from_customer"


class Why(StrEnum):
    """Why somebody has a ticket."""

    OWNER = "owner"  # of the customer
    TURN = "turn"  # round robin
    QUEUE = "queue"  # it waited, and they had room first
    AGAIN = "again"  # reopened, and they had it last
    TOOK = "took"
    GIVEN = "given"  # transferred


class Intake(StrEnum):
    """What a stranger who asked for something is asked next."""

    ABOUT = "about"
    NAME = "name"
    COMPANY = "company"


# Who works on tickets. Reps see those of their customers, open them on behalf, and write notes.
WORKERS = frozenset({Role.AGENT, Role.MANAGER, Role.ADMIN})


@dataclass(kw_only=True, eq=False)
class Ticket:
    """``contact_id`` and ``identity_id`` say who asks, ``channel`` and ``place`` where they are answered; all may be
    unknown. ``assignee_id`` stays when it is over: who had it last gets it again.

    ``asker_name`` and ``asker_company`` are what a stranger said of themselves, ``intake`` what they are still asked.

    The clock: ``answer_left`` and ``solve_left`` are seconds of work that were left at ``clock_from``, of ``answer_seconds``
    and ``solve_seconds`` in all; while ``clock_from`` is None it stands still. Deadlines follow from these and the
    calendar: see ``domain.tickets.clock``.
    ``queued_at`` is since when it waits for somebody; ``at_head`` lets it go before older ones. ``passed_by`` are the ids
    of those who let it pass, as text.
    """

    id: int = field(init=False)
    title: str
    status: TicketStatus = TicketStatus.NEW
    priority: Priority = Priority.NORMAL
    category: Category = Category.QUESTION
    customer_id: int | None = None
    contact_id: int | None = None
    identity_id: int | None = None
    channel: str | None = None
    place: str | None = None
    asker_name: str | None = None
    asker_company: str | None = None
    intake: Intake | None = None
    opened_by: int | None = None
    speaker: Speaker = Speaker.NOBODY
    assignee_id: int | None = None
    assigned_at: datetime | None = None
    assigned_why: Why | None = None
    accept_by: datetime | None = None
    accepted_at: datetime | None = None
    passed_by: list[str] = field(default_factory=list)
    queued_at: datetime | None = None
    at_head: bool = False
    opened_at: datetime
    first_answered_at: datetime | None = None
    resolved_at: datetime | None = None
    close_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    solution: str | None = None
    merged_into_id: int | None = None
    clock_from: datetime | None = None
    answer_seconds: int = 0
    solve_seconds: int = 0
    answer_left: int = 0
    solve_left: int = 0
    answer_warn_at: datetime | None = None
    answer_due_at: datetime | None = None
    solve_warn_at: datetime | None = None
    solve_due_at: datetime | None = None

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def is_accepted(self) -> bool:
        return self.assignee_id is not None and self.accepted_at is not None

    @property
    def round(self) -> datetime:
        """When its present life began: warnings are said once in each."""
        return self.reopened_at or self.opened_at

    def must_be_active(self) -> None:
        """Raises TicketDone."""
        if not self.is_active:
            raise TicketDone(ticket=self.id, status=self.status.value, at=self.closed_at or self.resolved_at)

    def must_be_for(self, actor: Staff, holder: Staff | None) -> None:
        """Only who has it works on it, and leaders; nobody's is for whoever comes first. Raises TicketTaken."""
        if holder is not None and holder.id != actor.id and not actor.leads_others:
            raise TicketTaken(ticket=self.id, who=holder.name)

    def give_to(self, person_id: int, *, why: Why, now: datetime, accept_by: datetime | None) -> None:
        """``accept_by`` None: they have accepted it themselves."""
        self.assignee_id, self.assigned_at, self.assigned_why = person_id, now, why
        self.accept_by, self.accepted_at = accept_by, None if accept_by else now
        self.queued_at, self.at_head = None, False
        if accept_by is None:
            self._begin()

    def accept(self, *, now: datetime) -> None:
        self.accepted_at, self.accept_by = now, None
        self._begin()

    def _begin(self) -> None:
        self.passed_by, self.speaker = [], Speaker.HUMAN
        if self.status in {TicketStatus.NEW, TicketStatus.REOPENED}:
            self.status = TicketStatus.OPEN

    def queue(self, *, now: datetime, at_head: bool) -> None:
        """It waits for whoever frees up; what waited before goes on waiting since then."""
        self.assignee_id = self.assigned_why = self.accept_by = self.accepted_at = None
        self.queued_at, self.at_head = self.queued_at or now, at_head
        self.speaker = Speaker.NOBODY


@dataclass(kw_only=True, eq=False)
class TicketMessage:
    """What was said about a ticket. By somebody of the staff (``by_id``), or by a chat account (``identity_id``).

    ``goes_at`` is when an answer leaves; until then it can be recalled, which ``recalled_at`` tells.
    """

    id: int = field(init=False)
    ticket_id: int
    lane: Lane
    by_id: int | None = None
    identity_id: int | None = None
    text: str
    at: datetime
    goes_at: datetime | None = None
    recalled_at: datetime | None = None
