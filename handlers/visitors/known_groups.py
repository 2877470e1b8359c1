"""Groups are known by name from the first word that one of the staff says there."""

from __future__ import annotations

from handlers.chat import Album, Attachment, ContactCard, Location, MembersChanged, Text
from handlers.context import ChatContext
from handlers.visitors.guests import group_of

SPOKEN = (Text, Attachment, Album, ContactCard, Location)


async def note_group(ctx: ChatContext) -> None:
    """Who spoke, and how the platform calls the group; what is known already is not written again."""
    if not ctx.in_group:
        return
    event = ctx.event
    speaks = ctx.staff is not None and isinstance(event.content, SPOKEN)
    await ctx.uow.known_groups.note(
        event.channel,
        group_of(ctx),
        title=event.conversation.title,
        speaker=ctx.staff.id if ctx.staff is not None and speaks else None,
    )


async def note_leaving(ctx: ChatContext, change: MembersChanged) -> None:
    """A group without the bot is forgotten, and who left it speaks there no more."""
    if change.bot_left:
        await ctx.uow.known_groups.forget(ctx.event.channel, group_of(ctx))
    elif change.left:
        users = {sender.user for sender in change.left}
        await ctx.uow.known_groups.speakers_left(ctx.event.channel, users, group_of(ctx))
