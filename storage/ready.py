"""Statements of every message, which stand ready: compiled once for each database, and run on the driver's own cursor.

SQLAlchemy's execution context, result and greenlet cost a small statement several times what the driver does with it
(docs/decisions/0020 has the figures). Those that need no answer of one another go to PostgreSQL in one round trip.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from sqlalchemy import ARRAY, JSON, BigInteger, ColumnElement, Executable, bindparam, func, select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.sql import ClauseElement
from sqlalchemy.types import TypeEngine

from storage.dialects import connection_of, keep_values_out

Given = Mapping[str, Any]
Rows = list[tuple[Any, ...]]
Process = Callable[[Any], Any] | None
Among = Callable[[ColumnElement[int], str], ColumnElement[bool]]
COMMIT = "COMMIT"
FEW = 20


class Ready:
    """A Core statement by its parameters' names, none of them expanding. ``columns`` are those that an INSERT is given.

    ``on_sqlite`` takes its place there, where the two databases spell it apart.
    """

    def __init__(
        self, statement: Executable, *, columns: Sequence[str] = (), on_sqlite: Executable | None = None
    ) -> None:
        self._statements = {"postgresql": statement, "sqlite": on_sqlite if on_sqlite is not None else statement}
        self._columns = list(columns) or None
        self._compiled: dict[str, Compiled] = {}

    @classmethod
    def of_ids(cls, build: Callable[[Among], Executable]) -> Ready:
        """A statement that compares columns with lists of ids; ``build`` is given how this database does that."""
        return cls(build(_among_on_postgres), on_sqlite=build(_among_on_sqlite))

    async def mappings(self, session: AsyncSession, given: Given) -> Sequence[Mapping[str, Any]]:
        """The rows by their columns' names."""
        connection = connection_of(session)
        compiled = self.on(connection.dialect)
        return [dict(zip(compiled.names, row, strict=True)) for row in await _rows(connection, compiled, given)]

    async def rows(self, session: AsyncSession, given: Given) -> Rows:
        """Run it in the session's transaction; gives what it returns, converted as SQLAlchemy does."""
        connection = connection_of(session)
        return await _rows(connection, self.on(connection.dialect), given)

    def on(self, dialect: Dialect) -> Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            statement = cast("ClauseElement", self._statements[dialect.name])
            compiled = self._compiled[dialect.name] = _compile(statement, self._columns, dialect)
        return compiled


def _among_on_postgres(column: ColumnElement[int], ids: str) -> ColumnElement[bool]:
    return column == func.any(bindparam(ids, type_=ARRAY(BigInteger)))


def _among_on_sqlite(column: ColumnElement[int], ids: str) -> ColumnElement[bool]:
    each = func.json_each(bindparam(ids, type_=JSON)).table_valued("value")
    return column.in_(select(each.c.value))


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """``inputs`` and ``outputs`` convert values on their way in and out; ``fixed`` were given with the statement."""

    sql: str
    inputs: Sequence[tuple[str, Process]]
    fixed: dict[str, Any]
    order: Sequence[str] | None
    outputs: Sequence[tuple[int, Callable[[Any], Any]]]
    names: Sequence[str]

    def parameters(self, given: Given) -> Any:
        values = {
            name: given[name] if process is None else process(given[name]) for name, process in self.inputs
        } | self.fixed
        return values if self.order is None else tuple(values[name] for name in self.order)

    def converted(self, rows: Sequence[Any]) -> Rows:
        if not self.outputs:
            return list(rows)
        return [self._converted(list(row)) for row in rows]

    def _converted(self, row: list[Any]) -> tuple[Any, ...]:
        for number, process in self.outputs:
            row[number] = process(row[number])
        return tuple(row)


def _compile(statement: ClauseElement, columns: list[str] | None, dialect: Dialect) -> Compiled:
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
    if compiled.post_compile_params:
        raise ValueError("a list of values makes a statement that does not stand ready")
    inputs, fixed = [], {}
    for name, bound in compiled.binds.items():
        process = _impl(bound.type, dialect).bind_processor(dialect)
        if bound.required:
            inputs.append((name, process))
        else:
            fixed[name] = process(bound.effective_value) if process else bound.effective_value
    returned = list(getattr(statement, "exported_columns", ()))
    processes = [_impl(column.type, dialect).result_processor(dialect, None) for column in returned]
    return Compiled(
        sql=compiled.string,
        inputs=inputs,
        fixed=fixed,
        order=compiled.positiontup,
        outputs=[(number, process) for number, process in enumerate(processes) if process is not None],
        names=[column.key for column in returned],
    )


def _impl(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)


class Together:
    """Statements of one transaction of which none needs the answer of another."""

    def __init__(self, session: AsyncSession) -> None:
        self._connection = connection_of(session)
        self._asked: list[tuple[Compiled, Given, Rows]] = []

    def add(self, ready: Ready, given: Given) -> Rows:
        """Gives the list that ``run`` fills with what the statement returns."""
        rows: Rows = []
        self._asked.append((ready.on(self._connection.dialect), given, rows))
        return rows

    async def add_all(self, ready: Ready, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        """The same for each row. Many are written at once by ``statement``, and now: one round trip a row would be more."""
        if not rows:
            return
        if len(rows) > FEW:
            await self._connection.execute(statement, rows)
            return
        for row in rows:
            self.add(ready, row)

    async def run(self, *, commit: bool = False) -> None:
        """Run them in turn, and commit behind SQLAlchemy's back if asked to: it may do so once more, for nothing."""
        if self._connection.dialect.name == "postgresql" and len(self._asked) + commit > 1:
            await self._in_one_go(commit=commit)
        else:
            for compiled, given, rows in self._asked:
                rows.extend(await _rows(self._connection, compiled, given))
            if commit:
                await _commit(self._connection)
        self._asked.clear()

    async def _in_one_go(self, *, commit: bool) -> None:
        driver = _driver(self._connection)
        asked = [(compiled, compiled.parameters(given), rows) for compiled, given, rows in self._asked]
        try:
            async with driver.pipeline():
                cursors = [await driver.execute(compiled.sql, parameters) for compiled, parameters, _ in asked]
                end = await driver.execute(COMMIT, prepare=False) if commit else None
            answers = [
                await cursor.fetchall() if compiled.names else ()
                for cursor, (compiled, _, _) in zip(cursors, asked, strict=True)
            ]
        except self._connection.dialect.loaded_dbapi.Error as error:
            await _raise(self._connection, "; ".join(compiled.sql for compiled, _, _ in asked), error)
        if end is not None and end.statusmessage != COMMIT:
            raise RuntimeError(f"the database answered {end.statusmessage} to a commit")
        for answer, (compiled, _, rows) in zip(answers, asked, strict=True):
            rows.extend(compiled.converted(answer))


async def _rows(connection: AsyncConnection, compiled: Compiled, given: Given) -> Rows:
    driver, parameters = _driver(connection), compiled.parameters(given)
    try:
        if compiled.order is not None:
            return compiled.converted(await driver.rows(compiled.sql, parameters))
        cursor = await driver.execute(compiled.sql, parameters)
        return compiled.converted(await cursor.fetchall()) if compiled.names else []
    except connection.dialect.loaded_dbapi.Error as error:
        await _raise(connection, compiled.sql, error)


async def _commit(connection: AsyncConnection) -> None:
    driver = _driver(connection)
    try:
        await (driver.commit() if connection.dialect.name == "postgresql" else driver.commit_in_thread())
    except connection.dialect.loaded_dbapi.Error as error:
        await _raise(connection, COMMIT, error)


def _driver(connection: AsyncConnection) -> Any:
    """``sqlite_driver.InlineConnection`` or psycopg's ``AsyncConnection``."""
    pooled: Any = cast("Any", connection.sync_connection).connection
    return pooled.driver_connection


async def _raise(connection: AsyncConnection, sql: str, error: Exception) -> NoReturn:
    """As SQLAlchemy would: its kind of error without the parameters, and a connection that is lost is given up."""
    keep_values_out(error)
    dialect, pooled = connection.dialect, cast("Any", connection.sync_connection).connection
    lost = dialect.is_disconnect(error, pooled.dbapi_connection, None)  # type: ignore[arg-type]
    if lost:
        await connection.invalidate()
    wrapped = DBAPIError.instance(
        sql,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
    raise wrapped from error
