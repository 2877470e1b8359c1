from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, literal_column, or_, select

from domain.followups.model import FollowupStatus
from domain.opportunities.model import Opportunity
from domain.people.model import Staff
from storage import tables
from storage.repository import Repository, not_found
from storage.visibility import visible_opportunities

_t = tables.opportunities


class SqlOpportunities(Repository):
    async def add(self, opportunity: Opportunity) -> Opportunity:
        return await self._add(opportunity)

    async def get_for(self, actor: Staff, opportunity_id: int) -> Opportunity:
        opportunity = await self._one(
            select(Opportunity).where(_t.c.id == opportunity_id, visible_opportunities(actor)), of=Opportunity
        )
        if opportunity is None:
            raise not_found("opportunity", opportunity_id)
        return opportunity

    async def list_of(self, customer_id: int, *, limit: int) -> Sequence[Opportunity]:
        """Newest first."""
        statement = select(Opportunity).where(_t.c.customer_id == customer_id).order_by(_t.c.id.desc()).limit(limit)
        return (await self._session.scalars(statement)).all()

    async def list_open(
        self, owner_id: int, *, limit: int, before: int | None = None, customer_id: int | None = None
    ) -> Sequence[Opportunity]:
        open_ones = [_t.c.owner_id == owner_id, _t.c.closed_at.is_(None)]
        if customer_id is not None:
            open_ones.append(_t.c.customer_id == customer_id)
        if before is not None:
            open_ones.append(_t.c.id < before)
        statement = select(Opportunity).where(*open_ones).order_by(_t.c.id.desc()).limit(limit)
        return (await self._session.scalars(statement)).all()

    async def list_unplanned(self, actor: Staff, ids: Sequence[int], *, limit: int) -> Sequence[Opportunity]:
        f = tables.followups.c
        of_it = or_(f.customer_id == _t.c.customer_id, f.opportunity_id == _t.c.id)
        planned = exists().where(f.status == literal_column(f"'{FollowupStatus.OPEN.value}'"), of_it)
        which = (_t.c.id.in_(ids), _t.c.closed_at.is_(None), visible_opportunities(actor), ~planned)
        statement = select(Opportunity).where(*which).order_by(_t.c.id).limit(limit)
        return (await self._session.scalars(statement)).all()

    async def list_owned(self, owner_id: int, *, limit: int) -> Sequence[Opportunity]:
        statement = (
            select(Opportunity)
            .where(_t.c.owner_id == owner_id, _t.c.stage.not_in(["won", "lost"]))
            .order_by(_t.c.id)
            .limit(limit)
        )
        return (await self._session.scalars(statement)).all()
