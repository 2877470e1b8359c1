"""Saving a report at once where nothing is in doubt: offered once to who never corrects, switched in /settings."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.notifications.preferences import save_at_once, saves_at_once
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, Outcome, undo_button
from handlers.entries.card import EntryCard
from handlers.router import ButtonTooOld, press
from handlers.understanding import Understood
from handlers.understanding.doubts import is_doubtful, is_promise

UNCORRECTED = 20  # cards in a row
LOOKED_BACK = 60  # actions, in which so many cards must stand
LONGEST = 300  # characters; a longer report is worth a look
EVER = datetime(2000, 1, 1, tzinfo=UTC)


def is_beyond_doubt(card: EntryCard, understood: Understood, *, now: datetime) -> bool:
    """One known customer by their own name, something that happened or is planned, and nothing that would be asked."""
    if understood.ambiguous or card.doubts or card.no_such_day or card.past_at or card.odd_phones or card.amount_to:
        return False
    if card.phones or card.emails or any(step["is_doubtful"] for step in card.more):
        return False  # whose number it is, one should see
    if len(card.text) > LONGEST or is_doubtful(card.text) or (card.due_at is None and is_promise(card.text)):
        return False
    is_told = card.kind not in {None, "note"} or (card.kind is None and card.due_at is not None)
    is_ahead = all(due is None or due >= now for due in (card.due_at, *(step["due_at"] for step in card.more)))
    return is_told and is_ahead and _is_one_known(card, understood)


def _is_one_known(card: EntryCard, understood: Understood) -> bool:
    named = [*understood.customers, *understood.contacts]
    is_exact = len(understood.customers) == 1 and len(understood.contacts) <= 1 and all(each.exact for each in named)
    return is_exact and card.subject is not None and not understood.unknown_company


async def with_offer(ctx: ChatContext, reply: Reply) -> Outcome:
    """The answer to Save, and below it the offer, once and for all, after twenty cards saved as they were."""
    offer = _offer(ctx)
    if not reply.facts.get("as_read") or ctx.in_group or saves_at_once(ctx.actor) or await _was_said(ctx, offer):
        return Outcome((reply,))
    return Outcome((reply, offer) if await _never_corrects(ctx) else (reply,))


async def _was_said(ctx: ChatContext, offer: Reply) -> bool:
    return offer.key in await ctx.uow.notifications.keys_said(str(offer.card), since=EVER)


async def _never_corrects(ctx: ChatContext) -> bool:
    """As the card just saved was not: what was saved before it."""
    just_now = await ctx.uow.action_id()
    actions = await ctx.uow.journal.actions_of(ctx.actor.id, limit=LOOKED_BACK)
    earlier = (action for action in actions if action.id != just_now)
    saved = [action for action in earlier if "as_read" in action.facts][: UNCORRECTED - 1]
    return len(saved) == UNCORRECTED - 1 and all(each.facts["as_read"] and each.undone_by is None for each in saved)


def _offer(ctx: ChatContext) -> Reply:
    return Reply(
        "at-once-offer",
        {"count": UNCORRECTED},
        buttons=(
            Button("at-once-yes", press="settings.atonce:yes", is_main=True),
            Button("at-once-no", press="settings.atonce:no"),
        ),
        card=f"at-once:{ctx.actor.id}",
        fresh=True,
    )


@press("settings.atonce")
async def choose(ctx: ChatContext, argument: str) -> Reply:
    """Yes or no to the offer; in /settings it is switched there."""
    if argument not in {"yes", "no"}:
        raise ButtonTooOld
    if saves_at_once(ctx.actor) is (argument == "yes"):
        return Reply(f"at-once-{argument}-said")
    await save_at_once(ctx.uow, ctx.actor, is_on=argument == "yes")
    return Reply(f"at-once-{argument}-said", buttons=(undo_button(),))


def at_once_line(*, is_on: bool) -> Line:
    return Line("at-once-line", {"on": is_on})


def at_once_button(*, is_on: bool) -> Button:
    return Button(
        "at-once-off-button" if is_on else "at-once-on-button", press=f"settings.once:{'no' if is_on else 'yes'}"
    )
