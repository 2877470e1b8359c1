"""The buttons of the card that waits, in words: "save", 算了, "no follow up", "add: they need training too"."""

from __future__ import annotations

import re

from domain.drafts.model import Draft
from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.dialogs.below import go_on_below
from handlers.entries import several
from handlers.entries.amending import AMENDABLE
from handlers.entries.at_once import with_offer
from handlers.entries.card import EntryCard
from handlers.entries.reporting import KIND, cancel, keep_entry, replies_to_another_card
from handlers.entries.said_words import ALSO_THANKS, says_cancel, says_nothing_next, says_save
from handlers.entries.saving import save
from handlers.leads import pasted
from handlers.rendering.wording import clean
from handlers.router import Answer, fold

LONGEST = 400
_ADDED = re.compile(
    r"(?:(?:please |also )*add(?: (?:this |that )?to (?:the |my )?notes?)?(?:\s*[:,]|\s+that\s)|(?:note|p\.?s\.?)\s*:)\s*(?P<words>.+)"
    r"|(?:(?:在|给)?(?:备注|记录)(?:里面?|中|上)?(?:再|还)?(?:加上?|补充|写上?|记上?)(?:一[句条下])?|(?:再|另外)?补充(?:一[句条下点])?(?=[:,\s])|再?加一[句条])\s*[:,]?\s*(?P<han>.+)",
    re.IGNORECASE | re.DOTALL,
)


# The buttons of each kind of card: what keeps it, what drops it.
_BUTTONS = {
    KIND: (save, cancel),
    pasted.KIND: (pasted.save_new_ones, pasted.cancel),
    several.KIND: (several.save_all, several.cancel),
}


async def words_to_card(ctx: ChatContext, text: str) -> Answer:
    """None where no card waits here, or the words are news."""
    if ctx.staff is None or len(text) > LONGEST or await replies_to_another_card(ctx):
        return None
    said = " ".join(fold(clean(text)).replace("’", "'").split()).strip(" .!?~。！？")
    if (says_save(said) or says_cancel(said)) and (said.casefold() not in ALSO_THANKS or await _waiting(ctx, KIND)):
        return await _finish(ctx, is_kept=says_save(said))
    if says_nothing_next(said):
        return await _without_next(ctx)
    added = _ADDED.fullmatch(fold(clean(text)).strip())
    return await _with_words(ctx, (added["words"] or added["han"]).strip()) if added else None


async def _waiting(ctx: ChatContext, kind: str) -> Draft | None:
    event = ctx.event
    return await ctx.uow.drafts.find_latest(
        ctx.actor.id, event.channel, event.conversation.key, since=ctx.now - AMENDABLE, kind=kind
    )


async def _finish(ctx: ChatContext, *, is_kept: bool) -> Answer:
    """Save or Cancel, on the card or the list that came last."""
    waiting = [draft for kind in _BUTTONS if (draft := await _waiting(ctx, kind)) is not None]
    if not waiting:
        return None if ctx.in_group else Reply("nothing-waits")
    draft = max(waiting, key=lambda draft: (draft.updated_at, draft.id))
    number = str(draft.id)
    keeps, drops = _BUTTONS[draft.kind]
    reply = await (keeps if is_kept else drops)(ctx, number)
    is_saved = reply.key in {"entry-saved", "list-saved", "entries-saved"}
    left = "entry-saved-below" if is_saved else "entry-below" if is_kept else reply.key
    await go_on_below(ctx, draft.id, Reply(left))
    return await with_offer(ctx, reply)


async def _without_next(ctx: ChatContext) -> Answer:
    draft = await _waiting(ctx, KIND)
    if draft is None:
        return None if ctx.in_group else Reply("nothing-waits")
    card = EntryCard.of(draft)
    card.plan_nothing()
    return await _shown_below(ctx, draft, card)


async def _with_words(ctx: ChatContext, words: str) -> Answer:
    draft = await _waiting(ctx, KIND)
    if draft is None:
        return None
    card = EntryCard.of(draft)
    joint = "，" if re.search(r"[\u4e00-\u9fff]$", card.note) else ", "
    card.note = f"{card.note}{joint}{words}" if card.note else words
    return await _shown_below(ctx, draft, card)


async def _shown_below(ctx: ChatContext, draft: Draft, card: EntryCard) -> Reply:
    await go_on_below(ctx, draft.id, Reply("entry-below"))
    return keep_entry(ctx, draft, card)
