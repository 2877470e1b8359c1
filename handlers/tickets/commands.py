"""What the staff type about tickets: /queue, /take, /note, /close, /transfer, /merge."""

from __future__ import annotations

from domain.inquiries.model import Inquiry
from domain.people.errors import StaffNotFound
from domain.people.model import Staff
from domain.tickets.closing import resolve_ticket
from domain.tickets.merging import merge_tickets
from domain.tickets.noting import note_ticket
from domain.tickets.passing import take_ticket, transfer_ticket
from domain.tickets.queries import TicketView
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext, undo_button
from handlers.dialogs.lists import asked_for, page_of
from handlers.records.comments import named_in
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret
from handlers.router import SUPPORT, WrongUsage, command
from handlers.tickets.buttons import present
from handlers.tickets.cards import queue_line
from handlers.tickets.words import names_ticket, split_ticket, which_ticket


@command("queue", "队列", who=SUPPORT)
async def queue(ctx: ChatContext, rest: str) -> Reply:
    """What one has, what waits for somebody, and what strangers wrote, each with its button."""
    mine = page_of(await ctx.uow.tickets.list_held(ctx.actor, ctx.actor.id, limit=asked_for()))
    waiting = page_of(await ctx.uow.tickets.list_queue(ctx.actor, limit=asked_for()))
    lines: list[Line] = []
    for heading, page, button in (("queue-mine", mine, _open), ("queue-waiting", waiting, _take)):
        if page.shown:
            lines += [Line(heading), *(queue_line(view, button(view)) for view in page.shown)]
        if page.left:
            lines.append(Line("queue-more", {"count": page.left, "open": page.is_open}))
    strangers = page_of(await ctx.uow.inquiries.list_waiting(limit=asked_for()))
    if strangers.shown:
        lines += [Line("queue-strangers"), *map(_stranger, strangers.shown)]
    if strangers.left:
        lines.append(Line("queue-more", {"count": strangers.left, "open": strangers.is_open}))
    facts = {"mine": len(mine.shown) + mine.left, "waiting": len(waiting.shown) + waiting.left + len(strangers.shown)}
    return Reply("ticket-queue", facts, lines=tuple(lines), private=True)


def _stranger(inquiry: Inquiry) -> Line:
    facts = {
        "name": Secret("name", inquiry.name) if inquiry.name else None,
        "words": note_shown(inquiry.words),
        "at": inquiry.first_at,
    }
    return Line("queue-stranger", facts, buttons=(Button("button-details", press=f"inquiry.show:{inquiry.id}"),))


def _open(view: TicketView) -> Button:
    if view.accepted_at is None:
        return Button("button-accept", press=f"ticket.take:{view.id}")
    return Button("button-details", press=f"ticket.show:{view.id}")


def _take(view: TicketView) -> Button:
    return Button("button-take", press=f"ticket.take:{view.id}")


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
