"""The few statements that both databases know but SQLAlchemy spells apart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

BATCH = "/* batch */"
"""After the first word of a statement that may change hundreds of rows: ``storage.sqlite_driver`` runs it in a thread."""


def is_sqlite(session: AsyncSession) -> bool:
    return connection_of(session).dialect.name == "sqlite"


def insert_into(session: AsyncSession, table: Table) -> postgresql.Insert:
    """An INSERT that knows ON CONFLICT; both dialects' have the same methods."""
    if is_sqlite(session):
        return cast("postgresql.Insert", sqlite.insert(table))
    return postgresql.insert(table)


def insert_if_absent(session: AsyncSession, table: Table, *keys: str) -> postgresql.Insert:
    """An INSERT that leaves alone what is there already by these columns (none named: by any). Kept once it was built."""
    return _insert_if_absent(is_sqlite(session), table, keys)


@lru_cache
def _insert_if_absent(for_sqlite: bool, table: Table, keys: tuple[str, ...]) -> postgresql.Insert:
    insert = cast("postgresql.Insert", sqlite.insert(table)) if for_sqlite else postgresql.insert(table)
    return insert.on_conflict_do_nothing(index_elements=keys or None)


def connection_of(session: AsyncSession) -> AsyncConnection:
    """The connection under the session. Hot statements on plain tables go here: the session's own layer knows only objects."""
    return cast("AsyncConnection", session.bind)


def keep_values_out(error: BaseException) -> None:
    """PostgreSQL tells in the DETAIL of its error which value was there already, and that would be in the log."""
    if error.args and isinstance(error.args[0], str):
        error.args = (error.args[0].partition("\nDETAIL")[0], *error.args[1:])


async def execute_rows(
    session: AsyncSession, statement: Executable, rows: Sequence[dict[str, Any]]
) -> CursorResult[Any]:
    """Run a statement once for each row. A single one goes alone: a batch costs the drivers half as much again."""
    return await connection_of(session).execute(statement, rows[0] if len(rows) == 1 else rows)
