"""Solved, closed, and open again after all."""

from __future__ import annotations

from datetime import datetime

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.assigning import assign
from domain.tickets.clock import begin_again, close_after, end_clock
from domain.tickets.desk import current_service, must_work, take, working
from domain.tickets.errors import TicketStillOpen
from domain.tickets.model import Speaker, Ticket, TicketStatus
from domain.tickets.places import tell_place_how_it_stands
from domain.tickets.telling import refresh_cards
from domain.tickets.words import said


async def resolve_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, solution: str, now: datetime) -> Ticket:
    """It is solved, the staff says; it closes by itself unless the customer objects. ``solution`` is for colleagues.

    Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken, TooMuchToSay.
    """
    ticket = await working(uow, actor, ticket_id)
    take(ticket, actor, now=now)
    service = await current_service(uow)
    if ticket.status is not TicketStatus.WAITING:
        end_clock(ticket, service.calendar, now=now)
    ticket.status, ticket.resolved_at = TicketStatus.RESOLVED, now
    ticket.close_at = close_after(service, now)
    ticket.solution = said(solution) if solution.strip() else None
    ticket.first_answered_at = ticket.first_answered_at or now
    uow.happened("ticket-resolved", ticket=ticket.id)
    await refresh_cards(uow, ticket.id, now=now)
    await tell_place_how_it_stands(uow, ticket, now=now)
    return ticket


async def close_ticket(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> Ticket:
    """For good: its customer says so, or nobody objected in time. The caller has loaded it for whoever does. A second
    time changes nothing. The bot may talk to the customer again."""
    if ticket.status is TicketStatus.CLOSED:
        return ticket
    if ticket.is_active:
        end_clock(ticket, (await current_service(uow)).calendar, now=now)
    ticket.status, ticket.closed_at, ticket.close_at = TicketStatus.CLOSED, now, None
    ticket.queued_at, ticket.at_head, ticket.speaker = None, False, Speaker.BOT
    ticket.resolved_at = ticket.resolved_at or now
    uow.happened("ticket-closed", ticket=ticket.id)
    await refresh_cards(uow, ticket.id, now=now)
    await tell_place_how_it_stands(uow, ticket, now=now)
    return ticket


async def reopen_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """It was not solved after all, somebody of the staff says. Raises RecordNotFound, NotAllowed, TicketStillOpen."""
    ticket = await uow.tickets.get_for(actor, ticket_id)
    must_work(actor)
    return await reopen_for_customer(uow, ticket, now=now)


async def reopen_for_customer(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> Ticket:
    """It was not solved after all, its customer says; the caller has loaded it for them.

    Who had it last gets it again if they work and have room, else it waits at the head of the queue. Raises TicketStillOpen,
    also for one that was merged into another.
    """
    if ticket.is_active or ticket.merged_into_id is not None:
        raise TicketStillOpen(ticket=ticket.merged_into_id or ticket.id)
    await open_again(uow, ticket, now=now)
    uow.happened("ticket-reopened", ticket=ticket.id)
    await refresh_cards(uow, ticket.id, now=now)
    return ticket


async def open_again(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    last_id = ticket.assignee_id
    ticket.status, ticket.reopened_at = TicketStatus.REOPENED, now
    ticket.resolved_at = ticket.closed_at = ticket.close_at = None
    ticket.assignee_id, ticket.passed_by, ticket.speaker = None, [], Speaker.NOBODY
    begin_again(ticket, (await current_service(uow)).calendar, now=now)
    await assign(uow, ticket, now=now, last_id=last_id, at_head=True)
    await tell_place_how_it_stands(uow, ticket, now=now)
