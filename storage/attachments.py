"""Attachments and the files behind them. What belongs to a record is found by its own rows and by its activities'."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Select, exists, func, literal_column, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.attachments.model import AttachedFile, Attachment, Fetched, FileState, Shown
from storage import tables
from storage.repository import Repository

_a, _f = tables.attachments, tables.attached_files
_activities, _leads, _staff, _messages = tables.activities, tables.leads, tables.staff, tables.ticket_messages
# Written into the statements, so that a database sees that the index of waiting files serves them.
_IS_WAITING = _f.c.state == literal_column(f"'{FileState.WAITING.value}'")
_IS_KEPT = _f.c.stored.is_not(None)
NEXT_FETCH = select(func.min(func.coalesce(_f.c.lease_until, _f.c.due_at))).where(_IS_WAITING)


_SHOWN = (
    select(
        _a.c.id,
        _a.c.kind,
        _a.c.name,
        _a.c.created_at.label("at"),
        _staff.c.name.label("by"),
        _a.c.latitude,
        _a.c.longitude,
        *(_f.c[name] for name in ("state", "reason", "media_type", "size", "stored")),
    )
    .outerjoin(_f, _f.c.id == _a.c.file_id)
    .outerjoin(_staff, _staff.c.id == _a.c.by_id)
)


class SqlAttachments(Repository):
    """See ``domain.ports.Attachments``. Leases run by the real clock, as those of the outbox."""

    def __init__(self, session: AsyncSession, *, clock: Callable[[], datetime]) -> None:
        super().__init__(session)
        self._clock = clock

    async def add(self, attachment: Attachment) -> Attachment:
        return await self._add(attachment)

    async def list_of(self, record: str, record_id: int, *, limit: int, before: int | None = None) -> Sequence[Shown]:
        ids = _ids_of(record, record_id)
        statement = _SHOWN.where(_a.c.id.in_(select(ids.subquery().c.id))).order_by(_a.c.id.desc()).limit(limit)
        if before is not None:
            statement = statement.where(_a.c.id < before)
        return [Shown(**row) for row in (await self._session.execute(statement)).mappings()]

    async def count_of_tickets(self, ticket_ids: Sequence[int]) -> Mapping[int, int]:
        counted = (
            select(_messages.c.ticket_id, func.count().label("files"))
            .join(_a, _a.c.ticket_message_id == _messages.c.id)
            .where(_messages.c.ticket_id.in_(ticket_ids))
            .group_by(_messages.c.ticket_id)
        )
        return {row.ticket_id: row.files for row in await self._session.execute(counted)}

    async def list_shown(self, ids: Sequence[int]) -> Sequence[Shown]:
        statement = _SHOWN.where(_a.c.id.in_(ids)).order_by(_a.c.id)
        return [Shown(**row) for row in (await self._session.execute(statement)).mappings()]

    async def count_of(self, record: str, record_id: int) -> int:
        ids = _ids_of(record, record_id).subquery()
        return int(await self._session.scalar(select(func.count()).select_from(ids)) or 0)

    # ------------------------------------------------------------ files

    async def add_file(self, file: AttachedFile) -> AttachedFile:
        file.due_at = self._clock()  # a demo's clock may be days ahead
        return await self._add(file)

    async def list_files(self, ids: Sequence[int]) -> Sequence[AttachedFile]:
        statement = select(AttachedFile).where(_f.c.id.in_(ids)).order_by(_f.c.id)
        return (await self._session.scalars(statement)).all()

    async def list_album(self, channel: str, place: str, album: str, *, limit: int) -> Sequence[AttachedFile]:
        statement = (
            select(AttachedFile)
            .where(_f.c.channel == channel, _f.c.place == place, _f.c.album == album)
            .order_by(_f.c.id)
            .limit(limit)
        )
        return (await self._session.scalars(statement)).all()

    async def list_using(self, file_ids: Sequence[int]) -> Sequence[Attachment]:
        statement = select(Attachment).where(_a.c.file_id.in_(file_ids)).order_by(_a.c.id)
        return (await self._session.scalars(statement)).all()

    # ------------------------------------------------------------ fetching

    async def count_waiting(self) -> int:
        return int(await self._session.scalar(select(func.count()).select_from(_f).where(_IS_WAITING)) or 0)

    async def next_fetch(self, channels: Sequence[str]) -> datetime | None:
        return await self._session.scalar(NEXT_FETCH.where(_f.c.channel.in_(channels)))

    async def claim_fetches(
        self, *, channels: Sequence[str], limit: int, lease: timedelta, holder: str
    ) -> Sequence[AttachedFile]:
        now = self._clock()
        due = (
            select(_f.c.id)
            .where(
                _IS_WAITING,
                _f.c.due_at <= now,
                _f.c.channel.in_(channels),
                or_(_f.c.lease_until.is_(None), _f.c.lease_until <= now),
            )
            .order_by(_f.c.due_at, _f.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("due")
        )
        statement = (
            update(_f)
            .where(_f.c.id.in_(select(due.c.id)))
            .values(attempts=_f.c.attempts + 1, lease_holder=holder, lease_until=now + lease)
            .returning(_f.c.id)
        )
        claimed = (await self._session.execute(statement)).scalars().all()
        return await self.list_files(claimed) if claimed else ()

    async def settle_fetch(self, fetched: Fetched) -> bool:
        values: dict[str, Any] = {
            "state": fetched.state,
            "reason": fetched.reason,
            "media_type": fetched.media_type,
            "size": fetched.size,
            "sha256": fetched.sha256,
            "stored": fetched.stored,
            "lease_holder": None,
            "lease_until": None,
        }
        if fetched.retry_at is not None:
            values["due_at"] = fetched.retry_at
        settled = await self._session.execute(
            update(_f)
            .where(_f.c.id == fetched.file_id, _f.c.attempts == fetched.attempt, _IS_WAITING)
            .values(values)
            .returning(_f.c.id)
        )
        return settled.scalar_one_or_none() is not None

    async def fetch_holders(self) -> Sequence[str]:
        leased = (_f.c.lease_holder.is_not(None), _IS_WAITING)
        return (await self._session.scalars(select(_f.c.lease_holder).where(*leased).distinct())).all()

    async def release_fetches(self, holders: Sequence[str]) -> int:
        released = await self._session.execute(
            update(_f).where(_IS_WAITING, _f.c.lease_holder.in_(holders)).values(lease_holder=None, lease_until=None)
        )
        return int(released.rowcount)  # type: ignore[attr-defined]

    # ------------------------------------------------------------ what nothing refers to

    async def mark_unused(self, now: datetime, *, after: int, limit: int) -> int | None:
        used = exists().where(_a.c.file_id == _f.c.id)
        some = select(_f.c.id, _f.c.unused_since.is_not(None).label("marked"), used.label("used"))
        some = some.where(_IS_KEPT, _f.c.id > after).order_by(_f.c.id).limit(limit)
        rows = (await self._session.execute(some)).all()
        for ids, since in (
            ([row.id for row in rows if not row.used and not row.marked], now),
            ([row.id for row in rows if row.used and row.marked], None),
        ):
            if ids:
                await self._session.execute(update(_f).where(_f.c.id.in_(ids)).values(unused_since=since))
        return rows[-1].id if rows else None

    async def remove_unused(self, before: datetime, *, limit: int) -> Sequence[str]:
        old = select(_f.c.id).where(_IS_KEPT, _f.c.unused_since < before).limit(limit)
        rows = (await self._session.execute(select(_f.c.id, _f.c.stored).where(_f.c.id.in_(old)))).all()
        if rows:
            await self._session.execute(
                update(_f).where(_f.c.id.in_([row.id for row in rows])).values(state=FileState.REMOVED, stored=None)
            )
        return [row.stored for row in rows]

    async def list_stored(self, names: Sequence[str]) -> frozenset[str]:
        found = await self._session.scalars(select(_f.c.stored).where(_f.c.stored.in_(names)))
        return frozenset(name for name in found if name is not None)


def _ids_of(record: str, record_id: int) -> CompoundSelect[Any] | Select[Any]:
    """Ids of attachments, each part by an index of its own: those of the record, of its activities, and of a customer
    also those of the leads that became it."""
    if record == "activity":
        return select(_a.c.id).where(_a.c.activity_id == record_id)
    if record == "ticket":
        said = select(_messages.c.id).where(_messages.c.ticket_id == record_id)
        return select(_a.c.id).where(_a.c.ticket_message_id.in_(said))
    column = f"{record}_id"
    own = select(_a.c.id).where(_a.c[column] == record_id)
    of_activities = (
        select(_a.c.id)
        .join(_activities, _activities.c.id == _a.c.activity_id)
        .where(_activities.c[column] == record_id)
    )
    if record == "lead":
        return union(own, of_activities)
    of_leads = select(_a.c.id).join(_leads, _leads.c.id == _a.c.lead_id).where(_leads.c.customer_id == record_id)
    return union(own, of_activities, of_leads)
