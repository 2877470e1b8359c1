"""The group in which each ticket has a place of its own: chosen with ``/triage``, and what is said there."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from domain.errors import RecordNotFound
from domain.ports import UnitOfWork
from domain.tickets.actions import note_ticket
from domain.tickets.places import HEAD, WORDS, Triage, check_triage, head_of, stop_triage, triage_of, use_for_triage
from handlers.chat import Button, Press, Reply
from handlers.context import ChatContext, Outcome, undo_button
from handlers.guests import group_of
from handlers.notices import Batch, Decision, Later, Skip, notice
from handlers.record_lines import note_shown
from handlers.router import LEADERS, Answer, before_questions, command, number, overheard, press
from handlers.ticket_cards import as_views, facts_of
from handlers.ticket_words import ticket_of_place
from handlers.tickets import show_ticket
from handlers.wording import clean

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
    """The message that a ticket's place hangs on. It has no button that would change it."""
    views = as_views(await uow.tickets.list_views([row.facts["ticket"] for row in batch.rows]))
    where, standing = await _where(uow), await _heads(uow, batch)
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        view = views.get(row.facts["ticket"])
        if view is None:
            decisions[row.id] = Skip("gone")
        elif where != (row.channel, row.place):
            decisions[row.id] = Skip("triage-elsewhere")
        elif (row.channel, row.place, view.id) in standing:
            decisions[row.id] = Skip("place-stands")
        else:
            first = (await uow.tickets.list_said(view.id, limit=1))[0].text
            show = Button("button-ticket-show", press=f"place.show:{view.id}")
            decisions[row.id] = Reply(HEAD, {**facts_of(view), "words": note_shown(first)}, buttons=(show,))
    return decisions


@notice(WORDS)
async def words(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """What the customer wrote, below the ticket's head."""
    where, standing = await _where(uow), await _heads(uow, batch)
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        ticket_id, message_id = row.facts["ticket"], row.facts["message"]
        head = standing.get((row.channel, row.place, ticket_id))
        found = await uow.tickets.list_messages(ticket_id, limit=1, before=message_id + 1)
        if not found or found[0].id != message_id:
            decisions[row.id] = Skip("gone")
        elif where != (row.channel, row.place):
            decisions[row.id] = Skip("triage-elsewhere")
        elif head is not None:
            facts = {"ticket": ticket_id, "by": found[0].by, "words": note_shown(found[0].text)}
            decisions[row.id] = Reply(WORDS, facts, under=head)
        elif batch.now - row.facts["since"] < WORDS_WAIT:
            decisions[row.id] = Later(batch.now + HEAD_COMES, "place-comes")
        else:
            decisions[row.id] = Skip("no-place")
    return decisions


async def _where(uow: UnitOfWork) -> tuple[str, str] | None:
    """The group, unless somebody of outside has come into it."""
    chosen = triage_of(await uow.company.get())
    if chosen is None or await uow.groups.customers_read_along(chosen.channel, chosen.place):
        return None
    return chosen.channel, chosen.place


async def _heads(uow: UnitOfWork, batch: Batch) -> Mapping[tuple[str | None, str | None, int], str]:
    """The message of each head that stands, by channel, group and ticket; of several the newest."""
    wanted = {head_of(row.facts["ticket"]) for row in batch.rows}
    cards = await uow.cards.places_of_all(wanted, limit=MOST_HEADS)
    return {
        (card.channel, card.place, int(card.record.partition(":")[2])): card.message for card in reversed(list(cards))
    }


@press("place.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    """The card, in the ticket's place: the head stays."""
    pressed = ctx.event.content
    head = pressed.message if isinstance(pressed, Press) else None
    return replace(await show_ticket(ctx, number(argument)), fresh=True, under=head)


# ---------------------------------------------------------------- what colleagues say there


@before_questions
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


@overheard
async def said_among_us(ctx: ChatContext, text: str) -> None:
    """The same for words that are not for the bot: a thread is read as it is written."""
    if ctx.staff is None:
        return
    ticket_id = await ticket_of_place(ctx.uow, ctx.event)
    said = clean(text).strip()
    if ticket_id is not None and said:
        with suppress(RecordNotFound):  # a colleague who may not see it only talks there
            await note_ticket(ctx.uow, ctx.staff, ticket_id, said, now=ctx.now)
