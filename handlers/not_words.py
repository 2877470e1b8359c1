"""What comes without words: a contact becomes a lead; of pictures, files and places the words beside them are read."""

from __future__ import annotations

from handlers.chat import Attachment, ContactCard, Location, Reply
from handlers.context import ChatContext
from handlers.router import ROUTES, Answer, content, run_command
from handlers.strangers import greet_once
from handlers.wording import clean, one_line


@content(ContactCard)
async def take_contact(ctx: ChatContext, card: ContactCard) -> Answer:
    """A colleague forwards somebody's contact: that is a lead, but for their own."""
    if ctx.in_group:
        return None
    if ctx.staff is None:
        return await greet_once(ctx)
    lead = ROUTES.commands.get("lead")
    if card.is_own or lead is None:
        return Reply("contact-is-own", {"name": ctx.actor.name})
    return await run_command(ctx, lead, one_line(clean(f"{card.name}, {card.phone}")))


@content(Attachment)
async def take_attachment(ctx: ChatContext, attachment: Attachment) -> Answer:
    if ctx.in_group:
        return None
    if ctx.staff is None:
        return await greet_once(ctx)
    if attachment.caption.strip() and ROUTES.free_text is not None:
        return await ROUTES.free_text(ctx, attachment.caption)
    return Reply("only-words")


@content(Location)
async def take_location(ctx: ChatContext, location: Location) -> Answer:
    if ctx.in_group:
        return None
    return Reply("only-words") if ctx.staff is not None else await greet_once(ctx)
