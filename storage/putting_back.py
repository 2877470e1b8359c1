"""Writes the earlier states of rows, as the journal has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, insert, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from domain.journal.model import UndoRefused
from storage import tables
from storage.dialects import is_sqlite
from storage.loaded import refresh_loaded
from storage.recording import Change, recorder_of, searched_by

T = TypeVar("T")
IDS_AT_ONCE = 500  # in one IN (…)


async def put_back(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Turn changes back, and journal that. Raises UndoRefused, and then nothing is changed.

    Inside a savepoint: a unique value that somebody else has by now leaves everything as it was.
    """
    try:
        async with session.begin_nested():
            await session.execute(text(_defer(session)))
            await _write(session, changes)
    except IntegrityError as error:
        raise UndoRefused(who=None, at=None, what="taken") from error
    recorder = recorder_of(session)
    # Backwards, so that a redo in chunks brings back first what the others refer to.
    turned = [Change(change.table, change.row_id, change.after, change.before) for change in reversed(changes)]
    for change in turned:
        recorder.put(change)
        recorder.stale.update(dict.fromkeys(searched_by(change)))
    await refresh_loaded(session, turned)


async def _write(session: AsyncSession, changes: Sequence[Change]) -> None:
    """Unique values are freed before they are taken again."""
    for table, some in by_table([change for change in changes if change.before is None]):
        rows = tables.JOURNALED[table]
        for chunk in chunks([change.row_id for change in some]):
            await session.execute(delete(rows).where(rows.c.id.in_(chunk)))
    updated = [change for change in changes if change.before is not None and change.after is not None]
    for (table, columns), group in _by_columns(updated):
        rows = tables.JOURNALED[table]
        statement = update(rows).where(rows.c.id == bindparam("row_id"))
        statement = statement.values({column: bindparam(f"to_{column}") for column in columns})
        connection = await session.connection()
        await connection.execute(statement, [_parameters(change) for change in group])
    for table, some in by_table([change for change in changes if change.after is None]):
        rows_back = [{"id": change.row_id, **(change.before or {})} for change in some]
        await session.execute(insert(tables.JOURNALED[table]), rows_back)


def _defer(session: AsyncSession) -> str:
    """Foreign keys are checked when all rows are back."""
    return "PRAGMA defer_foreign_keys = ON" if is_sqlite(session) else "SET CONSTRAINTS ALL DEFERRED"


def _parameters(change: Change) -> dict[str, Any]:
    return {"row_id": change.row_id, **{f"to_{column}": value for column, value in (change.before or {}).items()}}


def by_table(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """The changes of each table, tables in the order in which they first come."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.table, []).append(change)
    return list(groups.items())


def _by_columns(changes: Iterable[Change]) -> list[tuple[tuple[str, tuple[str, ...]], list[Change]]]:
    groups: dict[tuple[str, tuple[str, ...]], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.table, tuple(sorted(change.before or {}))), []).append(change)
    return list(groups.items())


def chunks(ids: Sequence[T]) -> Iterable[Sequence[T]]:
    """The ids, as many as go into one IN (…) at a time."""
    return (ids[start : start + IDS_AT_ONCE] for start in range(0, len(ids), IDS_AT_ONCE))
