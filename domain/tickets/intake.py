"""A stranger who asked for something is asked politely for what is still missing: what it is about, name, company."""

from __future__ import annotations

from datetime import datetime

from domain.people.model import Identity
from domain.ports import UnitOfWork
from domain.tickets.hearing import customer_said
from domain.tickets.model import Intake, Ticket
from domain.tickets.places import tell_place
from domain.tickets.telling import refresh_cards, tell_said
from domain.tickets.words import said, title_of

LONGEST_ANSWER = 60
"""Beyond this a text is no name: it is more about the request itself."""
UNSAID = "…"
"""Stands for the first words until they say what it is about."""
_NEXT = {Intake.ABOUT: Intake.NAME, Intake.NAME: Intake.COMPANY, Intake.COMPANY: None}


def begin_intake(ticket: Ticket, *, is_told: bool) -> None:
    """``is_told``: what it is about was said with the request."""
    ticket.intake = Intake.NAME if is_told else Intake.ABOUT


async def take_answer(uow: UnitOfWork, ticket: Ticket, words: str, *, identity: Identity, now: datetime) -> None:
    """The words as the answer to what was asked; too long for a name, or a question, they go to the request and the question stays.

    Raises NothingToSay, TooMuchToSay, TicketDone.
    """
    step = ticket.intake
    plain = " ".join(said(words).split())
    if step is Intake.ABOUT:
        await _take_subject(uow, ticket, words, identity=identity, now=now)
        return
    if step is None or len(plain) > LONGEST_ANSWER or plain.endswith(("?", "？")):
        await customer_said(uow, ticket, words, identity=identity, now=now)
        return
    if step is Intake.NAME:
        ticket.asker_name = plain
    else:
        ticket.asker_company = plain
    ticket.intake = _NEXT[step]
    uow.happened("ticket-asker-told", ticket=ticket.id)


async def _take_subject(uow: UnitOfWork, ticket: Ticket, words: str, *, identity: Identity, now: datetime) -> None:
    """What it is about takes the place of what was not said."""
    first = (await uow.tickets.list_said(ticket.id, limit=1))[0]
    if first.text == UNSAID:
        first.text = said(words)
        uow.happened("ticket-said", ticket=ticket.id)
        tell_said(uow, ticket, first, now=now)
        await tell_place(uow, ticket, (first,), now=now)
    else:
        await customer_said(uow, ticket, words, identity=identity, now=now)
    ticket.title, ticket.intake = title_of(words), _NEXT[Intake.ABOUT]
    await refresh_cards(uow, ticket.id, now=now)


def skip_question(uow: UnitOfWork, ticket: Ticket, step: Intake) -> None:
    """They would rather not say. A second press changes nothing."""
    if ticket.intake is step:
        ticket.intake = _NEXT[step]
        uow.happened("ticket-asker-told", ticket=ticket.id)
