"""Whom a report is about that names nobody but a phone: who has it."""

from __future__ import annotations

from domain.records import Found
from handlers.context import ChatContext
from handlers.entries.card import EntryCard


async def pick_by_phone(ctx: ChatContext, card: EntryCard) -> None:
    """Of those that the speaker may see; none where several have the number, or where the text names somebody."""
    if card.company or card.subject is not None or card.candidates:
        return
    for phone in card.phones:
        digits = phone.partition(" ")[0].lstrip("+")
        found = await ctx.uow.search.find(ctx.actor, digits, limit=2)
        having = [each for each in found if each.note is None]
        if len(having) == 1:
            await _pick(ctx, card, having[0])
            return


async def _pick(ctx: ChatContext, card: EntryCard, found: Found) -> None:
    if found.record != "contact":
        card.pick(found.record, found.id, found.title)
        return
    contact = await ctx.uow.customers.get_contact_for(ctx.actor, found.id)
    customer = await ctx.uow.customers.get_for(ctx.actor, contact.customer_id)
    card.pick("customer", customer.id, customer.title)
    card.contact = [contact.id, contact.name]
