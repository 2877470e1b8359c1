"""Two processes' worth of delivery on one database, with channels that do as they are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

import handlers.everything  # noqa: F401 - registers the notices
from domain.customers.model import Customer
from domain.followups.model import Followup
from domain.people.model import Identity, Role, Staff
from domain.ports import OpenUnitOfWork
from handlers.chat import Capabilities, Outgoing
from handlers.rendering.texts import Texts
from scheduler.delivery import Delivery, Sent
from storage.engine import Database, open_database
from tests.databases import sqlite_url

BACKENDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)  # a Wednesday


@dataclass
class Recorder:
    """A channel that remembers what it was told to send; ``faults`` are raised first, one a message."""

    name: str = "chat"
    capabilities: Capabilities = field(default_factory=Capabilities)
    sent: list[Outgoing] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    async def send(self, outgoing: Outgoing) -> str | None:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(outgoing)
        return outgoing.edit or f"{self.name}-{len(self.sent)}"

    async def close(self) -> None:
        pass


@dataclass
class Office:
    """One database, a clock, and people who can be reached."""

    database: Database
    now: datetime = NOW
    settled: list[Sent] = field(default_factory=list)

    def delivery(
        self, *channels: Recorder, holder: str = "here:1:a", reading: OpenUnitOfWork | None = None
    ) -> Delivery:
        return Delivery(
            self.database.unit_of_work,
            reading or self.database.read,
            channels={channel.name: channel for channel in channels},
            texts=Texts("Guanxi"),
            holder=holder,
            now=lambda: self.now,
            real_now=lambda: self.now,
            on_settled=self.settled.append,
        )

    async def staff(self, name: str, *, role: Role = Role.REP, channels: tuple[str, ...] = ("chat",)) -> Staff:
        async with self.database.unit_of_work() as uow:
            person = await uow.staff.add(Staff(name=name, role=role, team="Sales", timezone="UTC", created_at=NOW))
            for channel in channels:
                identity = Identity(channel=channel, user=name, staff_id=person.id, private_place=f"{channel}:{name}")
                await uow.identities.add(identity)
            await uow.commit()
        return person

    async def customer(self, owner: Staff) -> Customer:
        async with self.database.unit_of_work() as uow:
            acme = Customer(name="Acme", name_key="acme", owner_id=owner.id, created_at=NOW)
            await uow.customers.add(acme)
            await uow.commit()
        return acme

    async def followup(self, owner: Staff, due_at: datetime, **fields: object) -> Followup:
        async with self.database.unit_of_work() as uow:
            facts = {"owner_id": owner.id, "created_by": owner.id, "due_at": due_at, "created_at": NOW, "note": "call"}
            followup = await uow.followups.add(Followup(**{**facts, **fields}))  # type: ignore[arg-type]
            await uow.commit()
        return followup

    async def rows(self, key: str) -> list[tuple[str, str | None]]:
        """State and reason of the rows with that key, by id."""
        from sqlalchemy import select

        from storage.tables import notifications as t

        async with self.database.read() as uow:
            found = await uow.session.execute(select(t.c.state, t.c.reason).where(t.c.key == key).order_by(t.c.id))
            return [(row.state, row.reason) for row in found]


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
        return
    server = request.getfixturevalue("postgres_server")
    url = server.fresh_database()
    yield url
    server.drop(url)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    database = open_database(database_url)
    yield Office(database)
    await database.dispose()
