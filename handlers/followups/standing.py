"""Other cards of a follow-up that stand in chats: edited when it is finished or moved elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.followups.queries import FollowupView
from domain.notifications.model import CardPlace
from domain.notifications.standing import edit_cards
from domain.ports import UnitOfWork
from handlers.chat import Reply
from handlers.context import ChatContext
from handlers.followups.cards import present_card, shared_card
from handlers.notices import Batch, Decision, Skip, notice


async def refresh_cards(ctx: ChatContext, followup_id: int) -> None:
    """Plan edits of its cards that stand."""
    await cards_changed(ctx.uow, followup_id, now=ctx.now)


async def cards_changed(uow: UnitOfWork, followup_id: int, *, now: datetime) -> None:
    await edit_cards(uow, f"followup:{followup_id}", key="followup-card", facts={"followup": followup_id}, now=now)


@notice("followup-card")
async def cards_as_they_are(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
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
