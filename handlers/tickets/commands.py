"""What the staff type about tickets: /take, /note, /close, /transfer, /merge."""

from __future__ import annotations

from domain.people.errors import StaffNotFound
from domain.people.model import Staff
from domain.tickets.closing import resolve_ticket
from domain.tickets.merging import merge_tickets
from domain.tickets.noting import note_ticket
from domain.tickets.passing import take_ticket, transfer_ticket
from handlers.chat import Reply
from handlers.context import ChatContext, undo_button
from handlers.records.comments import named_in
from handlers.router import SUPPORT, WrongUsage, command
from handlers.tickets.buttons import present
from handlers.tickets.words import names_ticket, split_ticket, which_ticket


@command("take", "接单", who=SUPPORT, bare=names_ticket)
async def take(ctx: ChatContext, rest: str) -> Reply:
    ticket_id, _ = await which_ticket(ctx, rest, "take")
    ticket = await take_ticket(ctx.uow, ctx.actor, ticket_id, now=ctx.now)
    return await present(ctx, ticket.id, "ticket-taken-by-you")


@command("note", "备注", who=SUPPORT, bare=names_ticket)
async def note(ctx: ChatContext, rest: str) -> Reply:
    """For colleagues alone."""
    ticket_id, words = await which_ticket(ctx, rest, "note")
    if not words:
        raise WrongUsage("note")
    await note_ticket(ctx.uow, ctx.actor, ticket_id, words, now=ctx.now)
    return Reply("ticket-noted", {"ticket": ticket_id}, buttons=(undo_button(),), private=True)


@command("close", "关闭", who=SUPPORT, bare=names_ticket)
async def close(ctx: ChatContext, rest: str) -> Reply:
    """Solved; the words are for colleagues. It closes by itself unless the customer objects."""
    ticket_id, words = await which_ticket(ctx, rest, "close")
    ticket = await resolve_ticket(ctx.uow, ctx.actor, ticket_id, solution=words, now=ctx.now)
    return await present(ctx, ticket.id, "ticket-closed", undo=True)


@command("transfer", "转交", who=SUPPORT, bare=names_ticket)
async def transfer(ctx: ChatContext, rest: str) -> Reply:
    """``/transfer T18 @Ida they know this machine``."""
    ticket_id, words = await which_ticket(ctx, rest, "transfer")
    named = await _whom(ctx, words)
    if named is None:
        raise WrongUsage("transfer")
    person, said = named
    ticket = await transfer_ticket(ctx.uow, ctx.actor, ticket_id, person, note=said, now=ctx.now)
    return await present(ctx, ticket.id, "ticket-transferred", {"to": person.name}, undo=True)


async def _whom(ctx: ChatContext, words: str) -> tuple[Staff, str] | None:
    """The colleague of ``@who`` and the words without it; None where nobody is named. Raises StaffNotFound."""
    plain = words.replace("＠", "@")
    before, sign, after = plain.partition("@")
    if not sign:
        return None
    named = named_in(f"@{after}", await ctx.uow.staff.list_active())
    if not named:
        raise StaffNotFound(name=(after.split() or [""])[0][:60])
    return named[0], f"{before} {after[len(named[0].name) :]}".strip()


@command("merge", "合并", who=SUPPORT, bare=names_ticket)
async def merge(ctx: ChatContext, rest: str) -> Reply:
    """``/merge T18 T19``: the second goes into the first."""
    kept, words = await which_ticket(ctx, rest, "merge")
    merged, _ = split_ticket(words)
    if merged is None or merged == kept:
        raise WrongUsage("merge")
    ticket = await merge_tickets(ctx.uow, ctx.actor, kept, merged, now=ctx.now)
    return await present(ctx, ticket.id, "tickets-merged", {"other": merged}, undo=True)
