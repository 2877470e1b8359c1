"""A small company to test storage with, and short ways to say who does what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.activities.model import Activity, ActivityKind
from domain.customers.model import Contact, ContactPoint, Customer
from domain.followups.model import Followup
from domain.journal.model import Source
from domain.leads.model import Lead
from domain.notifications.model import Planned
from domain.people.model import Role, Staff
from storage.engine import Database
from storage.unit_of_work import SqlUnitOfWork

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class Clock:
    """The real time as a test wants it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def passes(self, span: timedelta) -> None:
        self.now += span


@dataclass
class Team:
    """Mei and Tom are reps of the north and the south, Ana manages the north, Zoe everybody; Ada is admin."""

    database: Database
    mei: Staff
    tom: Staff
    ana: Staff
    zoe: Staff
    ada: Staff
    sam: Staff

    @asynccontextmanager
    async def acting(self, who: Staff, name: str = "changed", *, at: datetime = NOW) -> AsyncIterator[SqlUnitOfWork]:
        """A unit of work in which ``who`` acts, committed at the end."""
        async with self.database.unit_of_work() as uow:
            uow.acts(who, at=at, source=Source(channel="local", delivery="1"))
            uow.happened(name)
            yield uow
            await uow.commit()

    async def lead(self, owner: Staff | None = None, *, action: str = "lead-added", **fields: Any) -> Lead:
        owner = owner or self.mei
        async with self.acting(owner, action) as uow:
            return await uow.leads.add(a_lead(owner, **fields))

    async def customer(self, owner: Staff | None = None, **fields: Any) -> Customer:
        owner = owner or self.mei
        async with self.acting(owner, "customer-added") as uow:
            return await uow.customers.add(a_customer(owner, **fields))


async def found_team(database: Database) -> Team:
    async with database.unit_of_work() as uow:
        people = [
            await uow.staff.add(Staff(name=name, role=role, team=team, created_at=NOW))
            for name, role, team in (
                ("Mei", Role.REP, "north"),
                ("Tom", Role.REP, "south"),
                ("Ana", Role.MANAGER, "north"),
                ("Zoe", Role.MANAGER, None),
                ("Ada", Role.ADMIN, None),
                ("Sam", Role.AGENT, None),
            )
        ]
        await uow.commit()
    return Team(database, *people)


def a_lead(owner: Staff | None, **fields: Any) -> Lead:
    fields = {"company": "华新科技", "company_key": "华新科技", "created_at": NOW, **fields}
    return Lead(owner_id=owner.id if owner else None, **fields)


def a_customer(owner: Staff | None, **fields: Any) -> Customer:
    fields = {"name": "Acme Ltd", "name_key": "acme", "created_at": NOW, **fields}
    return Customer(owner_id=owner.id if owner else None, **fields)


def a_contact(customer: Customer, **fields: Any) -> Contact:
    return Contact(customer_id=customer.id, **{"name": "李经理", "created_at": NOW, **fields})


def a_phone(value: str = "+8613800138000", *, unique: bool = True) -> ContactPoint:
    return ContactPoint(kind="phone", value=value, unique_key=f"phone:{value}" if unique else None)


def an_activity(by: Staff, **fields: Any) -> Activity:
    return Activity(by_id=by.id, **{"kind": ActivityKind.CALL, "at": NOW, "created_at": NOW, **fields})


def a_followup(owner: Staff, **fields: Any) -> Followup:
    fields = {"created_by": owner.id, "due_at": NOW + timedelta(days=1), "created_at": NOW, **fields}
    return Followup(owner_id=owner.id, **fields)


def planned(key: str = "hello", **fields: Any) -> Planned:
    return Planned(key=key, **{"due_at": NOW, **fields})
