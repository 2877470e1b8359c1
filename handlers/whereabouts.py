"""Where people and conversations are to be found: who closed their chat with us, and which group has a new address."""

from __future__ import annotations

from domain.people.model import Identity
from handlers.chat import Blocked, ConversationMoved, MembersChanged, Reply
from handlers.context import ChatContext
from handlers.guests import group_of
from handlers.router import content


@content(Blocked)
async def take_block(ctx: ChatContext, change: Blocked) -> None:
    """Nothing is sent to somebody who closed the chat until they speak again, or open it; dispatch notes both."""
    if change.blocked:
        await ctx.uow.identities.cannot_be_reached(ctx.identity.id, ctx.now)


@content(MembersChanged)
async def note_members(ctx: ChatContext, change: MembersChanged) -> Reply | None:
    """Who of outside comes into a group is remembered, and forgotten when they leave. Brought in by a colleague, the bot
    says what it can do there; anybody else's group it leaves in peace."""
    if not ctx.in_group:
        return None
    event = ctx.event
    for sender in change.joined:
        identity = await ctx.uow.identities.find(event.channel, sender.user)
        if identity is None:
            identity = await ctx.uow.identities.add(
                Identity(channel=event.channel, user=sender.user, name=sender.name, locale=sender.locale)
            )
        if identity.staff_id is None and not sender.is_member:
            await ctx.uow.identities.keep_guest(identity, group_of(ctx))
    for sender in change.left:
        await ctx.uow.identities.guest_left(event.channel, sender.user, group_of(ctx))
    if not change.bot_joined or ctx.staff is None:
        return None
    return Reply("group-hello", {"hears": "all" if change.hears_all else "addressed"})


@content(ConversationMoved)
async def move(ctx: ChatContext, moved: ConversationMoved) -> None:
    """Told by the old conversation and by the new one, in either order; the second time nothing is left to move."""
    await ctx.uow.conversations_moved(ctx.event.channel, moved.old, moved.new)
