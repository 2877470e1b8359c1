"""Who a customer's person is in chat: a contact is bound to a chat account by a code, by their own phone, or by staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.customers.model import Contact, Customer
from domain.errors import RecordNotFound
from domain.groups.actions import owner_of
from domain.inquiries.model import InquiryState
from domain.notifications.model import Planned, Urgency
from domain.people.actions import CODE_LIFETIME
from domain.people.codes import new_code, read_code
from domain.people.desk import contact_at_desk
from domain.people.errors import CodeForCustomer, ContactLeft, IdentityTaken, InvitationInvalid
from domain.people.model import Identity, Invitation, Staff
from domain.ports import UnitOfWork
from domain.tickets.sorting import asker_is_known
from domain.values.phones import parse_phone


@dataclass(frozen=True, kw_only=True)
class Bound:
    """Whose account it is now. ``is_new``: it was not before."""

    contact: Contact
    customer: Customer
    is_new: bool


async def contact_behind(uow: UnitOfWork, identity: Identity) -> Contact | None:
    """The customer's person who speaks; None for strangers, and for who has left the customer."""
    if identity.contact_id is None or identity.staff_id is not None:
        return None
    contact = await uow.customers.find_contact(identity.contact_id)
    return contact if contact is not None and contact.left_at is None else None


async def invite_contact(uow: UnitOfWork, actor: Staff, contact_id: int, *, now: datetime) -> Invitation:
    """A one-time code for a contact of a customer. Raises RecordNotFound and ContactLeft."""
    contact = await contact_at_desk(uow, actor, contact_id)
    if contact.left_at is not None:
        raise ContactLeft(name=contact.name)
    uow.happened("contact-invited", contact=contact.id)
    return await uow.identities.add_invitation(
        Invitation(code=new_code(), contact_id=contact.id, created_by=actor.id, expires_at=now + CODE_LIFETIME)
    )


async def accept_contact_code(uow: UnitOfWork, identity: Identity, code: str, *, now: datetime) -> Bound | None:
    """Bind the account that opened a contact's code; None when the code is none of a contact's.

    Opened again by the same person it says so and is not refused. Raises InvitationInvalid (used, too old, the contact is
    gone or has left), CodeForCustomer for a colleague (the code stays good), and IdentityTaken.
    """
    invitation = await uow.identities.find_invitation(read_code(code))
    if invitation is None or invitation.contact_id is None:
        return None
    if identity.contact_id == invitation.contact_id:
        contact = await contact_behind(uow, identity)
        if contact is not None:
            return await _bound(uow, contact, is_new=False)
    if invitation.used_at is not None or invitation.expires_at <= now:
        raise InvitationInvalid
    if await _is_colleague(uow, identity):
        raise CodeForCustomer
    contact = await uow.customers.find_contact(invitation.contact_id)
    if contact is None or contact.left_at is not None:
        raise InvitationInvalid
    invitation.used_at = now
    return await bind(uow, identity, contact, by=None, now=now)


async def bind_by_phone(
    uow: UnitOfWork, identity: Identity, phone: str, *, country: str, now: datetime
) -> Bound | None:
    """Bind by the number of the sender's own contact card, when exactly one contact has it. Raises IdentityTaken."""
    e164 = read_shared_phone(phone, country=country)
    found = await uow.customers.list_contacts_with_phone(e164, limit=2) if e164 else ()
    if len(found) != 1:
        return None
    return await bind(uow, identity, found[0], by=None, now=now)


def read_shared_phone(phone: str, *, country: str) -> str | None:
    """A shared number as E.164. Platforms leave the + of a country code out."""
    digits = phone.strip()
    found = parse_phone(f"+{digits}", country) if digits.isdecimal() and not digits.startswith("0") else None
    found = found or parse_phone(digits, country)
    return found.e164 if found is not None and found.extension is None else None


async def bind_by_staff(uow: UnitOfWork, actor: Staff, identity_id: int, contact_id: int, *, now: datetime) -> Bound:
    """Say whose account it is. Raises RecordNotFound, ContactLeft, IdentityTaken."""
    contact = await contact_at_desk(uow, actor, contact_id)
    if contact.left_at is not None:
        raise ContactLeft(name=contact.name)
    return await bind(uow, await uow.identities.get(identity_id), contact, by=actor, now=now)


async def bind(uow: UnitOfWork, identity: Identity, contact: Contact, *, by: Staff | None, now: datetime) -> Bound:
    """The account is the contact's from here on; the customer's owner is told unless they did it themselves.

    What it wrote and asked before is theirs, too. Raises IdentityTaken for a colleague's account, and for another contact's who is
    still at their customer.
    """
    if identity.contact_id == contact.id:
        return await _bound(uow, contact, is_new=False)
    if await _is_colleague(uow, identity) or await contact_behind(uow, identity) is not None:
        raise IdentityTaken
    identity.staff_id, identity.contact_id = None, contact.id
    waiting = await uow.inquiries.find_waiting(identity.id)
    if waiting is not None:
        waiting.contact_id = contact.id
        if by is not None:
            waiting.settle(InquiryState.BOUND, by=by.id, now=now)
    bound = await _bound(uow, contact, is_new=True)
    await asker_is_known(uow, identity, customer_id=bound.customer.id, contact_id=contact.id, now=now)
    uow.happened("contact-bound", contact=contact.id)
    owner = await owner_of(uow, bound.customer)
    if owner is not None and (by is None or by.id != owner.id):
        uow.plan(
            Planned(
                key="contact-came-in",
                facts={"contact": contact.id, "identity": identity.id},
                due_at=now,
                staff_id=owner.id,
                urgency=Urgency.URGENT,
                about=f"contact:{contact.id}",
            )
        )
    return bound


async def unbind(uow: UnitOfWork, actor: Staff, identity_id: int) -> Identity:
    """The account is a stranger's again. Raises RecordNotFound, also for a contact whom the actor may not see."""
    identity = await uow.identities.get(identity_id)
    if identity.contact_id is None:
        raise RecordNotFound(record=f"@{identity_id}")
    contact = await contact_at_desk(uow, actor, identity.contact_id)
    identity.contact_id = None
    uow.happened("contact-unbound", contact=contact.id)
    return identity


async def contact_leaves(uow: UnitOfWork, actor: Staff, contact_id: int, *, left: bool, now: datetime) -> Contact:
    """Say that somebody is no longer at their customer, or is again. Their codes no longer work. Raises RecordNotFound."""
    contact = await uow.customers.get_contact_for(actor, contact_id)
    contact.left_at = now if left else None
    uow.happened("contact-left" if left else "contact-is-back", contact=contact.id)
    return contact


async def _is_colleague(uow: UnitOfWork, identity: Identity) -> bool:
    """Who left the company may come back as a customer."""
    return identity.staff_id is not None and (await uow.staff.get(identity.staff_id)).is_active


async def _bound(uow: UnitOfWork, contact: Contact, *, is_new: bool) -> Bound:
    customer = await uow.customers.find_customer(contact.customer_id)
    if customer is None:
        raise RecordNotFound(record=f"C{contact.customer_id}")
    return Bound(contact=contact, customer=customer, is_new=is_new)
