"""The local channel's message store in memory, with the real interface and its JSON round trip."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any


class LocalMessagesInMemory:
    """Open it with ``open_unit``: what is not committed is not kept, and there is one unit at a time, as in SQLite.
    Like a real one it lets others run while it reads and writes."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def open_unit(self) -> AsyncIterator[Any]:
        async with self._writer:
            unit = _Unit(self.rows)
            yield unit
            if unit.is_committed:
                self.rows[:] = unit.local_messages.rows


class _Unit:
    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        self.local_messages = _Messages([dict(row) for row in rows])
        self.is_committed = False

    async def commit(self) -> None:
        self.is_committed = True


class _Messages:
    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    async def add(self, place: str, *, sender: str | None, body: Mapping[str, Any], at: datetime) -> int:
        await asyncio.sleep(0)
        number = len(self.rows) + 1
        self.rows.append(
            {"id": number, "place": place, "sender": sender, "body": _json(body), "at": at, "edited_at": None}
        )
        return number

    async def replace(self, message_id: int, body: Mapping[str, Any], *, at: datetime) -> bool:
        for row in self.rows:
            if row["id"] == message_id:
                row |= {"body": _json(body), "edited_at": at}
                return True
        return False

    async def list_of(self, place: str, *, limit: int, before: int | None = None) -> Sequence[Mapping[str, Any]]:
        await asyncio.sleep(0)
        there = [row for row in self.rows if row["place"] == place and (before is None or row["id"] < before)]
        return [dict(row) for row in there[-limit:]]


def _json(body: Mapping[str, Any]) -> Any:
    return json.loads(json.dumps(body))
