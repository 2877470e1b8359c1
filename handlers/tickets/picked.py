"""A customer's message becomes a ticket: picked by a colleague from its menu, reacted to with 🎫, or replied to with /ticket."""

from __future__ import annotations

from domain.people.binding import contact_behind
from domain.people.desk import customer_at_desk
from domain.people.model import Identity
from domain.tickets.model import Ticket
from domain.tickets.opening import NewTicket, open_ticket
from domain.tickets.telling import show_progress
from handlers.chat import Conversation, MessagePicked, Quote, Quoted, Reply
from handlers.context import ChatContext
from handlers.rendering.wording import clean
from handlers.tickets.buttons import present, show_ticket

LOOKED_AT = 200  # messages of a ticket among which the words may be


async def open_picked(ctx: ChatContext, picked: MessagePicked, *, under: str | None = None) -> Reply:
    """Whoever wrote it asks, in the thread of their message where the group is a customer's, and gets the card that tells
    how far it is, below the message ``under``. What is open there already is shown instead. Raises RecordNotFound for a customer whom the speaker may not see, and NothingToSay."""
    asker = await _asker(ctx, picked)
    if asker is not None and asker.staff_id is not None:
        return Reply("picked-of-colleague", {"name": picked.message.author or asker.name})
    where, words = picked.where, clean(picked.message.text).strip()
    group = await ctx.uow.groups.find(ctx.event.channel, where.parent or where.key) if where is not None else None
    if where is not None and group is not None:
        running = await _open_already(ctx, where, asker, words)
        if running is not None:
            return await show_ticket(ctx, running.id)
    contact = await contact_behind(ctx.uow, asker) if asker is not None else None
    customer_id = group.customer_id if group is not None else contact.customer_id if contact is not None else None
    if customer_id is not None:
        await customer_at_desk(ctx.uow, ctx.actor, customer_id)
    opened = await open_ticket(
        ctx.uow,
        NewTicket(
            text=words,
            customer_id=customer_id,
            contact_id=contact.id if contact is not None and contact.customer_id == customer_id else None,
            identity=asker,
            channel=ctx.event.channel if group is not None else None,
            place=where.key if where is not None and group is not None else None,
        ),
        now=ctx.now,
    )
    in_thread = where is not None and where.root is not None
    await show_progress(ctx.uow, opened, under=None if in_thread else under, now=ctx.now)
    return await present(ctx, opened.id, "ticket-opened", undo=True)


async def open_quoted(ctx: ChatContext, quoted: Quoted, message: str | None) -> Reply:
    """The same of a message that the event points at; ``message`` is the platform's id of it."""
    where = quoted.where or ctx.event.conversation
    words = Quote(quoted.text, quoted.author)
    return await open_picked(ctx, MessagePicked("ticket", words, where=where, user=quoted.user), under=message)


async def _open_already(ctx: ChatContext, where: Conversation, asker: Identity | None, words: str) -> Ticket | None:
    """A thread is about one request; in a group at large these very words have to stand in one of the asker's, if it is
    known who asks."""
    find_running = ctx.uow.tickets.find_running_at
    if where.root is not None or asker is None:
        return await find_running(ctx.event.channel, (where.key,), identity=None)
    running = await find_running(ctx.event.channel, (where.key,), identity=asker)
    if running is None:
        return None
    said = await ctx.uow.tickets.list_said(running.id, limit=LOOKED_AT)
    return running if any(message.text == words for message in said) else None


async def _asker(ctx: ChatContext, picked: MessagePicked) -> Identity | None:
    """Who wrote it, remembered from now on; None for a message of nobody's."""
    if picked.user is None:
        return None
    known = await ctx.uow.identities.find(ctx.event.channel, picked.user)
    if known is not None:
        return known
    met = Identity(channel=ctx.event.channel, user=picked.user, name=picked.message.author)
    return (await ctx.uow.identities.meet(ctx.event.channel, [met]))[0]
