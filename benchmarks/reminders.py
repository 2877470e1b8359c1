"""Many reminders at one instant: how long they take, that none is lost or doubled, and that nothing else waits."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import create_engine, event

from benchmarks.crowd import counted_by_state, hire_many, plan_followups
from benchmarks.desk import Desk, open_desk, sqlite_in
from benchmarks.measure import Cost, Pairs, Row, cost_of
from benchmarks.plan import Plan
from bot.collecting import spare_what_stays
from handlers.chat import Channel, Outgoing, Reply
from scheduler.planners import FOLLOWUPS, run_planner

REPS = 100
HOUR = timedelta(hours=1)
LOOK_EVERY = 0.002


async def burst(plan: Plan) -> list[Row]:
    """A thousand at once, each to somebody else, so that no two share a card, beside as many jobs of APScheduler."""
    count, rounds = plan.pick(quick=200, full=1000), plan.pick(quick=2, full=5)
    async with open_desk(sqlite_in(plan.folder)) as desk, _apscheduler(plan.folder) as jobs:
        reps = await hire_many(desk, count)

        async def remind() -> int:
            await desk.house.delivery.deliver_all()
            return count

        async def planned() -> None:
            await plan_followups(desk, reps, count, due_at=datetime.now(UTC))
            await _plan(desk)

        pairs = await _in_turn(planned, remind, lambda: jobs.add(count), jobs.run, rounds=rounds)
        states = await counted_by_state(desk)
        assert states == {"sent": count * (rounds + 1)}, states
    return [
        Row(
            name=f"{count:,} reminders due at one instant: time beside APScheduler's SQLAlchemy store",
            measured=pairs.wall_ratio,
            limit=1.5,
            details=f"to as many people; {pairs.said}",
        )
    ]


async def flood(plan: Plan) -> list[Row]:
    """Ten thousand at once, and a thousand after an hour in which nothing ran."""
    count, late = plan.pick(quick=1000, full=10_000), plan.pick(quick=100, full=1000)
    async with open_desk(sqlite_in(plan.folder)) as desk:
        reps = await hire_many(desk, REPS * 10)
        await plan_followups(desk, reps, count, due_at=datetime.now(UTC))
        await _say_something(desk)
        heard = Overhearing(desk.house.channels["telegram"])
        desk.house.channels["telegram"] = heard
        spare_what_stays()  # as ``guanxi run`` does when it starts
        async with _watching_the_loop() as watch:
            cost = await cost_of(lambda: _plan_and_send(desk, count))
        states = await counted_by_state(desk)
    cards = len(heard.keys)
    said = f"{cost.wall * count:.1f} s in all, {cost.rate:,.0f}/s; states {states}, on {cards:,} cards"
    unsettled = abs(count - states.get("sent", 0)) + sum(n for state, n in states.items() if state != "sent")
    doubled = cards - len(set(heard.keys))
    return [
        Row(
            name=f"{count:,} reminders at one instant: lost or doubled",
            measured=unsettled + doubled,
            limit=0,
            unit="",
            details=said,
        ),
        Row(
            name=f"{count:,} reminders at one instant: longest that the event loop was blocked",
            measured=watch.longest * 1000,
            limit=50,
            unit="ms",
            details=f"looked at every {LOOK_EVERY * 1000:.0f} ms; planning, claiming, sending and settling",
        ),
        await _after_an_hour(plan, late),
    ]


@dataclass
class Overhearing:
    """The channel, with the key of each message that it was told to send; the same one is the same message again."""

    channel: Channel
    keys: list[str | None] = field(default_factory=list)

    async def send(self, outgoing: Outgoing) -> str | None:
        self.keys.append(outgoing.key)
        return await self.channel.send(outgoing)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.channel, name)


async def _say_something(desk: Desk) -> None:
    """The first text of a process imports what renders it; a program that runs has said something already."""
    await desk.handle(desk.says(desk.reps[0], "/help"))
    await desk.settle()


async def _plan_and_send(desk: Desk, count: int) -> int:
    await _plan(desk)
    await desk.house.delivery.deliver_all()
    return count


async def _plan(desk: Desk) -> int:
    return await run_planner(desk.house.database.unit_of_work, FOLLOWUPS, datetime.now(UTC))


async def _after_an_hour(plan: Plan, count: int) -> Row:
    async with open_desk(sqlite_in(plan.folder), keeps_settled=True) as desk:
        reps = await hire_many(desk, count)
        await plan_followups(desk, reps, count, due_at=datetime.now(UTC) - HOUR)
        await _plan_and_send(desk, count)
        states = await counted_by_state(desk)
        marked = sum(is_late(sent.reply) for sent in desk.settled)
    return Row(
        name=f"{count:,} reminders after an hour's stop: not sent, or not marked late",
        measured=max(count - states.get("sent", 0), count - marked),
        limit=0,
        unit="",
        details=f"states {states}, {marked} marked late",
    )


def is_late(reply: Reply | None) -> bool:
    """Does the card say that it comes late?"""
    return reply is not None and bool(reply.facts.get("late"))


async def planning(plan: Plan) -> list[Row]:
    """The rate at which due follow-ups are put into the outbox."""
    count, jobs_count = plan.pick(quick=10_000, full=100_000), plan.pick(quick=200, full=2000)
    rates: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(plan.pick(quick=1, full=3)):
        async with open_desk(sqlite_in(plan.folder)) as desk, _apscheduler(plan.folder) as jobs:
            reps = await hire_many(desk, REPS)
            await plan_followups(desk, reps, count, due_at=datetime.now(UTC))
            rates[0].append(await cost_of(partial(_plan, desk)))
            rates[1].append(await cost_of(partial(jobs.add, jobs_count)))
    pairs = Pairs(ours=rates[0], theirs=rates[1])
    return [
        Row(
            name=f"Planning {count:,} reminders: rate beside adding APScheduler jobs",
            measured=pairs.rate_ratio,
            limit=3.0,
            at_least=True,
            details=f"{pairs.said}; APScheduler's rate from {jobs_count:,} jobs",
        )
    ]


# ---------------------------------------------------------------- beside it: APScheduler


_stores = itertools.count(1)
_ran = 0


async def job() -> None:
    """What a scheduled job does here: nothing, as the network of ours is a stub."""
    global _ran  # noqa: PLW0603 - the store keeps a job by its function's name, so it can have no state of its own
    _ran += 1


@dataclass
class Jobs:
    """APScheduler with its SQLAlchemy store on SQLite, as durable as ours."""

    scheduler: AsyncIOScheduler

    async def add(self, count: int) -> int:
        self.scheduler.pause()
        at = datetime.now(UTC)
        for _ in range(count):
            self.scheduler.add_job(job, "date", run_date=at, misfire_grace_time=None)
        return count

    async def run(self) -> int:
        """Run what was added, to the last job."""
        waiting = len(self.scheduler.get_jobs())
        before = _ran
        self.scheduler.resume()
        while _ran - before < waiting:  # noqa: ASYNC110 - a job of APScheduler has nothing that it could tell
            await asyncio.sleep(0.001)
        return waiting


@asynccontextmanager
async def _apscheduler(folder: Path) -> AsyncIterator[Jobs]:
    engine = create_engine(f"sqlite:///{folder / f'jobs{next(_stores)}.db'}")

    @event.listens_for(engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    store = SQLAlchemyJobStore(engine=engine)
    scheduler = AsyncIOScheduler(jobstores={"default": store}, executors={"default": AsyncIOExecutor()}, timezone="UTC")
    scheduler.start(paused=True)
    yield Jobs(scheduler)
    scheduler.shutdown(wait=False)
    engine.dispose()


async def _in_turn(
    prepare_ours: Callable[[], Any],
    ours: Callable[[], Any],
    prepare_theirs: Callable[[], Any],
    theirs: Callable[[], Any],
    *,
    rounds: int,
) -> Pairs:
    """In turn, with a preparation before each round that is not measured."""
    measured: tuple[list[Cost], list[Cost]] = ([], [])
    for number in range(rounds + 1):
        for prepare, work, costs in ((prepare_ours, ours, measured[0]), (prepare_theirs, theirs, measured[1])):
            await prepare()
            cost = await cost_of(work)
            if number:  # the first round only warms up
                costs.append(cost)
    return Pairs(ours=measured[0], theirs=measured[1])


# ---------------------------------------------------------------- the event loop


@dataclass
class Watch:
    longest: float = 0.0  # seconds


@asynccontextmanager
async def _watching_the_loop() -> AsyncIterator[Watch]:
    """How much later than asked a task wakes that only sleeps."""
    watch = Watch()

    async def look() -> None:
        while True:
            asked = time.perf_counter() + LOOK_EVERY
            await asyncio.sleep(LOOK_EVERY)
            watch.longest = max(watch.longest, time.perf_counter() - asked)

    task = asyncio.create_task(look())
    try:
        yield watch
    finally:
        task.cancel()
