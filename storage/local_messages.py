from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage import tables
from storage.repository import Repository

_t = tables.local_messages


class SqlLocalMessages(Repository):
    async def add(self, place: str, *, sender: str | None, body: Mapping[str, Any], at: datetime) -> int:
        row = {"place": place, "sender": sender, "body": dict(body), "at": at}
        return int((await self._session.execute(insert(_t).returning(_t.c.id), row)).scalar_one())

    async def replace(self, message_id: int, body: Mapping[str, Any], *, at: datetime) -> bool:
        result = await self._session.execute(
            update(_t).where(_t.c.id == message_id).values(body=dict(body), edited_at=at)
        )
        return bool(result.rowcount)  # type: ignore[attr-defined]

    async def list_of(self, place: str, *, limit: int, before: int | None = None) -> Sequence[Mapping[str, Any]]:
        statement = select(_t).where(_t.c.place == place).order_by(_t.c.id.desc()).limit(limit)
        if before is not None:
            statement = statement.where(_t.c.id < before)
        rows = (await self._session.execute(statement)).mappings().all()
        return [{name: row[name] for name in ("id", "sender", "body", "at", "edited_at")} for row in reversed(rows)]
