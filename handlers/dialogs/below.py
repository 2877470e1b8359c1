"""A card that goes on below the words that answered it: where it stood, nothing is left to press."""

from __future__ import annotations

from domain.notifications.model import Planned, Urgency
from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.replies import pack


async def go_on_below(ctx: ChatContext, draft_id: int, left: Reply) -> None:
    """Leave ``left`` in the place of the draft's newest card. Two living cards of one draft would confuse."""
    await in_place(ctx, draft_id, left)


async def in_place(ctx: ChatContext, draft_id: int, shown: Reply) -> bool:
    """Show it in the place of the draft's newest card; False where none is known to stand anywhere."""
    places = await ctx.uow.cards.places_of(f"draft:{draft_id}", limit=1)
    for place in places:
        ctx.uow.plan(
            Planned(
                key=shown.key,
                facts=pack(shown),
                due_at=ctx.now,
                channel=place.channel,
                place=place.place,
                edit=place.message,
                card=shown.card,
                urgency=Urgency.URGENT,
                extra={"locale": ctx.locale, "timezone": ctx.timezone, "masked": ctx.in_group},
            )
        )
    return bool(places)
