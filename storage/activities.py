from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from domain.activities.model import Activity
from domain.people.model import Staff
from storage import tables
from storage.repository import Repository, not_found
from storage.visibility import visible_activities

_t = tables.activities


class SqlActivities(Repository):
    async def add(self, activity: Activity) -> Activity:
        return await self._add(activity)

    async def get_for(self, actor: Staff, activity_id: int) -> Activity:
        activity = await self._one(
            select(Activity).where(_t.c.id == activity_id, visible_activities(actor)), of=Activity
        )
        if activity is None:
            raise not_found("activity", activity_id)
        return activity

    async def list_of(
        self, *, lead_id: int | None = None, customer_id: int | None = None, limit: int, before: datetime | None = None
    ) -> Sequence[Activity]:
        """Newest first."""
        statement = select(Activity).order_by(_t.c.at.desc(), _t.c.id.desc()).limit(limit)
        if lead_id is not None:
            statement = statement.where(_t.c.lead_id == lead_id)
        if customer_id is not None:
            statement = statement.where(_t.c.customer_id == customer_id)
        if before is not None:
            statement = statement.where(_t.c.at < before)
        return (await self._session.scalars(statement)).all()
