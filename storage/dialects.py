"""The few statements that both databases know but SQLAlchemy spells apart."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

BATCH = "/* batch */"
"""After the first word of a statement that may change hundreds of rows: ``storage.sqlite_driver`` runs it in a thread."""


def is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


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
