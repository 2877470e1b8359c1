"""What a ticket waits for: its customer, or somebody else."""

from __future__ import annotations

from datetime import datetime

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.clock import start_clock, stop_clock
from domain.tickets.desk import current_service, take, working
from domain.tickets.model import Ticket, TicketStatus
from domain.tickets.telling import refresh_cards


async def wait_for_customer(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """The customer is to answer; until then the clock stands still. A second time changes nothing. Raises as ``working``."""
    return await _put(uow, actor, ticket_id, TicketStatus.WAITING, now=now)


async def wait_again(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    """The words that woke it belong to another request; the caller has loaded it for its customer."""
    if ticket.status is TicketStatus.OPEN:
        ticket.status = TicketStatus.WAITING
        stop_clock(ticket, (await current_service(uow)).calendar, now=now)
        await refresh_cards(uow, ticket.id, now=now)


async def hold_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """Somebody else is to do something, and the clock runs on. A second time changes nothing."""
    return await _put(uow, actor, ticket_id, TicketStatus.ON_HOLD, now=now)


async def go_on_with_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """No longer waiting, no longer on hold. A second time changes nothing."""
    return await _put(uow, actor, ticket_id, TicketStatus.OPEN, now=now)


async def _put(uow: UnitOfWork, actor: Staff, ticket_id: int, status: TicketStatus, *, now: datetime) -> Ticket:
    ticket = await working(uow, actor, ticket_id)
    take(ticket, actor, now=now)
    before = ticket.status
    if before is status:
        return ticket
    ticket.status = status
    calendar = (await current_service(uow)).calendar
    if status is TicketStatus.WAITING:
        stop_clock(ticket, calendar, now=now)
    elif before is TicketStatus.WAITING:
        start_clock(ticket, calendar, now=now)
    uow.happened(f"ticket-{status.value.replace('_', '-')}", ticket=ticket.id)
    await refresh_cards(uow, ticket.id, now=now)
    return ticket
