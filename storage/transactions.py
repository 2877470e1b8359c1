"""One transaction from its begin to its end, whatever happens between: also when the task is cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

T = TypeVar("T")


class Last(Protocol):
    """``storage.ready.Together``: where the database takes the commit together with them, it gets it so."""

    async def run(self, *, commit: bool = False) -> None: ...


class Transaction:
    """A transaction on ``connection``. What was not committed is rolled back at the end."""

    def __init__(self, connection: AsyncConnection, *, read_only: bool = False) -> None:
        self.connection = connection
        self.read_only = read_only
        self._begun: AsyncTransaction | None = None

    async def begin(self) -> None:
        self._begun = await self.connection.begin()

    async def commit(self, last: Last) -> None:
        """Run the ``last`` statements and commit."""
        if self.read_only or self._begun is None:
            raise RuntimeError("a reading transaction has nothing to commit")
        await to_the_end(self._commit(last, self._begun))

    async def _commit(self, last: Last, begun: AsyncTransaction) -> None:
        await last.run(commit=True)
        await begun.commit()  # on PostgreSQL it is committed already, and only SQLAlchemy hears of it

    @property
    def ended_well(self) -> bool:
        """Nothing is left to be rolled back, and the connection serves the next one."""
        return self._begun is not None and not self._begun.is_active and not self.connection.invalidated

    async def end(self) -> None:
        if self._begun is not None and self._begun.is_active:
            await self._begun.rollback()


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Await work that must not be cut in two: a cancelled caller waits until it is done, then is cancelled."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # looked at, so that it is not reported as never retrieved
        raise


class Writer(Protocol):
    def transaction(self) -> AbstractAsyncContextManager[Transaction]: ...
    async def close(self) -> None: ...


class KeptWriter:
    """SQLite's one writer: transactions one after the other on one connection that stays open."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._connection: AsyncConnection | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with self._turn:
            if self._connection is None:
                await to_the_end(self._connect())
            assert self._connection is not None
            transaction = Transaction(self._connection)
            try:
                await to_the_end(transaction.begin())
                yield transaction
            finally:
                if not transaction.ended_well:
                    await to_the_end(self._end(transaction))

    async def _connect(self) -> None:
        self._connection = await self._engine.connect()

    async def _end(self, transaction: Transaction) -> None:
        """Leave the connection clean for the next one, or drop it."""
        try:
            await transaction.end()
        except BaseException:
            self._connection = None
            await transaction.connection.invalidate()
            await transaction.connection.close()
            raise
        if transaction.connection.invalidated:
            # SQLAlchemy gives a connection up when a task is cancelled while it waits for an answer.
            self._connection = None
            await transaction.connection.close()

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
        await self._engine.dispose()


class PooledWriter:
    """A connection from the pool for each transaction. One that is cancelled in the middle is given up by the pool."""

    def __init__(self, engine: AsyncEngine, *, read_only: bool = False) -> None:
        self._engine = engine
        self._read_only = read_only

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        async with self._engine.connect() as connection:  # which rolls back what was not committed
            transaction = Transaction(connection, read_only=self._read_only)
            try:
                await transaction.begin()
                yield transaction
            except BaseException:
                await _give_up_what_is_closed(connection)
                raise

    async def close(self) -> None:
        await self._engine.dispose()


async def _give_up_what_is_closed(connection: AsyncConnection) -> None:
    """psycopg closes a connection whose statement does not end when it is cancelled. Rolling back there would fail, and be
    heard of in place of what happened."""
    pooled: Any = None if connection.invalidated else cast("Any", connection.sync_connection).connection
    if pooled is not None and getattr(pooled.driver_connection, "closed", False):
        await connection.invalidate()
