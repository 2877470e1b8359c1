"""Corrections in words of a list, "no, Beta Thursday", 不对，贝塔改到周四: of the list that waits, or of what was saved from one.

The words name the one of the list that is meant. What was saved is put back and said anew whole, as a single card is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.activities.actions import Entry, log_entry
from domain.drafts.model import Draft
from domain.journal.model import UndoRefused
from handlers.chat import Reply
from handlers.context import ChatContext, country_of
from handlers.dialogs.asking import keep_draft
from handlers.entries.amending import SavedChangedSince, apply, as_corrected, files_of, is_still_at_hand
from handlers.entries.card import EntryCard
from handlers.entries.written import write_card
from handlers.understanding import Amendment, Match, find_amendment, find_correction, understand
from handlers.understanding.normalise import normalise

LIST = "entries"
SAVED_LIST = "entries-saved"
Cards = dict[
    int, EntryCard
]  # by the number in the message, which an older picture of the list still has on its buttons


def cards_of(draft: Draft) -> Cards:
    return {int(at): EntryCard.from_content(content) for at, content in draft.content["cards"].items()}


def content_of(cards: Cards) -> dict[str, Any]:
    return {"cards": {str(at): card.content() for at, card in cards.items()}}


async def keep_saved_list(ctx: ChatContext, cards: Cards, *, after: Draft | None) -> None:
    """What was just written from a list stays at hand for a correction; ``after`` is the list, where nothing of it is left."""
    content = {**content_of(cards), "actions": [await ctx.uow.action_id()]}
    if after is None:
        await keep_draft(ctx, SAVED_LIST, content)
    else:
        after.kind, after.content, after.asking, after.updated_at = SAVED_LIST, content, None, ctx.now


async def correct_waiting(ctx: ChatContext, draft: Draft, text: str) -> EntryCard | None:
    """The one of a waiting list that the words correct, corrected; None where they correct none of it."""
    cards = cards_of(draft)
    found = await _meant(ctx, cards, text, is_saved=False)
    if found is None:
        return None
    card, amendment = found
    apply(ctx, card, amendment)
    draft.content, draft.updated_at = content_of(cards), ctx.now
    return card


async def amend_saved_list(ctx: ChatContext, draft: Draft, text: str) -> Reply | None:
    """Write anew what was saved from a list, with one of it corrected. None where the words correct none of it.

    Raises SavedChangedSince where somebody changed what was written, and whatever ``write_card`` raises.
    """
    cards, actions = cards_of(draft), draft.content["actions"]
    found = await _meant(ctx, cards, text, is_saved=True)
    if found is None or not await is_still_at_hand(ctx, draft):
        return None
    card, amendment = found
    apply(ctx, card, amendment)
    listed = {file for each in cards.values() for file in each.files}
    first = next(iter(cards.values()))
    first.files += [file for file in await files_of(ctx, actions) if file not in listed]
    try:
        await ctx.uow.journal.revise(actions, actor=ctx.actor, now=ctx.now)
    except UndoRefused:
        raise SavedChangedSince from None
    for other in cards.values():
        if other is not card:
            await log_entry(ctx.uow, ctx.actor, _again(ctx, other), now=ctx.now)
    reply = await write_card(ctx, card, is_correction=True)
    ctx.uow.happened("entry-amended")
    draft.content = {**content_of(cards), "actions": [*actions, await ctx.uow.action_id()]}
    draft.updated_at = ctx.now
    return as_corrected(reply)


def _again(ctx: ChatContext, card: EntryCard) -> Entry:
    return replace(card.entry(country=country_of(ctx.actor, ctx.company)), began_at=None)


async def _meant(ctx: ChatContext, cards: Cards, text: str, *, is_saved: bool) -> tuple[EntryCard, Amendment] | None:
    """Whom the words name of the list, and what they say of them besides the name."""
    reading = await ctx.reading()
    understood = understand(text, reading)
    named = [*understood.customers, *understood.contacts]
    meant = [card for card in cards.values() if _is_named(card, named, text)]
    if len(meant) != 1:
        return None
    amendment = (find_correction if is_saved else find_amendment)(_without(text, meant[0], named), reading)
    if amendment is None or amendment.field in {"customer", "contact"}:
        return None
    return meant[0], amendment


def _is_named(card: EntryCard, named: list[Match], text: str) -> bool:
    if card.subject is not None:
        return any((match.kind, match.id) == (card.subject[0], card.subject[1]) for match in named)
    return card.company is not None and normalise(card.company) in normalise(text)


def _without(text: str, card: EntryCard, named: list[Match]) -> str:
    """The words without the name, so that "no, Beta Thursday" says "no, Thursday"."""
    spans = [(match.start, match.end) for match in named if match.start < match.end]
    if card.subject is None and card.company is not None:
        start = normalise(text).find(normalise(card.company))
        spans.append((start, start + len(card.company)))
    for start, end in sorted(set(spans), reverse=True):
        text = text[:start] + text[end:]
    return " ".join(text.split()).replace(" ,", ",")
