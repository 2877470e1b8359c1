"""What stands ready on PostgreSQL: whatever a transaction came to, the next one is served."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import BigInteger, String, bindparam, cast, func, literal, select, text
from sqlalchemy.exc import DataError, IntegrityError

from storage.engine import Database, open_database
from storage.ready import Ready, Together
from tests.databases import PostgresServer
from tests.storage.company import NOW

pytestmark = pytest.mark.postgres
NUMBER = Ready(select(bindparam("number", type_=BigInteger) + 1, literal("100%")))
DIVIDED = Ready(select(100 // bindparam("number", type_=BigInteger)))
WORDS = Ready(select(cast(bindparam("words"), String)))
ASLEEP = Ready(select(func.pg_sleep(bindparam("number", type_=BigInteger))))


@pytest.fixture
async def database(postgres_server: PostgresServer) -> AsyncIterator[Database]:
    url = postgres_server.fresh_database()
    opened = open_database(url, pool_size=1)
    yield opened
    await opened.dispose()
    postgres_server.drop(url)


async def test_statements_stay_prepared_through_a_rollback(database: Database) -> None:
    async def prepared(given: int) -> list[Any]:
        async with database.read() as uow:  # ends in a rollback
            assert await NUMBER.rows(uow.session, {"number": given}) == [(given + 1, "100%")]
            names = await uow.session.execute(text("SELECT name, prepare_time FROM pg_prepared_statements"))
            return [tuple(name) for name in names]

    once = await prepared(1)
    assert len(once) == 1
    assert await prepared(1 << 40) == once


async def test_nothing_is_done_after_what_failed(database: Database) -> None:
    with pytest.raises(DataError, match="division by zero"):
        async with database.unit_of_work() as uow:
            await uow.inbox.accept("local", "1", at=NOW)
            together = Together(uow.session)
            first, second = together.add(NUMBER, {"number": 1}), together.add(DIVIDED, {"number": 0})
            third = together.add(NUMBER, {"number": 3})
            await together.run(commit=True)
    assert (first, second, third) == ([], [], [])
    async with database.unit_of_work() as uow:
        assert await uow.inbox.accept("local", "1", at=NOW)
        assert await DIVIDED.rows(uow.session, {"number": 5}) == [(20,)]
        with pytest.raises(IntegrityError):
            await uow.session.execute(text("INSERT INTO leads (id) VALUES (1)"))
    async with database.read() as uow:
        assert await NUMBER.rows(uow.session, {"number": 3}) == [(4, "100%")]


async def test_what_cannot_be_written_is_refused_before_anything_is_sent(database: Database) -> None:
    async with database.unit_of_work() as uow:
        together = Together(uow.session)
        together.add(NUMBER, {"number": 1})
        together.add(WORDS, {"words": "a\0b"})
        with pytest.raises(DataError, match="NUL"):
            await together.run()
        assert await WORDS.rows(uow.session, {"words": "王"}) == [("王",)]


async def test_who_is_cancelled_leaves_a_connection_that_serves(database: Database) -> None:
    asleep = asyncio.Event()

    async def sleep(count: int) -> None:
        async with database.unit_of_work() as uow:
            together = Together(uow.session)
            for _ in range(count):
                together.add(ASLEEP, {"number": 60})
            asleep.set()
            await together.run()

    for count in (1, 2):
        for _ in range(2):  # alone in the transaction, and prepared
            asleep.clear()
            task = asyncio.create_task(sleep(count))
            await asleep.wait()
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            async with database.unit_of_work() as uow:
                assert await NUMBER.rows(uow.session, {"number": 1}) == [(2, "100%")]
                await uow.commit()
