"""A card that goes on below the words that answered it: where it stood, nothing is left to press."""

from __future__ import annotations

from domain.notifications.model import Planned, Urgency
from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.replies import pack


async def go_on_below(ctx: ChatContext, draft_id: int, left: Reply) -> None:
    """Leave ``left`` in the place of the draft's newest card. Two living cards of one draft would confuse."""
    for place in await ctx.uow.cards.places_of(f"draft:{draft_id}", limit=1):
        ctx.uow.plan(
            Planned(
                key=left.key,
                facts=pack(left),
                due_at=ctx.now,
                channel=place.channel,
                place=place.place,
                edit=place.message,
                urgency=Urgency.URGENT,
                extra={"locale": ctx.locale, "timezone": ctx.timezone, "masked": ctx.in_group},
            )
        )
