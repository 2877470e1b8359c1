"""One row that cannot be read stops nobody else: not those who are planned for, and not those who are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import structlog
from sqlalchemy import select, text

from domain.apart import Apart
from domain.customers.model import Customer
from domain.leads.model import Lead
from domain.people.model import Role, Staff
from domain.reports.schedules import Schedule, keep_schedule, list_schedules, unreadable_schedules
from domain.tickets.model import Ticket
from scheduler.planners import (
    ABSENCES,
    DAYS,
    DIGESTS,
    FOLLOWUPS,
    LADDER,
    QUEUE,
    REPORTS,
    VISITS,
    run_planner,
    run_planners,
)
from storage import tables
from tests.scheduler.conftest import NOW, Office, Recorder

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MARS = "UPDATE staff SET timezone = 'Mars/Base' WHERE name = 'Eve'"
DAYS_OFF = "UPDATE staff SET workdays = 'x' WHERE name = 'Eve'"
SOON = """UPDATE staff SET preferences = '{"day-at": "soon", "digest-at": "soon"}' WHERE name = 'Eve'"""
HOLIDAY = "UPDATE company SET extra_holidays = '[\"soon\"]'"


async def open_office(office: Office) -> None:
    """Eve and Ana each have what every planner plans for."""
    for name in ("Eve", "Ana"):
        person = await office.staff(name, role=Role.MANAGER)
        async with office.database.unit_of_work() as uow:
            (await uow.company.get()).settings |= {"visits-A": "7"}
            await uow.leads.add(Lead(company=name, owner_id=person.id, created_at=NOW))
            old = NOW - timedelta(days=90)
            await uow.customers.add(Customer(name=name, name_key=name, owner_id=person.id, grade="A", created_at=old))
            ticket = Ticket(title=name, opened_at=NOW)
            ticket.queue(now=NOW, at_head=False)
            await uow.tickets.add(ticket)
            await keep_schedule(uow, schedule(person))
            (await uow.staff.get(person.id)).absent_until = NOW.date()
            await uow.commit()


def schedule(person: Staff) -> Schedule:
    return Schedule(
        report="funnel",
        period="",
        person=None,
        team=None,
        rule="FREQ=DAILY;BYHOUR=9;BYMINUTE=0",
        zone="UTC" if person.name == "Ana" else "Europe/London",
        staff_id=person.id,
        channel=None,
        place=None,
        begun=NOW.isoformat(),
    )


async def spoils(office: Office, statement: str) -> None:
    async with office.database.unit_of_work() as uow:
        await uow.session.execute(text(statement))
        await uow.commit()


async def anas(office: Office) -> set[str]:
    """What came to her, and ``back`` where her absence has ended."""
    s, n, f = tables.staff.c, tables.notifications, tables.followups
    async with office.database.read() as uow:
        ana = (await uow.session.execute(tables.staff.select().where(s.name == "Ana"))).one()
        keys = set((await uow.session.scalars(select(n.c.key).where(n.c.staff_id == ana.id))).all())
        visit = (await uow.session.scalars(select(f.c.id).where(f.c.owner_id == ana.id))).all()
    return keys | ({"visit"} if visit else set()) | ({"back"} if ana.absent_until is None else set())


@pytest.mark.parametrize("statement", [MARS, DAYS_OFF, SOON, HOLIDAY])
async def test_the_others_are_planned_for(office: Office, statement: str) -> None:
    await open_office(office)
    await spoils(office, statement)

    await run_planners(office.database.unit_of_work, (ABSENCES, DAYS, DIGESTS, LADDER, QUEUE, VISITS), MONDAY)

    expected = {"back", "my-day", "digest", "lead-untouched", "ticket-assigned", "visit"}
    assert expected - await anas(office) == set()


@pytest.mark.parametrize("now_is", ['{"funnel', "Mars/Base", "FREQ=SOON", "fun"])
async def test_of_reports_the_others_come(office: Office, now_is: str) -> None:
    await open_office(office)
    async with office.database.unit_of_work() as uow:
        company = await uow.company.get()
        [eves] = [key for key, kept in company.settings.items() if "Europe/London" in kept]
        was = {"Mars/Base": "Europe/London", "FREQ=SOON": "FREQ=DAILY", "fun": "funnel"}.get(now_is, '"funnel')
        company.settings = {**company.settings, eves: company.settings[eves].replace(was, now_is)}
        await uow.commit()

    assert await run_planner(office.database.unit_of_work, REPORTS, MONDAY) == 1

    assert "report-due" in await anas(office)
    async with office.database.read() as uow:
        assert len(await list_schedules(uow)) == (1 if now_is == '{"funnel' else 2)
        unread = unreadable_schedules(await uow.company.get(), MONDAY)
    assert unread == ([] if now_is == "fun" else [eves])


async def test_what_is_set_aside_is_tried_again_after_a_pause_and_logged_by_its_id(office: Office) -> None:
    await open_office(office)
    await spoils(office, MARS)
    minutes = (0, 0, 1, 2, 3, 4)

    with structlog.testing.capture_logs() as logged:
        for minute in minutes:
            await run_planner(office.database.unit_of_work, DAYS, MONDAY + timedelta(minutes=minute))
    await spoils(office, MARS.replace("Mars/Base", "UTC"))

    assert [(each["item"], each["error"]) for each in logged] == [("days:staff:1", "ZoneInfoNotFoundError")] * 3
    assert await run_planner(office.database.unit_of_work, DAYS, MONDAY + timedelta(minutes=5)) == 0
    assert await run_planner(office.database.unit_of_work, DAYS, MONDAY + timedelta(minutes=7)) == 1


async def test_leads_of_somebody_unreadable_do_not_stand_before_the_others(office: Office) -> None:
    await open_office(office)
    async with office.database.unit_of_work() as uow:
        eve = await uow.staff.find_by_name("Eve")
        assert eve is not None
        for number in range(250):
            uow.session.add(Lead(company=f"{number}", owner_id=eve.id, created_at=NOW - timedelta(days=1)))
        await uow.commit()
    await spoils(office, MARS)

    assert await run_planner(office.database.unit_of_work, LADDER, MONDAY) == 252
    assert await run_planner(office.database.unit_of_work, LADDER, MONDAY) == 0
    assert "lead-untouched" in await anas(office)


# ---------------------------------------------------------------- said


UNKNOWN_TAG = """UPDATE notifications SET facts = '{"$": "nope", "v": 1}' WHERE id = 1"""
NO_FACTS = "UPDATE notifications SET facts = '{}' WHERE id = 1"
HIDES_WHAT = """UPDATE notifications SET extra = '{"hides": {"$": "nope", "v": 1}}' WHERE id = 1"""


@pytest.mark.parametrize("statement", [MARS, UNKNOWN_TAG, NO_FACTS, HIDES_WHAT])
async def test_the_others_are_told(office: Office, statement: str) -> None:
    for name in ("Eve", "Ana", "Tom"):
        await office.followup(await office.staff(name), NOW, chosen=False)
    await run_planner(office.database.unit_of_work, FOLLOWUPS, NOW)
    await spoils(office, statement)

    channel = Recorder()
    await office.delivery(channel).deliver_all()

    assert sorted(said.place for said in channel.sent) == ["chat:Ana", "chat:Tom"]
    [eves, *others] = await office.rows("followup-due")
    assert eves[0] == "pending"
    assert others == [("sent", None)] * 2


def test_a_pause_doubles_up_to_an_hour() -> None:
    apart, now, pauses = Apart(), NOW, []
    for _ in range(9):
        assert not apart.has("days:staff:1", now)
        assert apart.each([1], lambda _: int("x"), item=lambda each: f"days:staff:{each}", now=now) == []
        [set_aside] = apart.take_new()
        pauses.append((set_aside.until - now) // timedelta(minutes=1))
        now = set_aside.until
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
