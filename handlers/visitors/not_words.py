"""A contact card: a colleague's becomes a lead, a customer's own says who they are."""

from __future__ import annotations

from handlers.chat import ContactCard, Reply
from handlers.context import ChatContext
from handlers.rendering.wording import clean, one_line
from handlers.router import ROUTES, Answer, content, run_command
from handlers.visitors.contact_chats import take_own_phone


@content(ContactCard)
async def take_contact(ctx: ChatContext, card: ContactCard) -> Answer:
    """A colleague forwards somebody's contact: that is a lead, but for their own."""
    if ctx.in_group:
        return None
    if ctx.staff is None:
        return await take_own_phone(ctx, card)
    lead = ROUTES.commands.get("lead")
    if card.is_own or lead is None:
        return Reply("contact-is-own", {"name": ctx.actor.name})
    return await run_command(ctx, lead, one_line(clean(f"{card.name}, {card.phone}")))
