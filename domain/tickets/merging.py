"""Two tickets that are one."""

from __future__ import annotations

from datetime import datetime

from domain.jobs.beginning import begin_job
from domain.jobs.model import MERGE, Job
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.closing import close_ticket
from domain.tickets.desk import take, working
from domain.tickets.errors import TicketsOfTwoCustomers
from domain.tickets.model import Ticket

MOST_AT_ONCE = 100  # messages that change their ticket in one transaction


async def merge_tickets(uow: UnitOfWork, actor: Staff, kept_id: int, merged_id: int, *, now: datetime) -> Ticket:
    """One goes into the other: what was said there is said here, and it is closed. Gives the one that is kept. Beyond a
    hundred messages the rest follows as a job under the same action.

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
    if await _move(uow, merged.id, kept.id):
        facts = {"ticket": merged.id}
        await begin_job(uow, MERGE, facts, by=actor, now=now)
    kept.customer_id, kept.contact_id = kept.customer_id or merged.customer_id, kept.contact_id or merged.contact_id
    kept.identity_id = kept.identity_id or merged.identity_id
    if kept.place is None:
        kept.channel, kept.place = merged.channel, merged.place
    merged.merged_into_id = kept.id
    await close_ticket(uow, merged, now=now)
    uow.happened("tickets-merged", ticket=kept.id, merged=merged.id)
    return kept


async def go_on_merging(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next messages, to whichever ticket the kept one has gone into meanwhile."""
    uow.go_on(job.action_id)
    merged_id: int = job.facts["ticket"]
    kept_id = await _last_of(uow, merged_id)
    if kept_id is not None and await _move(uow, merged_id, kept_id):
        await uow.jobs.keep(job)
    else:
        await uow.jobs.remove(job)


async def _move(uow: UnitOfWork, merged_id: int, kept_id: int) -> bool:
    """Gives whether there may be more."""
    messages = await uow.tickets.list_said(merged_id, limit=MOST_AT_ONCE)
    for message in messages:
        message.ticket_id = kept_id
    return len(messages) == MOST_AT_ONCE


async def _last_of(uow: UnitOfWork, merged_id: int) -> int | None:
    """None when it is merged no more."""
    found = (await uow.tickets.list_views([merged_id]))[0].merged_into_id
    while found is not None:
        further = (await uow.tickets.list_views([found]))[0].merged_into_id
        if further is None:
            return found
        found = further
    return None


def _are_of_two(one: Ticket, other: Ticket) -> bool:
    """Nobody's goes with anybody's of the same asker; where both know whose they are, it must be the same."""
    if one.customer_id is not None and other.customer_id is not None:
        return one.customer_id != other.customer_id
    return one.identity_id is not None and other.identity_id is not None and one.identity_id != other.identity_id
