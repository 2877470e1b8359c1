"""Two agents beside the team of the other tests, and short ways to say what they do with tickets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from domain.journal.model import Source
from domain.people.model import Role, Staff
from domain.tickets.model import Ticket
from domain.tickets.opening import NewTicket, open_ticket
from domain.tickets.passing import take_ticket, transfer_ticket
from storage.unit_of_work import SqlUnitOfWork
from tests.storage.company import Team

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # a Friday, at work
ASKED = NewTicket(text="The invoice is wrong\nIt says 300", channel="local", place="private:customer:7")


class Desk:
    """Sam and Ida are agents; the team of the other tests is around them."""

    def __init__(self, team: Team, ida: Staff) -> None:
        self.team, self.sam, self.ida = team, team.sam, ida
        self.database = team.database

    @asynccontextmanager
    async def at(self, now: datetime = AT, who: Staff | None = None) -> AsyncIterator[SqlUnitOfWork]:
        async with self.database.unit_of_work() as uow:
            uow.acts(who, at=now, source=Source(channel="local", delivery="1"))
            yield uow
            await uow.commit()

    async def opens(self, *, now: datetime = AT, **fields: Any) -> Ticket:
        async with self.at(now) as uow:
            given = {name: getattr(ASKED, name) for name in ("text", "channel", "place")}
            return await open_ticket(uow, NewTicket(**{**given, **fields}), now=now)

    async def does(
        self, act: Callable[..., Awaitable[Any]], who: Staff, *args: Any, now: datetime = AT, **more: Any
    ) -> Any:
        async with self.at(now, who) as uow:
            return await act(uow, who, *args, now=now, **more)

    async def taken_by(self, who: Staff, **fields: Any) -> Ticket:
        ticket = await self.opens(**fields)
        if ticket.assignee_id != who.id:
            await self.does(transfer_ticket, self.team.ada, ticket.id, who)
        taken: Ticket = await self.does(take_ticket, who, ticket.id)
        return taken

    async def planned(self) -> list[tuple[str, int | None]]:
        async with self.database.read() as uow:
            rows = [
                row
                for person in (self.sam, self.ida, *self._leaders)
                for row in await uow.notifications.list_for(person.id, limit=50)
            ]
            return [(row.key, row.staff_id) for row in sorted(rows, key=lambda row: row.id)]

    @property
    def _leaders(self) -> tuple[Staff, ...]:
        return (self.team.ana, self.team.zoe, self.team.ada)


async def desk_of(team: Team) -> Desk:
    async with team.acting(team.ada) as uow:
        ida = await uow.staff.add(Staff(name="Ida", role=Role.AGENT, created_at=AT))
        (await uow.company.get()).country = "GB"
    return Desk(team, ida)
