"""Somebody asks: a ticket is opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork
from domain.tickets.assigning import assign
from domain.tickets.clock import start_clock
from domain.tickets.desk import current_service, promise, tell_complaint
from domain.tickets.model import Category, Lane, Priority, Ticket, TicketMessage
from domain.tickets.places import tell_place
from domain.tickets.telling import refresh_queues
from domain.tickets.words import is_complaint, said, title_of


@dataclass(frozen=True, kw_only=True)
class NewTicket:
    """``identity`` is the chat account of who asks, ``channel`` and ``place`` where they are answered. The first line of
    ``text`` is the title unless one is given. ``message`` was said already, to another ticket, and goes to this one."""

    text: str
    title: str | None = None
    category: Category = Category.QUESTION
    priority: Priority = Priority.NORMAL
    customer_id: int | None = None
    contact_id: int | None = None
    identity: Identity | None = None
    channel: str | None = None
    place: str | None = None
    message: TicketMessage | None = None


async def open_ticket(uow: UnitOfWork, new: NewTicket, *, by: Staff | None = None, now: datetime) -> Ticket:
    """A customer asks (``by`` None), or somebody of the staff on their behalf; somebody gets it, or it waits in the queue.

    The caller has loaded the customer for ``by``. A ticket of a known contact is their customer's. Raises NothingToSay
    and TooMuchToSay.
    """
    text = said(new.text)
    ticket = await uow.tickets.add(
        Ticket(
            title=title_of(new.title or text),
            category=Category.COMPLAINT if by is None and is_complaint(text) else new.category,
            priority=new.priority,
            customer_id=new.customer_id,
            contact_id=new.contact_id,
            identity_id=new.identity.id if new.identity else None,
            channel=new.channel,
            place=new.place,
            opened_by=by.id if by else None,
            opened_at=now,
        )
    )
    if new.message is not None:
        new.message.ticket_id = ticket.id
    else:
        await uow.tickets.add_message(
            TicketMessage(
                ticket_id=ticket.id,
                lane=Lane.FROM_CUSTOMER if by is None else Lane.INTERNAL,
                by_id=by.id if by else None,
                identity_id=new.identity.id if new.identity else None,
                text=text,
                at=now,
            )
        )
    service = await current_service(uow)
    await promise(uow, ticket, service, now=now)
    start_clock(ticket, service.calendar, now=now)
    await assign(uow, ticket, now=now)
    uow.happened("ticket-opened", ticket=ticket.id)
    await tell_complaint(uow, ticket, now=now)
    await tell_place(uow, ticket, (), now=now)
    await refresh_queues(uow, now=now)
    return ticket
