"""Where people and conversations are to be found: who closed their chat with us, and which group has a new address."""

from __future__ import annotations

from domain.groups.actions import owner_of
from domain.notifications.model import Planned
from domain.people.binding import contact_behind
from domain.people.model import Identity
from domain.reports.schedules import lose_group
from domain.tickets.places import conversation_moved, lose_triage
from handlers.chat import Blocked, ConversationMoved, MembersChanged, Reply
from handlers.context import ChatContext
from handlers.router import content
from handlers.visitors.guests import group_of, note_guests
from handlers.visitors.known_groups import note_leaving


@content(Blocked)
async def take_block(ctx: ChatContext, change: Blocked) -> None:
    """Nothing is sent to somebody who closed the chat until they speak again, or open it; dispatch notes both.

    Whoever looks after a customer is told that their person is not reached there any more.
    """
    if not change.blocked:
        return
    await ctx.uow.identities.cannot_be_reached(ctx.identity.id, ctx.now)
    contact = await contact_behind(ctx.uow, ctx.identity)
    customer = await ctx.uow.customers.find_customer(contact.customer_id) if contact is not None else None
    owner = await owner_of(ctx.uow, customer) if customer is not None else None
    if contact is not None and owner is not None:
        ctx.uow.plan(
            Planned(
                key="contact-closed-chat",
                facts={"contact": contact.id, "identity": ctx.identity.id},
                due_at=ctx.now,
                staff_id=owner.id,
                dedupe_key=f"closed-chat:{ctx.identity.id}:{ctx.now.date().isoformat()}",
                about=f"contact:{contact.id}",
            )
        )


@content(MembersChanged)
async def note_members(ctx: ChatContext, change: MembersChanged) -> Reply | None:
    """Who of outside comes into a group is remembered, greeted where it is a customer's, and forgotten when they leave.
    Brought in by a colleague, the bot says what it can do there; anybody else's group it leaves in peace."""
    if not ctx.in_group:
        return None
    channel = ctx.event.channel
    if change.bot_left:
        await lose_triage(ctx.uow, channel=channel, place=group_of(ctx), now=ctx.now)
        await lose_group(ctx.uow, channel, group_of(ctx), now=ctx.now)
    await note_leaving(ctx, change)
    joined = [
        Identity(channel=channel, user=sender.user, name=sender.name, locale=sender.locale)
        for sender in change.joined
        if not sender.is_member
    ]
    if joined:
        met = await ctx.uow.identities.meet(channel, joined)
        await note_guests(ctx, [identity for identity in met if identity.staff_id is None])
    if change.left:
        users = {sender.user for sender in change.left}
        await ctx.uow.groups.guests_left(channel, users, group_of(ctx), at=ctx.now)
    if not change.bot_joined or ctx.staff is None:
        return None
    return Reply("group-hello", {"hears": "all" if change.hears_all else "addressed"})


@content(ConversationMoved)
async def move(ctx: ChatContext, moved: ConversationMoved) -> None:
    """Told by the old conversation and by the new one, in either order; the second time nothing is left to move."""
    await conversation_moved(
        ctx.uow, ctx.event.channel, moved.old, moved.new, now=ctx.now, keeps_messages=moved.keeps_messages
    )
