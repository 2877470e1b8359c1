"""A ticket that somebody without a chat of their own asks for, and goes on with."""

from __future__ import annotations

from datetime import datetime

from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.tickets.hearing import customer_said
from domain.tickets.model import Ticket
from domain.tickets.opening import NewTicket, open_ticket
from handlers.dispatch import perform
from storage.engine import Database


async def asked(database: Database, text: str, *, now: datetime) -> None:
    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        await open_ticket(uow, NewTicket(text=text), now=now)

    await perform(database.unit_of_work, act, now=now)


async def went_on(database: Database, asker: Staff, text: str, *, now: datetime) -> None:
    """More words of the customer to the first ticket."""

    async def act(uow: UnitOfWork, actor: Staff | None) -> None:
        ticket: Ticket = await uow.tickets.get_for(asker, 1)
        await customer_said(uow, ticket, text, identity=None, now=now)

    await perform(database.unit_of_work, act, now=now)
