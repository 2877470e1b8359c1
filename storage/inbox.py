from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, delete, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from storage import tables
from storage.dialects import is_sqlite
from storage.identities import ask_who_speaks
from storage.ready import Ready, Together
from storage.repository import Repository

_t = tables.inbox
LONGEST_UNKNOWN = 20_000  # characters; of what is longer only the outline is kept
MOST_KEYS = 50
_ACCEPT = Ready(
    postgresql.insert(_t).on_conflict_do_nothing().returning(_t.c.delivery),
    on_sqlite=sqlite.insert(_t).on_conflict_do_nothing().returning(_t.c.delivery),
    columns=("channel", "delivery", "at"),
)


_LOCK = Ready(select(func.pg_advisory_xact_lock(bindparam("number", type_=BigInteger))))


class SqlInbox(Repository):
    async def lock(self, conversation: str) -> None:
        """SQLite's writer is alone, and needs no other lock."""
        if not is_sqlite(self._session):
            await _LOCK.rows(self._session, {"number": _number(conversation)})

    async def accept(
        self, channel: str, delivery: str, *, at: datetime, conversation: str | None = None, speaker: str | None = None
    ) -> bool:
        first = Together(self._session)
        if conversation is not None and not is_sqlite(self._session):
            first.add(_LOCK, {"number": _number(conversation)})
        accepted = first.add(_ACCEPT, {"channel": channel, "delivery": delivery, "at": at})
        if speaker is not None:
            ask_who_speaks(self._session, channel, speaker, first)
        await first.run()
        return bool(accepted)

    async def keep_unknown(self, channel: str, delivery: str, kind: str, raw: Mapping[str, Any]) -> None:
        content = json.dumps({"kind": kind, "raw": dict(raw)}, default=str)
        if len(content) > LONGEST_UNKNOWN:
            content = json.dumps({"kind": kind, "keys": sorted(map(str, raw))[:MOST_KEYS], "length": len(content)})
        await self._session.execute(
            update(_t).where(_t.c.channel == channel, _t.c.delivery == delivery).values(unknown=content)
        )

    async def forget(self, before: datetime, *, limit: int) -> int:
        """Remove deliveries accepted before that moment, at most ``limit`` at once; gives how many."""
        old = select(_t.c.channel, _t.c.delivery).where(_t.c.at < before).order_by(_t.c.at).limit(limit)
        result = await self._session.execute(delete(_t).where(tuple_(_t.c.channel, _t.c.delivery).in_(old)))
        return int(result.rowcount)  # type: ignore[attr-defined]


def _number(conversation: str) -> int:
    """64 bits of its key, signed as PostgreSQL wants them."""
    whole = zlib.crc32(conversation.encode()) << 32 | zlib.crc32(conversation[::-1].encode())
    return whole - (1 << 63)
