"""Who may work on a ticket, and what goes with nearly all that is done with one."""

from __future__ import annotations

from datetime import datetime

from domain.errors import NotAllowed
from domain.people.leading import leaders_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.clock import apply_policy
from domain.tickets.model import WORKERS, Category, Ticket, Why
from domain.tickets.service import Service, service_of
from domain.tickets.telling import tell_people


async def working(uow: UnitOfWork, actor: Staff, ticket_id: int) -> Ticket:
    """The ticket, locked, for somebody who may work on it. Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken."""
    ticket = await uow.tickets.get_for(actor, ticket_id)
    must_work(actor)
    ticket.must_be_active()
    ticket.must_be_for(actor, await holder_of(uow, ticket))
    return ticket


def must_work(actor: Staff) -> None:
    if actor.role not in WORKERS:
        raise NotAllowed


async def holder_of(uow: UnitOfWork, ticket: Ticket) -> Staff | None:
    return None if ticket.assignee_id is None else await uow.staff.get(ticket.assignee_id)


def take(ticket: Ticket, actor: Staff, *, now: datetime) -> None:
    """Whoever does something with nobody's ticket has it from then on; who was given one has accepted it."""
    if ticket.assignee_id is None:
        ticket.give_to(actor.id, why=Why.TOOK, now=now, accept_by=None)
    elif ticket.assignee_id == actor.id and ticket.accepted_at is None:
        ticket.accept(now=now)


async def current_service(uow: UnitOfWork) -> Service:
    return service_of(await uow.company.get())


async def promise(uow: UnitOfWork, ticket: Ticket, service: Service, *, now: datetime) -> None:
    grade = await uow.tickets.find_grade(ticket.customer_id) if ticket.customer_id is not None else None
    promise_by(ticket, service, grade, now=now)


def promise_by(ticket: Ticket, service: Service, grade: str | None, *, now: datetime) -> None:
    apply_policy(ticket, service.policy(ticket.priority, ticket.category, grade), service.calendar, now=now)


async def tell_complaint(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    """A complaint is heard by the manager at once."""
    if ticket.category is Category.COMPLAINT:
        people = await uow.staff.list_active()
        holder = next((person for person in people if person.id == ticket.assignee_id), None)
        tell_people(uow, "ticket-complaint", ticket, leaders_of(holder, people), now=now)
