from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from domain.drafts.model import Draft
from domain.errors import RecordNotFound
from storage import tables
from storage.repository import Repository

_t = tables.drafts


class SqlDrafts(Repository):
    """``content`` may be changed in place at any depth; ``UnitOfWork.flush`` and ``commit`` notice."""

    async def add(self, draft: Draft) -> Draft:
        """A draft that asks takes the place of the question that was open to this person here."""
        if draft.asking is not None:
            await self._silence_others(draft)
        return await self._add(draft)

    async def _silence_others(self, draft: Draft) -> None:
        await self._session.flush()
        whose = _t.c.staff_id == draft.staff_id
        if draft.staff_id is None:
            whose = _t.c.staff_id.is_(None) & (_t.c.identity_id == draft.identity_id)
        here = (_t.c.channel == draft.channel, _t.c.place == draft.place, _t.c.asking.is_not(None))
        await self._session.execute(
            update(Draft).where(whose, *here).values(asking=None), execution_options={"synchronize_session": "fetch"}
        )

    async def get_for(self, staff_id: int | None, draft_id: int) -> Draft:
        """Only the person's own; with None those that belong to nobody of the staff."""
        whose = _t.c.staff_id.is_(None) if staff_id is None else _t.c.staff_id == staff_id
        draft = await self._one(select(Draft).where(_t.c.id == draft_id, whose), of=Draft)
        if draft is None:
            raise RecordNotFound(record=f"D{draft_id}")
        return draft

    async def end_all_of(self, staff_id: int) -> None:
        await self._session.flush()
        await self._session.execute(delete(_t).where(_t.c.staff_id == staff_id))

    async def find_owner(self, draft_id: int) -> int | None:
        found: int | None = await self._session.scalar(select(_t.c.staff_id).where(_t.c.id == draft_id))
        return found

    async def find_question(self, staff_id: int, channel: str, place: str) -> Draft | None:
        statement = select(Draft).where(
            _t.c.staff_id == staff_id, _t.c.channel == channel, _t.c.place == place, _t.c.asking.is_not(None)
        )
        return await self._one(statement, of=Draft)

    async def find_latest(
        self, staff_id: int, channel: str, place: str, *, since: datetime, kind: str | None = None
    ) -> Draft | None:
        statement = (
            select(Draft)
            .where(_t.c.staff_id == staff_id, _t.c.channel == channel, _t.c.place == place, _t.c.updated_at >= since)
            .order_by(_t.c.updated_at.desc(), _t.c.id.desc())
            .limit(1)
        )
        if kind is not None:
            statement = statement.where(_t.c.kind == kind)
        return await self._one(statement, of=Draft)

    async def list_of(self, staff_id: int, *, limit: int, kinds: Sequence[str] | None = None) -> Sequence[Draft]:
        """The one last worked on first."""
        statement = select(Draft).where(_t.c.staff_id == staff_id)
        if kinds is not None:
            statement = statement.where(_t.c.kind.in_(kinds))
        statement = statement.order_by(_t.c.updated_at.desc(), _t.c.id.desc()).limit(limit)
        return (await self._session.scalars(statement)).all()

    async def move(self, draft: Draft, *, channel: str, place: str) -> None:
        asking, draft.asking = draft.asking, None
        draft.channel, draft.place = channel, place
        if asking is not None:
            await self._silence_others(draft)
            draft.asking = asking
        await self._session.flush()

    async def remove(self, draft: Draft) -> None:
        await self._session.delete(draft)
        await self._session.flush()

    async def remove_older(self, than: datetime, *, limit: int) -> int:
        old = select(_t.c.id).where(_t.c.updated_at < than).order_by(_t.c.id).limit(limit)
        ids = (await self._session.scalars(old)).all()
        if ids:
            await self._session.execute(delete(_t).where(_t.c.id.in_(ids)))
        return len(ids)
