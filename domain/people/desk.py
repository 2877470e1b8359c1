"""Whom one of the staff may name when somebody writes: agents anybody, for whoever writes is theirs to look after; others
those whom they see."""

from __future__ import annotations

from domain.customers.model import Contact, Customer
from domain.errors import RecordNotFound
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork


async def contact_at_desk(uow: UnitOfWork, actor: Staff, contact_id: int) -> Contact:
    """Raises RecordNotFound."""
    if actor.role is not Role.AGENT:
        return await uow.customers.get_contact_for(actor, contact_id)
    contact = await uow.customers.find_contact(contact_id)
    if contact is None:
        raise RecordNotFound(record=f"P{contact_id}")
    return contact


async def customer_at_desk(uow: UnitOfWork, actor: Staff, customer_id: int) -> Customer:
    """Raises RecordNotFound."""
    if actor.role is not Role.AGENT:
        return await uow.customers.get_for(actor, customer_id)
    customer = await uow.customers.find_customer(customer_id)
    if customer is None:
        raise RecordNotFound(record=f"C{customer_id}")
    return customer
