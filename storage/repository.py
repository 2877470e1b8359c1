"""What all repositories share: one session, rows loaded with a lock where they may be written, refusals by code."""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.errors import RecordNotFound
from domain.records import LETTERS

T = TypeVar("T")


def not_found(record: str, row_id: int) -> RecordNotFound:
    """``L12`` is not there, or not theirs."""
    return RecordNotFound(record=f"{LETTERS[record]}{row_id}")


class Repository:
    def __init__(self, session: AsyncSession, *, locks: bool = True) -> None:
        self._session = session
        self._locks = locks

    async def _add(self, thing: T) -> T:
        self._session.add(thing)
        await self._session.flush()
        return thing

    async def _one(self, statement: Select[T], *, of: type[Any]) -> T | None:
        """The row, locked until the transaction ends, so that nobody changes it between our reading and our writing.

        SQLite ignores the lock: its writer is alone.
        """
        if self._locks:
            statement = statement.with_for_update(of=of)
        found: T | None = (await self._session.scalars(statement)).unique().one_or_none()
        return found
