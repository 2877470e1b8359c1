""" "done", 完成: the Done button in words, in reply to a reminder or just after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.followups.queries import FollowupView
from domain.notifications.model import NotificationState
from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.followups.cards import shared_card
from handlers.followups.reminders import done
from handlers.followups.standing import followups_on
from handlers.router import Answer, fold

WORDS = frozenset(
    "done,all done,finished,did it,done it,it's done,that's done,i'm done,完成,完成了,已完成,做完了,做好了,搞定,搞定了,办好了,办完了,办妥了,处理完了,弄好了,好了".split(
        ","
    )
)
AFTER = timedelta(hours=2)  # a reminder that is older is not what is meant
LOOKED_AT = 10


def says_done(text: str) -> bool:
    """Is the message nothing but that?"""
    if len(text) > 20:
        return False
    return " ".join(fold(text).casefold().split()).strip(" .!~。！✓✅") in WORDS


async def open_followups_on(ctx: ChatContext, message: str) -> Sequence[FollowupView]:
    """Those on a card that are still open; where none is, all of them. Empty for any other card. Raises RecordNotFound for
    somebody else's."""
    event = ctx.event
    shown = followups_on(await ctx.uow.cards.list_at(event.channel, event.conversation.key, message))
    views = await ctx.uow.followups.list_views(shown) if shown else ()
    return [view for view in views if view.is_open] or views


async def finish_on(ctx: ChatContext, message: str) -> Reply | None:
    """The follow-up on a card is done; a card that several share asks which. None for any other card."""
    waiting = await open_followups_on(ctx, message)
    if not waiting:
        return None
    if len(waiting) == 1:
        return await done(ctx, str(waiting[0].id))
    return shared_card(waiting)


async def last_reminder(ctx: ChatContext, *, since: datetime | None = None) -> str | None:
    """The message of the reminder that came last in this conversation; None when there was none of late, or ``since``."""
    event = ctx.event
    for row in await ctx.uow.notifications.list_for(ctx.actor.id, limit=LOOKED_AT):
        if row.key != "followup-due" or row.state is not NotificationState.SENT:
            continue
        if ctx.now - row.due_at > AFTER or (since is not None and row.due_at <= since):
            return None
        for place in await ctx.uow.cards.places_of(f"followup:{row.facts['followup']}", limit=1):
            if (place.channel, place.place) == (event.channel, event.conversation.key):
                return place.message
    return None


async def done_in_words(ctx: ChatContext, text: str) -> Answer:
    """Without a reply to it, the reminder that came last in this conversation."""
    if ctx.staff is None or ctx.in_group or ctx.event.reply_to is not None or not says_done(text):
        return None
    message = await last_reminder(ctx)
    return await finish_on(ctx, message) if message is not None else None
