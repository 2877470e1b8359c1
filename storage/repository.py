"""What all repositories share: one session, rows loaded with a lock where they may be written, refusals by code."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.customers.model import ContactPoint
from domain.errors import RecordNotFound
from domain.people.model import Staff
from domain.records import LETTERS
from storage.attached import attached_whole, columns_of
from storage.ready import Ready
from storage.tables import contact_points
from storage.visibility import Reach, reach_of

T = TypeVar("T")
Visible = Callable[[Reach], ColumnElement[bool]]


def not_found(record: str, row_id: int) -> RecordNotFound:
    """``L12`` is not there, or not theirs."""
    return RecordNotFound(record=f"{LETTERS[record]}{row_id}")


class Repository:
    def __init__(self, session: AsyncSession, *, locks: bool = True) -> None:
        self._session = session
        self._locks = locks

    async def _flush_changes(self) -> None:
        """What was changed so far is written: the session does so by itself before its own statements alone."""
        if self._session.new or self._session.dirty or self._session.deleted:
            await self._session.flush()

    async def _get(self, kind: type[T], row_id: int) -> T | None:
        """The session's own way to what it has already is by a greenlet."""
        known: T | None = self._session.identity_map.get(self._session.identity_key(kind, row_id))
        return known if known is not None else await self._session.get(kind, row_id)

    async def _add(self, thing: T) -> T:
        self._session.add(thing)
        await self._session.flush()
        return thing

    async def _find_for(self, actor: Staff, row_id: int, *, of: type[T], visible: Visible) -> T | None:
        """The record with its contact points, if the person may see it; locked as by ``_one``."""
        await self._flush_changes()
        statement = _record_for(of, visible, reach_of(actor), self._locks)  # type: ignore[arg-type]  # classes are hashable
        return attached_whole(self._session, of, await statement.rows(self._session, {"row_id": row_id}))

    async def _one(self, statement: Select[T], *, of: type[Any]) -> T | None:
        """The row, locked until the transaction ends, so that nobody changes it between our reading and our writing.

        SQLite ignores the lock: its writer is alone.
        """
        if self._locks:
            statement = statement.with_for_update(of=of)
        found: T | None = (await self._session.scalars(statement)).unique().one_or_none()
        return found


@lru_cache(maxsize=2000)
def _record_for(kind: type[Any], visible: Visible, reach: Reach, locks: bool) -> Ready:
    """Kept, because building a statement costs more than running it. Its rows are those that ``attached_whole`` takes."""
    table = inspect(kind).local_table
    statement = select(*(column.label(None) for column in columns_of(kind)))
    statement = statement.where(table.c.id == bindparam("row_id"), visible(reach))
    points = inspect(kind).relationships.get("points")
    if points is not None:
        # Joined, not selected after: a second statement costs more than repeating a short row.
        beside = (column.label(None) for column in columns_of(ContactPoint))
        statement = statement.add_columns(*beside).outerjoin_from(table, contact_points, points.primaryjoin)
        statement = statement.order_by(contact_points.c.id)
    return Ready(statement.with_for_update(of=table) if locks else statement)
