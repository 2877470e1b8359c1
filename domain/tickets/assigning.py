"""A ticket finds somebody, or waits in the queue until somebody frees up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.duty import Choice, Desk, works_on_tickets
from domain.tickets.model import Ticket
from domain.tickets.service import Service
from domain.tickets.telling import refresh_cards, tell_assigned, tell_people

ONE_AT_A_TIME = "tickets:assigning"  # two at once would both see room for one
MOST_DRAINED = 50


async def assign(
    uow: UnitOfWork, ticket: Ticket, *, now: datetime, last_id: int | None = None, at_head: bool = False
) -> Staff | None:
    """Give it to whoever is to have it, who has the accept time to take it on; else it waits in the queue.

    ``last_id`` had it before and comes first. ``at_head``: in the queue it goes before older ones.
    """
    desk = await _desk(uow, [ticket], now)
    choice = desk.choose(ticket.customer_id, last_id=last_id, without=_passed(ticket))
    if choice is None:
        ticket.queue(now=now, at_head=at_head or ticket.at_head)
        _tell_of_queue(uow, ticket, desk.people, now=now)
        return None
    _give(uow, ticket, choice, desk.service, now=now)
    return choice.person


async def drain_queue(uow: UnitOfWork, now: datetime, *, limit: int = MOST_DRAINED) -> int:
    """Give what waits, the head and then the oldest first, to whoever works and has room; gives how many found somebody."""
    waiting = await uow.tickets.list_to_drain(limit=limit)
    desk = await _desk(uow, waiting, now) if waiting else None
    drained = 0
    for ticket, passed in uow.apart.each(waiting, _passed, item=lambda ticket: f"queue:ticket:{ticket.id}", now=now):
        choice = desk.choose(ticket.customer_id, waited=True, without=passed) if desk else None
        if desk is not None and choice is not None:
            _give(uow, ticket, choice, desk.service, now=now)
            uow.happened("ticket-assigned", ticket=ticket.id)
            await refresh_cards(uow, ticket.id, now=now)
            drained += 1
    return drained


async def _desk(uow: UnitOfWork, tickets: Sequence[Ticket], now: datetime) -> Desk:
    await uow.lock_conversation(ONE_AT_A_TIME)
    await uow.flush()
    people = await uow.staff.list_active()
    return Desk(
        people,
        await uow.tickets.list_loads([person.id for person in people]),
        await uow.tickets.owners_of({ticket.customer_id for ticket in tickets if ticket.customer_id is not None}),
        await uow.company.get(),
        now,
        uow.apart,
    )


def _passed(ticket: Ticket) -> frozenset[int]:
    return frozenset(int(staff_id) for staff_id in ticket.passed_by)


def _give(uow: UnitOfWork, ticket: Ticket, choice: Choice, service: Service, *, now: datetime) -> None:
    ticket.give_to(choice.person.id, why=choice.why, now=now, accept_by=accept_by(service, now))
    tell_assigned(uow, ticket, by=None, note=None, now=now)


def accept_by(service: Service, now: datetime) -> datetime:
    return service.calendar.add(now, service.accept)


def _tell_of_queue(uow: UnitOfWork, ticket: Ticket, people: Sequence[Staff], *, now: datetime) -> None:
    """Where there is nobody but leaders, nobody looks at the queue unless told; and what everybody let pass waits for a
    decision."""
    leaders = [person for person in people if person.leads_others]
    if ticket.passed_by or all(person.leads_others for person in works_on_tickets(people)):
        tell_people(uow, "ticket-waits", ticket, leaders, now=now)
