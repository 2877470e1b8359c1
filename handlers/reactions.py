"""Reactions as verbs: ✅ on a follow-up's card is Done, taking it off again is Undo."""

from __future__ import annotations

from domain.errors import RecordNotFound
from domain.followups.actions import finish_followup
from domain.followups.queries import FollowupView
from domain.records import HistoryLine
from handlers.chat import Reaction, Reply
from handlers.context import ChatContext, undo_button
from handlers.followup_cards import done_card, present_card
from handlers.followup_standing import followups_on, refresh_cards
from handlers.followups import fresh_view, view_of
from handlers.history import UNDO_WITHIN
from handlers.router import Answer, content

# Telegram does not offer ✅ in private chats; 💯 is what comes nearest there.
DONE = frozenset({"✅", "☑", "✔", "💯"})
_VARIATION = "\ufe0f"  # asks for the coloured drawing of the same character


@content(Reaction)
async def react(ctx: ChatContext, reaction: Reaction) -> Answer:
    """Only on the card of a single follow-up: on a shared one nobody knows which is meant. Anything else is just a smile."""
    if ctx.staff is None or reaction.emoji.rstrip(_VARIATION) not in DONE:
        return None
    event = ctx.event
    shown = followups_on(await ctx.uow.cards.list_at(event.channel, event.conversation.key, reaction.message))
    if len(shown) != 1:
        return None
    try:
        view = await view_of(ctx, shown[0])
    except RecordNotFound:  # a colleague's card in a group
        return None
    return await (_done(ctx, view) if reaction.added else _open_again(ctx, view))


async def _done(ctx: ChatContext, view: FollowupView) -> Reply | None:
    """Once: whoever reacts to what is done already has only nodded."""
    if not view.is_open:
        return None
    finished = await finish_followup(ctx.uow, ctx.actor, view.id, now=ctx.now)
    await refresh_cards(ctx, view.id)
    following = await fresh_view(ctx, finished.following.id) if finished.following else None
    return done_card(await fresh_view(ctx, view.id), undo_button(), following=following)


async def _open_again(ctx: ChatContext, view: FollowupView) -> Reply | None:
    """Takes back their own Done of the last ten minutes. Raises UndoRefused when more was built on it since."""
    latest = await ctx.uow.journal.history_of("followups", view.id, limit=1)
    if not latest or not _is_theirs(ctx, latest[0]):
        return None
    await ctx.uow.journal.undo(latest[0].action_id, actor=ctx.actor, now=ctx.now)
    await refresh_cards(ctx, view.id)
    return present_card(await fresh_view(ctx, view.id), reader=ctx.actor.id)


def _is_theirs(ctx: ChatContext, line: HistoryLine) -> bool:
    recent = ctx.now - line.at <= UNDO_WITHIN
    return line.name == "followup-done" and not line.undone and line.staff_id == ctx.actor.id and recent
