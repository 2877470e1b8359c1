"""A ticket's card and its buttons, for the staff."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from domain.people.model import Staff
from domain.tickets.closing import reopen_ticket, resolve_ticket
from domain.tickets.model import WORKERS, Category, Priority, Ticket
from domain.tickets.passing import pass_on, take_ticket, transfer_ticket
from domain.tickets.queries import TicketView
from domain.tickets.sorting import link_ticket, set_category, set_priority
from domain.tickets.waiting import go_on_with_ticket, hold_ticket, wait_for_customer
from handlers.chat import Button, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.asking import ask_words, drop_question, open_question
from handlers.router import Answer, ButtonTooOld, number, press, question
from handlers.tickets.cards import asking_card, facts_of, ticket_card
from handlers.tickets.words import split_customer

SOLVING = "ticket-solution"  # a draft: the next words are the solution
LINKING = "ticket-link"  # a draft: the next words are a customer's number
MOST_COLLEAGUES = 12


async def show_ticket(ctx: ChatContext, ticket_id: int) -> Reply:
    """The card as it stands. Raises RecordNotFound."""
    await ctx.uow.tickets.get_for(ctx.actor, ticket_id)
    return await present(ctx, ticket_id)


async def present(
    ctx: ChatContext,
    ticket_id: int,
    key: str = "ticket-card",
    facts: Mapping[str, Any] | None = None,
    *,
    undo: bool = False,
) -> Reply:
    """The card after what was just done with it."""
    view = await fresh_view(ctx, ticket_id)
    last = (undo_button(),) if undo else ()
    return await ticket_card(ctx.uow, view, reader=ctx.actor, key=key, facts=facts, last=last)


async def fresh_view(ctx: ChatContext, ticket_id: int) -> TicketView:
    return (await ctx.uow.tickets.list_views([ticket_id]))[0]


@press("ticket.show")
async def show(ctx: ChatContext, argument: str) -> Reply:
    for kind in (SOLVING, LINKING, "ticket-reply"):
        await drop_question(ctx, kind)
    return await show_ticket(ctx, number(argument))


@press("ticket.take")
async def take(ctx: ChatContext, argument: str) -> Reply:
    ticket = await take_ticket(ctx.uow, ctx.actor, number(argument), now=ctx.now)
    return await present(ctx, ticket.id, "ticket-taken-by-you")


@press("ticket.pass")
async def let_it_pass(ctx: ChatContext, argument: str) -> Reply:
    ticket = await pass_on(ctx.uow, ctx.actor, number(argument), now=ctx.now)
    return await present(ctx, ticket.id, "ticket-passed")


@press("ticket.reopen")
async def reopen(ctx: ChatContext, argument: str) -> Reply:
    ticket = await reopen_ticket(ctx.uow, ctx.actor, number(argument), now=ctx.now)
    return await present(ctx, ticket.id, "ticket-open-again", undo=True)


def _stands(verb: str, act: Callable[..., Awaitable[Ticket]]) -> None:
    """A button that says where the ticket stands from now on."""

    @press(verb)
    async def run(ctx: ChatContext, argument: str) -> Reply:
        ticket = await act(ctx.uow, ctx.actor, number(argument), now=ctx.now)
        return await present(ctx, ticket.id, undo=True)


_stands("ticket.wait", wait_for_customer)
_stands("ticket.hold", hold_ticket)
_stands("ticket.goon", go_on_with_ticket)


@press("ticket.more")
async def more(ctx: ChatContext, argument: str) -> Reply:
    """What is needed less often: on hold, how urgent, what kind, whose."""
    await ctx.uow.tickets.get_for(ctx.actor, number(argument))
    view = await fresh_view(ctx, number(argument))
    buttons = (
        Button("button-hold", press=f"ticket.hold:{view.id}"),
        Button("button-transfer", press=f"ticket.whom:{view.id}"),
        Button("button-link", press=f"ticket.link:{view.id}"),
        *(
            Button(
                f"ticket-priority-{each}", press=f"ticket.urgent:{view.id}.{each}", starts_row=each is Priority.URGENT
            )
            for each in Priority
            if each is not view.priority
        ),
        *(
            Button(
                f"ticket-category-{each}", press=f"ticket.kind:{view.id}.{each}", starts_row=each is Category.QUESTION
            )
            for each in Category
            if each is not view.category
        ),
        Button("button-back", press=f"ticket.show:{view.id}", starts_row=True),
    )
    return Reply("ticket-more", facts_of(view), buttons=buttons, card=f"ticket:{view.id}")


@press("ticket.urgent")
async def choose_priority(ctx: ChatContext, argument: str) -> Reply:
    ticket_id, _, word = argument.partition(".")
    if word not in set(Priority):
        raise ButtonTooOld
    ticket = await set_priority(ctx.uow, ctx.actor, number(ticket_id), Priority(word), now=ctx.now)
    return await present(ctx, ticket.id, undo=True)


@press("ticket.kind")
async def choose_category(ctx: ChatContext, argument: str) -> Reply:
    ticket_id, _, word = argument.partition(".")
    if word not in set(Category):
        raise ButtonTooOld
    ticket = await set_category(ctx.uow, ctx.actor, number(ticket_id), Category(word), now=ctx.now)
    return await present(ctx, ticket.id, undo=True)


# ---------------------------------------------------------------- what asks first


@press("ticket.solve")
async def ask_solution(ctx: ChatContext, argument: str) -> Reply:
    """What solved it? For colleagues; it may be left out."""
    ticket = await ctx.uow.tickets.get_for(ctx.actor, number(argument))
    ticket.must_be_active()
    await ask_words(ctx, SOLVING, "words", ticket=ticket.id)
    buttons = (
        Button("button-without-words", press=f"ticket.solved:{ticket.id}"),
        Button("button-back", press=f"ticket.show:{ticket.id}"),
    )
    facts = facts_of(await fresh_view(ctx, ticket.id))
    return Reply("ticket-ask-solution", facts, buttons=buttons, card=asking_card(ticket.id))


@press("ticket.solved")
async def solved(ctx: ChatContext, argument: str) -> Reply:
    await drop_question(ctx, SOLVING)
    return await _solve(ctx, number(argument), "")


@question(SOLVING)
async def take_solution(ctx: ChatContext, text: str) -> Answer:
    asked = await open_question(ctx, SOLVING)
    if asked is None:
        return None
    await ctx.uow.drafts.remove(asked)
    return await _solve(ctx, asked.content["ticket"], text)


async def _solve(ctx: ChatContext, ticket_id: int, solution: str) -> Reply:
    ticket = await resolve_ticket(ctx.uow, ctx.actor, ticket_id, solution=solution, now=ctx.now)
    return await present(ctx, ticket.id, "ticket-closed", undo=True)


@press("ticket.whom")
async def ask_whom(ctx: ChatContext, argument: str) -> Reply:
    """A button for each colleague who works on tickets."""
    await ctx.uow.tickets.get_for(ctx.actor, number(argument))
    view = await fresh_view(ctx, number(argument))
    people = [
        person
        for person in await ctx.uow.staff.list_active()
        if person.role in WORKERS and person.id != view.assignee_id
    ]
    buttons = (
        *(_person(view, person) for person in people[:MOST_COLLEAGUES]),
        Button("button-back", press=f"ticket.show:{view.id}", starts_row=True),
    )
    return Reply("ticket-ask-whom", facts_of(view), buttons=buttons, card=f"ticket:{view.id}")


def _person(view: TicketView, person: Staff) -> Button:
    return Button("button-person", press=f"ticket.give:{view.id}.{person.id}", facts={"name": person.name})


@press("ticket.give")
async def give(ctx: ChatContext, argument: str) -> Reply:
    ticket_id, _, staff_id = argument.partition(".")
    person = await ctx.uow.staff.get(number(staff_id))
    ticket = await transfer_ticket(ctx.uow, ctx.actor, number(ticket_id), person, now=ctx.now)
    return await present(ctx, ticket.id, "ticket-transferred", {"to": person.name}, undo=True)


@press("ticket.link")
async def ask_customer(ctx: ChatContext, argument: str) -> Reply:
    """Whose is it? The customer's number."""
    ticket = await ctx.uow.tickets.get_for(ctx.actor, number(argument))
    await ask_words(ctx, LINKING, "words", ticket=ticket.id)
    back = Button("button-back", press=f"ticket.show:{ticket.id}")
    facts = facts_of(await fresh_view(ctx, ticket.id))
    return Reply("ticket-ask-customer", facts, buttons=(back,), card=asking_card(ticket.id))


async def take_customer(ctx: ChatContext, text: str) -> Reply | None:
    """A customer's number, which else would show their card, is the answer while it is asked for."""
    customer_id, rest = split_customer(text)
    if customer_id is None or rest or ctx.staff is None:
        return None
    asked = await open_question(ctx, LINKING)
    if asked is None:
        return None
    await ctx.uow.drafts.remove(asked)
    ticket = await link_ticket(ctx.uow, ctx.actor, asked.content["ticket"], customer_id, now=ctx.now)
    return await present(ctx, ticket.id, "ticket-linked", undo=True)


@question(LINKING)
async def not_a_number(ctx: ChatContext, text: str) -> Answer:
    """Something else was said; the question is put aside."""
    asked = await open_question(ctx, LINKING)
    if asked is not None:
        asked.asking = None
        await ctx.uow.flush()
    return None
