"""Planners put what has come due into the outbox. Each may run twice, or on two machines, and plans once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from domain.approvals.actions import EXPIRED_AT_ONCE, expire_approvals
from domain.care.greetings import plan_care
from domain.care.visits import VISITS_AT_ONCE, plan_visits, visits_wait
from domain.digests.planning import plan_digests
from domain.handovers.actions import return_unaccepted
from domain.jobs.work import postpone_job, work_on_jobs
from domain.journal.model import Source
from domain.notifications.days import planned_day
from domain.notifications.homes import refresh_homes
from domain.points.ledger import AT_ONCE as POINTS_AT_ONCE
from domain.points.ledger import plan_points, points_wait
from domain.ports import OpenUnitOfWork, UnitOfWork
from domain.privacy.actions import STRANGERS_AT_ONCE, forget_strangers
from domain.radar.actions import is_anybody_flagged, watch_customers
from domain.reports.schedules import is_any_scheduled, plan_reports
from domain.rules.planning import plan_ladder
from domain.surveys.listening import MOST_OFFERS, followed_wait, offer_to_tell
from domain.surveys.planning import AT_ONCE, plan_surveys, surveys_wait
from domain.tickets.assigning import MOST_DRAINED, drain_queue
from domain.tickets.planning import look_at_tickets, recount_tickets
from domain.values.zones import local

log = structlog.get_logger()
T = TypeVar("T")
# A reminder stands in the outbox before its second comes, and before those that may take it along on their card.
AHEAD = timedelta(minutes=6)
BATCH = 1000
SMALL_BATCH = 200  # where each row is thought about here: the writer is held for some 50 ms, not longer

Plan = Callable[[UnitOfWork, datetime], Awaitable[int]]
Postpone = Callable[[UnitOfWork, Exception, datetime], Awaitable[None]]


@dataclass(frozen=True)
class Planner:
    """``plan(uow, now)`` plans at most a ``batch`` and gives how many; it is asked again while a batch was full.

    ``postpone`` sets aside, in a transaction of its own, what ``plan`` failed at. ``waits`` looks first, and only reads:
    who is asked each second must not hold SQLite's writer for nothing.
    """

    name: str
    every: timedelta
    plan: Plan
    batch: int = BATCH
    postpone: Postpone | None = None
    waits: Callable[[UnitOfWork, datetime], Awaitable[bool]] | None = None


async def jobs_wait(uow: UnitOfWork, now: datetime) -> bool:
    """By the real clock, whatever ``now`` is."""
    return await uow.jobs.is_any_due()


async def plan_due_followups(uow: UnitOfWork, now: datetime) -> int:
    return await uow.followups.plan_due(until=now + AHEAD, now=now, limit=BATCH)


async def plan_days(uow: UnitOfWork, now: datetime) -> int:
    """My day of everybody whose hour is near or was missed today."""
    company = await uow.company.get()
    everybody = await uow.staff.list_active()
    looked = uow.apart.each(
        everybody,
        lambda person: planned_day(person, company, now, ahead=AHEAD),
        item=lambda person: f"days:staff:{person.id}",
        now=now,
    )
    planned = [day for _, day in looked if day is not None]
    known = await uow.notifications.list_known([day.dedupe_key for day in planned if day.dedupe_key])
    new = [day for day in planned if day.dedupe_key not in known][:SMALL_BATCH]
    for day in new:
        uow.plan(day)
    return len(new)


async def plan_due_digests(uow: UnitOfWork, now: datetime) -> int:
    return await plan_digests(uow, now, ahead=AHEAD, limit=SMALL_BATCH)


async def return_handovers(uow: UnitOfWork, now: datetime) -> int:
    return await return_unaccepted(uow, now, limit=SMALL_BATCH)


async def climb_ladder(uow: UnitOfWork, now: datetime) -> int:
    return await plan_ladder(uow, now, limit=SMALL_BATCH)


async def keep_absences(uow: UnitOfWork, now: datetime) -> int:
    """Who leaves today is away from now on, and the deputy sees what is theirs; who is back hears of it again."""
    changed = 0
    for person, today in uow.apart.each(
        await uow.staff.list_active(),
        lambda person: local(now, person.timezone).date(),
        item=lambda person: f"absences:staff:{person.id}",
        now=now,
    ):
        if person.absent_until is not None and today > person.absent_until:
            person.absent_from = person.absent_until = None
            uow.happened("absence-ended", staff=person.id)
        elif person.absent_from is not None and today >= person.absent_from:
            person.absent_from = None
            uow.happened("absence-begun", staff=person.id)
        else:
            continue
        changed += 1
    return changed


async def tickets_wait(uow: UnitOfWork, now: datetime) -> bool:
    return await uow.tickets.is_any_to_look(now)


async def look_at_due_tickets(uow: UnitOfWork, now: datetime) -> int:
    return await look_at_tickets(uow, now, limit=SMALL_BATCH)


async def queue_waits(uow: UnitOfWork, now: datetime) -> bool:
    return await uow.tickets.is_any_queued()


async def give_out_tickets(uow: UnitOfWork, now: datetime) -> int:
    return await drain_queue(uow, now, limit=MOST_DRAINED)


async def recount_open_tickets(uow: UnitOfWork, now: datetime) -> int:
    return await recount_tickets(uow, now, limit=SMALL_BATCH)


FOLLOWUPS = Planner("followups", timedelta(seconds=5), plan_due_followups)
DAYS = Planner("days", timedelta(seconds=30), plan_days, SMALL_BATCH)
DIGESTS = Planner("digests", timedelta(seconds=30), plan_due_digests, SMALL_BATCH)
HANDOVERS = Planner("handovers", timedelta(minutes=5), return_handovers, SMALL_BATCH)
LADDER = Planner("ladder", timedelta(minutes=1), climb_ladder, SMALL_BATCH)
APPROVALS = Planner("approvals", timedelta(minutes=1), expire_approvals, EXPIRED_AT_ONCE)
HOMES = Planner("homes", timedelta(seconds=30), refresh_homes)
ABSENCES = Planner("absences", timedelta(minutes=5), keep_absences)
TICKETS = Planner("tickets", timedelta(seconds=5), look_at_due_tickets, SMALL_BATCH, waits=tickets_wait)
QUEUE = Planner("queue", timedelta(seconds=5), give_out_tickets, MOST_DRAINED, waits=queue_waits)
RECOUNT = Planner("recount", timedelta(seconds=30), recount_open_tickets, SMALL_BATCH)
SURVEYS = Planner("surveys", timedelta(seconds=30), plan_surveys, AT_ONCE, waits=surveys_wait)
FOLLOWED = Planner("followed", timedelta(seconds=5), offer_to_tell, MOST_OFFERS, waits=followed_wait)
CARE = Planner("care", timedelta(minutes=10), plan_care)
VISITS = Planner("visits", timedelta(minutes=30), plan_visits, VISITS_AT_ONCE, waits=visits_wait)
POINTS = Planner("points", timedelta(seconds=5), plan_points, POINTS_AT_ONCE, waits=points_wait)
STRANGERS = Planner("strangers", timedelta(hours=1), forget_strangers, STRANGERS_AT_ONCE)
RADAR = Planner("radar", timedelta(minutes=1), watch_customers, waits=is_anybody_flagged)
REPORTS = Planner("reports", timedelta(seconds=30), plan_reports, waits=is_any_scheduled)
JOBS = Planner("jobs", timedelta(seconds=1), work_on_jobs, batch=1, postpone=postpone_job, waits=jobs_wait)


async def run_planner(
    open_unit: OpenUnitOfWork, planner: Planner, now: datetime, *, read: OpenUnitOfWork | None = None
) -> int:
    """Run one planner until it has nothing left; each batch is a transaction of its own.

    ``read`` opens a unit that only reads, for planners that look first.
    """
    if planner.waits is not None and read is not None:
        async with read() as uow:
            if not await planner.waits(uow, now):
                return 0
    total = 0
    while True:
        try:
            planned = await _in_a_unit(open_unit, planner, planner.plan, now)
        except Exception as error:
            await _set_aside(open_unit, planner, error, now)
            raise
        total += planned
        if planned < planner.batch:
            return total


async def _set_aside(open_unit: OpenUnitOfWork, planner: Planner, error: Exception, now: datetime) -> None:
    postpone = planner.postpone
    if postpone is not None:
        await _in_a_unit(open_unit, planner, lambda uow, at: postpone(uow, error, at), now)


async def _in_a_unit(
    open_unit: OpenUnitOfWork, planner: Planner, step: Callable[[UnitOfWork, datetime], Awaitable[T]], now: datetime
) -> T:
    async with open_unit() as uow:
        uow.acts(None, at=now, source=Source(channel="scheduler", delivery=planner.name))
        done = await step(uow, now)
        await uow.commit()
        for one in uow.apart.take_new():
            log.error("set-aside", item=one.item, error=one.error, times=one.times, until=one.until.isoformat())
    return done


async def run_planners(open_unit: OpenUnitOfWork, planners: Sequence[Planner], now: datetime) -> int:
    """Run all planners as of ``now``; one that fails is logged and does not stop the rest."""
    total = 0
    for planner in planners:
        try:
            total += await run_planner(open_unit, planner, now)
        except Exception:
            log.exception("planner-failed", planner=planner.name)
    return total
