from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, inspect, select
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.company.figures import QuietLead
from domain.company.model import Company
from domain.leads.model import LeadStatus
from storage import tables
from storage.dialects import insert_into
from storage.mapping import new_version
from storage.repository import Repository

ONLY = 1
_l = tables.leads.c


class SqlCompany(Repository):
    def __init__(self, session: AsyncSession, defaults: Callable[[], Company], *, writes: bool) -> None:
        super().__init__(session)
        self._defaults = defaults
        self._writes = writes

    async def get(self) -> Company:
        found = await self._get(Company, ONLY)
        if found is not None:
            return found
        if not self._writes:
            return self._defaults()
        await self._session.execute(self._insert())
        return await self._session.get_one(Company, ONLY)

    def _insert(self) -> Insert:
        """Past the journal: the defaults are nobody's action, and no undo may take the company away."""
        defaults = self._defaults()
        names = [attribute.key for attribute in inspect(Company).column_attrs]
        values = {name: getattr(defaults, name) for name in names if name not in {"id", "version"}}
        insert = insert_into(self._session, tables.company)
        return insert.values(id=ONLY, version=new_version(), **values).on_conflict_do_nothing()

    async def list_quiet_leads(self, *, since: datetime, limit: int) -> Sequence[QuietLead]:
        a = tables.activities.c
        touched = select(func.min(a.created_at)).where(a.lead_id == _l.id).correlate(tables.leads).scalar_subquery()
        newest = (
            select(_l.grade, _l.owner_id, _l.created_at, _l.ladder_rung, _l.status, touched.label("touched_at"))
            .where(_l.created_at >= since)
            .order_by(_l.created_at.desc())
            .limit(limit)
        )
        return [
            QuietLead(
                grade=row.grade,
                owner_id=row.owner_id,
                created_at=row.created_at,
                touched_at=row.touched_at,
                rung=row.ladder_rung or 0,
                is_open=row.status not in {LeadStatus.LOST, LeadStatus.CONVERTED},
            )
            for row in await self._session.execute(newest)
            if row.status is not LeadStatus.LOST or row.touched_at is not None
        ]

    async def count_chosen(self, topic: str, keys: Sequence[str], *, limit: int) -> Mapping[str, int]:
        o = tables.opportunities.c
        newest = {
            "stages": select(o.stage.label("key")).where(o.closed_at.is_(None)).order_by(o.id.desc()),
            "sources": select(_l.source.label("key")).order_by(_l.id.desc()),
            "lost_reasons": select(_l.lost_reason.label("key")).order_by(_l.id.desc()),
        }[topic]
        some = newest.limit(limit).subquery()
        counted = select(some.c.key, func.count().label("number")).where(some.c.key.in_(keys)).group_by(some.c.key)
        return {row.key: row.number for row in await self._session.execute(counted)}
