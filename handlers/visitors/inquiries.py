"""The card by which staff decide what a stranger's message is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.customers.model import Contact
from domain.drafts.model import Draft
from domain.errors import RecordNotFound
from domain.inquiries.actions import bind_inquiry, close_inquiry, make_lead, make_ticket
from domain.inquiries.model import Inquiry, InquiryState
from domain.people.desk import contact_at_desk, customer_at_desk
from domain.people.model import Identity
from domain.ports import UnitOfWork
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import ask_words, drop_question, open_question
from handlers.leads.cards import lead_card
from handlers.notices import Batch, Decision, Skip, notice
from handlers.records.by_number import TAKES_NUMBERS
from handlers.records.history_fields import channel_name
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret
from handlers.router import Answer, number, press, question
from handlers.tickets.cards import ticket_card
from handlers.visitors.contact_chats import read_customer_or_contact

ASKED = "inquiry-whose"
TAKES_NUMBERS.add(ASKED)
MOST_CHOICES = 8
LONGEST_SHOWN = 1500


def inquiry_card(inquiry: Inquiry, identity: Identity, *, by: str | None) -> Reply:
    """What they wrote, with a button for each thing it can be; what became of it once that is decided."""
    facts = {
        "name": Secret("name", inquiry.name) if inquiry.name else None,
        "channel": channel_name(identity.channel),
        "at": inquiry.first_at,
    }
    words = note_shown(inquiry.words, most=LONGEST_SHOWN)
    lines = (Line("inquiry-words", {"words": words}),) if words else ()
    card = f"inquiry:{inquiry.id}"
    if not inquiry.is_waiting:
        return Reply(f"inquiry-is-{inquiry.state}", {**facts, "by": by}, lines=lines, card=card, private=True)
    known = identity.contact_id is not None
    bind = () if known else (Button("button-bind-customer", press=f"inquiry.bind:{inquiry.id}", is_main=True),)
    lead = () if known else (Button("button-make-lead", press=f"inquiry.lead:{inquiry.id}"),)
    ticket = Button("button-make-ticket", press=f"inquiry.ticket:{inquiry.id}", is_main=known)
    buttons = (*bind, ticket, *lead, Button("button-not-for-us", press=f"inquiry.close:{inquiry.id}"))
    return Reply("inquiry-card", {**facts, "known": known}, lines=lines, buttons=buttons, card=card, private=True)


async def shown(ctx: ChatContext, inquiry: Inquiry) -> Reply:
    """The card as it stands."""
    by = await ctx.uow.staff.get(inquiry.closed_by) if inquiry.closed_by is not None else None
    return inquiry_card(inquiry, await ctx.uow.identities.get(inquiry.identity_id), by=by.name if by else None)


@notice("inquiry-card")
async def cards(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """What was decided before the card came is not shown; a card that stands says what became of it."""
    ids = sorted({row.facts["inquiry"] for row in batch.rows})
    inquiries = {each.id: each for each in await uow.inquiries.list_by_ids(ids)}
    accounts = {
        each.id: each for each in await uow.identities.list_by_ids({one.identity_id for one in inquiries.values()})
    }
    closers = sorted({one.closed_by for one in inquiries.values() if one.closed_by is not None})
    names = {person.id: person.name for person in await uow.staff.list_by_ids(closers)} if closers else {}
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        inquiry = inquiries.get(row.facts["inquiry"])
        if inquiry is None:
            decisions[row.id] = Skip("gone")
        elif inquiry.is_waiting or row.edit:
            by = names.get(inquiry.closed_by or 0)
            decisions[row.id] = inquiry_card(inquiry, accounts[inquiry.identity_id], by=by)
        else:
            decisions[row.id] = Skip("decided-meanwhile")
    return decisions


@press("inquiry.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    await drop_question(ctx, ASKED)
    return await shown(ctx, await ctx.uow.inquiries.get_for(ctx.actor, number(argument)))


@press("inquiry.lead")
async def lead(ctx: ChatContext, argument: str) -> Reply:
    inquiry = await ctx.uow.inquiries.get_for(ctx.actor, number(argument))
    if not inquiry.is_waiting:
        return await shown(ctx, inquiry)
    made = await make_lead(ctx.uow, ctx.actor, inquiry.id, now=ctx.now)
    return await lead_card(ctx.uow, made, said="lead-added", last=(undo_button(),), in_group=ctx.in_group)


@press("inquiry.ticket")
async def ticket(ctx: ChatContext, argument: str) -> Reply:
    inquiry = await ctx.uow.inquiries.get_for(ctx.actor, number(argument))
    if not inquiry.is_waiting:
        return await shown(ctx, inquiry)
    made = await make_ticket(ctx.uow, ctx.actor, inquiry.id, now=ctx.now)
    await ctx.uow.flush()
    [view] = await ctx.uow.tickets.list_views([made.id])
    return await ticket_card(ctx.uow, view, reader=ctx.actor, last=(undo_button(),))


@press("inquiry.close")
async def close(ctx: ChatContext, argument: str) -> Reply:
    inquiry = await ctx.uow.inquiries.get_for(ctx.actor, number(argument))
    if not inquiry.is_waiting:
        return await shown(ctx, inquiry)
    await close_inquiry(ctx.uow, ctx.actor, inquiry.id, now=ctx.now)
    closed = await shown(ctx, inquiry)
    return Reply(closed.key, closed.facts, closed.lines, buttons=(undo_button(),), card=closed.card, private=True)


# ---------------------------------------------------------------- whose account it is


@press("inquiry.bind")
async def ask_whose(ctx: ChatContext, argument: str) -> Reply:
    """The next words name the customer or the person: C7, P9, a name, a phone."""
    inquiry = await ctx.uow.inquiries.get_for(ctx.actor, number(argument))
    if not inquiry.is_waiting:
        return await shown(ctx, inquiry)
    await ask_words(ctx, ASKED, "whose", inquiry=inquiry.id)
    guesses = await _contacts_named(ctx, inquiry.name) if inquiry.name else ()
    return await _choices(ctx, inquiry, guesses, "inquiry-ask-whose")


async def _choices(ctx: ChatContext, inquiry: Inquiry, contacts: Sequence[Contact], key: str) -> Reply:
    buttons = []
    for contact in contacts[:MOST_CHOICES]:
        customer = await ctx.uow.customers.find_customer(contact.customer_id)
        facts = {"name": contact.name, "customer": customer.title if customer else None}
        buttons.append(Button("button-contact", press=f"inquiry.is:{inquiry.id}.{contact.id}", facts=facts))
    back = Button("button-back", press=f"inquiry.show:{inquiry.id}")
    return Reply(
        key,
        {"name": Secret("name", inquiry.name) if inquiry.name else None},
        buttons=(*buttons, back),
        card=f"inquiry:{inquiry.id}",
        private=True,
    )


@question(ASKED)
async def take_whose(ctx: ChatContext, text: str) -> Answer:
    draft = await open_question(ctx, ASKED)
    if draft is None:
        return None
    inquiry = await ctx.uow.inquiries.get_for(ctx.actor, draft.content["inquiry"])
    if not inquiry.is_waiting:
        await ctx.uow.drafts.remove(draft)
        return None
    contacts = await _meant(ctx, text)
    if not contacts:
        return await _nobody(ctx, draft, inquiry)
    if len(contacts) == 1 and read_customer_or_contact(text) is not None:
        await ctx.uow.drafts.remove(draft)
        return await _is(ctx, inquiry, contacts[0].id)
    return await _choices(ctx, inquiry, contacts, "inquiry-which")


async def _nobody(ctx: ChatContext, draft: Draft, inquiry: Inquiry) -> Reply:
    draft.updated_at = ctx.now
    back = Button("button-back", press=f"inquiry.show:{inquiry.id}")
    return Reply("inquiry-nobody-called-so", buttons=(back,), card=f"inquiry:{inquiry.id}", private=True)


async def _meant(ctx: ChatContext, text: str) -> Sequence[Contact]:
    """The contacts that a number or a name stands for, those who have left aside."""
    named = read_customer_or_contact(text)
    try:
        if named is not None and named[0] == "contact":
            found: Sequence[Contact] = [await contact_at_desk(ctx.uow, ctx.actor, named[1])]
        elif named is not None:
            customer = await customer_at_desk(ctx.uow, ctx.actor, named[1])
            found = await ctx.uow.customers.list_contacts(customer.id, limit=MOST_CHOICES)
        else:
            return await _contacts_named(ctx, text)
    except RecordNotFound:
        return ()
    return [contact for contact in found if contact.left_at is None]


async def _contacts_named(ctx: ChatContext, text: str) -> Sequence[Contact]:
    """By what the speaker's own search finds; a customer stands for the people there."""
    contacts: dict[int, Contact] = {}
    for found in await ctx.uow.search.find(ctx.actor, text[:100], limit=MOST_CHOICES):
        if found.record == "contact":
            contact = await ctx.uow.customers.find_contact(found.id)
            some: Sequence[Contact] = [contact] if contact is not None else []
        elif found.record == "customer":
            some = await ctx.uow.customers.list_contacts(found.id, limit=MOST_CHOICES)
        else:
            some = ()
        contacts.update({contact.id: contact for contact in some if contact.left_at is None})
    return list(contacts.values())[:MOST_CHOICES]


@press("inquiry.is")
async def choose(ctx: ChatContext, argument: str) -> Reply:
    inquiry_id, _, contact_id = argument.partition(".")
    await drop_question(ctx, ASKED)
    inquiry = await ctx.uow.inquiries.get_for(ctx.actor, number(inquiry_id))
    if not inquiry.is_waiting:
        return await shown(ctx, inquiry)
    return await _is(ctx, inquiry, number(contact_id))


async def _is(ctx: ChatContext, inquiry: Inquiry, contact_id: int) -> Reply:
    bound = await bind_inquiry(ctx.uow, ctx.actor, inquiry.id, contact_id, now=ctx.now)
    assert inquiry.state is InquiryState.BOUND
    return Reply(
        "inquiry-bound",
        {"name": Secret("name", bound.contact.name), "customer": Secret("name", bound.customer.title)},
        buttons=(
            undo_button(),
            Button("button-open", press=f"record.show:contact.{contact_id}", facts={"name": bound.contact.name}),
        ),
        card=f"inquiry:{inquiry.id}",
        private=True,
    )
