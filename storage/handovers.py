from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text

from domain.handovers.model import Handover
from storage import tables
from storage.repository import Repository

_t, _c, _changes = tables.handovers, tables.customers, tables.journal_changes
_WAITS = text("handovers.accepted_at IS NULL AND handovers.closed_at IS NULL AND handovers.returned_at IS NULL")


class SqlHandovers(Repository):
    async def add(self, handover: Handover) -> Handover:
        return await self._add(handover)

    async def find(self, handover_id: int) -> Handover | None:
        return await self._one(select(Handover).where(_t.c.id == handover_id), of=Handover)

    async def find_of_action(self, action_id: int) -> Handover | None:
        return await self._one(select(Handover).where(_t.c.action_id == action_id), of=Handover)

    async def list_overdue(self, now: datetime, *, limit: int) -> Sequence[Handover]:
        actions = tables.journal_actions
        overdue = (
            select(Handover)
            .join(actions, actions.c.id == _t.c.action_id)
            .where(_WAITS, _t.c.accept_by <= now, actions.c.undone_by.is_(None))
            .order_by(_t.c.accept_by)
            .limit(limit)
        )
        return (await self._session.scalars(overdue.with_for_update(of=Handover, skip_locked=True))).all()

    async def list_customers(
        self, action_id: int, owner_id: int, *, limit: int, after: int = 0
    ) -> Sequence[tuple[int, str]]:
        title = func.coalesce(_c.c.short_name, _c.c.name).label("title")
        moved = (
            select(_c.c.id, title)
            .join(_changes, _changes.c.row_id == _c.c.id)
            .where(_changes.c.action_id == action_id, _changes.c.table_name == "customers")
            .where(_c.c.owner_id == owner_id, _c.c.id > after)
        )
        rows = await self._session.execute(moved.distinct().order_by(_c.c.id).limit(limit))
        return [(row.id, row.title) for row in rows]
