"""``/queue``: what one has, what waits for somebody, and what strangers wrote. It changes where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.inquiries.model import Inquiry
from domain.people.model import Staff
from domain.people.seeing import sees_every_ticket
from domain.ports import UnitOfWork
from domain.tickets.model import WORKERS
from domain.tickets.queries import TicketView
from domain.tickets.telling import QUEUE
from handlers.chat import Button, Line, Reply
from handlers.context import ChatContext
from handlers.dialogs.lists import asked_for, page_of
from handlers.notices import Batch, Decision, Skip, notice
from handlers.records.lines import note_shown
from handlers.rendering.secrets import Secret
from handlers.router import SUPPORT, command
from handlers.tickets.cards import queue_line


@command("queue", "队列", who=SUPPORT)
async def queue(ctx: ChatContext, rest: str) -> Reply:
    """Each line with its button."""
    mine = await ctx.uow.tickets.list_held([ctx.actor.id], each=asked_for())
    waiting = await ctx.uow.tickets.list_queue(ctx.actor, limit=asked_for())
    return _queue(mine, waiting, await ctx.uow.inquiries.list_waiting(limit=asked_for()))


@notice("ticket-queue-stands")
async def queues_as_they_are(uow: UnitOfWork, batch: Batch) -> Mapping[int, Decision]:
    """The list of whoever looked at it, as it is now. In a group it is nobody's in particular, and stays as it was."""
    readers = {each.id: each for each in batch.staff.values() if each.role in WORKERS}
    held = await uow.tickets.list_held(sorted(readers), each=asked_for())
    waiting = await _waiting(uow, list(readers.values()))
    strangers = await uow.inquiries.list_waiting(limit=asked_for())
    decisions: dict[int, Decision] = {}
    for row in batch.rows:
        reader = row.staff_id
        if reader is None or reader not in readers:
            decisions[row.id] = Skip("gone")
        else:
            mine = [view for view in held if view.assignee_id == reader]
            decisions[row.id] = _queue(mine, waiting[reader], strangers)
    return decisions


async def _waiting(uow: UnitOfWork, readers: Sequence[Staff]) -> Mapping[int, Sequence[TicketView]]:
    """What each of them sees waiting: one statement for all who see everything, one more for each team's manager."""
    seen: dict[int, Sequence[TicketView]] = {}
    everything: Sequence[TicketView] | None = None
    for reader in readers:
        sees_all = sees_every_ticket(reader.role, reader.team, reader.sees)
        if sees_all and everything is not None:
            seen[reader.id] = everything
            continue
        seen[reader.id] = await uow.tickets.list_queue(reader, limit=asked_for())
        if sees_all:
            everything = seen[reader.id]
    return seen


def _queue(mine: Sequence[TicketView], waiting: Sequence[TicketView], strangers: Sequence[Inquiry]) -> Reply:
    own, free, unknown = page_of(mine), page_of(waiting), page_of(strangers)
    lines: list[Line] = []
    for heading, page, button in (("queue-mine", own, _open), ("queue-waiting", free, _take)):
        if page.shown:
            lines += [Line(heading), *(queue_line(view, button(view)) for view in page.shown)]
        if page.left:
            lines.append(Line("queue-more", {"count": page.left, "open": page.is_open}))
    if unknown.shown:
        lines += [Line("queue-strangers"), *map(_stranger, unknown.shown)]
    if unknown.left:
        lines.append(Line("queue-more", {"count": unknown.left, "open": unknown.is_open}))
    facts = {"mine": len(own.shown) + own.left, "waiting": len(free.shown) + free.left + len(unknown.shown)}
    return Reply("ticket-queue", facts, lines=tuple(lines), card=QUEUE, private=True)


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
