"""The card of a report, read a second time by a language model: what offline reading left open is filled in, where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.drafts.model import Draft
from domain.errors import CrmError
from domain.ports import UnitOfWork
from handlers.chat import ChatEvent, Reply, Text
from handlers.context import ChatContext, Outcome
from handlers.dialogs.below import in_place
from handlers.entries.card import EntryCard
from handlers.entries.look import show_card
from handlers.entries.reporting import KIND
from handlers.understanding.second_reading import Suggestion, believed, messages_for

LONGEST = 1000  # characters; a longer text is a paste, and takes a model longer than anybody waits


@dataclass(frozen=True)
class Asked:
    """What a model is asked about one card. ``as_of`` is when the card was made: one that was touched since is left alone."""

    draft_id: int
    staff_id: int
    as_of: datetime
    messages: list[dict[str, str]]


def card_in(event: ChatEvent, replies: Sequence[Reply]) -> int | None:
    """The draft of a report's card that answers a text; None for any other answer."""
    if not isinstance(event.content, Text) or event.message is None or not replies:
        return None
    card = replies[0].card or ""
    is_report = replies[0].key == "entry-card" and card.startswith("draft:")
    return int(card.removeprefix("draft:")) if is_report else None


async def question_about(uow: UnitOfWork, event: ChatEvent, draft_id: int) -> Asked | None:
    """What to ask; None when the card is gone, corrects an earlier sentence, or has nothing open. A chat is not for it: its times
    count from their own messages."""
    owner_id = await uow.drafts.find_owner(draft_id)
    if owner_id is None:
        return None
    staff = await uow.staff.get(owner_id)
    draft = await uow.drafts.get_for(owner_id, draft_id)
    if draft.kind != KIND:
        return None
    card = EntryCard.of(draft)
    if card.is_chat or card.message != event.message or not 0 < len(card.text) <= LONGEST or not _is_open(card):
        return None
    names = [str(title) for _, _, title in _candidates(card)]
    messages = messages_for(card.text, names, now=event.at.astimezone(staff.zone), zone=staff.timezone)
    return Asked(draft_id, owner_id, draft.updated_at, messages)


def _candidates(card: EntryCard) -> list[list[object]]:
    return [card.subject] if card.subject is not None else card.candidates


def _is_open(card: EntryCard) -> bool:
    return card.kind == "note" or not card.intents or _has_no_time(card) or card.subject is None or not card.note


def _has_no_time(card: EntryCard) -> bool:
    return card.due_at is None and card.no_such_day is None and card.past_at is None


async def improve(ctx: ChatContext, asked: Asked, answer: str) -> Outcome:
    """Fill in what is believed of an answer, unless somebody pressed or said something about the card meanwhile."""
    draft = await _untouched(ctx, asked)
    if draft is None:
        return Outcome()
    card = EntryCard.of(draft)
    found = believed(answer, card.text, len(_candidates(card)), await ctx.reading())
    if found is None or not _fill(ctx, card, found):
        return Outcome()
    draft.content, draft.updated_at = card.content(), ctx.now
    await in_place(ctx, draft.id, show_card(card, draft.id))
    return Outcome()


async def _untouched(ctx: ChatContext, asked: Asked) -> Draft | None:
    try:
        draft = await ctx.uow.drafts.get_for(asked.staff_id, asked.draft_id)
    except CrmError:
        return None
    is_theirs = ctx.staff is not None and ctx.staff.id == asked.staff_id
    waits = draft.kind == KIND and draft.updated_at == asked.as_of and draft.asking is None
    return draft if is_theirs and waits else None


def _fill(ctx: ChatContext, card: EntryCard, found: Suggestion) -> bool:
    """Only what stands open; a time, an amount and a choice of customer are asked about."""
    before = card.content()
    if card.kind == "note" and found.activity is not None:
        card.kind = found.activity
    card.intents = card.intents or list(found.intents)
    card.note = card.note or found.note
    if _has_no_time(card) and found.when is not None:
        _set_time(ctx, card, found)
    if card.amount is None and found.amount is not None:
        card.set_amount(found.amount)
        card.doubts = [*card.doubts, "amount"]
    if not card.phones and not card.odd_phones:
        card.phones = list(found.phones)
    if card.subject is None and found.customer is not None and card.candidates:
        chosen = card.candidates[found.customer]
        card.candidates = [chosen, *(other for other in card.candidates if other is not chosen)]
    if card.read:
        # What the model filled in was read, not corrected by anybody: saving it teaches nothing.
        card.read = {name: getattr(card, name) for name in card.read}
    return card.content() != before


def _set_time(ctx: ChatContext, card: EntryCard, found: Suggestion) -> None:
    assert found.when is not None
    if found.when.limit == "before":
        card.set_deadline(found.when, ctx.actor.work_start, ctx.actor.zone)
        card.doubts = [*card.doubts, "deadline"]
    else:
        card.set_moment(found.when, ctx.actor.zone)
        card.doubts = [*card.doubts, "follow_up"]
