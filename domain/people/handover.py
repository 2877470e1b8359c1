"""What somebody looked after goes to somebody else, so that nothing is left without an owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from domain.customers.model import Customer
from domain.errors import NotAllowed, RecordNotFound
from domain.followups.model import Followup
from domain.handovers.actions import note_handover
from domain.jobs.beginning import begin_job
from domain.jobs.model import HANDOVER, Job, Told
from domain.jobs.outcomes import job_outcome
from domain.leads.model import Lead
from domain.notifications.model import Planned, Urgency
from domain.opportunities.model import Opportunity
from domain.people.actions import may_look_after
from domain.people.errors import HandoverToOneself, NotTheirs, StaffNotFound
from domain.people.leading import leaders_of
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.records import LETTERS
from domain.tickets.model import WORKERS, Ticket, Why
from domain.tickets.telling import refresh_cards

Found = tuple[list[Lead], list[Customer], list[Followup], list[Opportunity], list[Ticket]]
T = TypeVar("T")
MOST_AT_ONCE = 50  # records in one transaction, some 35 ms of it, so that it does not keep others waiting


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """How many of each a person owns, or was given. ``more``: there may be more than were counted."""

    leads: int = 0
    customers: int = 0
    followups: int = 0
    opportunities: int = 0
    tickets: int = 0
    more: bool = False

    @property
    def total(self) -> int:
        return self.leads + self.customers + self.followups + self.opportunities + self.tickets

    def with_more(self, others: Belongings) -> Belongings:
        """Both together; whether there is more is for the later ones to say."""
        return Belongings(
            leads=self.leads + others.leads,
            customers=self.customers + others.customers,
            followups=self.followups + others.followups,
            opportunities=self.opportunities + others.opportunities,
            tickets=self.tickets + others.tickets,
            more=others.more,
        )


async def count_belongings(uow: UnitOfWork, owner_id: int) -> Belongings:
    """What there is to hand over, up to ``MOST_AT_ONCE``."""
    found = await _belongings(uow, owner_id)
    return replace(_counted(found), more=_size(found) == MOST_AT_ONCE)


async def hand_over(
    uow: UnitOfWork, actor: Staff, from_id: int, to_id: int, *, told: Told | None = None, now: datetime
) -> Belongings:
    """Give leads, customers, open follow-ups, opportunities and tickets to an active colleague, who is told once and is to
    accept it. Tickets go to whoever works on tickets; of a rep's taking over they go back to the queue, at its head.

    Leaders give their own, and those of whom they look after. One action, undone as a whole. With ``more`` in the
    answer the rest follows as a job under the same action, and its end is said at ``told``. Raises NotAllowed,
    StaffNotFound and HandoverToOneself.
    """
    giver, taker = await uow.staff.get(from_id), await uow.staff.get(to_id)
    if not actor.leads_others or not (giver.id == actor.id or may_look_after(actor, giver)):
        raise NotAllowed
    if taker.id == giver.id:
        raise HandoverToOneself(name=taker.name)
    if not taker.is_active:
        raise StaffNotFound(name=taker.name)
    given = await _give(uow, giver, taker, now=now)
    uow.happened("records-handed-over", staff=giver.id, to=taker.id)
    handover = (
        await note_handover(uow, giver=giver, taker=taker, by=actor, records=given.total, now=now)
        if given.total
        else None
    )
    if given.more:
        facts = {
            "from": giver.id,
            "to": taker.id,
            "given": asdict(given),
            "handover": handover.id if handover is not None else None,
        }
        await begin_job(uow, HANDOVER, facts, by=actor, told=told, now=now)
    elif handover is not None:
        _tell_taker(uow, given, handover.id, giver=giver, taker=taker, by=actor, now=now)
    return given


async def hand_over_some(
    uow: UnitOfWork,
    actor: Staff,
    records: Sequence[tuple[str, int]],
    to_id: int,
    *,
    from_id: int | None = None,
    told: Told | None = None,
    now: datetime,
) -> Belongings:
    """Give single leads, customers, opportunities and tickets, as ("customer", 7), with what belongs to each: its open
    follow-ups, opportunities and tickets that were its owner's. One action. Leaders alone, of what they see; what has gone
    to the taker already stays. ``from_id`` says whose they all are, or the taker's by now. With ``more`` in the answer the rest
    follows as a job, as in ``hand_over``. Raises NotAllowed, RecordNotFound, StaffNotFound, HandoverToOneself and NotTheirs.
    """
    taker = await uow.staff.get(to_id)
    if not actor.leads_others:
        raise NotAllowed
    if not taker.is_active:
        raise StaffNotFound(name=taker.name)
    named: Found = ([], [], [], [], [])
    parts = [await _named(uow, actor, record, record_id, named) for record, record_id in records]
    if from_id is not None:
        await _must_be_theirs(uow, parts, from_id, taker)
    owners = [owner for _, _, owner in parts if owner is not None]
    wholes = [(record, record_id, owner) for record, record_id, owner in parts if owner not in (None, taker.id)]
    found = await _belonging_to(uow, wholes, limit=max(1, MOST_AT_ONCE - _size(named)))
    is_more = _size(found) >= max(1, MOST_AT_ONCE - _size(named))
    for of_named, of_found in zip(named, found, strict=True):
        of_named.extend(of_found)  # type: ignore[attr-defined]  # the five lists of both are of the same kinds
    given = replace(await _give_found(uow, named, taker, now=now), more=is_more)
    if given.total:
        uow.happened("records-handed-over", staff=taker.id, to=taker.id)
        others = [each for each in owners if each != taker.id]
        giver = await uow.staff.get(others[0]) if others else actor
        handover = await note_handover(uow, giver=giver, taker=taker, by=actor, records=given.total, now=now)
        if given.more:
            facts = {
                "from": giver.id,
                "to": taker.id,
                "given": asdict(given),
                "handover": handover.id,
                "some": [list(each) for each in wholes],
            }
            await begin_job(uow, HANDOVER, facts, by=actor, told=told, now=now)
        else:
            _tell_taker(uow, given, handover.id, giver=giver, taker=taker, by=actor, now=now)
    return given


Whole = tuple[str, int, int | None]
"""A record by its kind and number, and whose it was."""


async def _must_be_theirs(uow: UnitOfWork, parts: Sequence[Whole], giver_id: int, taker: Staff) -> None:
    """Nothing moves where one of them is somebody else's. Raises HandoverToOneself and NotTheirs."""
    giver = await uow.staff.get(giver_id)
    if giver.id == taker.id:
        raise HandoverToOneself(name=taker.name)
    for record, record_id, owner_id in parts:
        if owner_id not in {giver.id, taker.id}:
            raise NotTheirs(record=f"{LETTERS[record]}{record_id}", name=giver.name)


async def _named(uow: UnitOfWork, actor: Staff, record: str, record_id: int, found: Found) -> Whole:
    """The record itself. Raises RecordNotFound."""
    leads, customers, _, opportunities, tickets = found
    if record == "lead":
        lead = await uow.leads.get_for(actor, record_id)
        leads.append(lead)
        return record, record_id, lead.owner_id
    if record == "customer":
        customer = await uow.customers.get_for(actor, record_id)
        customers.append(customer)
        return record, record_id, customer.owner_id
    if record == "opportunity":
        sale = await uow.opportunities.get_for(actor, record_id)
        opportunities.append(sale)
        return record, record_id, sale.owner_id
    if record == "ticket":
        ticket = await uow.tickets.get_for(actor, record_id)
        ticket.must_be_active()
        tickets.append(ticket)
        return record, record_id, ticket.assignee_id
    raise RecordNotFound(record=f"{LETTERS.get(record, '')}{record_id}")


async def _belonging_to(uow: UnitOfWork, wholes: Sequence[Whole], *, limit: int) -> Found:
    """What of these records is still its owner's: open follow-ups, and of customers sales and tickets, ``limit`` in all."""
    found: Found = ([], [], [], [], [])
    _, _, followups, opportunities, tickets = found
    for record, record_id, owner_id in wholes:
        left = limit - _size(found)
        if left <= 0 or owner_id is None or record not in {"lead", "customer"}:
            continue
        lead_id, customer_id = (record_id, None) if record == "lead" else (None, record_id)
        followups += await uow.followups.list_open(
            owner_id=owner_id, lead_id=lead_id, customer_id=customer_id, limit=left
        )
        if record == "customer":
            opportunities += await uow.opportunities.list_open(
                owner_id, customer_id=record_id, limit=max(0, limit - _size(found))
            )
            tickets += await uow.tickets.list_active_of(
                owner_id, customer_id=record_id, limit=max(0, limit - _size(found))
            )
    return found


async def go_on_handing_over(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next chunk: what is still the giver's, so that a record which somebody took meanwhile stays with them.

    Ends where nothing is left, or where the taker has left meanwhile; what they got until then can be undone as ever.
    """
    giver, taker = await uow.staff.get(job.facts["from"]), await uow.staff.get(job.facts["to"])
    actor = await uow.staff.get(job.staff_id) if job.staff_id is not None else giver
    uow.go_on(job.action_id)
    given = Belongings(**job.facts["given"])
    if taker.is_active:
        some: list[Whole] = [(record, record_id, owner) for record, record_id, owner in job.facts.get("some", ())]
        next_chunk = _give_rest(uow, some, taker, now=now) if some else _give(uow, giver, taker, now=now)
        given = given.with_more(await next_chunk)
    if given.more and taker.is_active:
        job.facts["given"] = asdict(given)
        await uow.jobs.keep(job)
        return
    await uow.jobs.remove(job)
    handover_id = job.facts.get("handover")
    handover = await uow.handovers.find(handover_id) if handover_id is not None else None
    if handover is not None:
        handover.records = given.total
    _tell_taker(uow, given, handover_id, giver=giver, taker=taker, by=actor, now=now)
    if job.told is not None:
        uow.plan(_outcome(job, job.told, given, giver=giver, taker=taker, now=now))


async def _give(uow: UnitOfWork, giver: Staff, taker: Staff, *, now: datetime) -> Belongings:
    found = await _belongings(uow, giver.id)
    given = await _give_found(uow, found, taker, now=now)
    return replace(given, more=_size(found) == MOST_AT_ONCE)


async def _give_rest(uow: UnitOfWork, wholes: Sequence[Whole], taker: Staff, *, now: datetime) -> Belongings:
    """The next chunk of what belongs to single records."""
    found = await _belonging_to(uow, wholes, limit=MOST_AT_ONCE)
    given = await _give_found(uow, found, taker, now=now)
    return replace(given, more=_size(found) >= MOST_AT_ONCE)


async def _give_found(uow: UnitOfWork, found: Found, taker: Staff, *, now: datetime) -> Belongings:
    """What is the taker's already is left as it is and not counted."""
    all_leads, all_customers, all_followups, all_opportunities, all_tickets = found
    leads, customers = _others(all_leads, taker), _others(all_customers, taker)
    followups, opportunities = _others(all_followups, taker), _others(all_opportunities, taker)
    tickets = _others(all_tickets, taker)
    for followup in followups:
        followup.hand_to(taker.id)
    for lead in leads:
        lead.owner_id = taker.id
    for customer in customers:
        customer.owner_id = taker.id
    for opportunity in opportunities:
        opportunity.owner_id = taker.id
    for ticket in tickets:
        give_ticket(ticket, taker=taker, now=now)
        await refresh_cards(uow, ticket.id, now=now)
    return _counted((leads, customers, followups, opportunities, tickets))


def _others(things: Sequence[T], taker: Staff) -> list[T]:
    """Once each."""
    return [each for each in dict.fromkeys(things) if _owner_of(each) != taker.id]


def _owner_of(thing: Any) -> int | None:
    owner: int | None = thing.assignee_id if isinstance(thing, Ticket) else thing.owner_id
    return owner


def give_ticket(ticket: Ticket, *, taker: Staff, now: datetime) -> None:
    """As accepted with the rest. One that cannot go to the taker waits for the others, not for who gave it away."""
    if taker.role in WORKERS:
        ticket.passed_by = []
        ticket.give_to(taker.id, why=Why.GIVEN, now=now, accept_by=None)
    else:
        had = [str(ticket.assignee_id)] if ticket.assignee_id is not None else []
        ticket.passed_by = sorted({*ticket.passed_by, *had})
        ticket.queue(now=now, at_head=True)


async def _belongings(uow: UnitOfWork, owner_id: int) -> Found:
    left = MOST_AT_ONCE
    customers = await uow.customers.list_owned(owner_id, limit=left)
    left -= len(customers)
    leads = await uow.leads.list_owned(owner_id, limit=left)
    left -= len(leads)
    followups = await uow.followups.list_open(owner_id=owner_id, limit=left)
    left -= len(followups)
    opportunities = await uow.opportunities.list_owned(owner_id, limit=left)
    tickets = await uow.tickets.list_active_of(owner_id, limit=left - len(opportunities))
    return list(leads), list(customers), list(followups), list(opportunities), list(tickets)


def _size(found: Found) -> int:
    return sum(len(things) for things in found)


def _counted(found: Found) -> Belongings:
    leads, customers, followups, opportunities, tickets = found
    return Belongings(
        leads=len(leads),
        customers=len(customers),
        followups=len(followups),
        opportunities=len(opportunities),
        tickets=len(tickets),
    )


def _counts(given: Belongings) -> dict[str, int]:
    names = ("leads", "customers", "followups", "opportunities", "tickets")
    return {name: getattr(given, name) for name in names}


def _tell_taker(
    uow: UnitOfWork,
    given: Belongings,
    handover_id: int | None,
    *,
    giver: Staff,
    taker: Staff,
    by: Staff,
    now: datetime,
) -> None:
    """Nobody is told of what they gave themselves."""
    if taker.id != by.id:
        facts = {"by": by.name, "from": giver.name, "handover": handover_id, **_counts(given)}
        uow.plan(Planned(key="records-received", facts=facts, due_at=now, staff_id=taker.id, urgency=Urgency.URGENT))


async def tell_of_leaver(uow: UnitOfWork, by: Staff, leaver: Staff, *, now: datetime) -> None:
    """What somebody left behind is on the list of who leads them, but for whoever let them go and sees it anyway."""
    for leader in leaders_of(leaver, list(await uow.staff.list_active())):
        if leader.id != by.id:
            uow.plan(
                Planned(
                    key="leaver-records",
                    facts={"staff": leaver.id},
                    due_at=now,
                    staff_id=leader.id,
                    urgency=Urgency.URGENT,
                    about=f"staff:{leaver.id}",
                )
            )


def _outcome(job: Job, told: Told, given: Belongings, *, giver: Staff, taker: Staff, now: datetime) -> Planned:
    facts = {
        "action": job.action_id,
        "name": giver.name,
        "to": taker.name,
        "staff": giver.id,
        "stopped": given.more,
        **_counts(given),
    }
    return job_outcome("handover-finished", facts, told, now=now)
