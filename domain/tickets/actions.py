"""What people do with tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.attachments.actions import attach_files
from domain.errors import NotAllowed
from domain.people.desk import contact_at_desk, customer_at_desk
from domain.people.leading import leaders_of
from domain.people.model import Identity, Staff
from domain.ports import UnitOfWork
from domain.tickets.assigning import accept_by, assign
from domain.tickets.clock import apply_policy, begin_again, close_after, end_clock, start_clock, stop_clock
from domain.tickets.errors import (
    AnswerGone,
    NobodyToAnswer,
    NotForTickets,
    NothingToSay,
    OtherCustomersContact,
    TicketsOfTwoCustomers,
    TicketStillOpen,
    TicketTaken,
    TooMuchToSay,
)
from domain.tickets.model import (
    WORKERS,
    Category,
    Lane,
    Priority,
    Speaker,
    Ticket,
    TicketMessage,
    TicketStatus,
    Why,
)
from domain.tickets.places import tell_place, tell_place_how_it_stands
from domain.tickets.service import Service, service_of
from domain.tickets.telling import (
    answer_key,
    refresh_progress,
    tell_assigned,
    tell_customer,
    tell_customer_file,
    tell_people,
    tell_said,
)

RECALL = timedelta(seconds=10)  # so long the exact preview of an answer stands before it goes by itself
LONGEST_TITLE = 120
LONGEST_TEXT = 4000
MOST_MERGED = 1000


@dataclass(frozen=True, kw_only=True)
class NewTicket:
    """``identity`` is the chat account of who asks, ``channel`` and ``place`` where they are answered. The first line of
    ``text`` is the title unless one is given. ``message`` was said already, to another ticket, and goes to this one."""

    text: str
    title: str | None = None
    category: Category = Category.QUESTION
    priority: Priority = Priority.NORMAL
    customer_id: int | None = None
    contact_id: int | None = None
    identity: Identity | None = None
    channel: str | None = None
    place: str | None = None
    message: TicketMessage | None = None


async def open_ticket(uow: UnitOfWork, new: NewTicket, *, by: Staff | None = None, now: datetime) -> Ticket:
    """A customer asks (``by`` None), or somebody of the staff on their behalf; somebody gets it, or it waits in the queue.

    The caller has loaded the customer for ``by``. A ticket of a known contact is their customer's. Raises NothingToSay
    and TooMuchToSay.
    """
    text = said(new.text)
    ticket = await uow.tickets.add(
        Ticket(
            title=title_of(new.title or text),
            category=new.category,
            priority=new.priority,
            customer_id=new.customer_id,
            contact_id=new.contact_id,
            identity_id=new.identity.id if new.identity else None,
            channel=new.channel,
            place=new.place,
            opened_by=by.id if by else None,
            opened_at=now,
        )
    )
    if new.message is not None:
        new.message.ticket_id = ticket.id
    else:
        await uow.tickets.add_message(
            TicketMessage(
                ticket_id=ticket.id,
                lane=Lane.FROM_CUSTOMER if by is None else Lane.INTERNAL,
                by_id=by.id if by else None,
                identity_id=new.identity.id if new.identity else None,
                text=text,
                at=now,
            )
        )
    service = await _service(uow)
    await _promise(uow, ticket, service, now=now)
    start_clock(ticket, service.calendar, now=now)
    await assign(uow, ticket, now=now)
    uow.happened("ticket-opened", ticket=ticket.id)
    await _tell_complaint(uow, ticket, now=now)
    await tell_place(uow, ticket, (), now=now)
    return ticket


def said(text: str) -> str:
    """What somebody wrote, as it is kept. Raises NothingToSay and TooMuchToSay."""
    plain = text.strip()
    if not plain:
        raise NothingToSay
    if len(plain) > LONGEST_TEXT:
        raise TooMuchToSay(limit=LONGEST_TEXT)
    return plain


def title_of(text: str) -> str:
    """The first line, cut where a list would."""
    first = " ".join(next(iter(text.strip().splitlines()), "").split())
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1].rstrip() + "…"


async def _service(uow: UnitOfWork) -> Service:
    return service_of(await uow.company.get())


async def _promise(uow: UnitOfWork, ticket: Ticket, service: Service, *, now: datetime) -> None:
    grade = await uow.tickets.find_grade(ticket.customer_id) if ticket.customer_id is not None else None
    apply_policy(ticket, service.policy(ticket.priority, ticket.category, grade), service.calendar, now=now)


async def _tell_complaint(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    """A complaint is heard by the manager at once."""
    if ticket.category is Category.COMPLAINT:
        people = await uow.staff.list_active()
        holder = next((person for person in people if person.id == ticket.assignee_id), None)
        tell_people(uow, "ticket-complaint", ticket, leaders_of(holder, people), now=now)


# ---------------------------------------------------------------- whose it is


async def _working(uow: UnitOfWork, actor: Staff, ticket_id: int) -> Ticket:
    """The ticket, locked, for somebody who may work on it. Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken."""
    ticket = await uow.tickets.get_for(actor, ticket_id)
    _must_work(actor)
    ticket.must_be_active()
    ticket.must_be_for(actor, await _holder(uow, ticket))
    return ticket


def _must_work(actor: Staff) -> None:
    if actor.role not in WORKERS:
        raise NotAllowed


async def _holder(uow: UnitOfWork, ticket: Ticket) -> Staff | None:
    return None if ticket.assignee_id is None else await uow.staff.get(ticket.assignee_id)


def _take(ticket: Ticket, actor: Staff, *, now: datetime) -> None:
    """Whoever does something with nobody's ticket has it from then on; who was given one has accepted it."""
    if ticket.assignee_id is None:
        ticket.give_to(actor.id, why=Why.TOOK, now=now, accept_by=None)
    elif ticket.assignee_id == actor.id and ticket.accepted_at is None:
        ticket.accept(now=now)


async def take_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """Have it: out of the queue, or accepting what one was given. A second time changes nothing.

    Of two at once the first gets it, the other is told who: raises TicketTaken, and RecordNotFound, NotAllowed, TicketDone.
    """
    ticket = await uow.tickets.get_for(actor, ticket_id)
    _must_work(actor)
    ticket.must_be_active()
    holder = await _holder(uow, ticket)
    if holder is not None and holder.id != actor.id:
        raise TicketTaken(ticket=ticket.id, who=holder.name)  # also for leaders, who may transfer it to themselves
    if not (holder is not None and ticket.is_accepted):
        _take(ticket, actor, now=now)
        uow.happened("ticket-taken", ticket=ticket.id)
        await refresh_progress(uow, ticket, now=now)
    return ticket


async def pass_on(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """Let it go to the next one, or to the queue. Only who has it; a second time changes nothing.

    Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken.
    """
    ticket = await _working(uow, actor, ticket_id)
    if ticket.assignee_id == actor.id:
        await let_pass(uow, ticket, now=now)
        uow.happened("ticket-passed-on", ticket=ticket.id)
    return ticket


async def let_pass(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    """Who has it does not take it on: the next one gets it."""
    ticket.passed_by = [*ticket.passed_by, str(ticket.assignee_id)]
    ticket.assignee_id = None
    await assign(uow, ticket, now=now, at_head=True)
    await refresh_progress(uow, ticket, now=now)


async def transfer_ticket(
    uow: UnitOfWork, actor: Staff, ticket_id: int, to: Staff, *, note: str = "", now: datetime
) -> Ticket:
    """Give it to a colleague, who is told with the note and is to accept it.

    Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken, NotForTickets.
    """
    ticket = await _working(uow, actor, ticket_id)
    if not to.is_active or to.role not in WORKERS or to.id == ticket.assignee_id:
        raise NotForTickets(name=to.name)
    note = note.strip() and said(note)
    if note:
        await _keep_note(uow, ticket, actor, note, now=now)
    is_mine = to.id == actor.id
    ticket.passed_by = []
    ticket.give_to(
        to.id,
        why=Why.TOOK if is_mine else Why.GIVEN,
        now=now,
        accept_by=None if is_mine else accept_by(await _service(uow), now),
    )
    tell_assigned(uow, ticket, by=actor, note=note or None, now=now)
    uow.happened("ticket-transferred", ticket=ticket.id, staff=to.id)
    await refresh_progress(uow, ticket, now=now)
    return ticket


async def release_tickets(uow: UnitOfWork, person: Staff, *, now: datetime) -> int:
    """Somebody leaves: what they still have goes to the next ones, at the head of the queue; gives how many."""
    tickets = await uow.tickets.list_active_of(person.id, limit=MOST_MERGED)
    for ticket in tickets:
        ticket.assignee_id = None
        await assign(uow, ticket, now=now, at_head=True)
        await refresh_progress(uow, ticket, now=now)
    return len(tickets)


# ---------------------------------------------------------------- what is said


async def note_files(
    uow: UnitOfWork, actor: Staff, ticket_id: int, text: str, file_ids: Sequence[int], *, now: datetime
) -> TicketMessage:
    """A note with what the actor sent beside it. Raises as ``note_ticket``."""
    message = await note_ticket(uow, actor, ticket_id, text, now=now)
    await attach_files(uow, actor, file_ids, ticket_message_id=message.id, now=now)
    return message


async def note_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, text: str, *, now: datetime) -> TicketMessage:
    """Words for colleagues alone, also when it is over. Raises RecordNotFound, NothingToSay, TooMuchToSay."""
    ticket = await uow.tickets.get_for(actor, ticket_id)
    message = await _keep_note(uow, ticket, actor, said(text), now=now)
    uow.happened("ticket-noted", ticket=ticket.id)
    return message


async def _keep_note(uow: UnitOfWork, ticket: Ticket, actor: Staff, text: str, *, now: datetime) -> TicketMessage:
    return await uow.tickets.add_message(
        TicketMessage(ticket_id=ticket.id, lane=Lane.INTERNAL, by_id=actor.id, text=text, at=now)
    )


async def answer_ticket(
    uow: UnitOfWork,
    actor: Staff,
    ticket_id: int,
    text: str,
    *,
    now: datetime,
    wait: timedelta = RECALL,
    files: Sequence[int] = (),
) -> TicketMessage:
    """Say this to the customer, with what the actor sent beside it. It goes by itself after ``wait``, until then it can be
    recalled.

    Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken, NothingToSay, TooMuchToSay, and NobodyToAnswer where it
    would get nowhere.
    """
    ticket = await _working(uow, actor, ticket_id)
    text = said(text)
    if not await uow.tickets.is_reachable(ticket):
        raise NobodyToAnswer(ticket=ticket.id, customer=ticket.customer_id)
    message = await _answered(uow, ticket, actor, text, now=now, goes_at=now + wait)
    tell_customer(uow, ticket, message)
    for attached in await attach_files(uow, actor, files, ticket_message_id=message.id, now=now):
        tell_customer_file(uow, ticket, message, attached.id)
    uow.happened("ticket-answered", ticket=ticket.id)
    await refresh_progress(uow, ticket, now=now)
    return message


async def answered_in_chat(uow: UnitOfWork, actor: Staff, ticket_id: int, text: str, *, now: datetime) -> TicketMessage:
    """Somebody of the staff spoke to the customer where the customer reads it: the answer is kept, nothing is sent.

    Whoever it was: it stops the clock of the first answer. Raises RecordNotFound, TicketDone, NothingToSay, TooMuchToSay.
    """
    ticket = await uow.tickets.get_for(actor, ticket_id)
    ticket.must_be_active()
    message = await _answered(uow, ticket, actor, said(text), now=now, goes_at=None)
    uow.happened("ticket-answered", ticket=ticket.id)
    await refresh_progress(uow, ticket, now=now)
    return message


async def _answered(
    uow: UnitOfWork, ticket: Ticket, actor: Staff, text: str, *, now: datetime, goes_at: datetime | None
) -> TicketMessage:
    if actor.role in WORKERS:
        _take(ticket, actor, now=now)
    ticket.first_answered_at = ticket.first_answered_at or now
    ticket.speaker = Speaker.HUMAN
    return await uow.tickets.add_message(
        TicketMessage(ticket_id=ticket.id, lane=Lane.TO_CUSTOMER, by_id=actor.id, text=text, at=now, goes_at=goes_at)
    )


async def recall_answer(uow: UnitOfWork, actor: Staff, message_id: int, *, now: datetime) -> TicketMessage:
    """Keep an answer from going. A second time changes nothing. Raises RecordNotFound and AnswerGone.

    Only who wrote it, and leaders. If nothing else was answered, the customer still waits for a first answer.
    """
    message = await uow.tickets.get_message_for(actor, message_id)
    ticket = await uow.tickets.get_for(actor, message.ticket_id)
    if message.by_id != actor.id and not actor.leads_others:
        raise NotAllowed
    if message.recalled_at is not None:
        return message
    if message.goes_at is None or not await uow.notifications.withdraw(answer_key(message.id)):
        raise AnswerGone(ticket=ticket.id)
    message.recalled_at = now
    if ticket.first_answered_at == message.at:
        ticket.first_answered_at = None
    uow.happened("ticket-answer-recalled", ticket=ticket.id)
    return message


async def send_now(uow: UnitOfWork, actor: Staff, message_id: int, *, now: datetime) -> TicketMessage:
    """Do not wait for the rest of the ten seconds. Raises RecordNotFound; one that has gone stays gone."""
    message = await uow.tickets.get_message_for(actor, message_id)
    if message.recalled_at is None and message.goes_at is not None and message.goes_at > now:
        await uow.notifications.bring_forward(answer_key(message.id), now)
    return message


async def customer_said(
    uow: UnitOfWork, ticket: Ticket, text: str, *, identity: Identity | None, now: datetime
) -> TicketMessage:
    """The customer's further words to a ticket that the caller has loaded for them. What waited for them goes on, what
    was resolved is opened again; who has it hears them. Raises NothingToSay, TooMuchToSay, and TicketDone when closed."""
    if ticket.status is TicketStatus.CLOSED:
        ticket.must_be_active()
    message = await uow.tickets.add_message(
        TicketMessage(
            ticket_id=ticket.id,
            lane=Lane.FROM_CUSTOMER,
            identity_id=identity.id if identity else None,
            text=said(text),
            at=now,
        )
    )
    uow.happened("ticket-said", ticket=ticket.id)
    if ticket.status is TicketStatus.RESOLVED:
        await _open_again(uow, ticket, now=now)
    elif ticket.status is TicketStatus.WAITING:
        ticket.status = TicketStatus.OPEN
        start_clock(ticket, (await _service(uow)).calendar, now=now)
    tell_said(uow, ticket, message, now=now)
    await tell_place(uow, ticket, (message,), now=now)
    await refresh_progress(uow, ticket, now=now)
    return message


# ---------------------------------------------------------------- where it stands


async def wait_for_customer(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """The customer is to answer; until then the clock stands still. A second time changes nothing. Raises as ``_working``."""
    return await _put(uow, actor, ticket_id, TicketStatus.WAITING, now=now)


async def wait_again(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    """The words that woke it belong to another request; the caller has loaded it for its customer."""
    if ticket.status is TicketStatus.OPEN:
        ticket.status = TicketStatus.WAITING
        stop_clock(ticket, (await _service(uow)).calendar, now=now)
        await refresh_progress(uow, ticket, now=now)


async def hold_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """Somebody else is to do something, and the clock runs on. A second time changes nothing."""
    return await _put(uow, actor, ticket_id, TicketStatus.ON_HOLD, now=now)


async def go_on_with_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """No longer waiting, no longer on hold. A second time changes nothing."""
    return await _put(uow, actor, ticket_id, TicketStatus.OPEN, now=now)


async def _put(uow: UnitOfWork, actor: Staff, ticket_id: int, status: TicketStatus, *, now: datetime) -> Ticket:
    ticket = await _working(uow, actor, ticket_id)
    _take(ticket, actor, now=now)
    before = ticket.status
    if before is status:
        return ticket
    ticket.status = status
    calendar = (await _service(uow)).calendar
    if status is TicketStatus.WAITING:
        stop_clock(ticket, calendar, now=now)
    elif before is TicketStatus.WAITING:
        start_clock(ticket, calendar, now=now)
    uow.happened(f"ticket-{status.value.replace('_', '-')}", ticket=ticket.id)
    await refresh_progress(uow, ticket, now=now)
    return ticket


async def resolve_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, solution: str, now: datetime) -> Ticket:
    """It is solved, the staff says; it closes by itself unless the customer objects. ``solution`` is for colleagues.

    Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken, TooMuchToSay.
    """
    ticket = await _working(uow, actor, ticket_id)
    _take(ticket, actor, now=now)
    service = await _service(uow)
    if ticket.status is not TicketStatus.WAITING:
        end_clock(ticket, service.calendar, now=now)
    ticket.status, ticket.resolved_at = TicketStatus.RESOLVED, now
    ticket.close_at = close_after(service, now)
    ticket.solution = said(solution) if solution.strip() else None
    ticket.first_answered_at = ticket.first_answered_at or now
    uow.happened("ticket-resolved", ticket=ticket.id)
    await refresh_progress(uow, ticket, now=now)
    await tell_place_how_it_stands(uow, ticket, now=now)
    return ticket


async def close_ticket(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> Ticket:
    """For good: its customer says so, or nobody objected in time. The caller has loaded it for whoever does. A second
    time changes nothing. The bot may talk to the customer again."""
    if ticket.status is TicketStatus.CLOSED:
        return ticket
    if ticket.is_active:
        end_clock(ticket, (await _service(uow)).calendar, now=now)
    ticket.status, ticket.closed_at, ticket.close_at = TicketStatus.CLOSED, now, None
    ticket.queued_at, ticket.at_head, ticket.speaker = None, False, Speaker.BOT
    ticket.resolved_at = ticket.resolved_at or now
    uow.happened("ticket-closed", ticket=ticket.id)
    await refresh_progress(uow, ticket, now=now)
    await tell_place_how_it_stands(uow, ticket, now=now)
    return ticket


async def reopen_ticket(uow: UnitOfWork, actor: Staff, ticket_id: int, *, now: datetime) -> Ticket:
    """It was not solved after all, somebody of the staff says. Raises RecordNotFound, NotAllowed, TicketStillOpen."""
    ticket = await uow.tickets.get_for(actor, ticket_id)
    _must_work(actor)
    return await reopen_for_customer(uow, ticket, now=now)


async def reopen_for_customer(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> Ticket:
    """It was not solved after all, its customer says; the caller has loaded it for them.

    Who had it last gets it again if they work and have room, else it waits at the head of the queue. Raises TicketStillOpen,
    also for one that was merged into another.
    """
    if ticket.is_active or ticket.merged_into_id is not None:
        raise TicketStillOpen(ticket=ticket.merged_into_id or ticket.id)
    await _open_again(uow, ticket, now=now)
    uow.happened("ticket-reopened", ticket=ticket.id)
    await refresh_progress(uow, ticket, now=now)
    return ticket


async def _open_again(uow: UnitOfWork, ticket: Ticket, *, now: datetime) -> None:
    last_id = ticket.assignee_id
    ticket.status, ticket.reopened_at = TicketStatus.REOPENED, now
    ticket.resolved_at = ticket.closed_at = ticket.close_at = None
    ticket.assignee_id, ticket.passed_by, ticket.speaker = None, [], Speaker.NOBODY
    begin_again(ticket, (await _service(uow)).calendar, now=now)
    await assign(uow, ticket, now=now, last_id=last_id, at_head=True)
    await tell_place_how_it_stands(uow, ticket, now=now)


# ---------------------------------------------------------------- what it is


async def set_priority(uow: UnitOfWork, actor: Staff, ticket_id: int, priority: Priority, *, now: datetime) -> Ticket:
    """Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken. As it is, is no change."""
    ticket = await _working(uow, actor, ticket_id)
    if ticket.priority is not priority:
        ticket.priority = priority
        await _promise(uow, ticket, await _service(uow), now=now)
        uow.happened("ticket-prioritised", ticket=ticket.id)
    return ticket


async def set_category(uow: UnitOfWork, actor: Staff, ticket_id: int, category: Category, *, now: datetime) -> Ticket:
    """Raises as ``set_priority``. A complaint is told to the manager at once."""
    ticket = await _working(uow, actor, ticket_id)
    if ticket.category is not category:
        ticket.category = category
        await _promise(uow, ticket, await _service(uow), now=now)
        uow.happened("ticket-categorised", ticket=ticket.id)
        await _tell_complaint(uow, ticket, now=now)
    return ticket


async def link_ticket(
    uow: UnitOfWork, actor: Staff, ticket_id: int, customer_id: int, *, contact_id: int | None = None, now: datetime
) -> Ticket:
    """Say whose it is, and which contact there asked. Raises RecordNotFound, NotAllowed, OtherCustomersContact."""
    ticket = await uow.tickets.get_for(actor, ticket_id)
    _must_work(actor)
    if contact_id is not None:
        contact = await contact_at_desk(uow, actor, contact_id)
        if contact.customer_id != customer_id:
            raise OtherCustomersContact
    customer = await customer_at_desk(uow, actor, customer_id)
    ticket.customer_id, ticket.contact_id, ticket.intake = customer.id, contact_id, None
    if ticket.is_active:
        await _promise(uow, ticket, await _service(uow), now=now)
    uow.happened("ticket-linked", ticket=ticket.id, customer=customer.id)
    return ticket


async def asker_is_known(
    uow: UnitOfWork, identity: Identity, *, customer_id: int, contact_id: int, now: datetime
) -> int:
    """A chat account was bound to a contact: what it asked before is the contact's; gives how many tickets."""
    tickets = await uow.tickets.list_unknown_of(identity.id, limit=MOST_MERGED)
    for ticket in tickets:
        ticket.customer_id, ticket.contact_id, ticket.intake = customer_id, contact_id, None
        if ticket.is_active:
            await _promise(uow, ticket, await _service(uow), now=now)
    return len(tickets)


async def merge_tickets(uow: UnitOfWork, actor: Staff, kept_id: int, merged_id: int, *, now: datetime) -> Ticket:
    """One goes into the other: what was said there is said here, and it is closed. Gives the one that is kept.

    Raises RecordNotFound, NotAllowed, TicketDone, TicketTaken, TicketsOfTwoCustomers. Merged already, it changes nothing.
    """
    first, second = sorted(
        (kept_id, merged_id)
    )  # locked in one order, so that two who merge at once do not wait for ever
    await uow.tickets.get_for(actor, first)
    await uow.tickets.get_for(actor, second)
    kept = await _working(uow, actor, kept_id)
    merged = await uow.tickets.get_for(actor, merged_id)
    if kept.id in {merged.merged_into_id, merged.id}:
        return kept
    merged = await _working(uow, actor, merged_id)
    if _are_of_two(kept, merged):
        raise TicketsOfTwoCustomers(kept=kept.id, merged=merged.id)
    _take(kept, actor, now=now)
    for message in await uow.tickets.list_said(merged.id, limit=MOST_MERGED):
        message.ticket_id = kept.id
    kept.customer_id, kept.contact_id = kept.customer_id or merged.customer_id, kept.contact_id or merged.contact_id
    kept.identity_id = kept.identity_id or merged.identity_id
    if kept.place is None:
        kept.channel, kept.place = merged.channel, merged.place
    merged.merged_into_id = kept.id
    await close_ticket(uow, merged, now=now)
    uow.happened("tickets-merged", ticket=kept.id, merged=merged.id)
    return kept


def _are_of_two(one: Ticket, other: Ticket) -> bool:
    """Nobody's goes with anybody's of the same asker; where both know whose they are, it must be the same."""
    if one.customer_id is not None and other.customer_id is not None:
        return one.customer_id != other.customer_id
    return one.identity_id is not None and other.identity_id is not None and one.identity_id != other.identity_id
