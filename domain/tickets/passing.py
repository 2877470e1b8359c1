"""Whose a ticket is: taken, passed on, given to a colleague."""

from __future__ import annotations

from datetime import datetime

from domain.jobs.beginning import begin_job
from domain.jobs.model import RELEASE, Job
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.assigning import accept_by, assign
from domain.tickets.desk import current_service, holder_of, must_work, take, working
from domain.tickets.errors import NotForTickets, TicketTaken
from domain.tickets.model import WORKERS, Ticket, Why
from domain.tickets.noting import keep_note
from domain.tickets.telling import refresh_cards, tell_assigned
from domain.tickets.words import said

RELEASED_AT_ONCE = 10  # each looks for somebody, which takes some statements


async def take_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """Have it: out of the queue, or accepting what one was given. A second time changes nothing.

    Of two at once the first gets it, the other is told who: raises TicketTaken, and RecordNotFound, NotAllowed, TicketDone.
    """
    ticket = await uow.tickets.get_for(actor, ticket_id)
    must_work(actor)
    ticket.must_be_active()
    holder = await holder_of(uow, ticket)
    if holder is not None and holder.id != actor.id:
        raise TicketTaken(ticket=ticket.id, who=holder.name)  # also for leaders, who may transfer it to themselves
    if not (holder is not None and ticket.is_accepted):
        take(ticket, actor, now=now)
        uow.happened("ticket-taken", ticket=ticket.id)
        await refresh_cards(uow, ticket.id, now=now)
    return ticket


async def pass_on(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """Let it go to the next one, or to the queue. Only who has it; a second time changes nothing.

    Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken.
    """
    ticket = await working(uow, actor, ticket_id)
    if ticket.assignee_id == actor.id:
        await let_pass(uow, ticket, now=now)
        uow.happened("ticket-passed-on", ticket=ticket.id)
    return ticket


async def let_pass(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    """Who has it does not take it on: the next one gets it."""
    ticket.passed_by = [*ticket.passed_by, str(ticket.assignee_id)]
    ticket.assignee_id = None
    await assign(uow, ticket, now=now, at_head=True)
    await refresh_cards(uow, ticket.id, now=now)


async def transfer_ticket(
    uow: UnitOfWork, actor: Staff, ticket_id: int, to: Staff, *, note: str = "", now: datetime
) -> Ticket:
    """Give it to a colleague, who is told with the note and is to accept it.

    Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken, NotForTickets.
    """
    ticket = await working(uow, actor, ticket_id)
    if not to.is_active or to.role not in WORKERS or to.id == ticket.assignee_id:
        raise NotForTickets(name=to.name)
    note = note.strip() and said(note)
    if note:
        await keep_note(uow, ticket, actor, note, now=now)
    is_mine = to.id == actor.id
    ticket.passed_by = []
    ticket.give_to(
        to.id,
        why=Why.TOOK if is_mine else Why.GIVEN,
        now=now,
        accept_by=None if is_mine else accept_by(await current_service(uow), now),
    )
    tell_assigned(uow, ticket, by=actor, note=note or None, now=now)
    uow.happened("ticket-transferred", ticket=ticket.id, staff=to.id)
    await refresh_cards(uow, ticket.id, now=now)
    return ticket


async def release_tickets(uow: UnitOfWork, person: Staff, *, now: datetime) -> int:
    """Somebody leaves: what they still have goes to the next ones, at the head of the queue; gives how many at once. The
    rest follows as a job under the same action."""
    released = await _release(uow, person, now=now)
    if released == RELEASED_AT_ONCE:
        facts = {"staff": person.id}
        await begin_job(uow, RELEASE, facts, now=now)
    return released


async def go_on_releasing(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next ones, unless they are back."""
    uow.go_on(job.action_id)
    person = await uow.staff.get(job.facts["staff"])
    if not person.is_active and await _release(uow, person, now=now) == RELEASED_AT_ONCE:
        await uow.jobs.keep(job)
    else:
        await uow.jobs.remove(job)


async def _release(uow: UnitOfWork, person: Staff, *, now: datetime) -> int:
    tickets = await uow.tickets.list_active_of(person.id, limit=RELEASED_AT_ONCE)
    for ticket in tickets:
        ticket.assignee_id = None
        await assign(uow, ticket, now=now, at_head=True)
        await refresh_cards(uow, ticket.id, now=now)
    return len(tickets)
