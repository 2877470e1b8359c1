"""SQLite under SQLAlchemy's async engine, without a hop to another thread for every call.

A statement of ours takes SQLite some ten microseconds; handing it to a thread and back costs ten times that, four
times over with aiosqlite (cursor, execute, fetch, close). So statements run where they are called. What may wait, for
another process (``BEGIN IMMEDIATE``) or the disk (``COMMIT``), and statements that proved slow run in a thread.
docs/decisions/0012 has the figures.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from types import ModuleType
from typing import Any, TypeVar, cast

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util.concurrency import await_, in_greenlet

from storage.dialects import BATCH
from storage.transactions import to_the_end

T = TypeVar("T")
NAME = "sqlite+inline"
SLOW_SECONDS = 0.005
QUICK_IN_A_ROW = 100
MANY_ROWS = 20
MOST_REMEMBERED = 1000
BEGIN_WRITING = "BEGIN IMMEDIATE"
BEGIN_READING = "BEGIN"
AT_ONCE = "PRAGMA busy_timeout=0"


async def _nothing() -> None:
    """Awaited once a statement: SQLAlchemy refuses a driver under which nothing is."""


def _stay() -> None:
    if in_greenlet():
        await_(_nothing())


def _in_thread(work: Callable[[], T]) -> T:
    """Run in a thread, to its end also when the caller is cancelled: nobody else may use the connection meanwhile."""
    if not in_greenlet():
        return work()  # while the program ends, or when garbage is collected: there is no loop to keep free
    return await_(to_the_end(asyncio.to_thread(work)))


class Cursor(sqlite3.Cursor):
    """Fetches all rows at once, so that no statement stays open."""

    connection: InlineConnection

    def __init__(self, connection: InlineConnection) -> None:
        super().__init__(connection)
        self._rows: deque[Any] = deque()

    def execute(self, statement: str, parameters: Any = (), /) -> Cursor:
        if statement == BEGIN_WRITING:
            self._begin_writing()
        else:
            is_long = statement.startswith(BATCH, statement.find(" ") + 1)
            self._run(statement, partial(super().execute, statement, parameters), is_long=is_long)
        return self

    def _begin_writing(self) -> None:
        """Mostly nobody else writes. When another process does, a thread waits for it; nothing later needs patience."""
        begin = partial(super().execute, BEGIN_WRITING)
        if self.connection.is_patient:
            super().execute(AT_ONCE)
            self.connection.is_patient = False
        try:
            begin()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            super().execute(self.connection.patience)
            self.connection.is_patient = True
            _in_thread(begin)
        else:
            _stay()

    def executemany(self, statement: str, parameters: Any, /) -> Cursor:
        is_long = len(parameters) > MANY_ROWS
        self._run(statement, partial(super().executemany, statement, parameters), is_long=is_long)
        return self

    def _run(self, statement: str, execute: Callable[[], Any], *, is_long: bool) -> None:
        def work() -> None:
            execute()
            self._rows = deque(super(Cursor, self).fetchall() if self.description else ())

        slow = self.connection.slow
        in_thread = is_long or statement in slow
        began = perf_counter()
        _in_thread(work) if in_thread else work()
        slow.took(statement, perf_counter() - began)
        if not in_thread:
            _stay()

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        rows = self._rows
        return [rows.popleft() for _ in range(min(size or self.arraysize, len(rows)))]

    def fetchall(self) -> list[Any]:
        rows, self._rows = list(self._rows), deque()
        return rows

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        while self._rows:
            yield self._rows.popleft()

    async def _async_soft_close(self) -> None:
        """SQLAlchemy closes a cursor early where closing must be awaited; here it need not be."""


class SlowStatements:
    """What took long twice running runs in a thread, until it was quick so many times in a row: a busy moment is no habit.

    Once is not enough. On a busy machine a process that is interrupted sees any statement take long, and soon most of
    them ran in threads, at ten times their cost.
    """

    def __init__(self) -> None:
        self._left: dict[str, int] = {}
        self._suspected: set[str] = set()

    def __contains__(self, statement: str) -> bool:
        return statement in self._left

    def took(self, statement: str, seconds: float) -> None:
        if seconds > SLOW_SECONDS:
            self._was_slow(statement)
        elif statement in self._left:
            self._left[statement] -= 1
            if not self._left[statement]:
                del self._left[statement]
        elif self._suspected:
            self._suspected.discard(statement)

    def _was_slow(self, statement: str) -> None:
        if len(self._left) + len(self._suspected) >= MOST_REMEMBERED:
            self._left.clear()
            self._suspected.clear()
        if statement in self._left or statement in self._suspected:
            self._suspected.discard(statement)
            self._left[statement] = QUICK_IN_A_ROW
        else:
            self._suspected.add(statement)


class InlineConnection(sqlite3.Connection):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.slow = SlowStatements()
        self.begins_with = BEGIN_WRITING
        self.is_patient = True
        self._changes = 0  # rows changed up to the last commit or rollback
        self.patience = f"PRAGMA busy_timeout={int(options.get('timeout', 5.0) * 1000)}"

    def cursor(self, factory: Any = None) -> Cursor:  # type: ignore[override]
        # Through the inherited method, which forgets cursors that are gone; the connection remembers each for ever otherwise.
        cursor: Cursor = super().cursor(cast("Any", Cursor))
        return cursor

    async def rows(self, statement: str, parameters: Any) -> list[Any]:
        """Run one statement and give its rows, with nothing of SQLAlchemy between."""

        def work() -> list[Any]:
            cursor = sqlite3.Connection.cursor(self)
            return cursor.execute(statement, parameters).fetchall()

        in_thread, began = statement in self.slow, perf_counter()
        rows = await to_the_end(asyncio.to_thread(work)) if in_thread else work()
        self.slow.took(statement, perf_counter() - began)
        return rows

    async def write_many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        """Run one statement for each row, in a thread, with nothing of SQLAlchemy between."""

        def work() -> None:
            sqlite3.Connection.cursor(self).executemany(statement, rows)

        await to_the_end(asyncio.to_thread(work))

    async def commit_in_thread(self) -> None:
        """The disk may take its time. The caller sees to it that nobody cuts this short."""
        if self.in_transaction and self._wrote():
            await asyncio.get_running_loop().run_in_executor(None, super().commit)
        elif self.in_transaction:
            super().commit()  # most planners find nothing to do: the disk is not asked
            await asyncio.sleep(0)  # many of them in a row let others in between

    def commit(self) -> None:
        if self.in_transaction:
            _in_thread(super().commit) if self._wrote() else super().commit()

    def rollback(self) -> None:
        if self.in_transaction:
            _in_thread(super().rollback) if self._wrote() else super().rollback()

    def _wrote(self) -> bool:
        """Whether rows were changed since this was asked last, which is at the end of each transaction."""
        before, self._changes = self._changes, self.total_changes
        return self._changes != before

    def close(self) -> None:
        _in_thread(super().close)


class Inline:
    """The driver module as SQLAlchemy wants one: ``sqlite3``, connecting with our class."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)

    def connect(self, *args: Any, **options: Any) -> InlineConnection:
        options |= {"factory": InlineConnection, "check_same_thread": False}
        return cast("InlineConnection", _in_thread(partial(sqlite3.connect, *args, **options)))


class InlineDialect(SQLiteDialect_pysqlite):
    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        return cast("ModuleType", Inline())

    def do_begin(self, dbapi_connection: Any) -> None:
        """Not left to the driver's guess, and no statement of SQLAlchemy's."""
        dbapi_connection.cursor().execute(dbapi_connection.begins_with)

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool


registry.register(NAME.replace("+", "."), __name__, InlineDialect.__name__)
