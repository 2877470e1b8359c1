"""A lead becomes a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.company.keeping import stages_of
from domain.customers.model import Contact, Customer
from domain.errors import RecordNotFound
from domain.leads.actions import MOST_MOVED
from domain.leads.model import Lead
from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.companies import short_company


@dataclass(frozen=True, kw_only=True)
class Converted:
    """What a lead became."""

    lead: Lead
    customer: Customer
    contact: Contact | None
    opportunity: Opportunity


async def convert_lead(
    uow: UnitOfWork, actor: Staff, lead_id: int, *, now: datetime, into: int | None = None
) -> Converted:
    """Make it a customer, or part of the customer ``into``, with a contact and an opportunity to be filled in.

    Contact points move to the contact (to the customer where nobody is known), and so do follow-ups; activities
    are seen from both. Raises RecordNotFound and LeadAlreadyClosed.
    """
    lead = await uow.leads.get_for(actor, lead_id)
    lead.must_be_open()
    if into is None:
        customer = await uow.customers.add(_customer_of(lead, now))
    else:
        customer = await uow.customers.get_for(actor, into)
    contact = None
    if lead.name:
        contact = await uow.customers.add_contact(Contact(customer_id=customer.id, name=lead.name, created_at=now))
    opportunity = await uow.opportunities.add(
        Opportunity(
            customer_id=customer.id,
            owner_id=lead.owner_id,
            name=lead.title,
            stage=stages_of(await uow.company.get()).offered[0],
            amount=lead.amount,
            created_at=now,
        )
    )
    _move_points(lead, customer if contact is None else contact)
    await _carry_along(uow, lead, customer=customer, contact=contact)
    lead.convert(customer.id)
    uow.happened("lead-converted", lead=lead.id, customer=customer.id)
    return Converted(lead=lead, customer=customer, contact=contact, opportunity=opportunity)


async def customer_like(uow: UnitOfWork, actor: Staff, lead: Lead) -> Customer | None:
    """The customer of the same company that the actor may see: two leads of one company make one customer."""
    if not lead.company_key:
        return None
    for found in await uow.customers.find_duplicates(company_key=lead.company_key, points=()):
        if found.record == "customer":
            try:
                return await uow.customers.get_for(actor, found.id)
            except RecordNotFound:
                continue
    return None


def _customer_of(lead: Lead, now: datetime) -> Customer:
    name = lead.company or lead.name or ""
    short = short_company(name) if lead.company else None
    return Customer(
        name=name,
        short_name=short if short != name else None,
        name_key=lead.company_key,
        owner_id=lead.owner_id,
        grade=lead.grade,
        tags=list(lead.tags),
        custom=dict(lead.custom),
        created_at=now,
    )


def _move_points(lead: Lead, to: Customer | Contact) -> None:
    for point in list(lead.points):
        lead.points.remove(point)
        to.points.append(point)


async def _carry_along(uow: UnitOfWork, lead: Lead, *, customer: Customer, contact: Contact | None) -> None:
    # The closed ones, too: one that an undo opens again would be left behind.
    for followup in await uow.followups.list_of(lead_id=lead.id, limit=MOST_MOVED):
        followup.lead_id, followup.customer_id = None, customer.id
        followup.contact_id = contact.id if contact else None
    for activity in await uow.activities.list_of(lead_id=lead.id, limit=MOST_MOVED):
        activity.customer_id = customer.id
        activity.contact_id = contact.id if contact else None
