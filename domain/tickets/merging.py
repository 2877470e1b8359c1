"""Two tickets that are one."""

from __future__ import annotations

from datetime import datetime

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.closing import close_ticket
from domain.tickets.desk import take, working
from domain.tickets.errors import TicketsOfTwoCustomers
from domain.tickets.model import Ticket

MOST_MERGED = 1000


async def merge_tickets(uow: UnitOfWork, actor: Staff, kept_id: int, merged_id: int, *, now: datetime) -> Ticket:
    """One goes into the other: what was said there is said here, and it is closed. Gives the one that is kept.

    Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken, TicketsOfTwoCustomers. Merged already, it changes nothing.
    """
    # Locked in one order, so that two who merge at once do not wait for ever.
    first, second = sorted((kept_id, merged_id))
    await uow.tickets.get_for(actor, first)
    await uow.tickets.get_for(actor, second)
    kept = await working(uow, actor, kept_id)
    merged = await uow.tickets.get_for(actor, merged_id)
    if kept.id in {merged.merged_into_id, merged.id}:
        return kept
    merged = await working(uow, actor, merged_id)
    if _are_of_two(kept, merged):
        raise TicketsOfTwoCustomers(kept=kept.id, merged=merged.id)
    take(kept, actor, now=now)
    for message in await uow.tickets.list_said(merged.id, limit=MOST_MERGED):
        message.ticket_id = kept.id
    kept.customer_id, kept.contact_id = kept.customer_id or merged.customer_id, kept.contact_id or merged.contact_id
    kept.identity_id = kept.identity_id or merged.identity_id
    if kept.place is None:
        kept.channel, kept.place = merged.channel, merged.place
    merged.merged_into_id = kept.id
    await close_ticket(uow, merged, now=now)
    uow.happened("tickets-merged", ticket=kept.id, merged=merged.id)
    return kept


def _are_of_two(one: Ticket, other: Ticket) -> bool:
    """Nobody's goes with anybody's of the same asker; where both know whose they are, it must be the same."""
    if one.customer_id is not None and other.customer_id is not None:
        return one.customer_id != other.customer_id
    return one.identity_id is not None and other.identity_id is not None and one.identity_id != other.identity_id
