"""The group in which each ticket has a place of its own: chosen with ``/triage``, and what is said there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.errors import RecordNotFound
from domain.groups.model import is_within
from domain.notifications.model import CardPlace, Notification
from domain.ports import UnitOfWork
from domain.tickets.model import TicketStatus
from domain.tickets.noting import note_ticket
from domain.tickets.places import (
    HEAD,
    STANDS,
    WORDS,
    Triage,
    check_triage,
    head_of,
    stop_triage,
    triage_of,
    use_for_triage,
)
from handlers.chat import Button, Phrase, Press, Reply
from handlers.context import ChatContext, Outcome, undo_button
from handlers.notices import Batch, Decision, Later, Skip, notice
from handlers.records.history_fields import channel_name
from handlers.records.lines import note_shown
from handlers.rendering.wording import clean
from handlers.router import LEADERS, Answer, command, number, press
from handlers.tickets.buttons import show_ticket
from handlers.tickets.cards import as_views, facts_of
from handlers.tickets.words import ticket_of_place
from handlers.visitors.guests import group_of

HEAD_COMES = timedelta(seconds=2)
WORDS_WAIT = timedelta(minutes=10)
"""So long what a customer wrote waits for the ticket's head; it stands in the ticket all the same."""
MOST_HEADS = 400


# ---------------------------------------------------------------- which group


@command("triage", "工单群", who=LEADERS)
async def triage(ctx: ChatContext, rest: str) -> Answer:
    """In a group of colleagues: tickets have their places here. Elsewhere: which group it is."""
    chosen = triage_of(ctx.company)
    if not ctx.in_group:
        return _state(chosen)
    here = (ctx.event.channel, group_of(ctx))
    if chosen is not None and (chosen.channel, chosen.place) == here:
        return _state(chosen, is_here=True)
    ctx.company = await use_for_triage(ctx.uow, ctx.actor, channel=here[0], place=here[1], now=ctx.now)
    await check_triage(ctx.uow, ctx.actor, now=ctx.now)
    return Reply("triage-chosen", buttons=(undo_button(),), private=True)


def _state(chosen: Triage | None, *, is_here: bool = False) -> Reply:
    if chosen is None:
        return Reply("triage-none", private=True)
    buttons = (Button("button-check", press="triage.check:"), Button("button-triage-stop", press="triage.stop:"))
    return Reply("triage-state", {"channel": chosen.channel, "here": is_here}, buttons=buttons, private=True)


@press("triage.check")
async def check(ctx: ChatContext, argument: str) -> Reply:
    """A word is said there; that it could not be is told by ``triage-lost``."""
    ctx.allow(*LEADERS)
    if triage_of(ctx.company) is None:
        return _state(None)
    await check_triage(ctx.uow, ctx.actor, now=ctx.now)
    return Reply("triage-looked", fresh=True, private=True)


@notice("triage-found")
async def found(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """To whoever had it checked: what is missing in the group. The channel is asked when it is sent."""
    chosen = triage_of(await uow.company.get())
    if chosen is None:
        return {row.id: Skip("gone") for row in batch.rows}
    said = Reply("triage-found", {"channel": channel_name(chosen.channel)}, examines=(chosen.channel, chosen.place))
    return {row.id: said for row in batch.rows}


@press("triage.stop")
async def stop(ctx: ChatContext, argument: str) -> Reply:
    ctx.allow(*LEADERS)
    if triage_of(ctx.company) is None:
        return _state(None)
    ctx.company = await stop_triage(ctx.uow, ctx.actor)
    return Reply("triage-stopped", buttons=(undo_button(),), private=True)


# ---------------------------------------------------------------- what is relayed there


@notice(HEAD)
async def heads(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The message that a ticket's place hangs on, in a thread of its own where the group has such. It has no button that
    would change it."""
    ids = [row.facts["ticket"] for row in batch.rows]
    views, first = as_views(await uow.tickets.list_views(ids)), await uow.tickets.first_words(ids)
    where, standing = await _where(uow), await _heads(uow, batch)
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        view = views.get(row.facts["ticket"])
        if view is None:
            decisions[row.id] = Skip("gone")
        elif where != (row.channel, row.place):
            decisions[row.id] = Skip("triage-elsewhere")
        elif _head_of(row, standing) is not None:
            decisions[row.id] = Skip("place-stands")
        else:
            show = Button("button-ticket-show", press=f"place.show:{view.id}")
            facts = {**facts_of(view), "words": note_shown(first.get(view.id, ""))}
            title = Phrase("ticket-place-name", {"ticket": view.id, "title": view.title})
            opens = None if row.facts.get("chain") else title
            decisions[row.id] = Reply(HEAD, facts, buttons=(show,), opens=opens)
    return decisions


@notice(WORDS)
async def words(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """What the customer wrote, below the ticket's head."""
    messages = await uow.tickets.list_message_views([row.facts["message"] for row in batch.rows])
    found = {message.id: message for message in messages}
    where, standing = await _where(uow), await _heads(uow, batch)
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        message = found.get(row.facts["message"])
        head = _head_of(row, standing)
        if message is None or message.ticket_id != row.facts["ticket"]:
            decisions[row.id] = Skip("gone")
        elif where != (row.channel, row.place):
            decisions[row.id] = Skip("triage-elsewhere")
        elif head is not None:
            facts = {"ticket": message.ticket_id, "by": message.by, "words": note_shown(message.text)}
            decisions[row.id] = _below(head, row, WORDS, facts)
        elif batch.now - row.facts["since"] < WORDS_WAIT:
            decisions[row.id] = Later(batch.now + HEAD_COMES, "place-comes")
        else:
            decisions[row.id] = Skip("no-place")
    return decisions


@notice(STANDS)
async def stands(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """It is solved, closed or open again: said below its head, if it is still so. What has no place needs no word of it."""
    views = as_views(await uow.tickets.list_views([row.facts["ticket"] for row in batch.rows]))
    where, standing = await _where(uow), await _heads(uow, batch)
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        view, head = views.get(row.facts["ticket"]), _head_of(row, standing)
        if view is None:
            decisions[row.id] = Skip("gone")
        elif where != (row.channel, row.place):
            decisions[row.id] = Skip("triage-elsewhere")
        elif head is None:
            decisions[row.id] = Skip("no-place")
        elif view.status.value != row.facts["state"]:
            decisions[row.id] = Skip("changed-meanwhile")
        else:
            facts = {"ticket": view.id, "state": view.status.value, "solution": note_shown(view.solution or "")}
            ends = {TicketStatus.CLOSED: True, TicketStatus.REOPENED: False}.get(view.status)
            decisions[row.id] = replace(_below(head, row, STANDS, facts), ends_thread=ends)
    return decisions


def _below(head: CardPlace, row: Notification, key: str, facts: Mapping[str, Any]) -> Reply:
    """In the head's own thread, else below it in the group."""
    if head.place != row.place:
        return Reply(key, facts, inside=head.place)
    return Reply(key, facts, under=head.message)


async def _where(uow: UnitOfWork) -> tuple[str, str] | None:
    """The group, unless somebody of outside has come into it."""
    chosen = triage_of(await uow.company.get())
    if chosen is None or await uow.groups.customers_read_along(chosen.channel, chosen.place):
        return None
    return chosen.channel, chosen.place


async def _heads(uow: UnitOfWork, batch: Batch) -> Sequence[CardPlace]:
    """Where the heads of these tickets stand, the newest first."""
    wanted = {head_of(row.facts["ticket"]) for row in batch.rows}
    return await uow.cards.places_of_all(wanted, limit=MOST_HEADS)


def _head_of(row: Notification, standing: Sequence[CardPlace]) -> CardPlace | None:
    """The head of the row's ticket in the row's group, the newest of several."""
    record, group = head_of(row.facts["ticket"]), row.place or ""
    for card in standing:
        if card.record == record and card.channel == row.channel and is_within(card.place, group):
            return card
    return None


@press("place.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    """The card, in the ticket's place: the head stays."""
    pressed = ctx.event.content
    head = pressed.message if isinstance(pressed, Press) else None
    return replace(await show_ticket(ctx, number(argument)), fresh=True, under=head)


# ---------------------------------------------------------------- what colleagues say there


async def said_to_us(ctx: ChatContext, text: str) -> Answer:
    """Words of a colleague in a ticket's place are a note of it. What was asked there is answered first."""
    if ctx.staff is None or not ctx.in_group:
        return None
    ticket_id = await ticket_of_place(ctx.uow, ctx.event)
    said = clean(text).strip()
    if ticket_id is None or not said:
        return None
    if await ctx.uow.drafts.find_question(ctx.staff.id, ctx.event.channel, ctx.event.conversation.key) is not None:
        return None
    await note_ticket(ctx.uow, ctx.staff, ticket_id, said, now=ctx.now)
    return Outcome()


async def said_among_us(ctx: ChatContext, text: str) -> None:
    """The same for words that are not for the bot: a thread is read as it is written."""
    if ctx.staff is None:
        return
    ticket_id = await ticket_of_place(ctx.uow, ctx.event)
    said = clean(text).strip()
    if ticket_id is not None and said:
        with suppress(RecordNotFound):  # a colleague who may not see it only talks there
            await note_ticket(ctx.uow, ctx.staff, ticket_id, said, now=ctx.now)
