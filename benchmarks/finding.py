"""Finding a customer by a few characters among a hundred thousand: beside LIKE on the same database, and beside ten thousand."""

from __future__ import annotations

import itertools
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy import Select, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.companies import company_names, found_customers
from benchmarks.desk import BareConnection, Desk, bare_connection, open_desk, sqlite_in
from benchmarks.measure import Row
from benchmarks.plan import Plan
from domain.people.model import Role
from domain.values.searching import search_query
from storage.tables import customers, staff
from tests.databases import running_postgres

LIMIT = 9  # rows, as /find shows
WORDS = 40
FEW = 10_000
_BY_WHICH_CLOCK = {"SQLite": "", "PostgreSQL": "; planned and run, as the server says, without the way there and back"}


async def finding(plan: Plan) -> list[Row]:
    rows = await _both(plan, "SQLite", sqlite_in(plan.folder), sqlite_in(plan.folder))
    if not plan.is_quick:
        with running_postgres() as server:
            rows += await _both(plan, "PostgreSQL", server.empty_database(), server.empty_database())
    return rows


async def _both(plan: Plan, database: str, url_of_many: str, url_of_few: str) -> list[Row]:
    many = plan.pick(quick=20_000, full=100_000)
    async with open_desk(url_of_many) as busy, open_desk(url_of_few) as calm:
        names = company_names(many)
        for desk, count in ((busy, many), (calm, FEW)):
            await found_customers(desk, names[:count], itertools.repeat(desk.reps[0].staff.id))
            await _see_all(desk)
        looked_for = _words(names[:FEW])
        with closing(bare_connection(url_of_many)) as bare:
            query, like = await _in_turn(
                lambda word: _query(busy, bare, word), lambda word: _like(busy, bare, word), looked_for, plan.rounds
            )
        whole, whole_of_few = await _in_turn(
            lambda word: _find(busy, word), lambda word: _find(calm, word), looked_for, plan.rounds
        )
    ours, theirs = statistics.median(query), statistics.median(like)
    return [
        Row(
            name=f"Find on {database} among {many:,} customers, the query: faster than LIKE '%…%'",
            measured=theirs / ours,
            limit=50,
            at_least=True,
            details=f"{ours * 1000:.2f} ms beside {theirs * 1000:.1f} ms, median of {len(looked_for)} words, each the best of "
            f"{plan.rounds} rounds{_BY_WHICH_CLOCK[database]}",
        ),
        Row(
            name=f"Find on {database} among {many:,} customers, all of it: beside {FEW:,}",
            measured=statistics.median(whole) / statistics.median(whole_of_few),
            limit=2,
            details=f"{statistics.median(whole) * 1000:.2f} ms beside {statistics.median(whole_of_few) * 1000:.2f} ms; "
            f"slowest word {max(whole) * 1000:.1f} ms beside {max(whole_of_few) * 1000:.1f} ms",
        ),
    ]


def _words(names: Sequence[str]) -> list[str]:
    """What people type of a name: its own part, two to three characters or the first word, as it is written."""
    step = len(names) // WORDS | 1  # odd: every other name is Chinese
    some = names[::step][:WORDS]
    return [name.split()[0] if name.isascii() else name[2:5] for name in some]


async def _see_all(desk: Desk) -> None:
    """The rep becomes an admin: everything is visible, so nothing is left out by ownership. Statistics are fresh."""
    desk.reps[0].staff.role = Role.ADMIN
    async with desk.house.database.unit_of_work() as uow:
        await uow.session.execute(staff.update().values(role=Role.ADMIN))
        await uow.session.execute(text("ANALYZE"))
        await uow.commit()


async def _find(desk: Desk, word: str) -> None:
    async with desk.house.database.read() as uow:
        assert await uow.search.find(desk.reps[0].staff, word, limit=LIMIT)


async def _query(desk: Desk, bare: BareConnection, word: str) -> float:
    tokens = search_query(word)
    assert tokens is not None
    async with desk.house.database.read() as uow:
        return _timed(bare, uow.session, uow.search.matching(tokens, desk.reps[0].staff).limit(LIMIT))


async def _like(desk: Desk, bare: BareConnection, word: str) -> float:
    statement = select(customers.c.id).where(customers.c.name.like(f"%{word}%")).order_by(customers.c.id.desc())
    async with desk.house.database.read() as uow:
        return _timed(bare, uow.session, statement.limit(LIMIT))


def _timed(bare: BareConnection, session: AsyncSession, statement: Select[Any]) -> float:
    """Seconds of the SQL alone, on the bare driver: session and pool cost the same whatever the database then does."""
    written = str(statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})).replace("%%", "%")
    began = time.perf_counter()
    rows = bare.execute(written).fetchall()
    took = time.perf_counter() - began
    assert rows
    return took if isinstance(bare, sqlite3.Connection) else _as_the_server_says(bare, written)


def _as_the_server_says(bare: psycopg.Connection[Any], written: str) -> float:
    """Planning and running. The way to the server and back takes longer than finding: ``SELECT 1`` measured the same."""
    told = bare.execute("EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF, FORMAT JSON) " + written).fetchone()
    assert told is not None
    [[plan]] = told
    milliseconds: float = plan["Planning Time"] + plan["Execution Time"]
    return milliseconds / 1000


async def _in_turn(
    ours: Callable[[str], Awaitable[float | None]],
    theirs: Callable[[str], Awaitable[float | None]],
    words: Sequence[str],
    rounds: int,
) -> tuple[list[float], list[float]]:
    """The best time of each word, both asked in turn; a work that gives seconds is taken at its word."""
    best: tuple[list[float], list[float]] = ([], [])
    for word in words:
        seconds: tuple[list[float], list[float]] = ([], [])
        for number in range(rounds + 1):
            for work, taken in zip((ours, theirs), seconds, strict=True):
                began = time.perf_counter()
                own = await work(word)
                if number:
                    taken.append(own if own is not None else time.perf_counter() - began)
        for found, taken in zip(best, seconds, strict=True):
            found.append(min(taken))
    return best
