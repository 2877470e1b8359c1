"""What stands ready on PostgreSQL: whatever a transaction came to, the next one is served."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import BigInteger, String, bindparam, cast, column, func, literal, select, table, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from storage.engine import Database, open_database
from storage.faults import is_passing
from storage.ready import Ready, Together
from tests.databases import PostgresServer
from tests.storage.company import NOW

pytestmark = pytest.mark.postgres
NUMBER = Ready(select(bindparam("number", type_=BigInteger) + 1, literal("100%")))
DIVIDED = Ready(select(100 // bindparam("number", type_=BigInteger)))
WORDS = Ready(select(cast(bindparam("words"), String)))
STANDING = Ready(select(table("standing", column("id"))))
ENDED = Ready(select(func.pg_terminate_backend(func.pg_backend_pid())))
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


async def test_a_closed_connection_hides_nothing_of_what_happened(database: Database) -> None:
    with pytest.raises(asyncio.CancelledError):
        async with database.unit_of_work() as uow:
            pooled = await (await uow.session.connection()).get_raw_connection()
            pooled.driver_connection.pgconn.finish()  # type: ignore[union-attr]
            raise asyncio.CancelledError
    async with database.unit_of_work() as uow:
        assert await NUMBER.rows(uow.session, {"number": 1}) == [(2, "100%")]


async def test_what_the_server_has_forgotten_is_prepared_again(database: Database) -> None:
    async def ask(given: int) -> None:
        async with database.unit_of_work() as uow:
            assert await NUMBER.rows(uow.session, {"number": given}) == [(given + 1, "100%")]
            assert await STANDING.rows(uow.session, {}) == []

    async with database.unit_of_work() as uow:
        await uow.session.execute(text("CREATE TABLE standing (id integer)"))
        await uow.commit()
    await ask(1)
    for meanwhile in ("DEALLOCATE ALL", "ALTER TABLE standing ALTER id TYPE bigint"):
        async with database.unit_of_work() as uow:
            await uow.session.execute(text(meanwhile))
            await uow.commit()
        with pytest.raises(DBAPIError) as refused:
            await ask(2)
        assert is_passing(refused.value)
        await ask(3)


async def test_one_event_meets_a_migration_for_all_connections(postgres_server: PostgresServer) -> None:
    database = open_database(postgres_server.fresh_database(), pool_size=5)

    async def ask(most: int) -> None:
        """On as many connections at once."""
        async with database.unit_of_work() as uow:
            assert await STANDING.rows(uow.session, {}) == []
            if most > 1:
                await ask(most - 1)

    async with database.unit_of_work() as uow:
        await uow.session.execute(text("CREATE TABLE standing (id integer)"))
        await uow.commit()
    await ask(5)
    async with database.unit_of_work() as uow:
        await uow.session.execute(text("ALTER TABLE standing ALTER id TYPE bigint"))
        await uow.commit()
    with pytest.raises(DBAPIError) as refused:
        await ask(1)
    assert is_passing(refused.value)
    await ask(5)
    await database.dispose()


async def test_psycopgs_own_prepared_statements_are_given_up_as_well(database: Database) -> None:
    async def ask() -> None:
        async with database.read() as uow:
            assert await uow.session.scalar(text("SELECT 1 + 1")) == 2

    for _ in range(7):  # the sixth is prepared
        await ask()
    async with database.unit_of_work() as uow:
        await uow.session.execute(text("DEALLOCATE ALL"))
        await uow.commit()
    with pytest.raises(DBAPIError) as refused:
        await ask()
    assert is_passing(refused.value)
    await ask()


@pytest.mark.parametrize("count", [1, 2])
async def test_a_connection_that_is_lost_on_the_way_is_given_up(database: Database, count: int) -> None:
    async with database.read() as uow:
        await ASLEEP.rows(uow.session, {"number": 0})
    with pytest.raises(DBAPIError) as lost:
        async with database.unit_of_work() as uow:
            await NUMBER.rows(uow.session, {"number": 1})
            together = Together(uow.session)
            for _ in range(count):
                together.add(ENDED, {})
            await together.run(commit=count == 2)
    assert is_passing(lost.value)
    async with database.unit_of_work() as uow:
        assert await NUMBER.rows(uow.session, {"number": 1}) == [(2, "100%")]
