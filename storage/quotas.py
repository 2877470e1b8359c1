"""See ``domain.ports.QuotaRepository``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from domain.quotas.model import Quota
from storage import tables
from storage.repository import Repository

_t = tables.quotas.c


class SqlQuotas(Repository):
    async def add_and_remove(self, added: Sequence[Quota], gone: Sequence[Quota]) -> None:
        self._session.add_all(added)
        for quota in gone:
            await self._session.delete(quota)
        await self._session.flush()

    async def list_of(self, staff_ids: Sequence[int], *, first: date, last: date) -> Sequence[Quota]:
        statement = select(Quota).where(_t.staff_id.in_(staff_ids), _t.month >= first, _t.month <= last)
        if self._locks:
            statement = statement.with_for_update(of=Quota)
        return (await self._session.scalars(statement.order_by(_t.id))).all()
