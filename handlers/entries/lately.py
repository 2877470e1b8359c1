"""Of whom somebody speaks who names nobody, "he says the price is too high": perhaps the customer of a moment ago."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.context import ChatContext
from handlers.entries.amending import SAVED
from handlers.entries.card import EntryCard
from handlers.understanding.normalise import normalise

LATELY = timedelta(minutes=10)
_SOMEBODY = re.compile(
    r"(?<![a-z])(?:he|she|they|him|her|them|his|their|client|customer)(?![a-z])|[他她]|对方|客户|那边|人家"
)


async def offer_last_customer(ctx: ChatContext, card: EntryCard) -> None:
    """Who was reported on here in the last minutes is a candidate where nobody is named, and never more than that: of words
    about somebody, and of what is shown with a picture."""
    is_shown = bool(ctx.files) and not ctx.is_forwarded
    if not card.names_nobody or not (is_shown or _SOMEBODY.search(normalise(card.text))):
        return
    event, since = ctx.event, ctx.now - LATELY
    draft = await ctx.uow.drafts.find_latest(
        ctx.actor.id, event.channel, event.conversation.key, since=since, kind=SAVED
    )
    saved = EntryCard.of(draft) if draft is not None else None
    if saved is None or saved.names_nobody:
        return
    lately = await ctx.uow.activities.list_recent_subjects(ctx.actor.id, limit=1)  # a new lead has its number since
    subject = saved.subject or next(iter(saved.candidates), None) or next(iter(lately), None)
    card.candidates = [list(subject)] if subject is not None else []
