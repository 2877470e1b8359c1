"""How a database is opened, and who may write when.

SQLite has one writer. Tasks of this process wait for it in turn on an ``asyncio.Lock`` (fighting by ``busy_timeout``
makes the slowest wait 32 times as long as the median), then ``BEGIN IMMEDIATE`` takes SQLite's own lock against other
processes. The writer keeps its one connection; reads have connections of their own that never wait for it.
PostgreSQL has a plain pool and row locks.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from domain.apart import Apart
from domain.company.model import Company
from storage.dialects import keep_values_out
from storage.faults import is_forgotten, refuse_other_encodings
from storage.sqlite_driver import BEGIN_READING, BEGIN_WRITING
from storage.sqlite_driver import NAME as SQLITE
from storage.transactions import KeptWriter, PooledWriter, Transaction, Writer
from storage.unit_of_work import SqlUnitOfWork

IDLE_SECONDS = 5.0
BUSY_SECONDS = 10.0  # how long another process may hold SQLite's write lock


class Database:
    """An opened database. ``dialect`` is ``sqlite`` or ``postgresql``; ``holder`` names this process in leases."""

    def __init__(
        self, *, reads: AsyncEngine, writer: Writer, company: Callable[[], Company], clock: Callable[[], datetime]
    ) -> None:
        self._reads = reads
        self._writer = writer
        self._company = company
        self._clock = clock
        self._apart = Apart()
        self.dialect: str = reads.dialect.name
        self.holder = f"{socket.gethostname()}@{_processes()}:{os.getpid()}:{secrets.token_hex(4)}"

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[SqlUnitOfWork]:
        """One writing transaction, as ``domain.ports.OpenUnitOfWork`` has it."""
        async with self._writer.transaction() as transaction, self._unit(transaction) as uow:
            yield uow

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlUnitOfWork]:
        """The same repositories on a connection that only reads and never waits for the writer."""
        reading = PooledWriter(self._reads, read_only=True)
        async with reading.transaction() as transaction, self._unit(transaction) as uow:
            yield uow

    def _unit(self, transaction: Transaction) -> SqlUnitOfWork:
        return SqlUnitOfWork(
            transaction, holder=self.holder, company=self._company, clock=self._clock, apart=self._apart
        )

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """A plain reading connection, for statements of one's own."""
        async with self._reads.connect() as connection:
            yield connection

    async def dispose(self) -> None:
        await self._writer.close()
        await self._reads.dispose()


def _processes() -> str:
    """Within what process ids mean something: two containers of one host name may both be number 1."""
    try:
        return Path("/proc/self/ns/pid").readlink().name.strip("pid:[]")
    except OSError:  # no Linux, or not shown to us
        return "all"


def real_time() -> datetime:
    return datetime.now(UTC)


def open_database(
    url: str,
    *,
    pool_size: int = 10,
    company: Callable[[], Company] = Company,
    clock: Callable[[], datetime] = real_time,
    busy_seconds: float = BUSY_SECONDS,
) -> Database:
    """Open a database by its SQLAlchemy URL; nothing is connected before it is used.

    ``company`` gives the row of defaults when the database is new; ``clock`` times leases alone. Raises ValueError for what is neither
    SQLite in a file nor PostgreSQL.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, pool_size=pool_size, company=company, clock=clock, busy_seconds=busy_seconds)
    if parsed.get_backend_name() == "postgresql":
        return _open_postgres(parsed, pool_size=pool_size, company=company, clock=clock)
    raise ValueError("the database must be SQLite or PostgreSQL")


def _open_sqlite(
    url: URL, *, pool_size: int, company: Callable[[], Company], clock: Callable[[], datetime], busy_seconds: float
) -> Database:
    if url.database in {None, "", ":memory:"}:
        raise ValueError("SQLite needs a file: reading and writing have connections of their own")
    url = url.set(drivername=SQLITE)
    writes = create_async_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": busy_seconds})
    reads = create_async_engine(url, pool_size=pool_size, hide_parameters=True, connect_args={"timeout": busy_seconds})
    _prepare_sqlite(writes, read_only=False)
    _prepare_sqlite(reads, read_only=True)
    return Database(reads=reads, writer=KeptWriter(writes), company=company, clock=clock)


def _prepare_sqlite(engine: AsyncEngine, *, read_only: bool) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # transactions are begun by the dialect, not by the driver's guess
        connection.begins_with = BEGIN_READING if read_only else BEGIN_WRITING
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-16000")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "handle_error")
    def keep_connection(context: ExceptionContext) -> None:
        # SQLAlchemy gives a connection up when its task is cancelled during a statement. SQLite's would live on, with
        # the write lock, as long as a traceback holds the cursor; its thread ends the statement, and rolls back next.
        if isinstance(context.original_exception, asyncio.CancelledError):
            context.is_disconnect = False


def _open_postgres(
    url: URL, *, pool_size: int, company: Callable[[], Company], clock: Callable[[], datetime]
) -> Database:
    from storage.postgres_driver import Connection

    url = url.set(drivername="postgresql+psycopg")
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={"async_creator_fn": Connection.connect},
    )
    event.listen(engine.sync_engine, "connect", refuse_other_encodings, insert=True)
    event.listen(engine.sync_engine, "handle_error", _keep_values_out)
    event.listen(engine.sync_engine, "handle_error", _give_up_what_forgot)
    _ping_the_idle(engine)
    return Database(reads=engine, writer=PooledWriter(engine), company=company, clock=clock)


def _ping_the_idle(engine: AsyncEngine) -> None:
    """Ask a connection that nobody used for a while whether it still stands.

    Asking each time (``pool_pre_ping``) costs a tenth of a transaction. One that was lost a moment ago fails with an
    error that passes, and the transaction is tried again.
    """

    @event.listens_for(engine.sync_engine, "checkin")
    def put_back(connection: Any, record: Any) -> None:
        record.info["idle_since"] = monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def take(connection: Any, record: Any, proxy: Any) -> None:
        if monotonic() - record.info.get("idle_since", monotonic()) < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as error:
            raise DisconnectionError from error  # the pool then opens another


def _keep_values_out(context: ExceptionContext) -> None:
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None:
            keep_values_out(error)


def _give_up_what_forgot(context: ExceptionContext) -> None:
    if is_forgotten(context.original_exception):
        context.is_disconnect = True
