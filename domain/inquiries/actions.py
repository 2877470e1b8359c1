"""Strangers write, and one of the staff decides with a tap what it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.groups.actions import owner_of
from domain.inquiries.model import LONGEST_WORDS, Inquiry, InquiryState
from domain.leads.actions import NewLead, add_lead
from domain.leads.model import Lead
from domain.notifications.model import Planned, Urgency
from domain.notifications.standing import edit_cards
from domain.people.binding import Bound, bind_by_staff, contact_behind
from domain.people.model import Identity, Role, Staff
from domain.ports import UnitOfWork
from domain.tickets.model import Ticket
from domain.tickets.opening import NewTicket, open_ticket
from domain.tickets.telling import refresh_queues, show_progress

LONGEST_PERSON = 100
# Who is shown newcomers: the agents; where there are none, whoever leads.
LOOKERS = ((Role.AGENT,), (Role.MANAGER,), (Role.ADMIN,))


async def take_message(uow: UnitOfWork, identity: Identity, words: str, *, now: datetime) -> tuple[Inquiry, bool]:
    """Keep what somebody wrote until staff decide; further words go to what waits. Gives whether it is new.

    Staff get one card each, which changes as more comes.
    """
    waiting = await uow.inquiries.find_waiting(identity.id)
    if waiting is not None:
        waiting.add(words, now=now)
        uow.happened("inquiry-went-on", inquiry=waiting.id)
        await change_cards(uow, waiting, now=now)
        return waiting, False
    inquiry = await uow.inquiries.add(
        Inquiry(
            identity_id=identity.id,
            name=identity.name,
            words=words[:LONGEST_WORDS],
            contact_id=identity.contact_id,
            first_at=now,
            last_at=now,
        )
    )
    uow.happened("inquiry-arrived", inquiry=inquiry.id)
    for person in await _lookers(uow, identity):
        uow.plan(_card(inquiry, person, now=now))
    await refresh_queues(uow, now=now)
    return inquiry, True


async def _lookers(uow: UnitOfWork, identity: Identity) -> Sequence[Staff]:
    everybody = await uow.staff.list_active()
    by_role = ([person for person in everybody if person.role in roles] for roles in LOOKERS)
    chosen = next((found for found in by_role if found), [])
    contact = await uow.customers.find_contact(identity.contact_id) if identity.contact_id is not None else None
    customer = await uow.customers.find_customer(contact.customer_id) if contact is not None else None
    owner = await owner_of(uow, customer) if customer is not None else None
    return chosen if owner is None or owner.id in {person.id for person in chosen} else [*chosen, owner]


def _card(inquiry: Inquiry, person: Staff, *, now: datetime) -> Planned:
    record = f"inquiry:{inquiry.id}"
    return Planned(
        key="inquiry-card",
        facts={"inquiry": inquiry.id},
        due_at=now,
        staff_id=person.id,
        urgency=Urgency.URGENT,  # somebody waits
        dedupe_key=f"{record}:{person.id}",
        card=record,
        about=record,
    )


async def change_cards(uow: UnitOfWork, inquiry: Inquiry, *, now: datetime) -> None:
    """Every card that stands shows the present state, and so does everybody's queue."""
    await edit_cards(uow, f"inquiry:{inquiry.id}", key="inquiry-card", facts={"inquiry": inquiry.id}, now=now)
    await refresh_queues(uow, now=now)


async def bind_inquiry(uow: UnitOfWork, actor: Staff, inquiry_id: int, contact_id: int, *, now: datetime) -> Bound:
    """The stranger is this contact; they are told. Raises InquiryNotFound, InquiryClosed, and what ``bind_by_staff`` does."""
    inquiry = await uow.inquiries.get_for(actor, inquiry_id)
    identity = await uow.identities.get(inquiry.identity_id)
    bound = await bind_by_staff(uow, actor, identity.id, contact_id, now=now)
    if inquiry.is_waiting:
        inquiry.contact_id = contact_id
        inquiry.settle(InquiryState.BOUND, by=actor.id, now=now)
    await change_cards(uow, inquiry, now=now)
    tell_stranger(uow, identity, "contact-is-known", {"name": bound.contact.name}, now=now)
    return bound


async def make_lead(uow: UnitOfWork, actor: Staff, inquiry_id: int, *, now: datetime) -> Lead:
    """The stranger becomes a lead of the actor's, with their words as its note. Raises InquiryNotFound, InquiryClosed."""
    inquiry = await uow.inquiries.get_for(actor, inquiry_id)
    identity = await uow.identities.get(inquiry.identity_id)
    inquiry.settle(InquiryState.LEAD, by=actor.id, now=now)
    name = (inquiry.name or identity.user)[:LONGEST_PERSON]
    lead = await add_lead(
        uow,
        actor,
        NewLead(person=name, source=identity.channel, note=inquiry.words or None, despite=True),
        now=now,
    )
    inquiry.lead_id = lead.id
    uow.happened("inquiry-became-lead", inquiry=inquiry.id, lead=lead.id)
    await change_cards(uow, inquiry, now=now)
    return lead


async def make_ticket(uow: UnitOfWork, actor: Staff, inquiry_id: int, *, now: datetime) -> Ticket:
    """What they wrote is a request: it goes to whoever's turn it is. Raises InquiryNotFound, InquiryClosed."""
    inquiry = await uow.inquiries.get_for(actor, inquiry_id)
    identity = await uow.identities.get(inquiry.identity_id)
    inquiry.settle(InquiryState.TICKET, by=actor.id, now=now)
    contact = await contact_behind(uow, identity)
    ticket = await open_ticket(
        uow,
        NewTicket(
            text=inquiry.words,
            customer_id=contact.customer_id if contact is not None else None,
            contact_id=contact.id if contact is not None else None,
            identity=identity,
            channel=identity.channel,
            place=identity.private_place,
        ),
        now=now,
    )
    await show_progress(uow, ticket, now=now)
    await change_cards(uow, inquiry, now=now)
    return ticket


async def close_inquiry(uow: UnitOfWork, actor: Staff, inquiry_id: int, *, now: datetime) -> Inquiry:
    """Nothing for us. Raises InquiryNotFound, InquiryClosed."""
    inquiry = await uow.inquiries.get_for(actor, inquiry_id)
    inquiry.settle(InquiryState.CLOSED, by=actor.id, now=now)
    uow.happened("inquiry-closed", inquiry=inquiry.id)
    await change_cards(uow, inquiry, now=now)
    return inquiry


def tell_stranger(uow: UnitOfWork, identity: Identity, key: str, facts: dict[str, object], *, now: datetime) -> None:
    """Say something in the private chat of an account, if one is known and open."""
    if identity.private_place is None or identity.unreachable_since is not None:
        return
    uow.plan(
        Planned(
            key=key,
            facts=facts,
            due_at=now,
            contact_id=identity.contact_id,
            channel=identity.channel,
            place=identity.private_place,
            urgency=Urgency.URGENT,
            about=f"hello:{identity.id}",
            extra={"locale": identity.locale} if identity.locale else {},
        )
    )
