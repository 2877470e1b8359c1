"""Statements of every message, which stand ready: compiled once for each database, and run on the driver's own cursor.

SQLAlchemy's execution context, result and greenlet cost a small statement several times what the driver does with it
(docs/decisions/0020 has the figures). Those that need no answer of one another go to PostgreSQL in one round trip.
"""

from __future__ import annotations

import re
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
from storage.faults import is_forgotten

Given = Mapping[str, Any]
Rows = list[tuple[Any, ...]]
Process = Callable[[Any], Any] | None
Among = Callable[[ColumnElement[int], str], ColumnElement[bool]]
Asked = tuple[bytes, Sequence[Any]]
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
    """``inputs``, by the parameters' places, and ``outputs`` convert values on their way in and out; ``fixed`` were given
    with the statement. ``numbered`` is the text as PostgreSQL has it, with $1 for the first."""

    sql: str
    numbered: bytes
    inputs: Sequence[tuple[str, Process]]
    fixed: dict[str, Any]
    outputs: Sequence[tuple[int, Callable[[Any], Any]]]
    names: Sequence[str]

    def parameters(self, given: Given) -> tuple[Any, ...]:
        if self.fixed:
            given = {**given, **self.fixed}
        return tuple(given[name] if process is None else process(given[name]) for name, process in self.inputs)

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
    places, numbered = _numbered(compiled)
    processes = {name: _impl(bound.type, dialect).bind_processor(dialect) for name, bound in compiled.binds.items()}
    fixed = {}
    for name, bound in compiled.binds.items():
        if not bound.required:
            process = processes.pop(name)
            fixed[name] = process(bound.effective_value) if process else bound.effective_value
    returned = list(getattr(statement, "exported_columns", ()))
    loads = [_impl(column.type, dialect).result_processor(dialect, None) for column in returned]
    return Compiled(
        sql=compiled.string,
        numbered=numbered,
        inputs=[(name, processes.get(name)) for name in places],
        fixed=fixed,
        outputs=[(number, process) for number, process in enumerate(loads) if process is not None],
        names=[column.key for column in returned],
    )


_NAMED = re.compile(r"%(?:\((\w+)\)s|%)")


def _numbered(compiled: Any) -> tuple[Sequence[str], bytes]:
    """The parameters' names by their places, and the text that names them so; on SQLite the places alone."""
    if compiled.positiontup is not None:
        return compiled.positiontup, b""
    places: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"${places.setdefault(found[1], len(places) + 1)}" if found[1] else "%"

    text = _NAMED.sub(number, compiled.string)
    return list(places), text.encode()


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
            await self._write_many(ready, statement, rows)
            return
        for row in rows:
            self.add(ready, row)

    async def _write_many(self, ready: Ready, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        connection = self._connection
        if connection.dialect.name == "postgresql":
            await connection.execute(statement, rows)
            return
        compiled = ready.on(connection.dialect)
        try:
            await _driver(connection).write_many(compiled.sql, [compiled.parameters(row) for row in rows])
        except connection.dialect.loaded_dbapi.Error as error:
            await _raise(connection, compiled.sql, error)

    async def run(self, *, commit: bool = False) -> None:
        """Run them in turn, and commit behind SQLAlchemy's back if asked to: it may do so once more, for nothing."""
        if self._connection.dialect.name == "postgresql":
            asked = [(compiled.numbered, compiled.parameters(given)) for compiled, given, _ in self._asked]
            answers = await _on_postgres(self._connection, asked, commit=commit) if asked or commit else ()
            for answer, (compiled, _, rows) in zip(answers, self._asked, strict=True):
                rows.extend(compiled.converted(answer))
        else:
            for compiled, given, rows in self._asked:
                rows.extend(await _rows(self._connection, compiled, given))
            if commit:
                await _commit_on_sqlite(self._connection)
        self._asked.clear()


async def _rows(connection: AsyncConnection, compiled: Compiled, given: Given) -> Rows:
    parameters = compiled.parameters(given)
    if connection.dialect.name == "postgresql":
        [rows] = await _on_postgres(connection, [(compiled.numbered, parameters)])
        return compiled.converted(rows)
    try:
        return compiled.converted(await _driver(connection).rows(compiled.sql, parameters))
    except connection.dialect.loaded_dbapi.Error as error:
        await _raise(connection, compiled.sql, error)


async def _on_postgres(connection: AsyncConnection, asked: Sequence[Asked], *, commit: bool = False) -> Sequence[Rows]:
    try:
        rows: Sequence[Rows] = await _driver(connection).run(asked, commit=commit)
    except connection.dialect.loaded_dbapi.Error as error:
        await _raise(connection, "; ".join(sql.decode() for sql, _ in asked), error)
    return rows


async def _commit_on_sqlite(connection: AsyncConnection) -> None:
    try:
        await _driver(connection).commit_in_thread()
    except connection.dialect.loaded_dbapi.Error as error:
        await _raise(connection, "COMMIT", error)


def _driver(connection: AsyncConnection) -> Any:
    """``sqlite_driver.InlineConnection`` or ``postgres_driver.Connection``."""
    pooled: Any = cast("Any", connection.sync_connection).connection
    return pooled.driver_connection


async def _raise(connection: AsyncConnection, sql: str, error: Exception) -> NoReturn:
    """As SQLAlchemy would: its kind of error without the parameters; a connection that is lost is given up, and all that are
    as old: what it met, a restart or a migration, they would meet as well, and an event is tried three times only."""
    keep_values_out(error)
    dialect, pooled = connection.dialect, cast("Any", connection.sync_connection).connection
    lost = is_forgotten(error) or dialect.is_disconnect(error, pooled.dbapi_connection, None)  # type: ignore[arg-type]
    if lost:
        connection.sync_engine.pool._invalidate(pooled, error, _checkin=False)  # noqa: SLF001  # as its own errors do
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
