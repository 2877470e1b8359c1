from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from storage import tables
from storage.dialects import connection_of, is_sqlite
from storage.repository import Repository

_t = tables.inbox
# RETURNING, because SQLAlchemy does not tell how many rows an INSERT wrote on every driver.
_ACCEPT = {
    True: sqlite.insert(_t).on_conflict_do_nothing().returning(_t.c.delivery),
    False: postgresql.insert(_t).on_conflict_do_nothing().returning(_t.c.delivery),
}


class SqlInbox(Repository):
    async def accept(self, channel: str, delivery: str, *, at: datetime) -> bool:
        accepted = await connection_of(self._session).execute(
            _ACCEPT[is_sqlite(self._session)], {"channel": channel, "delivery": delivery, "at": at}
        )
        return accepted.first() is not None

    async def forget(self, before: datetime, *, limit: int) -> int:
        """Remove deliveries accepted before that moment, at most ``limit`` at once; gives how many."""
        old = select(_t.c.channel, _t.c.delivery).where(_t.c.at < before).order_by(_t.c.at).limit(limit)
        result = await self._session.execute(delete(_t).where(tuple_(_t.c.channel, _t.c.delivery).in_(old)))
        return int(result.rowcount)  # type: ignore[attr-defined]
