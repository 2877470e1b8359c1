"""Planners that run twice, or on two machines, plan once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.leads.model import Lead
from domain.people.model import Role
from scheduler.planners import ABSENCES, DAYS, DIGESTS, FOLLOWUPS, LADDER, run_planner, run_planners
from storage import tables
from storage.engine import open_database
from tests.scheduler.conftest import NOW, Office

ALL = (FOLLOWUPS, ABSENCES, DAYS, DIGESTS, LADDER)
THURSDAY = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)


async def test_twice_is_once(office: Office) -> None:
    tom = await office.staff("Tom")
    await office.followup(tom, THURSDAY)

    first = await run_planners(office.database.unit_of_work, ALL, THURSDAY)
    second = await run_planners(office.database.unit_of_work, ALL, THURSDAY)

    assert (first, second) == (2, 0)
    assert len(await office.rows("my-day")) == len(await office.rows("followup-due")) == 1


async def test_two_processes_plan_once(office: Office, database_url: str) -> None:
    people = [await office.staff(f"Rep {number}") for number in range(5)]
    for person in people:
        await office.followup(person, THURSDAY)
    async with office.database.unit_of_work() as uow:
        await uow.leads.add(Lead(company="Acme", owner_id=people[0].id, created_at=NOW))
        await uow.commit()
    other = open_database(database_url)
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    try:
        await asyncio.gather(
            *(run_planners(base.unit_of_work, ALL, at) for base in (office.database, other, office.database, other))
        )
    finally:
        await other.dispose()

    assert len(await office.rows("followup-due")) == 5
    assert len(await office.rows("my-day")) == 5
    assert len(await office.rows("lead-untouched")) == 1


async def test_a_reminder_stands_in_the_outbox_before_its_minute(office: Office) -> None:
    tom = await office.staff("Tom")
    await office.followup(tom, NOW + timedelta(minutes=6))
    await office.followup(tom, NOW + timedelta(minutes=7))
    await office.followup(tom, NOW + timedelta(minutes=1), has_hour=False)

    assert await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW) == 1


async def test_the_ladder_looks_at_a_lead_only_when_its_time_has_come(office: Office) -> None:
    tom = await office.staff("Tom")
    await office.staff("Ana", role=Role.MANAGER)
    async with office.database.unit_of_work() as uow:
        for number in range(3):
            await uow.leads.add(Lead(company=f"Company {number}", owner_id=tom.id, created_at=NOW))
        await uow.commit()

    async def looked_at(at: datetime) -> int:
        return await run_planner(office.database.unit_of_work, LADDER, at)

    assert await looked_at(NOW) == 3
    assert await looked_at(NOW + timedelta(days=1)) == 0
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert (await looked_at(monday), await looked_at(monday)) == (3, 0)
    assert len(await office.rows("lead-untouched")) == 3
    long_after = datetime(2026, 12, 31, 9, 0, tzinfo=UTC)
    assert (await looked_at(long_after), await looked_at(long_after)) == (3, 0)
    assert len(await office.rows("lead-untouched")) == 9  # the rungs missed between are not said any more


async def test_old_leads_of_an_import_are_marked_and_not_told(office: Office) -> None:
    tom = await office.staff("Tom")
    async with office.database.unit_of_work() as uow:
        await uow.leads.add(Lead(company="Old", owner_id=tom.id, created_at=NOW - timedelta(days=400)))
        await uow.commit()

    assert await run_planner(office.database.unit_of_work, LADDER, NOW) == 1

    assert await office.rows("lead-untouched") == []
    async with office.database.read() as uow:
        marks = await uow.session.execute(select(tables.leads.c.ladder_rung, tables.leads.c.at_risk_at))
        assert [tuple(row) for row in marks] == [(3, None)]  # at the end of the ladder, and no news for a digest


async def test_many_leads_are_looked_at_in_batches(office: Office) -> None:
    tom = await office.staff("Tom")
    async with office.database.unit_of_work() as uow:
        for number in range(1100):
            uow.session.add(Lead(company=f"Company {number}", owner_id=tom.id, created_at=NOW))
        await uow.commit()

    assert await run_planner(office.database.unit_of_work, LADDER, NOW) == 1100


async def test_one_planner_that_fails_does_not_stop_the_rest(office: Office) -> None:
    from scheduler.planners import Planner

    async def fail(uow: object, now: datetime) -> int:
        raise RuntimeError("broken")

    tom = await office.staff("Tom")
    await office.followup(tom, NOW)
    broken = Planner("broken", timedelta(seconds=1), fail)

    assert await run_planners(office.database.unit_of_work, (broken, FOLLOWUPS), NOW) == 1
