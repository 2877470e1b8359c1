"""A customer's message, picked by a colleague from its menu, becomes a ticket."""

from __future__ import annotations

from domain.people.binding import contact_behind
from domain.people.desk import customer_at_desk
from domain.people.model import Identity
from domain.tickets.actions import NewTicket, open_ticket
from handlers.chat import MessagePicked, Reply
from handlers.context import ChatContext
from handlers.tickets import present, show_ticket
from handlers.wording import clean


async def open_picked(ctx: ChatContext, picked: MessagePicked) -> Reply:
    """Whoever wrote it asks, in the thread of their message where the group is a customer's. What is open there already
    is shown instead. Raises RecordNotFound for a customer whom the speaker may not see, and NothingToSay."""
    asker = await _asker(ctx, picked)
    if asker is not None and asker.staff_id is not None:
        return Reply("picked-of-colleague", {"name": picked.message.author or asker.name})
    where = picked.where
    group = await ctx.uow.groups.find(ctx.event.channel, where.parent or where.key) if where is not None else None
    if where is not None and group is not None:
        running = await ctx.uow.tickets.find_running_at(ctx.event.channel, (where.key,), identity=None)
        if running is not None:
            return await show_ticket(ctx, running.id)
    contact = await contact_behind(ctx.uow, asker) if asker is not None else None
    customer_id = group.customer_id if group is not None else contact.customer_id if contact is not None else None
    if customer_id is not None:
        await customer_at_desk(ctx.uow, ctx.actor, customer_id)
    opened = await open_ticket(
        ctx.uow,
        NewTicket(
            text=clean(picked.message.text),
            customer_id=customer_id,
            contact_id=contact.id if contact is not None and contact.customer_id == customer_id else None,
            identity=asker,
            channel=ctx.event.channel if group is not None else None,
            place=where.key if where is not None and group is not None else None,
        ),
        now=ctx.now,
    )
    return await present(ctx, opened.id, "ticket-opened", undo=True)


async def _asker(ctx: ChatContext, picked: MessagePicked) -> Identity | None:
    """Who wrote it, remembered from now on; None for a message of nobody's."""
    if picked.user is None:
        return None
    known = await ctx.uow.identities.find(ctx.event.channel, picked.user)
    if known is not None:
        return known
    met = Identity(channel=ctx.event.channel, user=picked.user, name=picked.message.author)
    return (await ctx.uow.identities.meet(ctx.event.channel, [met]))[0]
