"""What must be said about tickets, and to whom. Customers are told here alone, and only what was said to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from domain.groups.model import is_within
from domain.notifications.model import Notification, NotificationState, Planned, Urgency
from domain.notifications.standing import edit_cards, edit_cards_of, standing_cards
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.clock import Moment
from domain.tickets.model import Lane, Ticket, TicketMessage, TicketStatus

MOST_CARDS = 10


def record_of(ticket: Ticket) -> str:
    return f"ticket:{ticket.id}"


def tell_assigned(uow: UnitOfWork, ticket: Ticket, *, by: Staff | None, note: str | None, now: datetime) -> None:
    """The card with Accept and Pass on, to whoever was given it by the system or a colleague."""
    if by is not None and by.id == ticket.assignee_id:
        return
    uow.plan(
        Planned(
            key="ticket-assigned",
            facts={"ticket": ticket.id, "by": by.name if by else None, "note": note},
            due_at=now,
            staff_id=ticket.assignee_id,
            urgency=Urgency.URGENT,
            card=record_of(ticket),
            about=record_of(ticket),
        )
    )


def tell_people(uow: UnitOfWork, key: str, ticket: Ticket, people: Sequence[Staff], *, now: datetime) -> None:
    """A card of the ticket with a line on top, to each of them at once. ``key`` once in each of the ticket's lives."""
    for person in people:
        uow.plan(
            Planned(
                key=key,
                facts={"ticket": ticket.id},
                due_at=now,
                staff_id=person.id,
                urgency=Urgency.URGENT,
                card=record_of(ticket),
                about=record_of(ticket),
                dedupe_key=f"{key}:{ticket.id}:{ticket.round.isoformat()}:{person.id}",
            )
        )


def tell_deadline(
    uow: UnitOfWork, moment: Moment, ticket: Ticket, people: Sequence[Staff], *, at: datetime, now: datetime
) -> None:
    """A warning or a breach, once in each of the ticket's lives; ``at`` is the deadline."""
    for person in people:
        uow.plan(
            Planned(
                key=f"ticket-{moment}",
                facts={"ticket": ticket.id, "due": at},
                due_at=now,
                staff_id=person.id,
                urgency=Urgency.URGENT,
                card=record_of(ticket),
                about=record_of(ticket),
                dedupe_key=f"{moment}:{ticket.id}:{ticket.round.isoformat()}:{person.id}",
            )
        )


def tell_said(uow: UnitOfWork, ticket: Ticket, message: TicketMessage, *, now: datetime) -> None:
    """The customer's words, to whoever has the ticket."""
    if ticket.assignee_id is None:
        return
    uow.plan(
        Planned(
            key="ticket-said",
            facts={"ticket": ticket.id, "message": message.id},
            due_at=now,
            staff_id=ticket.assignee_id,
            urgency=Urgency.URGENT,
            about=record_of(ticket),
            card=record_of(ticket),
        )
    )


def answer_key(message_id: int) -> str:
    """The outbox's key of an answer to a customer: it goes at most once, and can be withdrawn by it."""
    return f"ticket-answer:{message_id}"


def tell_customer(uow: UnitOfWork, ticket: Ticket, message: TicketMessage) -> None:
    """The one way by which words of the staff reach a customer: a message in the lane to them.

    Raises ValueError for one of any other lane. The outbox has no words, only which message it is: what is rendered is
    read again from the lane to the customer when it goes.
    """
    if message.lane is not Lane.TO_CUSTOMER or message.goes_at is None:
        raise ValueError("only what is in the lane to the customer goes to the customer")
    uow.plan(
        Planned(
            key="ticket-answer",
            facts={"ticket": ticket.id, "message": message.id},
            due_at=message.goes_at,
            contact_id=ticket.contact_id,
            channel=ticket.channel,
            place=ticket.place,
            urgency=Urgency.URGENT,
            chosen=True,
            dedupe_key=answer_key(message.id),
            about=record_of(ticket),
        )
    )


def tell_customer_file(uow: UnitOfWork, ticket: Ticket, message: TicketMessage, attachment_id: int) -> None:
    """What goes with such an answer, as a message of its own behind it. Raises ValueError as ``tell_customer`` does.

    Whether the answer has gone is asked again when it is sent, so that a recall keeps this too.
    """
    if message.lane is not Lane.TO_CUSTOMER or message.goes_at is None:
        raise ValueError("only what is in the lane to the customer goes to the customer")
    uow.plan(
        Planned(
            key="ticket-answer-file",
            facts={"ticket": ticket.id, "message": message.id, "attachment": attachment_id, "since": message.goes_at},
            due_at=message.goes_at,
            contact_id=ticket.contact_id,
            channel=ticket.channel,
            place=ticket.place,
            urgency=Urgency.URGENT,
            chosen=True,
            dedupe_key=f"{answer_key(message.id)}:{attachment_id}",
            about=record_of(ticket),
        )
    )


QUEUE = "queue:desk"  # what ``/queue`` shows is everybody's; each sees also what they have themselves


async def refresh_cards(uow: UnitOfWork, ticket_id: int, *, now: datetime) -> None:
    """It stands otherwise than before: the customer's card (record ``progress:18``) is edited wherever it stands, and so
    are those of the staff, and the queue that they look at."""
    await refresh_cards_of(uow, [ticket_id], now=now)


async def refresh_cards_of(uow: UnitOfWork, ticket_ids: Collection[int], *, now: datetime) -> None:
    """The same for several, in as many statements as for one."""
    if not ticket_ids:
        return
    zone = {"timezone": (await uow.company.get()).timezone}
    progress = {f"progress:{ticket_id}": ticket_id for ticket_id in ticket_ids}
    for place in await standing_cards(uow, progress):
        ticket_id = progress[place.record]
        uow.plan(
            Planned(
                key="ticket-progress",
                facts={"ticket": ticket_id},
                due_at=now,
                channel=place.channel,
                place=place.place,
                edit=place.message,
                card=place.record,
                urgency=Urgency.URGENT,
                chosen=True,
                about=f"ticket:{ticket_id}",
                extra=zone,
            )
        )
    staffs: dict[str, dict[str, int]] = {f"ticket:{ticket_id}": {"ticket": ticket_id} for ticket_id in ticket_ids}
    await edit_cards_of(uow, staffs, key="ticket-card-stands", now=now)
    await refresh_queues(uow, now=now)


async def refresh_staff_cards(uow: UnitOfWork, ticket_id: int, *, now: datetime) -> None:
    """Something is said in it, or it is known now what became of that."""
    await edit_cards(uow, f"ticket:{ticket_id}", key="ticket-card-stands", facts={"ticket": ticket_id}, now=now)


async def show_progress(uow: UnitOfWork, ticket: Ticket, *, under: str | None = None, now: datetime) -> None:
    """The customer's card, once, of what a colleague made a ticket of: where they are answered, below the message ``under``
    that it was made of, else in the contact's private chat. Who cannot be reached has none."""
    if not await uow.tickets.is_reachable(ticket):
        return
    record = f"progress:{ticket.id}"
    uow.plan(
        Planned(
            key="ticket-progress",
            facts={"ticket": ticket.id, "under": under if ticket.place is not None else None},
            due_at=now,
            contact_id=ticket.contact_id,
            channel=ticket.channel,
            place=ticket.place,
            urgency=Urgency.URGENT,
            chosen=True,
            dedupe_key=record,
            card=record,
            about=record_of(ticket),
            extra={"timezone": (await uow.company.get()).timezone},
        )
    )


async def show_progress_anew(
    uow: UnitOfWork, records: Collection[str], *, channel: str, group: str, now: datetime
) -> None:
    """The cards that were forgotten (``progress:18``), of what is asked in this group and is not closed, the newest."""
    kind = "progress:"
    ids = sorted((int(each.removeprefix(kind)) for each in records if each.startswith(kind)), reverse=True)
    zone = {"timezone": (await uow.company.get()).timezone}
    for view in await uow.tickets.list_views(ids[:MOST_CARDS]):
        place = view.place or ""
        if view.status is TicketStatus.CLOSED or not is_within(place, group):
            continue
        record = f"{kind}{view.id}"
        uow.plan(
            Planned(
                key="ticket-progress",
                facts={"ticket": view.id},
                due_at=now,
                channel=channel,
                place=place,
                urgency=Urgency.URGENT,
                chosen=True,
                card=record,
                about=f"ticket:{view.id}",
                extra=zone,
            )
        )


async def refresh_queues(uow: UnitOfWork, *, now: datetime) -> None:
    """The last list of each colleague who looked at the queue."""
    await edit_cards(uow, QUEUE, key="ticket-queue-stands", facts={}, now=now, newest_alone=True)


async def answer_ended(uow: UnitOfWork, row: Notification, state: NotificationState, now: datetime) -> None:
    """An answer was sent, or will never be: the preview that stands says so, and who wrote it hears that it did not
    arrive. Told twice it is the same."""
    message = await uow.tickets.find_answer(row.facts["message"])
    if message is None or message.by_id is None:
        return
    await refresh_staff_cards(uow, message.ticket_id, now=now)
    record = f"answer:{message.id}"
    for place in await uow.cards.places_of(record, limit=MOST_CARDS):
        uow.plan(
            Planned(
                key="ticket-answer-card",
                facts=dict(row.facts),
                due_at=now,
                staff_id=message.by_id,
                channel=place.channel,
                place=place.place,
                edit=place.message,
                urgency=Urgency.URGENT,
                about=row.about,
                dedupe_key=f"{record}:{state}:{place.channel}:{place.place}:{place.message}",
            )
        )
    if state is NotificationState.FAILED:
        uow.plan(
            Planned(
                key="ticket-answer-lost",
                facts=dict(row.facts),
                due_at=now,
                staff_id=message.by_id,
                urgency=Urgency.URGENT,
                about=row.about,
                dedupe_key=f"{record}:lost",
            )
        )
