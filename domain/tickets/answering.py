"""What the staff says to the customer, and keeping it from going."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.attachments.actions import attach_files
from domain.errors import NotAllowed
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.desk import take, working
from domain.tickets.errors import AnswerGone, NobodyToAnswer
from domain.tickets.model import WORKERS, Lane, Speaker, Ticket, TicketMessage
from domain.tickets.telling import answer_key, refresh_cards, refresh_staff_cards, tell_customer, tell_customer_file
from domain.tickets.words import said

RECALL = timedelta(seconds=10)  # so long the exact preview of an answer stands before it goes by itself


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
    ticket = await working(uow, actor, ticket_id)
    text = said(text)
    if not await uow.tickets.is_reachable(ticket):
        raise NobodyToAnswer(ticket=ticket.id, customer=ticket.customer_id)
    message = await _answered(uow, ticket, actor, text, now=now, goes_at=now + wait)
    tell_customer(uow, ticket, message)
    for attached in await attach_files(uow, actor, files, ticket_message_id=message.id, now=now):
        tell_customer_file(uow, ticket, message, attached.id)
    uow.happened("ticket-answered", ticket=ticket.id)
    await refresh_cards(uow, ticket.id, now=now)
    return message


async def add_to_answer(uow: UnitOfWork, actor: Staff, message_id: int, files: Sequence[int], *, now: datetime) -> None:
    """What was sent together with an answer and comes after it, as the files of an album do: it goes where the answer goes,
    and stays where that was recalled. With a note it stays inside. Raises RecordNotFound."""
    message = await uow.tickets.get_message_for(actor, message_id)
    ticket = await uow.tickets.get_for(actor, message.ticket_id)
    for attached in await attach_files(uow, actor, files, ticket_message_id=message.id, now=now):
        if message.lane is Lane.TO_CUSTOMER and message.goes_at is not None and message.recalled_at is None:
            tell_customer_file(uow, ticket, message, attached.id)


async def answered_in_chat(uow: UnitOfWork, actor: Staff, ticket_id: int, text: str, *, now: datetime) -> TicketMessage:
    """Somebody of the staff spoke to the customer where the customer reads it: the answer is kept, nothing is sent.

    Whoever it was: it stops the clock of the first answer. Raises RecordNotFound, TicketDone, NothingToSay, TooMuchToSay.
    """
    ticket = await uow.tickets.get_for(actor, ticket_id)
    ticket.must_be_active()
    message = await _answered(uow, ticket, actor, said(text), now=now, goes_at=None)
    uow.happened("ticket-answered", ticket=ticket.id)
    await refresh_cards(uow, ticket.id, now=now)
    return message


async def _answered(
    uow: UnitOfWork, ticket: Ticket, actor: Staff, text: str, *, now: datetime, goes_at: datetime | None
) -> TicketMessage:
    if actor.role in WORKERS:
        take(ticket, actor, now=now)
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
    await refresh_staff_cards(uow, ticket.id, now=now)
    return message


async def send_now(uow: UnitOfWork, actor: Staff, message_id: int, *, now: datetime) -> TicketMessage:
    """Do not wait for the rest of the ten seconds. Raises RecordNotFound; one that has gone stays gone."""
    message = await uow.tickets.get_message_for(actor, message_id)
    if message.recalled_at is None and message.goes_at is not None and message.goes_at > now:
        await uow.notifications.bring_forward(answer_key(message.id), now)
    return message
