"""Follow-ups in chat: the reminder and its buttons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.errors import RecordNotFound
from domain.followups.actions import When, cancel_followup, finish_followup, follow_on, snooze_followup
from domain.followups.choices import CHOICES, day_of_choice, same_hour_on
from domain.followups.errors import FollowupAlreadyClosed
from domain.followups.model import Followup
from domain.followups.queries import FollowupView
from domain.notifications.model import Notification
from domain.notifications.quiet import calendar_of, hours_of
from domain.ports import UnitOfWork
from domain.values.zones import local
from handlers.chat import Button, Press, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import drop_question
from handlers.followups.cards import (
    MOST_ON_ONE_CARD,
    done_card,
    due_card,
    facts_of,
    present_card,
    saved_card,
    shared_card,
)
from handlers.followups.standing import followups_on, refresh_cards
from handlers.notices import Batch, Decision, Rides, Skip, notice
from handlers.router import ButtonTooOld, number, press

LATE = timedelta(minutes=10)
TAPPED_TWICE = timedelta(minutes=1)
ASKED = "followup-when"  # a draft: the new time is asked for


# ---------------------------------------------------------------- the reminder


@notice("followup-due")
async def followups_due(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """Reminders: skipped when done or moved meanwhile; those of one person that are due together share a card."""
    views = {view.id: view for view in await uow.followups.list_views([row.facts["followup"] for row in batch.rows])}
    decisions: dict[int, Decision] = {}
    together: dict[int, list[tuple[Notification, FollowupView]]] = defaultdict(list)
    for row in batch.rows:
        view = views.get(row.facts["followup"])
        reason = _unwanted(row, view)
        if reason is not None or view is None:
            decisions[row.id] = Skip(reason or "gone")
        else:
            together[view.owner_id].append((row, view))
    for whole in together.values():
        for start in range(0, len(whole), MOST_ON_ONE_CARD):
            decisions |= _on_one_card(whole[start : start + MOST_ON_ONE_CARD], batch.now)
    return decisions


def _unwanted(row: Notification, view: FollowupView | None) -> str | None:
    if view is None:
        return "gone"
    if not view.is_open:
        return f"{view.status.value}-meanwhile"
    if view.owner_id != row.staff_id or _planned_for(row) != view.due_at:
        return "moved"
    return None


def _planned_for(row: Notification) -> datetime:
    """The moment that the row was planned for. Its due time may be later: it was tried before, or the hours were quiet."""
    moment = (row.dedupe_key or "").partition("#")[0].removeprefix(f"followup:{row.facts['followup']}:")
    try:
        return datetime.fromisoformat(moment)
    except ValueError:  # planned by hand, without the planner's key
        return row.due_at


def _on_one_card(together: list[tuple[Notification, FollowupView]], now: datetime) -> dict[int, Decision]:
    (first, view), *others = together
    late = any(each.chosen and now - each.due_at > LATE for _, each in together)
    if not others:
        return {first.id: due_card(view, late=late)}
    decisions: dict[int, Decision] = {row.id: Rides(on=first.id) for row, _ in others}
    return {first.id: shared_card([each for _, each in together], late=late), **decisions}


# ---------------------------------------------------------------- what its buttons do


async def view_of(ctx: ChatContext, followup_id: int) -> FollowupView:
    """The follow-up as cards show it, asked for on behalf of the speaker. Raises RecordNotFound."""
    await ctx.uow.followups.get_for(ctx.actor, followup_id)
    return await fresh_view(ctx, followup_id)


async def fresh_view(ctx: ChatContext, followup_id: int) -> FollowupView:
    """The follow-up after what was just changed; for ids that the speaker was asked about already."""
    await ctx.uow.flush()
    views = await ctx.uow.followups.list_views([followup_id])
    if not views:
        raise RecordNotFound(record=f"F{followup_id}")
    return views[0]


@press("followup.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    await drop_question(ctx, ASKED)
    return present_card(await view_of(ctx, number(argument)), reader=ctx.actor.id)


@press("followup.more")
async def more(ctx: ChatContext, argument: str) -> Reply:
    """A card of its own, below the list, which stays."""
    card = present_card(await view_of(ctx, number(argument)), reader=ctx.actor.id)
    return Reply(card.key, card.facts, buttons=card.buttons, card=card.card, fresh=True)


@press("followup.done")
async def done(ctx: ChatContext, argument: str) -> Reply:
    """Done, with the next step one tap away. Tapped twice it stays so; pressed later it shows how things stand."""
    followup_id = number(argument)
    try:
        finished = await finish_followup(ctx.uow, ctx.actor, followup_id, now=ctx.now)
    except FollowupAlreadyClosed:
        return await _done_before(ctx, followup_id)
    await refresh_cards(ctx, followup_id)
    following = await fresh_view(ctx, finished.following.id) if finished.following else None
    return done_card(await fresh_view(ctx, followup_id), undo_button(), following=following)


async def _done_before(ctx: ChatContext, followup_id: int) -> Reply:
    """The second of two taps must not take away what the first one offered."""
    view = await fresh_view(ctx, followup_id)
    if view.closed_at is not None and ctx.now - view.closed_at <= TAPPED_TWICE:
        for line in await ctx.uow.journal.history_of("followups", view.id, limit=1):
            if line.name == "followup-done" and line.staff_id == ctx.actor.id and not line.undone:
                undo = Button("button-undo", press=f"undo:{line.action_id}")
                return done_card(view, undo) if view.recurrence is None else await _finished_only(ctx, view)
    return present_card(view, reader=ctx.actor.id)


@press("followup.tick")
async def tick(ctx: ChatContext, argument: str) -> Reply:
    """Done on a card that several share: the others stay on it."""
    view = await view_of(ctx, number(argument))
    pressed = ctx.event.content.message if isinstance(ctx.event.content, Press) else None
    cards = await ctx.uow.cards.list_at(ctx.event.channel, ctx.event.conversation.key, pressed) if pressed else ()
    others = followups_on(cards)
    if view.id not in others:
        return await done(ctx, argument)
    changed = view.is_open
    if changed:
        await finish_followup(ctx.uow, ctx.actor, view.id, now=ctx.now)
        await refresh_cards(ctx, view.id)
        await ctx.uow.flush()
    views = await ctx.uow.followups.list_views(others)
    return shared_card(views, undo=(undo_button(),) if changed else ())


@press("followup.then")
async def then(ctx: ChatContext, argument: str) -> Reply:
    """The next step of a finished one. Tapped twice, it is planned once."""
    followup_id, _, choice = argument.partition(".")
    view = await view_of(ctx, number(followup_id))
    if choice == "none":
        return await _finished_only(ctx, view)
    due_at = _on_chosen_day(ctx, view, choice)
    following = await follow_on(ctx.uow, ctx.actor, view.id, due_at, now=ctx.now)
    return saved_card("followup-planned", await fresh_view(ctx, following.id), undo_button())


async def _finished_only(ctx: ChatContext, view: FollowupView) -> Reply:
    """No next step; Done itself can still be undone."""
    card = present_card(view, reader=ctx.actor.id)
    latest = await ctx.uow.journal.history_of("followups", view.id, limit=1)
    undo = tuple(Button("button-undo", press=f"undo:{line.action_id}") for line in latest if not line.undone)
    return Reply(card.key, card.facts, buttons=card.buttons if view.is_open else undo, card=card.card)


@press("followup.snooze")
async def snooze(ctx: ChatContext, argument: str) -> Reply:
    name, _, span = argument.partition(".")
    followup_id = number(name)
    if span == "hour":
        return await move(ctx, followup_id, When(at=ctx.event.at + timedelta(hours=1)))
    followup = await ctx.uow.followups.get_for(ctx.actor, followup_id)
    when = When(at=_on_chosen_day(ctx, followup, span), has_hour=followup.has_hour)
    return await move(ctx, followup_id, when)


def _on_chosen_day(ctx: ChatContext, followup: Followup | FollowupView, choice: str) -> datetime:
    """The hour that it had, on the day behind a button, as the speaker's calendar has it."""
    if choice not in CHOICES:
        raise ButtonTooOld
    actor = ctx.actor
    calendar, hours = calendar_of(actor, ctx.company), hours_of(actor)
    today = local(ctx.event.at, actor.timezone).date()
    day = day_of_choice(choice, today, is_workday=lambda each: calendar.is_workday(each, hours))
    return same_hour_on(day, actor, followup.due_at, has_hour=followup.has_hour)


async def move(ctx: ChatContext, followup_id: int, when: When) -> Reply:
    """To another time, on every card of it; a closed one shows how it stands. Raises DateInThePast."""
    try:
        await snooze_followup(ctx.uow, ctx.actor, followup_id, when, now=ctx.now)
    except FollowupAlreadyClosed:
        return present_card(await fresh_view(ctx, followup_id), reader=ctx.actor.id)
    await refresh_cards(ctx, followup_id)
    return saved_card("followup-moved", await fresh_view(ctx, followup_id), undo_button())


@press("followup.drop")
async def drop(ctx: ChatContext, argument: str) -> Reply:
    """No longer wanted."""
    followup_id = number(argument)
    try:
        await cancel_followup(ctx.uow, ctx.actor, followup_id, now=ctx.now)
    except FollowupAlreadyClosed:
        return present_card(await fresh_view(ctx, followup_id), reader=ctx.actor.id)
    await refresh_cards(ctx, followup_id)
    facts = facts_of(await fresh_view(ctx, followup_id))
    return Reply("followup-dropped", facts, buttons=(undo_button(),), card=f"followup:{followup_id}")
