"""Where people and conversations are to be found: who closed their chat with us, and which group has a new address."""

from __future__ import annotations

from handlers.chat import Blocked, ConversationMoved
from handlers.context import ChatContext
from handlers.router import content


@content(Blocked)
async def take_block(ctx: ChatContext, change: Blocked) -> None:
    """Nothing is sent to somebody who closed the chat until they speak again, or open it; dispatch notes both."""
    if change.blocked:
        await ctx.uow.identities.cannot_be_reached(ctx.identity.id, ctx.now)


@content(ConversationMoved)
async def move(ctx: ChatContext, moved: ConversationMoved) -> None:
    """Told by the old conversation and by the new one, in either order; the second time nothing is left to move."""
    await ctx.uow.conversations_moved(ctx.event.channel, moved.old, moved.new)
