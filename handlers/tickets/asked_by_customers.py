"""A customer asks: in private, in their group, with a photo. One card shows them how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from domain.attachments.actions import attach_sent
from domain.errors import RecordNotFound
from domain.people.binding import contact_behind
from domain.records import HistoryLine
from domain.tickets.answering import answered_in_chat
from domain.tickets.closing import close_ticket, reopen_for_customer
from domain.tickets.hearing import customer_said
from domain.tickets.intake import UNSAID, begin_intake, skip_question, take_answer
from domain.tickets.model import Intake, Speaker, Ticket, TicketMessage, TicketStatus
from domain.tickets.opening import NewTicket, open_ticket
from domain.tickets.waiting import wait_again
from domain.tickets.words import title_for_customer
from handlers.chat import Button, Reply
from handlers.context import ChatContext, Outcome
from handlers.entries.kind_words import is_greeting, is_thanks
from handlers.rendering.wording import clean
from handlers.router import Answer, ButtonTooOld, number, press
from handlers.tickets.notices import opens_at, progress_card
from handlers.visitors.greeting import was_welcomed, welcome
from handlers.visitors.guests import group_of

ONE_BREATH = timedelta(minutes=2)
"""Messages of one breath are one request; nothing is said to each of them."""
TALK_LASTS = timedelta(minutes=30)
"""After a longer silence nobody is talking, and what comes may be about something else."""


# ---------------------------------------------------------------- asking


async def ask(ctx: ChatContext, words: str) -> Answer:
    """``/ticket …`` of somebody of outside. A stranger's is opened at once, and what is missing is asked for."""
    said = clean(words).strip()
    if not said and (ctx.in_group or await contact_behind(ctx.uow, ctx.identity) is not None):
        return _ask_about(ctx)
    return await _open(ctx, said, ())


def _ask_about(ctx: ChatContext) -> Reply:
    return Reply("ticket-ask-group" if ctx.in_group else "ticket-ask", fresh=True, private=True)


async def say(ctx: ChatContext, words: str, files: Sequence[int] = ()) -> Answer:
    """Anything a customer says in private, or to the bot in their group. None for a stranger who asked for nothing yet:
    their words are for staff to look at.

    What is open gets it; else a known contact's words are a request. A nod opens nothing, and opens nothing again.
    """
    said = clean(words).strip()
    ticket = await _theirs(ctx)
    if ticket is not None:
        return await _go_on(ctx, ticket, said, files)
    if await contact_behind(ctx.uow, ctx.identity) is None and not await is_in_bound_group(ctx):
        return None
    if not files and (is_thanks(said) or is_greeting(said) or not said):
        return await _with_welcome(ctx, Reply("thanks-answer") if is_thanks(said) else customer_hello(ctx))
    return await _open(ctx, said, files)


async def _theirs(ctx: ChatContext) -> Ticket | None:
    if ctx.in_group:
        return await ctx.uow.tickets.find_running_at(ctx.event.channel, _here(ctx), identity=ctx.identity)
    return await ctx.uow.tickets.find_last_open(ctx.identity)


async def is_in_bound_group(ctx: ChatContext) -> bool:
    return ctx.in_group and await ctx.uow.groups.find(ctx.event.channel, group_of(ctx)) is not None


def _here(ctx: ChatContext) -> tuple[str, ...]:
    """A thread or topic, and the group that it is of."""
    return tuple(dict.fromkeys((ctx.event.conversation.key, group_of(ctx))))


def customer_hello(ctx: ChatContext) -> Reply:
    help_ = Button("button-ask", press="asked.help:", is_main=True)
    return Reply("customer-hello", {"name": ctx.identity.name or None}, buttons=(help_,))


async def _with_welcome(ctx: ChatContext, *replies: Reply) -> Outcome:
    """The welcome goes first where they never had it."""
    first = () if ctx.in_group or await was_welcomed(ctx) else (welcome(ctx),)
    return Outcome((*first, *replies))


async def _open(ctx: ChatContext, said: str, files: Sequence[int], message: TicketMessage | None = None) -> Answer:
    """The group's customer in their group, else the contact's own."""
    contact = await contact_behind(ctx.uow, ctx.identity)
    group = await ctx.uow.groups.find(ctx.event.channel, group_of(ctx)) if ctx.in_group else None
    customer_id = group.customer_id if group is not None else contact.customer_id if contact is not None else None
    is_theirs = contact is not None and contact.customer_id == customer_id
    ticket = await open_ticket(
        ctx.uow,
        NewTicket(
            text=said or UNSAID,
            customer_id=customer_id,
            contact_id=contact.id if contact is not None and is_theirs else None,
            identity=ctx.identity,
            channel=ctx.event.channel,
            place=ctx.event.conversation.key,
            message=message,
        ),
        now=ctx.now,
    )
    if files:
        first = (await ctx.uow.tickets.list_said(ticket.id, limit=1))[0]
        await attach_sent(ctx.uow, ctx.identity, files, ticket_message_id=first.id, now=ctx.now)
    card = await _progress(ctx, ticket, fresh=True)
    if customer_id is not None or ctx.in_group:
        return await _with_welcome(ctx, card)
    begin_intake(ticket, is_told=bool(said))
    return await _with_welcome(ctx, card, _question(ticket))


async def _progress(ctx: ChatContext, ticket: Ticket, *, fresh: bool = False) -> Reply:
    view = (await ctx.uow.tickets.list_views([ticket.id]))[0]
    opens, here = await opens_at(ctx.uow, view, ctx.now), ctx.event.conversation.key
    return progress_card(view, ctx.locale, opens=opens, here=here, fresh=fresh)


def _question(ticket: Ticket) -> Reply:
    """What a stranger is asked next, with a way round it."""
    if ticket.intake is None:
        return Reply("intake-done", {"ticket": ticket.id}, buttons=(share_phone(),), fresh=True)
    skip = Button("button-skip", press=f"asked.skip:{ticket.id}.{ticket.intake.value}")
    return Reply(f"intake-{ticket.intake.value}", buttons=() if ticket.intake is Intake.ABOUT else (skip,), fresh=True)


def share_phone() -> Button:
    """A number that is in our books says who they are."""
    return Button("button-share-phone", asks_phone=True)


# ---------------------------------------------------------------- going on


async def _go_on(ctx: ChatContext, ticket: Ticket, said: str, files: Sequence[int]) -> Answer:
    if ticket.status is TicketStatus.RESOLVED and is_thanks(said) and not files:
        return Reply("thanks-answer")
    if not said and not files:
        return customer_hello(ctx)
    before = await ctx.uow.tickets.list_messages(ticket.id, limit=1)
    is_talk = bool(before) and ctx.now - before[0].at <= TALK_LASTS
    was_over = ticket.status is TicketStatus.RESOLVED
    is_one_breath = ctx.now - ticket.opened_at <= ONE_BREATH
    if ticket.intake is not None and not files:
        if not is_greeting(said):  # nobody is called hello
            await take_answer(ctx.uow, ticket, said, identity=ctx.identity, now=ctx.now)
        return _question(ticket)
    message = await customer_said(ctx.uow, ticket, said, identity=ctx.identity, now=ctx.now)
    if files:
        await attach_sent(ctx.uow, ctx.identity, files, ticket_message_id=message.id, now=ctx.now)
    if was_over:
        return await _progress(ctx, ticket, fresh=True)
    # While a colleague talks with them, and in one breath with the request, the bot keeps quiet.
    if (ticket.speaker is Speaker.HUMAN and is_talk) or is_one_breath:
        return Outcome()
    another = Button("button-ask-new", press=f"asked.new:{message.id}")
    facts = {"ticket": ticket.id, "title": title_for_customer(ticket)}
    return Reply("ticket-added", facts, buttons=(another,), fresh=True)


async def of_ticket_card(ctx: ChatContext, argument: str) -> Ticket:
    """The ticket of a customer's button. Raises ButtonTooOld for everybody else."""
    try:
        return await ctx.uow.tickets.get_asked_by(ctx.identity, number(argument))
    except RecordNotFound:
        raise ButtonTooOld from None


@press("asked.help")
async def how_to_ask(ctx: ChatContext, argument: str) -> Reply:
    return Reply("ticket-ask-group" if ctx.in_group else "ticket-ask", fresh=True, private=True)


@press("asked.add")
async def add_something(ctx: ChatContext, argument: str) -> Reply:
    ticket = await of_ticket_card(ctx, argument)
    return Reply("ticket-add-here", {"ticket": ticket.id, "group": ctx.in_group}, fresh=True, private=True)


@press("asked.new")
async def another_request(ctx: ChatContext, argument: str) -> Answer:
    """What went to the open request was about something else. A second press shows the new one."""
    message = await ctx.uow.tickets.find_said_by(ctx.identity, number(argument))
    if message is None:
        raise ButtonTooOld
    ticket = await of_ticket_card(ctx, str(message.ticket_id))
    first = (await ctx.uow.tickets.list_said(ticket.id, limit=1))[0]
    if first.id == message.id:
        return await _progress(ctx, ticket, fresh=True)
    latest = await ctx.uow.journal.history_of("tickets", ticket.id, limit=1)
    if latest and latest[0].name == "ticket-said" and ("status", "waiting", "open") in _changed(latest[0]):
        await wait_again(ctx.uow, ticket, now=ctx.now)  # what woke it was about something else
    return await _open(ctx, message.text, (), message)


def _changed(line: HistoryLine) -> set[tuple[str, str, str]]:
    return {(name, str(before), str(after)) for name, before, after in line.fields}


@press("asked.close")
async def close(ctx: ChatContext, argument: str) -> Reply:
    ticket = await of_ticket_card(ctx, argument)
    await close_ticket(ctx.uow, ticket, now=ctx.now)
    return await _progress(ctx, ticket)


@press("asked.again")
async def not_solved(ctx: ChatContext, argument: str) -> Reply:
    ticket = await of_ticket_card(ctx, argument)
    if not ticket.is_active and ticket.merged_into_id is None:
        await reopen_for_customer(ctx.uow, ticket, now=ctx.now)
    return await _progress(ctx, ticket)


@press("asked.skip")
async def skip(ctx: ChatContext, argument: str) -> Reply:
    code, _, step = argument.partition(".")
    ticket = await of_ticket_card(ctx, code)
    if step not in set(Intake):
        raise ButtonTooOld
    skip_question(ctx.uow, ticket, Intake(step))
    return _question(ticket)


# ---------------------------------------------------------------- what is said in a customer's group


async def copy_to_ticket(ctx: ChatContext, text: str) -> None:
    """Words in a group that are not for the bot: a colleague's are the answer to what is open there, its asker's go on
    with it. Others' words stay where they are, and a nod is nothing to keep."""
    said = clean(text).strip()
    if not said or is_thanks(said) or await ctx.uow.groups.find(ctx.event.channel, group_of(ctx)) is None:
        return
    asker = None if ctx.staff is not None else ctx.identity
    ticket = await ctx.uow.tickets.find_running_at(ctx.event.channel, _here(ctx), identity=asker)
    if ticket is None:
        return
    if ctx.staff is None:
        await customer_said(ctx.uow, ticket, said, identity=ctx.identity, now=ctx.now)
        return
    with suppress(RecordNotFound):  # a colleague who may not see it only talks there
        await answered_in_chat(ctx.uow, ctx.staff, ticket.id, said, now=ctx.now)
