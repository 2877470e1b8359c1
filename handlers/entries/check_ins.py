"""A place that somebody shares is a check-in: its card asks with whom, and Save writes it."""

from __future__ import annotations

import math

from handlers.attachments.whose import RECENT
from handlers.chat import Location, Reply
from handlers.context import ChatContext
from handlers.dialogs.asking import keep_draft
from handlers.entries.card import EntryCard
from handlers.entries.look import show_card
from handlers.entries.reporting import KIND as ENTRY
from handlers.router import Answer, content
from handlers.visitors.strangers import answer_outsider


@content(Location)
async def take_location(ctx: ChatContext, location: Location) -> Answer:
    if ctx.in_group:
        return None
    latitude, longitude = location.latitude, location.longitude
    if ctx.staff is None:
        return await answer_outsider(ctx, f"📍 {latitude:.5f}, {longitude:.5f}")
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return Reply("place-not-understood")
    card = EntryCard(text="", said_at=ctx.event.at, kind="check_in", place=[latitude, longitude])
    recent = await ctx.uow.activities.list_recent_subjects(ctx.actor.id, limit=RECENT)
    card.candidates = [list(each) for each in recent]
    draft = await keep_draft(ctx, ENTRY, card.content())
    return show_card(card, draft.id)
