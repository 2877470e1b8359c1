"""Who of a customer's people somebody in chat is: ``/invite C7``, the code it gives, and one's own phone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from domain.customers.model import Contact
from domain.errors import RecordNotFound
from domain.inquiries.actions import take_message
from domain.people.actions import CODE_LIFETIME
from domain.people.binding import (
    Bound,
    accept_contact_code,
    bind_by_phone,
    contact_behind,
    contact_leaves,
    invite_contact,
    read_shared_phone,
    unbind,
)
from domain.people.desk import contact_at_desk, customer_at_desk
from domain.people.model import Identity
from domain.ports import UnitOfWork
from handlers.chat import Button, ContactCard, Line, Picture, Reply
from handlers.context import ChatContext, Outcome, undo_button
from handlers.customers.cards import contact_card
from handlers.dialogs.lists import asked_for, page_of
from handlers.notices import Batch, Decision, Skip, notice
from handlers.records.history_fields import channel_name
from handlers.rendering.wording import clean, one_line
from handlers.router import Answer, WrongUsage, command, fold, number, press
from handlers.visitors.greeting import was_welcomed, welcome
from locales import language_of

DAYS = CODE_LIFETIME.days
_CODE = re.compile(r"#?\s*([CcPp])\s?-?([0-9]{1,15})")
MOST_CONTACTS = 10


def read_customer_or_contact(text: str) -> tuple[str, int] | None:
    """("customer", 7) for ``C7``, ("contact", 9) for ``P9``."""
    found = _CODE.fullmatch(fold(text[:40]).strip())
    return ("customer" if found[1].upper() == "C" else "contact", int(found[2])) if found else None


@command("invite", "邀请", bare=lambda rest: read_customer_or_contact(rest) is not None)
async def invite(ctx: ChatContext, rest: str) -> Reply:
    """``/invite C7`` or ``/invite P9``: a one-time link, QR picture and code to forward to that person."""
    named = read_customer_or_contact(rest)
    if named is None:
        raise WrongUsage("invite")
    if named[0] == "contact":
        return await _invitation(ctx, await contact_at_desk(ctx.uow, ctx.actor, named[1]))
    customer = await customer_at_desk(ctx.uow, ctx.actor, named[1])
    contacts = await ctx.uow.customers.list_contacts(customer.id, limit=asked_for(MOST_CONTACTS))
    there = [contact for contact in contacts if contact.left_at is None]
    if len(there) == 1:
        return await _invitation(ctx, there[0])
    shown = page_of(there, MOST_CONTACTS).shown
    add = Button("button-add-contact", press=f"contact.new:{customer.id}", opens_form=True)
    buttons = tuple(
        Button("button-person", press=f"contact.invite:{contact.id}", facts={"name": contact.name}) for contact in shown
    )
    key = "invite-whom" if shown else "invite-nobody"
    return Reply(key, {"name": customer.title}, buttons=(*buttons, add), card=f"customer:{customer.id}", private=True)


@press("contact.invite")
async def invite_one(ctx: ChatContext, argument: str) -> Reply:
    return await _invitation(ctx, await contact_at_desk(ctx.uow, ctx.actor, number(argument)))


async def _invitation(ctx: ChatContext, contact: Contact) -> Reply:
    """Ready to forward: in the customer's language, with a code for channels that have no links."""
    invitation = await invite_contact(ctx.uow, ctx.actor, contact.id, now=ctx.now)
    links = ctx.links(invitation.code)
    return Reply(
        "contact-invitation",
        {"name": contact.name, "days": DAYS},
        lines=(
            *(Line("invitation-link", {"link": link}) for link in links),
            Line("invitation-code", {"code": invitation.code}),
        ),
        picture=Picture("qr", {"text": links[0]}) if links else None,
        buttons=(undo_button(),),
        locale=language_of(contact.language) if contact.language else None,
        fresh=True,
        private=True,
    )


# ---------------------------------------------------------------- coming in


async def take_contact_code(ctx: ChatContext, code: str) -> Outcome | None:
    """The answer to a customer's code; None when it is none. Raises what ``accept_contact_code`` raises."""
    bound = await accept_contact_code(ctx.uow, ctx.identity, code, now=ctx.now)
    return None if bound is None else await _came_in(ctx, bound)


async def _came_in(ctx: ChatContext, bound: Bound) -> Outcome:
    """They hear as whom we know them, and the welcome if they never had it."""
    if ctx.identity.locale is None and bound.contact.language:
        ctx.identity.locale = bound.contact.language
    first = () if await was_welcomed(ctx) else (welcome(ctx),)
    known = Reply("contact-is-known", {"name": bound.contact.name}, fresh=True, private=True)
    return Outcome((known, *first))


async def take_own_phone(ctx: ChatContext, card: ContactCard) -> Answer:
    """Their own number, as the platform proves it, says who they are; anybody else's card says nothing of them.

    A number that nobody or several have goes to staff, who decide.
    """
    from handlers.visitors.strangers import answer_outsider

    if ctx.identity.staff_id is not None or await contact_behind(ctx.uow, ctx.identity) is not None:
        return await answer_outsider(ctx, one_line(clean(f"{card.name} {card.phone}")))
    if not card.is_own:
        return Reply("phone-not-own")
    bound = await bind_by_phone(ctx.uow, ctx.identity, card.phone, country=ctx.company.country, now=ctx.now)
    if bound is not None:
        return await _came_in(ctx, bound)
    shared = read_shared_phone(card.phone, country=ctx.company.country) or one_line(clean(card.phone))[:40]
    first = () if await was_welcomed(ctx) else (welcome(ctx),)
    await take_message(ctx.uow, ctx.identity, f"☎ {shared}", now=ctx.now)
    return Outcome((*first, Reply("phone-unknown", fresh=True)))


# ---------------------------------------------------------------- what staff see of it


@notice("contact-came-in")
async def came_in(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    return {row.id: await _told(uow, row.key, row.facts, with_unbind=True) for row in batch.rows}


@notice("contact-closed-chat")
async def closed_chat(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    return {row.id: await _told(uow, row.key, row.facts, with_unbind=False) for row in batch.rows}


async def _told(uow: UnitOfWork, key: str, facts: Mapping[str, int], *, with_unbind: bool) -> Decision:
    identity = await _account(uow, facts["identity"])
    contact = await uow.customers.find_contact(facts["contact"])
    if identity is None or contact is None or identity.contact_id != contact.id:
        return Skip("gone")
    customer = await uow.customers.find_customer(contact.customer_id)
    unbind_button = (Button("button-not-them", press=f"contact.unbind:{identity.id}"),) if with_unbind else ()
    return Reply(
        key,
        {
            "name": contact.name,
            "customer": customer.title if customer else None,
            "channel": channel_name(identity.channel),
            "called": identity.name or None,
        },
        buttons=(
            Button("button-open", press=f"record.show:contact.{contact.id}", facts={"name": contact.name}),
            *unbind_button,
        ),
        card=f"contact:{contact.id}",
    )


async def _account(uow: UnitOfWork, identity_id: int) -> Identity | None:
    try:
        return await uow.identities.get(identity_id)
    except RecordNotFound:
        return None


@press("contact.unbind")
async def take_back(ctx: ChatContext, argument: str) -> Reply:
    identity = await unbind(ctx.uow, ctx.actor, number(argument))
    return Reply("contact-unbound", {"called": identity.name or None}, buttons=(undo_button(),), private=True)


@press("contact.left")
async def left(ctx: ChatContext, argument: str) -> Reply:
    """``9.yes``: no longer there; ``9.no``: is again."""
    contact_id, _, has_left = argument.partition(".")
    contact = await contact_leaves(ctx.uow, ctx.actor, number(contact_id), left=has_left == "yes", now=ctx.now)
    customer = await ctx.uow.customers.get_for(ctx.actor, contact.customer_id)
    return contact_card(contact, customer, said="contact-changed", last=(undo_button(),), in_group=ctx.in_group)
