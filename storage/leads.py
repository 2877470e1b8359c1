from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from domain.leads.model import Lead, LeadStatus
from domain.people.model import Staff
from storage import tables
from storage.repository import Repository, not_found
from storage.visibility import visible_leads

_t = tables.leads


class SqlLeads(Repository):
    async def add(self, lead: Lead) -> Lead:
        return await self._add(lead)

    async def add_many(self, leads: Sequence[Lead]) -> Sequence[Lead]:
        self._session.add_all(leads)
        await self._session.flush()
        return leads

    async def get_for(self, actor: Staff, lead_id: int) -> Lead:
        # Points are joined, not selected after: a second statement costs more than repeating a short row.
        statement = select(Lead).where(_t.c.id == lead_id, visible_leads(actor)).options(joinedload(Lead.points))  # type: ignore[arg-type]
        lead = await self._one(statement, of=Lead)
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
