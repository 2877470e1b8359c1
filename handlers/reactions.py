"""Reactions as verbs: ✅ on a follow-up's card is Done, taking it off again is Undo; 🎫 on a customer's message is a ticket."""

from __future__ import annotations

from dataclasses import replace

from domain.errors import RecordNotFound
from domain.followups.actions import finish_followup
from domain.followups.queries import FollowupView
from domain.journal.model import UNDO_WITHIN
from domain.records import HistoryLine
from domain.tickets.model import WORKERS
from handlers.chat import Reaction, Reply
from handlers.context import ChatContext, undo_button
from handlers.followups.cards import done_card, present_card
from handlers.followups.reminders import fresh_view, view_of
from handlers.followups.standing import followups_on, refresh_cards
from handlers.router import Answer, content
from handlers.tickets.picked import open_quoted
from handlers.visitors.guests import group_of

# Telegram does not offer ✅ in private chats; 💯 is what comes nearest there.
DONE = frozenset({"✅", "☑", "✔", "💯"})
# 🎫 is not among the reactions of Telegram; ✍ is what comes nearest there.
TICKET = frozenset({"🎫", "🎟", "✍"})
_VARIATION = "\ufe0f"  # asks for the coloured drawing of the same character


@content(Reaction)
async def react(ctx: ChatContext, reaction: Reaction) -> Answer:
    """Done only on the card of a single follow-up: on a shared one nobody knows which is meant. Anything else is a smile."""
    if ctx.staff is None:
        return None
    emoji = reaction.emoji.rstrip(_VARIATION)
    if emoji in TICKET and reaction.added:
        return await _ticket(ctx, reaction)
    if emoji not in DONE:
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


async def _ticket(ctx: ChatContext, reaction: Reaction) -> Reply | None:
    """Only in a customer's group, and what comes of it is said to the speaker alone."""
    if not ctx.in_group or ctx.role not in WORKERS:
        return None
    if await ctx.uow.groups.find(ctx.event.channel, group_of(ctx)) is None:
        return None
    if await ctx.uow.cards.list_at(ctx.event.channel, ctx.event.conversation.key, reaction.message):
        return None  # a card of ours
    if reaction.of is None:
        return Reply("reacted-words-unknown", private=True)
    return replace(await open_quoted(ctx, reaction.of, reaction.message), private=True)


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
