"""What a ticket is: how urgent, of what kind, and whose."""

from __future__ import annotations

from datetime import datetime

from domain.jobs.beginning import begin_job
from domain.jobs.model import KNOWN, Job
from domain.people.desk import contact_at_desk, customer_at_desk
from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork
from domain.tickets.desk import current_service, must_work, promise, promise_by, tell_complaint, working
from domain.tickets.errors import OtherCustomersContact
from domain.tickets.model import Category, Priority, Ticket
from domain.tickets.telling import refresh_cards

LINKED_AT_ONCE = 100


async def set_priority(uow: UnitOfWork, actor: Staff, ticket_id: int, priority: Priority, *, now: datetime) -> Ticket:
    """Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken. As it is, is no change."""
    ticket = await working(uow, actor, ticket_id)
    if ticket.priority is not priority:
        ticket.priority = priority
        await promise(uow, ticket, await current_service(uow), now=now)
        uow.happened("ticket-prioritised", ticket=ticket.id)
        await refresh_cards(uow, ticket.id, now=now)
    return ticket


async def set_category(uow: UnitOfWork, actor: Staff, ticket_id: int, category: Category, *, now: datetime) -> Ticket:
    """Raises as ``set_priority``. A complaint is told to the manager at once."""
    ticket = await working(uow, actor, ticket_id)
    if ticket.category is not category:
        ticket.category = category
        await promise(uow, ticket, await current_service(uow), now=now)
        uow.happened("ticket-categorised", ticket=ticket.id)
        await refresh_cards(uow, ticket.id, now=now)
        await tell_complaint(uow, ticket, now=now)
    return ticket


async def link_ticket(
    uow: UnitOfWork, actor: Staff, ticket_id: int, customer_id: int, *, contact_id: int | None = None, now: datetime
) -> Ticket:
    """Say whose it is, and which contact there asked. Raises RecordNotFound, NotAllowed, OtherCustomersContact."""
    ticket = await uow.tickets.get_for(actor, ticket_id)
    must_work(actor)
    if contact_id is not None:
        contact = await contact_at_desk(uow, actor, contact_id)
        if contact.customer_id != customer_id:
            raise OtherCustomersContact
    customer = await customer_at_desk(uow, actor, customer_id)
    ticket.customer_id, ticket.contact_id, ticket.intake = customer.id, contact_id, None
    if ticket.is_active:
        await promise(uow, ticket, await current_service(uow), now=now)
    uow.happened("ticket-linked", ticket=ticket.id, customer=customer.id)
    await refresh_cards(uow, ticket.id, now=now)
    return ticket


async def asker_is_known(
    uow: UnitOfWork, identity: Identity, *, customer_id: int, contact_id: int, now: datetime
) -> int:
    """A chat account was bound to a contact: what it asked before is the contact's; gives how many tickets at once. The
    rest follows as a job under the same action."""
    linked = await _link(uow, identity.id, customer_id=customer_id, contact_id=contact_id, now=now)
    if linked == LINKED_AT_ONCE:
        facts = {"identity": identity.id, "customer_id": customer_id, "contact_id": contact_id}
        await begin_job(uow, KNOWN, facts, now=now)
    return linked


async def go_on_linking(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next ones, as long as the account is that contact's."""
    uow.go_on(job.action_id)
    identity = await uow.identities.get(job.facts["identity"])
    whose = {"customer_id": job.facts["customer_id"], "contact_id": job.facts["contact_id"]}
    is_theirs = identity.contact_id == whose["contact_id"]
    if is_theirs and await _link(uow, identity.id, **whose, now=now) == LINKED_AT_ONCE:
        await uow.jobs.keep(job)
    else:
        await uow.jobs.remove(job)


async def _link(uow: UnitOfWork, identity_id: int, *, customer_id: int, contact_id: int, now: datetime) -> int:
    tickets = await uow.tickets.list_unknown_of(identity_id, limit=LINKED_AT_ONCE)
    service, grade = await current_service(uow), await uow.tickets.find_grade(customer_id) if tickets else None
    for ticket in tickets:
        ticket.customer_id, ticket.contact_id, ticket.intake = customer_id, contact_id, None
        if ticket.is_active:
            promise_by(ticket, service, grade, now=now)
    return len(tickets)
