"""The few statements that both databases know but SQLAlchemy spells apart."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def is_sqlite(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def insert_into(session: AsyncSession, table: Table) -> postgresql.Insert:
    """An INSERT that knows ON CONFLICT; both dialects' have the same methods."""
    if is_sqlite(session):
        return cast("postgresql.Insert", sqlite.insert(table))
    return postgresql.insert(table)
