"""What the customer wants and how things stand, as it was read from a report: shown on its card, corrected there."""

from __future__ import annotations

from functools import cache

from handlers.chat import Button, Line, Phrase, Reply
from handlers.context import ChatContext
from handlers.entries.card import EntryCard
from handlers.entries.look import intents_line
from handlers.entries.reporting import keep_entry, load_entry
from handlers.router import ButtonTooOld, press
from handlers.understanding.lexicon import sections


@cache
def intents() -> tuple[str, ...]:
    return tuple(name for name in sections("intents") if name)


@press("entry.intents")
async def choose(ctx: ChatContext, argument: str) -> Reply:
    draft, card = await load_entry(ctx, argument)
    return _choices(draft.id, card)


def _choices(draft_id: int, card: EntryCard) -> Reply:
    toggles = tuple(
        Button(
            "entry-toggle-intent",
            press=f"entry.intent:{draft_id}.{intent}",
            facts={"intent": Phrase(f"intent-{intent}"), "on": intent in card.intents},
        )
        for intent in intents()
    )
    back = Button("button-back", press=f"entry.show:{draft_id}", starts_row=True)
    return Reply("entry-ask-intents", lines=_chosen(card), buttons=(*toggles, back), card=f"draft:{draft_id}")


def _chosen(card: EntryCard) -> tuple[Line, ...]:
    return (intents_line(card),) if card.intents else ()


@press("entry.intent")
async def toggle(ctx: ChatContext, argument: str) -> Reply:
    draft_id, _, intent = argument.partition(".")
    draft, card = await load_entry(ctx, draft_id)
    if intent not in intents():
        raise ButtonTooOld
    kept = [each for each in card.intents if each != intent]
    card.intents = kept if intent in card.intents else [*kept, intent]
    keep_entry(ctx, draft, card)
    return _choices(draft.id, card)
