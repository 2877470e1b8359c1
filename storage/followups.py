from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, literal_column, select

from domain.followups.model import Followup, FollowupStatus
from domain.followups.queries import FollowupView
from domain.people.model import Staff
from storage import tables
from storage.due_followups import plan_due
from storage.followup_views import followup_views_of
from storage.repository import Repository, not_found
from storage.visibility import visible_followups

_t = tables.followups
# Written into the statement, so that the index of open ones is seen to serve.
_OPEN: ColumnElement[str] = literal_column(f"'{FollowupStatus.OPEN.value}'")


class SqlFollowups(Repository):
    async def add(self, followup: Followup) -> Followup:
        return await self._add(followup)

    async def get_for(self, actor: Staff, followup_id: int) -> Followup:
        followup = await self._find_for(actor, followup_id, of=Followup, visible=visible_followups)
        if followup is None:
            raise not_found("followup", followup_id)
        return followup

    async def find(self, followup_id: int) -> Followup | None:
        return await self._one(select(Followup).where(_t.c.id == followup_id), of=Followup)

    async def list_open(
        self,
        *,
        owner_id: int | None = None,
        lead_id: int | None = None,
        customer_id: int | None = None,
        due_before: datetime | None = None,
        due_from: datetime | None = None,
        limit: int,
    ) -> Sequence[Followup]:
        statement = select(Followup).where(_t.c.status == _OPEN)
        for column, value in ((_t.c.owner_id, owner_id), (_t.c.lead_id, lead_id), (_t.c.customer_id, customer_id)):
            if value is not None:
                statement = statement.where(column == value)
        if due_before is not None:
            statement = statement.where(_t.c.due_at < due_before)
        if due_from is not None:
            statement = statement.where(_t.c.due_at >= due_from)
        return (await self._session.scalars(statement.order_by(_t.c.due_at, _t.c.id).limit(limit))).all()

    async def list_of(
        self, *, lead_id: int | None = None, customer_id: int | None = None, limit: int
    ) -> Sequence[Followup]:
        whose = _t.c.lead_id == lead_id if lead_id is not None else _t.c.customer_id == customer_id
        return (await self._session.scalars(select(Followup).where(whose).order_by(_t.c.due_at).limit(limit))).all()

    async def list_views(self, ids: Sequence[int]) -> Sequence[FollowupView]:
        return await followup_views_of(self._session, ids)

    async def plan_due(self, *, until: datetime, now: datetime, limit: int) -> int:
        await self._session.flush()
        return await plan_due(self._session, until=until, now=now, limit=limit)
