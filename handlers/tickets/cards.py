"""How a ticket looks to the staff: the card, and a line of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.model import WORKERS, TicketStatus
from domain.tickets.queries import MessageView, TicketView
from handlers.chat import Button, Line, Phrase, Reply
from handlers.records.lines import attached_button, note_shown
from handlers.rendering.secrets import Secret

SHOWN = 4  # messages on the card


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What cards show beside the tickets themselves, by ticket: what was said last, newest first, and how many files."""

    said: Mapping[int, Sequence[MessageView]]
    files: Mapping[int, int]


async def beside(uow: UnitOfWork, ticket_ids: Sequence[int]) -> Beside:
    """For all of them in two statements."""
    ids, said = sorted(set(ticket_ids)), defaultdict[int, list[MessageView]](list)
    for message in await uow.tickets.list_latest(ids, each=SHOWN):
        said[message.ticket_id].append(message)
    return Beside(said=said, files=await uow.attachments.count_of_tickets(ids))


async def ticket_card(
    uow: UnitOfWork,
    view: TicketView,
    *,
    reader: Staff | None,
    key: str = "ticket-card",
    facts: Mapping[str, Any] | None = None,
    last: tuple[Button, ...] = (),
) -> Reply:
    """As it stands now, with what was said last, and what ``reader`` may do with it."""
    return card_of(view, await beside(uow, [view.id]), reader=reader, key=key, facts=facts, last=last)


def card_of(
    view: TicketView,
    shown: Beside,
    *,
    reader: Staff | None,
    key: str,
    facts: Mapping[str, Any] | None = None,
    last: tuple[Button, ...] = (),
    in_group: bool = False,
) -> Reply:
    """The same for one of several. ``in_group``: for all who read along, with what whoever has it may do."""
    return Reply(
        key,
        {**facts_of(view), "mine": reader is not None and reader.id == view.assignee_id, **(facts or {})},
        lines=tuple(message_line(message) for message in reversed(shown.said.get(view.id, ()))),
        buttons=(
            *(buttons_in_group(view) if in_group else buttons_for(view, reader) if reader is not None else ()),
            *attached_button("ticket", view.id, shown.files.get(view.id, 0)),
            *last,
        ),
        card=f"ticket:{view.id}",
    )


def asking_card(ticket_id: int) -> str:
    """The record of a card that asks for words about a ticket: it is not edited under somebody who types."""
    return f"ticket-asks:{ticket_id}"


def facts_of(view: TicketView) -> dict[str, Any]:
    """The facts that every text about a ticket may use; in groups names and words are masked."""
    whose = view.customer_title or view.asker
    return {
        "ticket": view.id,
        "title": note_shown(view.title),
        "whose": Secret("name", whose) if whose else None,
        "asker": Secret("name", _asker(view)) if view.asker and (view.asker_company or view.asker != whose) else None,
        "customer": view.customer_id,
        "status": Phrase(f"ticket-status-{view.status}"),
        "priority": Phrase(f"ticket-priority-{view.priority}"),
        "category": Phrase(f"ticket-category-{view.category}"),
        "owner": view.assignee_name if view.is_active or view.status is TicketStatus.RESOLVED else None,
        "accepted": view.accepted_at is not None,
        "queued": view.queued_at,
        "due": view.due_at if view.is_active and view.status is not TicketStatus.WAITING else None,
        "answered": view.first_answered_at is not None or view.answer_due_at is None,
        "solution": note_shown(view.solution or ""),
        "closes": view.close_at,
        "merged": view.merged_into_id,
        "reachable": view.is_reachable,
    }


def _asker(view: TicketView) -> str:
    """With the company that a stranger named, until it is known whose they are."""
    told = view.asker_company if view.customer_id is None else None
    return ", ".join(part for part in (view.asker, told) if part)


NO_NAME = "—"  # of whom we forgot on their wish


def message_line(message: MessageView) -> Line:
    facts = {
        "by": Secret("name", message.by) if message.by and message.by_id is None else message.by or NO_NAME,
        "at": message.at,
        "words": note_shown(message.text),
        "state": message.state,
    }
    return Line(f"ticket-line-{message.lane.value.replace('_', '-')}", facts)


def buttons_for(view: TicketView, reader: Staff) -> tuple[Button, ...]:
    """What is most likely next comes first; a rep only reads."""
    if reader.role not in WORKERS:
        return ()
    if not view.is_active:
        return _over(view)
    if view.assignee_id == reader.id and view.accepted_at is None:
        return (
            Button("button-accept", press=f"ticket.take:{view.id}", is_main=True),
            Button("button-pass-on", press=f"ticket.pass:{view.id}"),
        )
    if view.assignee_id is None:
        return (Button("button-take", press=f"ticket.take:{view.id}", is_main=True), *_rarely(view))
    if view.assignee_id == reader.id or reader.leads_others:
        return _working(view)
    return ()


def buttons_in_group(view: TicketView) -> tuple[Button, ...]:
    if not view.is_active:
        return _over(view)
    if view.accepted_at is None:
        return (Button("button-take", press=f"ticket.take:{view.id}", is_main=True), *_rarely(view))
    return _working(view)


def _working(view: TicketView) -> tuple[Button, ...]:
    waits = view.status in {TicketStatus.WAITING, TicketStatus.ON_HOLD}
    return (
        Button("button-reply", press=f"ticket.reply:{view.id}", is_main=True),
        Button("button-solved", press=f"ticket.solve:{view.id}"),
        Button("button-goes-on", press=f"ticket.goon:{view.id}")
        if waits
        else Button("button-waits", press=f"ticket.wait:{view.id}"),
        *_rarely(view),
    )


def _rarely(view: TicketView) -> tuple[Button, ...]:
    return (Button("button-more", press=f"ticket.more:{view.id}"),)


def _over(view: TicketView) -> tuple[Button, ...]:
    if view.merged_into_id is not None:
        return ()
    return (Button("button-ticket-reopen", press=f"ticket.reopen:{view.id}"),)


def queue_line(view: TicketView, *buttons: Button) -> Line:
    return Line("ticket-line", facts_of(view), buttons=buttons)


def as_views(views: Sequence[TicketView]) -> Mapping[int, TicketView]:
    return {view.id: view for view in views}
