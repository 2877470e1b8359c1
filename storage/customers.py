from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from domain.customers.model import Contact, ContactPoint, Customer
from domain.people.model import Staff
from domain.records import Found
from storage import tables
from storage.duplicates import find_duplicates
from storage.mapping import RecordShare
from storage.near_duplicates import find_near, find_near_many
from storage.repository import Repository, not_found
from storage.taken import find_anybodys, find_taken
from storage.visibility import visible_contacts, visible_customers


class SqlCustomers(Repository):
    async def add(self, customer: Customer) -> Customer:
        return await self._add(customer)

    async def get_for(self, actor: Staff, customer_id: int) -> Customer:
        customer = await self._find_for(actor, customer_id, of=Customer, visible=visible_customers)
        if customer is None:
            raise not_found("customer", customer_id)
        return customer

    async def add_contact(self, contact: Contact) -> Contact:
        return await self._add(contact)

    async def get_contact_for(self, actor: Staff, contact_id: int) -> Contact:
        contact = await self._find_for(actor, contact_id, of=Contact, visible=visible_contacts)
        if contact is None:
            raise not_found("contact", contact_id)
        return contact

    async def find_contact(self, contact_id: int) -> Contact | None:
        statement = select(Contact).where(tables.contacts.c.id == contact_id)
        return await self._one(statement.options(selectinload(Contact.points)), of=Contact)  # type: ignore[arg-type]

    async def find_customer(self, customer_id: int) -> Customer | None:
        statement = select(Customer).where(tables.customers.c.id == customer_id)
        return await self._one(statement.options(selectinload(Customer.points)), of=Customer)  # type: ignore[arg-type]

    async def list_contacts_with_phone(self, e164: str, *, limit: int) -> Sequence[Contact]:
        points, contacts = tables.contact_points.c, tables.contacts.c
        theirs = select(points.contact_id).where(
            points.value == e164, points.kind.in_(("phone", "whatsapp")), points.extension.is_(None)
        )
        statement = select(Contact).where(contacts.id.in_(theirs), contacts.left_at.is_(None))
        return (await self._session.scalars(statement.order_by(contacts.id).limit(limit))).all()

    async def list_contacts(self, customer_id: int, *, limit: int) -> Sequence[Contact]:
        statement = (
            select(Contact)
            .where(tables.contacts.c.customer_id == customer_id)
            .order_by(tables.contacts.c.id)
            .limit(limit)
            .options(selectinload(Contact.points))  # type: ignore[arg-type]
        )
        return (await self._session.scalars(statement)).all()

    async def find_duplicates(
        self, *, company_key: str | None, points: Sequence[ContactPoint], limit: int = 5
    ) -> Sequence[Found]:
        return await find_duplicates(self._session, company_key=company_key, points=points, limit=limit)

    async def find_near(self, *, company: str, emails: Sequence[str] = (), limit: int = 3) -> Sequence[Found]:
        return await find_near(self._session, company=company, emails=emails, limit=limit)

    async def find_near_many(self, companies: Sequence[str]) -> Mapping[str, Found]:
        return await find_near_many(self._session, companies)

    async def find_taken(self, *, company_keys: Sequence[str], unique_keys: Sequence[str]) -> Mapping[str, Found]:
        return await find_taken(self._session, company_keys=company_keys, unique_keys=unique_keys)

    async def find_anybodys(self, record: str, record_id: int) -> Found | None:
        return await find_anybodys(self._session, record, record_id)

    async def share(self, record: str, record_id: int, staff_id: int) -> None:
        """Let somebody see a record that is not theirs. A second time changes nothing."""
        shares = tables.record_shares
        known = await self._session.scalar(
            select(RecordShare).where(
                shares.c.record == record, shares.c.record_id == record_id, shares.c.staff_id == staff_id
            )
        )
        if known is None:
            await self._add(RecordShare(record=record, record_id=record_id, staff_id=staff_id))
        else:
            known.staff_id = staff_id  # written, so that an undo of who shared it first does not take it away

    async def list_for(self, actor: Staff, *, after: int, limit: int) -> Sequence[Customer]:
        statement = (
            select(Customer)
            .where(tables.customers.c.id > after, visible_customers(actor))
            .order_by(tables.customers.c.id)
            .options(selectinload(Customer.points))  # type: ignore[arg-type]  # mapped imperatively
            .limit(limit)
        )
        return (await self._session.scalars(statement)).all()

    async def list_contacts_of(self, customer_ids: Collection[int]) -> Sequence[Contact]:
        statement = (
            select(Contact)
            .where(tables.contacts.c.customer_id.in_(customer_ids), tables.contacts.c.left_at.is_(None))
            .order_by(tables.contacts.c.customer_id, tables.contacts.c.id)
            .options(selectinload(Contact.points))  # type: ignore[arg-type]  # mapped imperatively
        )
        return (await self._session.scalars(statement)).all()

    async def list_owned(self, owner_id: int, *, limit: int) -> Sequence[Customer]:
        statement = (
            select(Customer).where(tables.customers.c.owner_id == owner_id).order_by(tables.customers.c.id).limit(limit)
        )
        return (await self._session.scalars(statement)).all()
