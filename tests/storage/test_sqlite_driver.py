"""The driver under SQLite's engine: what may wait does not hold up the loop, and nothing piles up."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import weakref
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.engine import open_database
from storage.faults import is_passing
from storage.sqlite_driver import QUICK_IN_A_ROW, SLOW_SECONDS, SlowStatements
from tests.databases import sqlite_url
from tests.storage.company import NOW

LONG = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n")


async def test_waiting_for_another_process_leaves_the_loop_free(tmp_path: Path) -> None:
    database = open_database(sqlite_url(tmp_path))
    other = sqlite3.connect(tmp_path / "guanxi.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> int:
        async with database.unit_of_work() as uow:
            return int(await uow.session.scalar(text("SELECT 7")) or 0)

    writing = asyncio.create_task(write())
    for _ in range(50):  # a blocked loop would not come here before its ten seconds of patience are over
        await asyncio.sleep(0)
    assert not writing.done()
    other.execute("COMMIT")

    assert await writing == 7
    other.close()
    await database.dispose()


async def test_who_waits_in_vain_is_told_so(tmp_path: Path) -> None:
    database = open_database(sqlite_url(tmp_path), busy_seconds=0.05)
    other = sqlite3.connect(tmp_path / "guanxi.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(OperationalError) as refused:
        async with database.unit_of_work():
            pass

    assert is_passing(refused.value)
    other.close()
    await database.dispose()


async def test_a_statement_that_was_slow_twice_running_runs_in_a_thread(tmp_path: Path) -> None:
    database = open_database(sqlite_url(tmp_path))
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with database.connection() as connection:
        await connection.execute(LONG)
        await connection.execute(LONG)
        counting = asyncio.create_task(count())
        assert (await connection.execute(LONG)).scalar_one() == 300_000
        counting.cancel()

    assert turns > 5
    await database.dispose()


def test_what_was_slow_in_a_busy_moment_is_trusted_again() -> None:
    slow = SlowStatements()
    slow.took("SELECT 1", 2 * SLOW_SECONDS)
    assert "SELECT 1" not in slow
    slow.took("SELECT 1", 2 * SLOW_SECONDS)
    for _ in range(QUICK_IN_A_ROW - 1):
        slow.took("SELECT 1", SLOW_SECONDS / 10)
    assert "SELECT 1" in slow

    slow.took("SELECT 1", SLOW_SECONDS / 10)

    assert "SELECT 1" not in slow


async def test_cursors_are_forgotten(tmp_path: Path) -> None:
    """Python's connection remembers its cursors until it is asked for new ones in its own way."""
    database = open_database(sqlite_url(tmp_path))
    async with database.connection() as connection:
        await connection.execute(text("SELECT 1"))
        gc.collect()
        before = _dead_references()
        for _ in range(1000):
            await connection.execute(text("SELECT 1"))
        gc.collect()
        grown = _dead_references() - before

    assert grown < 500
    await database.dispose()


def _dead_references() -> int:
    return sum(1 for one in gc.get_objects() if type(one) is weakref.ReferenceType and one() is None)


async def test_what_wrote_nothing_is_committed_where_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most planners find nothing to do, each few seconds: they ask neither the disk nor a thread."""
    database = open_database(sqlite_url(tmp_path))
    hops: list[object] = []
    loop = asyncio.get_running_loop()
    hop = loop.run_in_executor
    monkeypatch.setattr(loop, "run_in_executor", lambda *asked: hops.append(asked) or hop(*asked))
    async with database.unit_of_work() as uow:
        await uow.commit()
    hops.clear()
    async with database.unit_of_work() as uow:
        assert await uow.session.scalar(text("SELECT count(*) FROM staff")) == 0
        await uow.commit()
    assert hops == []
    async with database.unit_of_work() as uow:
        await uow.inbox.accept("x", "1", at=NOW)
        await uow.commit()
    assert len(hops) == 1
    async with database.unit_of_work() as uow:
        assert not await uow.inbox.accept("x", "1", at=NOW)
    await database.dispose()
