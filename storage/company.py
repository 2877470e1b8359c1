from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import inspect
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.ext.asyncio import AsyncSession

from domain.company.model import Company
from storage import tables
from storage.dialects import insert_into
from storage.mapping import new_version
from storage.repository import Repository

ONLY = 1


class SqlCompany(Repository):
    def __init__(self, session: AsyncSession, defaults: Callable[[], Company], *, writes: bool) -> None:
        super().__init__(session)
        self._defaults = defaults
        self._writes = writes

    async def get(self) -> Company:
        found = await self._session.get(Company, ONLY)
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
