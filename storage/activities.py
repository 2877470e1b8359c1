from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, func, select

from domain.activities.model import Activity
from domain.leads.model import LeadStatus
from domain.people.model import Staff
from domain.values.companies import short_company
from storage import tables
from storage.repository import Repository, not_found
from storage.visibility import visible_activities

_t = tables.activities
_OPEN = (LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED)
_LOOKED_BACK = 40  # activities of one person in which the last few customers are sought


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

    async def list_recent_subjects(self, staff_id: int, *, limit: int) -> Sequence[tuple[str, int, str]]:
        leads, customers = tables.leads, tables.customers
        statement = (
            select(
                _t.c.lead_id,
                _t.c.customer_id,
                leads.c.company,
                leads.c.name.label("person"),
                func.coalesce(customers.c.short_name, customers.c.name).label("customer"),
            )
            .outerjoin(leads, and_(leads.c.id == _t.c.lead_id, leads.c.status.in_(_OPEN)))
            .outerjoin(customers, customers.c.id == _t.c.customer_id)
            .where(_t.c.by_id == staff_id)
            .order_by(_t.c.at.desc(), _t.c.id.desc())
            .limit(_LOOKED_BACK)
        )
        found: dict[tuple[str, int], str] = {}
        for row in await self._session.execute(statement):
            if row.customer_id is not None:
                found.setdefault(("customer", row.customer_id), row.customer)
            elif row.company is not None:
                found.setdefault(("lead", row.lead_id), short_company(row.company) if row.company else row.person or "")
        return [(record, row_id, title) for (record, row_id), title in list(found.items())[:limit]]

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
