"""Other cards of a follow-up that stand in chats: edited when it is finished or moved elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from domain.followups.queries import FollowupView
from domain.notifications.model import CardPlace, Planned, Urgency
from domain.people.model import Staff
from domain.ports import UnitOfWork
from handlers.chat import FormFilled, Press, Reaction, Reply
from handlers.context import ChatContext
from handlers.followups.cards import present_card, shared_card
from handlers.notices import Batch, Decision, Skip, notice

MOST = 5


async def refresh_cards(ctx: ChatContext, followup_id: int) -> None:
    """Plan edits of the newest other cards; the one that was pressed is answered anyway."""
    content = ctx.event.content
    pressed = content.message if isinstance(content, Press | FormFilled | Reaction) else None
    here = (ctx.event.channel, ctx.event.conversation.key, pressed)
    places = await ctx.uow.cards.places_of(f"followup:{followup_id}", limit=MOST)
    others = [place for place in places if (place.channel, place.place, place.message) != here]
    if not others:
        return
    # Whoever gave it away has a card too, and is neither the actor nor the owner: each private chat has its own reader.
    privately = await _readers_at(ctx.uow, {(place.channel, place.place) for place in others})
    for place in others:
        ctx.uow.plan(_edit(ctx, place, followup_id, reader=privately.get((place.channel, place.place))))


async def _readers_at(uow: UnitOfWork, places: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], Staff]:
    identities = await uow.identities.list_at(places)
    people = await uow.staff.list_by_ids(sorted({each.staff_id for each in identities if each.staff_id is not None}))
    by_id = {person.id: person for person in people}
    return {
        (identity.channel, identity.private_place): by_id[identity.staff_id]
        for identity in identities
        if identity.private_place is not None and identity.staff_id in by_id
    }


def _edit(ctx: ChatContext, place: CardPlace, followup_id: int, *, reader: Staff | None) -> Planned:
    """A place that is nobody's private chat is a group, where names and numbers are masked."""
    return Planned(
        key="followup-card",
        facts={"followup": followup_id},
        due_at=ctx.now,
        staff_id=reader.id if reader else None,
        channel=place.channel,
        place=place.place,
        edit=place.message,
        urgency=Urgency.URGENT,
        about=f"followup:{followup_id}",
        extra={} if reader else {"locale": ctx.locale, "timezone": ctx.timezone, "masked": True},
    )


@notice("followup-card")
async def cards_changed(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The card as it stands when the edit is sent; a shared one whole."""
    shown: dict[int, list[int]] = {}
    for row in batch.rows:
        at = await uow.cards.list_at(row.channel or "", row.place or "", row.edit or "")
        shown[row.id] = followups_on(at) or [row.facts["followup"]]
    wanted = sorted({followup_id for ids in shown.values() for followup_id in ids})
    views = {view.id: view for view in await uow.followups.list_views(wanted)}
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        found = [views[followup_id] for followup_id in shown[row.id] if followup_id in views]
        decisions[row.id] = _card(found, reader=row.staff_id) if found else Skip("gone")
    return decisions


def _card(views: Sequence[FollowupView], *, reader: int | None) -> Reply:
    return present_card(views[0], reader=reader) if len(views) == 1 else shared_card(views)


def followups_on(cards: Sequence[CardPlace]) -> list[int]:
    """The follow-ups among the records that a message shows."""
    return [int(card.record.partition(":")[2]) for card in cards if card.record.startswith("followup:")]
