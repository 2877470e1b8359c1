from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, literal_column, select

from domain.notifications.model import HOME, CardPlace
from storage import tables
from storage.ready import Ready
from storage.repository import Repository

_t = tables.cards
_columns = (_t.c.channel, _t.c.place, _t.c.message, _t.c.record)
_PLACES_OF = Ready(
    select(*_columns)
    .where(_t.c.record == bindparam("of_record"))
    .order_by(_t.c.at.desc(), _t.c.id.desc())
    .limit(bindparam("most"))
)


class SqlCards(Repository):
    async def find(self, channel: str, place: str, message: str) -> CardPlace | None:
        found = await self.list_at(channel, place, message)
        return found[0] if len(found) == 1 else None

    async def list_at(self, channel: str, place: str, message: str) -> Sequence[CardPlace]:
        rows = await self._session.execute(
            select(*_columns)
            .where(_t.c.channel == channel, _t.c.place == place, _t.c.message == message)
            .order_by(_t.c.id)
        )
        return [_card(row) for row in rows]

    async def show_home(self, page: CardPlace, *, at: datetime) -> None:
        here = (_t.c.channel == page.channel, _t.c.place == page.place, _t.c.message == HOME)
        await self._session.execute(delete(_t).where(*here))
        row = {"channel": page.channel, "place": page.place, "message": HOME, "record": page.record, "at": at}
        await self._session.execute(insert(_t).values(row))

    async def list_homes(
        self, record_kind: str, *, since: datetime, limit: int
    ) -> Sequence[tuple[CardPlace, datetime]]:
        rows = await self._session.execute(
            select(*_columns, _t.c.at)
            .where(_t.c.message == literal_column(f"'{HOME}'"), _t.c.at > since)
            .where(_t.c.record.startswith(f"{record_kind}:"))
            .order_by(_t.c.at.desc())
            .limit(limit)
        )
        return [(_card(row), row.at) for row in rows]

    async def find_topic(self, channel: str, group: str, message: str) -> str | None:
        statement = select(_t.c.place).where(
            _t.c.channel == channel, _t.c.place.startswith(f"{group}/", autoescape=True), _t.c.message == message
        )
        found: str | None = await self._session.scalar(statement.limit(1))
        return found

    async def find_in_thread(self, channel: str, thread: str, record_kind: str) -> str | None:
        here = select(_t.c.record).where(_t.c.channel == channel, _t.c.place == thread)
        ours = here.where(_t.c.record.startswith(f"{record_kind}:", autoescape=True))
        found: str | None = await self._session.scalar(ours.order_by(_t.c.id.desc()).limit(1))
        return found

    async def forget_thread(self, channel: str, thread: str) -> int:
        here = delete(_t).where(_t.c.channel == channel, _t.c.place == thread)
        gone = await self._session.execute(here.returning(_t.c.id))
        return len(gone.all())

    async def places_of(self, record: str, *, limit: int = 10) -> Sequence[CardPlace]:
        return [
            CardPlace(**row) for row in await _PLACES_OF.mappings(self._session, {"of_record": record, "most": limit})
        ]

    async def places_of_all(self, records: Collection[str], *, limit: int) -> Sequence[CardPlace]:
        statement = select(*_columns).where(_t.c.record.in_(sorted(records)))
        rows = await self._session.execute(statement.order_by(_t.c.at.desc(), _t.c.id.desc()).limit(limit))
        return [_card(row) for row in rows]


def _card(row: Any) -> CardPlace:
    return CardPlace(channel=row.channel, place=row.place, message=row.message, record=row.record)
