"""Corrections in words, "no, Thursday", 改到周四, 不是20万是25万: of the card that waits, or of what was saved from it just now.

What was saved is put back and said anew under one action, so that Undo brings back what stood before the correction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.drafts.model import Draft
from domain.errors import CrmError
from domain.journal.model import UndoRefused
from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import keep_draft
from handlers.entries.card import KINDS, EntryCard
from handlers.entries.written import write_card
from handlers.followups.done_words import last_reminder
from handlers.understanding import Amendment, Amount, Match, Moment, find_correction

AMENDABLE = timedelta(minutes=30)
SAVED = "entry-saved"


class SavedChangedSince(CrmError):
    """What was saved is no longer as it was saved: a follow-up was done, somebody corrected it."""

    code = "saved-changed-since"


def apply(ctx: ChatContext, card: EntryCard, amendment: Amendment) -> None:
    value = amendment.value
    if isinstance(value, Moment):
        if amendment.field == "deadline":
            card.set_deadline(value, ctx.actor.work_start, ctx.actor.zone)
        else:
            card.amend_moment(value, ctx.actor.zone)
    elif isinstance(value, Amount):
        card.amend_amount(value, amendment.said)
    elif isinstance(value, Match):
        card.pick(value.kind, int(value.id), value.name)
    elif amendment.field == "activity":
        card.kind = value if value in KINDS else card.kind
    else:
        card.name_company(value)


async def keep_saved(ctx: ChatContext, card: EntryCard, draft: Draft | None = None) -> None:
    """What was just written stays at hand for a correction, with the actions that wrote it; ``draft`` is the card that
    waited until now, or what was written before the correction."""
    earlier = draft.content["actions"] if draft is not None and draft.kind == SAVED else []
    content = {**card.content(), "actions": [*earlier, await ctx.uow.action_id()]}
    if draft is None:
        await keep_draft(ctx, SAVED, content)
    else:
        draft.kind, draft.content, draft.asking, draft.updated_at = SAVED, content, None, ctx.now


async def amend_saved(ctx: ChatContext, draft: Draft, text: str) -> Reply | None:
    """Write anew what was saved last in this conversation, with one field corrected. None where the words are no correction,
    it was undone meanwhile, or a reminder came since, of which they may speak.

    Raises SavedChangedSince where somebody changed what was written, and whatever ``write_card`` raises.
    """
    amendment = find_correction(text, await ctx.reading())
    if amendment is None:
        return None
    if not await is_still_at_hand(ctx, draft):
        return None
    actions = draft.content["actions"]
    card = EntryCard.of(draft)
    apply(ctx, card, amendment)
    card.files = list(dict.fromkeys([*card.files, *await files_of(ctx, actions)]))
    try:
        await ctx.uow.journal.revise(actions, actor=ctx.actor, now=ctx.now)
    except UndoRefused:
        raise SavedChangedSince from None
    reply = await write_card(ctx, card, is_correction=True)
    ctx.uow.happened("entry-amended")
    await keep_saved(ctx, card, draft)
    return as_corrected(reply)


def as_corrected(reply: Reply) -> Reply:
    return Reply("entry-amended", reply.facts, lines=reply.lines, buttons=reply.buttons, card=reply.card)


async def is_still_at_hand(ctx: ChatContext, draft: Draft) -> bool:
    """Whether what was saved was not undone meanwhile, and no reminder came since of which the words may speak."""
    action = await ctx.uow.journal.get_action(draft.content["actions"][-1])
    return action.undone_by is None and await last_reminder(ctx, since=draft.updated_at) is None


async def files_of(ctx: ChatContext, actions: Sequence[int]) -> Sequence[int]:
    """What is attached by them, also what was sent after Save and became part of it."""
    files: dict[int, int] = {}
    for action_id in actions:
        for change in await ctx.uow.journal.changes_of(action_id):
            if change.table != "attachments":
                continue
            if change.after is None:
                files.pop(change.row_id, None)
            elif change.after.get("file_id") is not None:
                files[change.row_id] = change.after["file_id"]
    return list(files.values())
