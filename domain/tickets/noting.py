"""Words for colleagues alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.attachments.actions import attach_files
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.model import Lane, Ticket, TicketMessage
from domain.tickets.words import said


async def note_files(
    uow: UnitOfWork, actor: Staff, ticket_id: int, text: str, file_ids: Sequence[int], *, now: datetime
) -> TicketMessage:
    """A note with what the actor sent beside it. Raises as ``note_ticket``."""
    message = await note_ticket(uow, actor, ticket_id, text, now=now)
    await attach_files(uow, actor, file_ids, ticket_message_id=message.id, now=now)
    return message


async def note_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, text: str, *, now: datetime) -> TicketMessage:
    """Words for colleagues alone, also when it is over. Raises RecordNotFound, NothingToSay, TooMuchToSay."""
    ticket = await uow.tickets.get_for(actor, ticket_id)
    message = await keep_note(uow, ticket, actor, said(text), now=now)
    uow.happened("ticket-noted", ticket=ticket.id)
    return message


async def keep_note(uow: UnitOfWork, ticket: Ticket, actor: Staff, text: str, *, now: datetime) -> TicketMessage:
    return await uow.tickets.add_message(
        TicketMessage(ticket_id=ticket.id, lane=Lane.INTERNAL, by_id=actor.id, text=text, at=now)
    )
