"""The clock of tickets: working time over a year, looking at ten thousand open ones, the planner beside many that wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, text

from benchmarks.crowd import write
from benchmarks.desk import Desk, open_desk, sqlite_in
from benchmarks.measure import Row, in_turn, median
from benchmarks.plan import Plan
from domain.company.model import Company
from domain.notifications.preferences import save_at_once
from domain.people.actions import NewStaff, add_staff
from domain.people.model import Role, Staff
from domain.ports import UnitOfWork
from domain.tickets.clock import deadlines_of, moments_of
from domain.tickets.model import Category, Priority, Speaker, Ticket, TicketStatus
from domain.tickets.places import use_for_triage
from domain.tickets.service import ServiceCalendar, service_of
from handlers.dispatch import perform
from scheduler.planners import TICKETS, run_planner
from storage import tables
from storage.mapping import new_version

OPENED = datetime(2026, 3, 2, 9, tzinfo=UTC)
FAR = datetime(2100, 1, 1, tzinfo=UTC)
DUE = 100
FEW = 1000
CUSTOMER = 2001
PLACE = "-100200"
HOURS = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "9:00-12:00 13:00-18:00") | {"sat": "10:00-12:00"}


async def tickets(plan: Plan) -> list[Row]:
    return [await _a_year(plan), await _checking(plan), await _planning(plan), await _relaying(plan)]


def _calendar() -> ServiceCalendar:
    company = Company(country="CN", timezone="Asia/Shanghai", settings={"calendar": HOURS})
    return service_of(company).calendar


async def _a_year(plan: Plan) -> Row:
    calendar, count = _calendar(), plan.pick(quick=2000, full=20_000)

    async def counts(days: int) -> int:
        until = OPENED + timedelta(days=days)
        work = calendar.between(OPENED, until)
        for _ in range(count):
            calendar.between(OPENED, until)
            calendar.add(OPENED, work)
        return count

    pairs = await in_turn(lambda: counts(365), lambda: counts(7), rounds=plan.rounds)
    return Row(
        name="Working time across a year with holidays and make-up days: beside a week",
        measured=pairs.cpu_ratio,
        limit=2.0,
        details=pairs.said,
    )


async def _checking(plan: Plan) -> Row:
    count, calendar = plan.pick(quick=1000, full=10_000), _calendar()
    async with open_desk(sqlite_in(plan.folder)) as desk:
        await _open(desk, count, due=0)

        async def load() -> list[Ticket]:
            async with desk.house.database.read() as uow:
                return list((await uow.session.scalars(select(Ticket).where(text("clock_from IS NOT NULL")))).all())

        async def loads() -> int:
            return len(await load())

        async def checks() -> int:
            found = await load()
            late = sum(
                any(at <= datetime.now(UTC) for at in moments_of(ticket, deadlines_of(ticket, calendar)).values())
                for ticket in found
            )
            assert late == len(found)  # opened long ago
            return len(found)

        pairs = await in_turn(checks, loads, rounds=plan.rounds)
    return Row(
        name=f"Checking {count:,} open tickets, deadlines counted anew: beside the query that loads them",
        measured=pairs.cpu_ratio,
        limit=3.0,
        details=pairs.said,
    )


async def _planning(plan: Plan) -> Row:
    many = plan.pick(quick=10_000, full=100_000)
    async with open_desk(sqlite_in(plan.folder)) as busy, open_desk(sqlite_in(plan.folder)) as calm:
        for desk, count in ((busy, many), (calm, FEW)):
            await _open(desk, count, due=DUE)

        async def plans(desk: Desk) -> int:
            database = desk.house.database
            assert await run_planner(database.unit_of_work, TICKETS, datetime.now(UTC), read=database.read) == DUE
            return DUE

        async def due_again() -> None:
            for desk in (busy, calm):
                async with desk.house.database.unit_of_work() as uow:
                    await uow.session.execute(text("DELETE FROM notifications"))
                    made_due = tables.tickets.update().where(tables.tickets.c.id <= DUE)
                    await uow.session.execute(made_due.values(look_at=OPENED))
                    await uow.commit()

        pairs = await in_turn(lambda: plans(busy), lambda: plans(calm), rounds=plan.rounds, settle=due_again)
    return Row(
        name=f"Planning warnings and breaches of {DUE} due tickets among {many:,} open: beside {FEW:,}",
        measured=pairs.wall_ratio,
        limit=3.0,
        details=f"{median(pairs.ours).wall * DUE * 1000:.0f} ms beside {median(pairs.theirs).wall * DUE * 1000:.0f} ms",
    )


async def _relaying(plan: Plan) -> Row:
    """What a customer adds to their request goes to the ticket's place and to who has it; a rep logs a call by command."""
    count = plan.pick(quick=20, full=100)
    async with open_desk(sqlite_in(plan.folder)) as desk:
        [rep] = desk.reps
        jane = replace(rep, user=CUSTOMER)
        async with desk.house.database.read() as uow:
            company = (await uow.leads.get_for(rep.staff, rep.lead_id)).company
        await perform(desk.house.database.unit_of_work, _triage, now=datetime.now(UTC))
        for words in ("/ticket the press stands still", "Jane Smith", "Brightwater"):
            await desk.handle(desk.says(jane, words))
        await desk.house.delivery.deliver_all()  # the ticket's head stands before words go below it

        async def relays() -> int:
            for number in range(count):
                await desk.handle(desk.says(jane, f"and it makes a noise, number {number}"))
            await desk.house.delivery.deliver_all()
            return count

        async def logs() -> int:
            for number in range(count):
                await desk.handle(desk.says(rep, f"called {company}, they liked the machine, offer number {number}"))
            await desk.settle()
            return count

        pairs = await in_turn(relays, logs, rounds=plan.rounds)
        async with desk.house.database.read() as uow:
            said, logged, placed = [
                await uow.session.scalar(text(f"SELECT count(*) FROM {counted}"))
                for counted in (
                    "ticket_messages WHERE lane = 'from_customer' AND text LIKE '%noise%'",
                    "activities",
                    "notifications WHERE key = 'ticket-heard' AND state = 'sent'",
                )
            ]
        assert said == logged, (said, logged, placed)
        assert placed >= said > 0, (placed, said)
    return Row(
        name="Relaying a customer's message to its ticket's place: beside a logged call",
        measured=pairs.cpu_ratio,
        limit=2.0,
        details=pairs.said,
    )


async def _triage(uow: UnitOfWork, actor: Staff | None) -> None:
    now = datetime.now(UTC)
    for rep in await uow.staff.list_active():
        await save_at_once(uow, rep, is_on=True)
    ana = await add_staff(uow, None, NewStaff(name="Ana", role=Role.MANAGER), now=now)
    await add_staff(uow, None, NewStaff(name="Sam", role=Role.AGENT), now=now)
    await uow.flush()
    await use_for_triage(uow, ana, channel="telegram", place=PLACE, now=now)


async def _open(desk: Desk, count: int, *, due: int) -> None:
    """Open tickets, looked at already; the first ``due`` have broken their first answer an hour ago."""
    async with desk.house.database.unit_of_work() as uow:
        stamp = service_of(await uow.company.get()).stamp
        await uow.commit()
    await write(desk, tables.tickets, [_row(number, desk, stamp, is_due=number < due) for number in range(count)])


def _row(number: int, desk: Desk, stamp: str, *, is_due: bool) -> dict[str, Any]:
    version, now = new_version(), datetime.now(UTC)
    broken = now - timedelta(hours=1)
    left = {"answer": 3600, "solve": 57_600}
    return {
        "version": version,
        "title": f"Something is wrong with number {number}",
        "status": TicketStatus.OPEN,
        "priority": Priority.NORMAL,
        "category": Category.FAULT,
        "speaker": Speaker.HUMAN,
        "assignee_id": desk.reps[0].staff.id,
        "accepted_at": OPENED,
        "passed_by": [],
        "at_head": False,
        "opened_at": OPENED,
        "clock_from": now - timedelta(days=4) if is_due else OPENED,
        "answer_seconds": left["answer"],
        "solve_seconds": left["solve"],
        "answer_left": left["answer"],
        "solve_left": left["solve"],
        "answer_warn_at": broken if is_due else FAR,
        "answer_due_at": broken if is_due else FAR,
        "solve_warn_at": FAR,
        "solve_due_at": FAR,
        "looked_version": version,
        "look_at": OPENED if is_due else FAR,
        "counted_by": stamp,
    }
