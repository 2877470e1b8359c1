"""A sentence that was edited while its card still waits: the card follows, where it stands."""

from __future__ import annotations

from domain.drafts.model import Draft
from domain.errors import CrmError
from domain.people.model import Role
from handlers.chat import Edited, Reply
from handlers.context import ChatContext
from handlers.dialogs.below import in_place
from handlers.entries.card import EntryCard
from handlers.entries.chat_transcripts import read_chat
from handlers.entries.reporting import KIND, keep_entry, read_entry
from handlers.rendering.wording import clean
from handlers.router import content, read_command

MOST_WAITING = 20
# What an edit does not change: when it was said first, and where, and the files that were put to it.
CARRIED_OVER = ("said_at", "message", "files", "is_album")


@content(Edited)
async def follow_edit(ctx: ChatContext, edited: Edited) -> Reply | None:
    """None when nothing waits for it: what was saved is history, and has Undo."""
    words = _report_in(edited.text, by=ctx.role)
    if ctx.staff is None or words is None:
        return None
    draft = await _waiting_for(ctx, edited.message)
    if draft is None:
        return None
    before, after = EntryCard.of(draft), await read_chat(ctx, words) or await read_entry(ctx, words)
    if before.text == after.text:  # only the formatting, or a link's preview
        return None
    for name in CARRIED_OVER:
        setattr(after, name, getattr(before, name))
    shown = keep_entry(ctx, draft, after)
    return None if await in_place(ctx, draft.id, shown) else shown


def _report_in(text: str | None, *, by: Role | None) -> str | None:
    """The words that report something: a deleted message, or one that became a command, has none."""
    words = clean(text or "").strip()
    try:
        found = read_command(words, by=by)
    except CrmError:
        return None
    if found is not None:
        chosen, words = found
        if chosen.name != "log":
            return None
    return words or None


async def _waiting_for(ctx: ChatContext, message: str) -> Draft | None:
    event = ctx.event
    drafts = await ctx.uow.drafts.list_of(ctx.actor.id, limit=MOST_WAITING, kinds=[KIND])
    for draft in drafts:
        stands_here = (draft.channel, draft.place) == (event.channel, event.conversation.key)
        if stands_here and draft.content.get("message") == message:
            return draft
    return None
