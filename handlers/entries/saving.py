"""Save on the card of a report: all of it under one action, or what stands in its way."""

from __future__ import annotations

from domain.drafts.model import Draft
from domain.errors import RecordNotFound
from domain.leads.errors import DuplicateFound
from domain.records import Found
from handlers.chat import Button, Reply
from handlers.context import ChatContext, Outcome, country_of
from handlers.entries.amending import keep_saved
from handlers.entries.at_once import with_offer
from handlers.entries.card import EntryCard
from handlers.entries.reporting import ask_when, keep_entry, load_entry
from handlers.entries.written import write_card
from handlers.rendering.secrets import Secret
from handlers.router import press


@press("entry.save")
async def press_save(ctx: ChatContext, argument: str) -> Outcome:
    return await with_offer(ctx, await save(ctx, argument))


async def save(ctx: ChatContext, argument: str) -> Reply:
    """Write all of the card under one action."""
    draft, card = await load_entry(ctx, argument)
    if card.entry(country=country_of(ctx.actor, ctx.company)).is_empty:
        return await ask_when(ctx, argument)  # a plan without a time: saving it would keep nothing
    try:
        reply = await write_card(ctx, card)
    except DuplicateFound as duplicate:
        return await _offer_existing(ctx, draft, card, duplicate)
    await keep_saved(ctx, card, draft)
    return reply


async def _offer_existing(ctx: ChatContext, draft: Draft, card: EntryCard, duplicate: DuplicateFound) -> Reply:
    """The new lead exists already: theirs becomes the subject at once, another's is only told to exist."""
    found = duplicate.found
    record, record_id = ("customer", found.customer_id or 0) if found.record == "contact" else (found.record, found.id)
    try:
        if record == "lead":
            await ctx.uow.leads.get_for(ctx.actor, record_id)
        else:
            await ctx.uow.customers.get_for(ctx.actor, record_id)
    except RecordNotFound:
        buttons = [Button("button-ask-share", press=f"share.ask:{record}.{record_id}")]
        if found.may_be_another:
            buttons.append(Button("button-save-anyway", press=f"entry.anyway:{draft.id}"))
        buttons.append(Button("button-back", press=f"entry.show:{draft.id}"))
        return Reply(duplicate.code, duplicate.facts, buttons=tuple(buttons), card=f"draft:{draft.id}")
    if found.is_near:
        return _ask_whether_same(draft, found, record=record, record_id=record_id)
    card.pick(record, record_id, found.title)
    card.read, card.cues = {}, {}  # found by us, so nothing was corrected
    return keep_entry(ctx, draft, card)


def _ask_whether_same(draft: Draft, found: Found, *, record: str, record_id: int) -> Reply:
    """One's own has nearly that name: only the person knows whether it is meant."""
    name = Secret("name", found.title)
    theirs = Button("entry-near-same", press=f"entry.pick:{draft.id}.{record}.{record_id}", facts={"name": name})
    anyway = Button("button-save-anyway", press=f"entry.anyway:{draft.id}")
    back = Button("button-back", press=f"entry.show:{draft.id}")
    facts = {"name": name, "matched": found.matched}
    return Reply("entry-near", facts, buttons=(theirs, anyway, back), card=f"draft:{draft.id}")


@press("entry.anyway")
async def save_anyway(ctx: ChatContext, argument: str) -> Reply:
    """The company is known under another owner; the person wants a lead of their own all the same."""
    draft, card = await load_entry(ctx, argument)
    card.despite = True
    draft.content = card.content()
    return await save(ctx, argument)
