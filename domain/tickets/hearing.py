"""What the customer says after the first words."""

from __future__ import annotations

from datetime import datetime

from domain.people.model import Identity
from domain.ports import UnitOfWork
from domain.tickets.clock import start_clock
from domain.tickets.closing import open_again
from domain.tickets.desk import current_service, promise, tell_complaint
from domain.tickets.model import Category, Lane, Ticket, TicketMessage, TicketStatus
from domain.tickets.places import tell_place
from domain.tickets.telling import refresh_cards, tell_said
from domain.tickets.words import is_complaint, said


async def customer_said(
    uow: UnitOfWork, ticket: Ticket, text: str, *, identity: Identity | None, now: datetime
) -> TicketMessage:
    """The customer's further words to a ticket that the caller has loaded for them. What waited for them goes on, what
    was resolved is opened again; who has it hears them. Raises NothingToSay, TooMuchToSay, and TicketDone when closed."""
    if ticket.status is TicketStatus.CLOSED:
        ticket.must_be_active()
    message = await uow.tickets.add_message(
        TicketMessage(
            ticket_id=ticket.id,
            lane=Lane.FROM_CUSTOMER,
            identity_id=identity.id if identity else None,
            text=said(text),
            at=now,
        )
    )
    uow.happened("ticket-said", ticket=ticket.id)
    before = (ticket.status, ticket.category)
    if ticket.status is TicketStatus.RESOLVED:
        await open_again(uow, ticket, now=now)
    elif ticket.status is TicketStatus.WAITING:
        ticket.status = TicketStatus.OPEN
        start_clock(ticket, (await current_service(uow)).calendar, now=now)
    if is_complaint(text) and ticket.category is not Category.COMPLAINT:
        ticket.category = Category.COMPLAINT
        await promise(uow, ticket, await current_service(uow), now=now)
        await tell_complaint(uow, ticket, now=now)
    tell_said(uow, ticket, message, now=now)
    await tell_place(uow, ticket, (message,), now=now)
    if (ticket.status, ticket.category) != before:
        await refresh_cards(uow, ticket.id, now=now)
    return message
