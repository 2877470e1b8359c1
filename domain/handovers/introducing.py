"""A customer's people hear who looks after them now: only when that person says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.customers.model import Contact, Customer
from domain.errors import NotAllowed
from domain.notifications.model import Planned
from domain.people.model import Staff
from domain.ports import UnitOfWork

MOST = 20


async def reachable_contacts(uow: UnitOfWork, customer: Customer) -> Sequence[Contact]:
    """Who is there still and has a chat with us."""
    contacts = [each for each in await uow.customers.list_contacts(customer.id, limit=MOST) if each.left_at is None]
    accounts = await uow.identities.list_reachable(staff_ids=[], contact_ids=[each.id for each in contacts])
    reached = {each.contact_id for each in accounts}
    return [contact for contact in contacts if contact.id in reached]


async def introduce(uow: UnitOfWork, actor: Staff, customer: Customer, *, now: datetime) -> Sequence[Contact]:
    """Tell each of them once that ``actor`` looks after them now. Raises NotAllowed for who does not own the customer."""
    if customer.owner_id != actor.id:
        raise NotAllowed
    contacts = await reachable_contacts(uow, customer)
    for contact in contacts:
        uow.plan(
            Planned(
                key="introduction",
                facts={"name": actor.name},
                due_at=now,
                contact_id=contact.id,
                chosen=True,
                dedupe_key=f"introduction:{contact.id}:{actor.id}",
                about=f"customer:{customer.id}",
                extra={"locale": contact.language} if contact.language else {},
            )
        )
    return contacts
