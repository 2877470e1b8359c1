"""A tick of the scheduler that finds nothing to do, however much waits for later."""

from __future__ import annotations

from datetime import UTC, datetime

from benchmarks.crowd import fill_outbox
from benchmarks.desk import Desk, open_desk, sqlite_in
from benchmarks.measure import Row, in_turn, median
from benchmarks.plan import Plan
from bot.wiring import PLANNERS
from scheduler.planners import run_planners
from tests.databases import running_postgres

FEW = 1000


async def idle_tick(plan: Plan) -> list[Row]:
    """On both databases: planners and a claim, with few rows and with many."""
    rows = [await _beside_few(plan, "SQLite", sqlite_in(plan.folder), sqlite_in(plan.folder))]
    if not plan.is_quick:
        with running_postgres() as server:
            rows.append(await _beside_few(plan, "PostgreSQL", server.empty_database(), server.empty_database()))
    return rows


async def _beside_few(plan: Plan, database: str, url_of_many: str, url_of_few: str) -> Row:
    many = plan.pick(quick=100_000, full=1_000_000)
    async with open_desk(url_of_many) as busy, open_desk(url_of_few) as calm:
        await fill_outbox(busy, many)
        await fill_outbox(calm, FEW)

        async def ticks(desk: Desk) -> int:
            for _ in range(20):
                await run_planners(desk.house.database.unit_of_work, PLANNERS, datetime.now(UTC))
                assert await desk.house.delivery.deliver_due() == 0
            return 20

        pairs = await in_turn(lambda: ticks(busy), lambda: ticks(calm), rounds=plan.rounds)
    return Row(
        name=f"Scheduler tick on {database} with {many:,} pending notifications, none due: beside {FEW:,}",
        measured=pairs.wall_ratio,
        limit=2.0,
        details=f"{median(pairs.ours).wall * 1000:.1f} ms beside {median(pairs.theirs).wall * 1000:.1f} ms",
    )
