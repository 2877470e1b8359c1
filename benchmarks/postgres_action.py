"""The same chat action on PostgreSQL, beside transactions that do nothing but as many statements."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from unittest.mock import patch

from psycopg import AsyncCursor
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.desk import Desk, at_once, open_desk
from benchmarks.measure import Row, in_turn
from benchmarks.plan import Plan
from storage.postgres_driver import Connection
from tests.databases import PostgresServer, running_postgres

CROWD = 20
POOL = 10
_notes = Table("notes", MetaData(), Column("id", Integer, primary_key=True), Column("words", String(400)))


async def on_postgres(plan: Plan) -> list[Row]:
    """One conversation, then twenty."""
    with running_postgres() as server:
        return [await _beside_bare(plan, server, conversations) for conversations in (1, CROWD)]


async def _beside_bare(plan: Plan, server: PostgresServer, conversations: int) -> Row:
    each = plan.pick(quick=12, full=90) if conversations == 1 else plan.pick(quick=3, full=12)
    count = each * conversations
    async with open_desk(server.empty_database(), reps=conversations) as desk, _bare(server.empty_database()) as engine:
        statements = await _statements_of(desk)

        async def ours() -> int:
            await at_once(desk, [desk.actions(rep, each) for rep in desk.reps])
            await desk.settle()
            return count

        async def theirs() -> int:
            async with asyncio.TaskGroup() as group:
                for _ in range(conversations):
                    group.create_task(_transactions(engine, each, statements))
            return count

        pairs = await in_turn(ours, theirs, rounds=plan.rounds)
    people = "1 conversation" if conversations == 1 else f"{conversations} conversations"
    return Row(
        name=f"One chat action on PostgreSQL, {people}: rate beside bare transactions",
        measured=pairs.rate_ratio,
        limit=0.6,
        at_least=True,
        details=f"{statements} statements an action (Core on the same driver, half selects, half inserts); {pairs.said}",
    )


async def _statements_of(desk: Desk) -> int:
    """How many statements an action takes, its share of settling included."""
    updates = 9
    with counting() as counter:
        for raw in desk.actions(desk.reps[0], updates):
            await desk.handle(raw)
        await desk.settle()
    return round(counter.statements / updates)


@dataclass
class Counter:
    statements: int = 0


@contextmanager
def counting() -> Iterator[Counter]:
    """At the driver, because not all of ours pass SQLAlchemy. Beginning and committing are not counted: both sides do.

    One statement for many rows in a row counts once, however the driver is given them.
    """
    counter = Counter()
    one, many, together = AsyncCursor.execute, AsyncCursor.executemany, Connection.run

    async def execute(cursor: Any, query: Any, *given: Any, **options: Any) -> Any:
        counter.statements += 1
        return await one(cursor, query, *given, **options)

    async def executemany(cursor: Any, *given: Any, **options: Any) -> Any:
        counter.statements += 1
        return await many(cursor, *given, **options)

    async def run(connection: Any, asked: Any, **options: Any) -> Any:
        counter.statements += sum(1 for _ in groupby(sql for sql, _ in asked))
        return await together(connection, asked, **options)

    with (
        patch.object(AsyncCursor, "execute", execute),
        patch.object(AsyncCursor, "executemany", executemany),
        patch.object(Connection, "run", run),
    ):
        yield counter


@asynccontextmanager
async def _bare(url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(url, pool_size=POOL, max_overflow=POOL)
    async with engine.begin() as connection:
        await connection.run_sync(_notes.metadata.create_all)
        await connection.execute(insert(_notes), [{"words": "a note"} for _ in range(100)])
    yield engine
    await engine.dispose()


async def _transactions(engine: AsyncEngine, count: int, statements: int) -> None:
    for _ in range(count):
        async with engine.begin() as connection:
            for number in range(statements):
                if number % 2:
                    await connection.execute(insert(_notes).values(words="called, they want a quote"))
                else:
                    await connection.execute(select(_notes).where(_notes.c.id == number + 1))
