from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import selectinload

from domain.leads.model import Lead, LeadStatus
from domain.people.model import Staff
from storage import tables
from storage.bulk import bulk_insert
from storage.repository import Repository, not_found
from storage.tables import journaled_columns
from storage.visibility import visible_leads

_t = tables.leads


class SqlLeads(Repository):
    async def add(self, lead: Lead) -> Lead:
        return await self._add(lead)

    async def add_many(self, leads: Sequence[Lead]) -> Sequence[Lead]:
        columns, of_points = journaled_columns(_t), journaled_columns(tables.contact_points)
        ids = await bulk_insert(
            self._session, "leads", [{name: getattr(lead, name) for name in columns} for lead in leads]
        )
        points = []
        for lead_id, lead in zip(ids, leads, strict=True):
            lead.id = lead_id
            points += [
                {name: getattr(point, name) for name in of_points} | {"lead_id": lead_id} for point in lead.points
            ]
        await bulk_insert(self._session, "contact_points", points)
        return leads

    async def get_for(self, actor: Staff, lead_id: int) -> Lead:
        lead = await self._find_for(actor, lead_id, of=Lead, visible=visible_leads)
        if lead is None:
            raise not_found("lead", lead_id)
        return lead

    async def list_owned(self, owner_id: int, *, limit: int) -> Sequence[Lead]:
        statement = (
            select(Lead)
            .where(_t.c.owner_id == owner_id, _t.c.status != LeadStatus.CONVERTED)
            .order_by(_t.c.id)
            .limit(limit)
        )
        return (await self._session.scalars(statement)).all()

    async def list_untouched(self, owner_id: int, *, limit: int) -> Sequence[Lead]:
        touched = exists().where(tables.activities.c.lead_id == _t.c.id)
        statement = (
            select(Lead)
            .where(
                _t.c.owner_id == owner_id,
                _t.c.status.in_([LeadStatus.NEW, LeadStatus.WORKING, LeadStatus.QUALIFIED]),
                ~touched,
            )
            .order_by(_t.c.created_at, _t.c.id)
            .limit(limit)
            .options(selectinload(Lead.points))  # type: ignore[arg-type]
        )
        return (await self._session.scalars(statement)).all()
