"""Tickets in chat, for the staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.tickets.actions import pass_on, reopen_ticket, take_ticket
from domain.tickets.queries import TicketView
from handlers.chat import Reply
from handlers.context import ChatContext, undo_button
from handlers.router import number, press
from handlers.ticket_cards import ticket_card


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
