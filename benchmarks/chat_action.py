"""One whole chat action on SQLite, and sixteen conversations at once."""

from __future__ import annotations

import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.desk import FIRST_USER, Desk, at_once, open_desk, sqlite_in
from benchmarks.measure import Row, cost_of, in_turn, median, percentile
from benchmarks.naive import naive_stack
from benchmarks.plan import Plan
from benchmarks.trouble import Trouble, listening

CONVERSATIONS = 16


async def one_action(plan: Plan) -> list[Row]:
    """CPU of a whole action beside that of the naive stack given the same updates."""
    count = plan.pick(quick=30, full=150)
    async with (
        open_desk(sqlite_in(plan.folder)) as desk,
        naive_stack(plan.folder, range(FIRST_USER, FIRST_USER + 1)) as naive,
    ):
        [rep] = desk.reps

        async def ours() -> int:
            for raw in desk.actions(rep, count):
                await desk.handle(raw)
            await desk.settle()
            return count

        async def theirs() -> int:
            for raw in desk.actions(rep, count):
                await naive.feed(raw)
            return count

        pairs = await in_turn(ours, theirs, rounds=plan.rounds)
        kinds = await _by_kind(desk)
    return [
        Row(
            name="One chat action on SQLite: CPU beside aiogram and an async session",
            measured=pairs.cpu_ratio,
            limit=2.0,
            stretch=1.5,
            details=f"{pairs.said}; {kinds}",
        ),
    ]


async def _by_kind(desk: Desk) -> str:
    """The CPU of each kind of action alone."""
    [rep] = desk.reps
    said = []
    for kind, name in enumerate(("/next", "/lead", "press")):

        async def work(kind: int = kind) -> int:
            for _ in range(30):
                await desk.handle(desk.action(rep, kind))
            await desk.settle()
            return 30

        said.append(f"{name} {(await cost_of(work)).cpu * 1000:.1f} ms")
    return ", ".join(said)


async def many_conversations(plan: Plan) -> list[Row]:
    """Sixteen people write at once: how evenly they wait, and how much is done in all."""
    count = plan.pick(quick=12, full=60)
    async with _two_desks(plan.folder) as (one, many):

        async def together() -> int:
            lanes = [many.actions(rep, count) for rep in many.reps]
            took.append(await at_once(many, lanes))
            await many.settle()
            return count * CONVERSATIONS

        async def alone() -> int:
            await at_once(one, [one.actions(one.reps[0], count * 3)])
            await one.settle()
            return count * 3

        took: list[list[float]] = []
        with listening() as trouble:
            pairs = await in_turn(together, alone, rounds=plan.rounds)
    spread = [percentile(each, 0.99) / statistics.median(each) for each in took[1:]]
    latest = took[-1]
    waits = f"median {statistics.median(latest) * 1000:.0f} ms, p99 {percentile(latest, 0.99) * 1000:.0f} ms"
    return [
        Row(
            name=f"{CONVERSATIONS} conversations at once on SQLite: p99 beside the median",
            measured=statistics.median(spread),
            limit=4.0,
            details=f"{waits}, {CONVERSATIONS * count} actions a round",
        ),
        _locked(trouble),
        Row(
            name=f"{CONVERSATIONS} conversations at once on SQLite: total rate beside one alone",
            measured=pairs.rate_ratio,
            limit=0.9,
            at_least=True,
            details=f"{median(pairs.ours).rate:,.0f}/s together, {median(pairs.theirs).rate:,.0f}/s alone",
        ),
    ]


def _locked(trouble: Trouble) -> Row:
    return Row(
        name=f"{CONVERSATIONS} conversations at once on SQLite: passing faults such as “database is locked”",
        measured=trouble.passing_faults,
        limit=0,
        unit="",
        details=f"incidents: {trouble.incidents}",
    )


@asynccontextmanager
async def _two_desks(folder: Path) -> AsyncIterator[tuple[Desk, Desk]]:
    async with (
        open_desk(sqlite_in(folder)) as one,
        open_desk(sqlite_in(folder), reps=CONVERSATIONS) as many,
    ):
        yield one, many
