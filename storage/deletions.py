"""What was taken away and still stands so, from the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from domain.journal.model import ActionRecord, Deletion
from storage import tables
from storage.tables.journal import RECORD_DELETED

_actions, _changes = tables.journal_actions.c, tables.journal_changes.c
MOST_ROWS = 10  # named of one action
_NAMES = ("company", "short_name", "name", "title", "note")


async def list_deletions(
    session: AsyncSession, staff_ids: Sequence[int] | None, *, before: int | None, limit: int
) -> Sequence[Deletion]:
    deleting = select(_changes.action_id).where(text(RECORD_DELETED))
    statement = select(tables.journal_actions).where(_actions.id.in_(deleting), _actions.undone_by.is_(None))
    if staff_ids is not None:
        statement = statement.where(_actions.staff_id.in_(staff_ids))
    if before is not None:
        statement = statement.where(_actions.id < before)
    found = (await session.execute(statement.order_by(_actions.id.desc()).limit(limit))).all()
    rows: dict[int, list[tuple[str, int, str]]] = {row.id: [] for row in found}
    if rows:
        # Counted for each action: one that took thousands away leaves the others their names.
        place = func.row_number().over(partition_by=_changes.action_id, order_by=_changes.id)
        gone = select(_changes.action_id, _changes.table_name, _changes.row_id, _changes.before, place.label("place"))
        wanted = gone.where(text(RECORD_DELETED), _changes.action_id.in_(rows)).subquery()
        first = select(wanted).where(wanted.c.place <= MOST_ROWS).order_by(wanted.c.action_id, wanted.c.place)
        for row in await session.execute(first):
            rows[row.action_id].append((row.table_name, row.row_id, _title(row.before or {})))
    return [Deletion(action=_record(row), records=rows[row.id]) for row in found]


def _title(values: Mapping[str, Any]) -> str:
    return next((str(values[name]) for name in _NAMES if values.get(name)), "")


def _record(row: Any) -> ActionRecord:
    from storage.journal import action_record

    return action_record(row)
