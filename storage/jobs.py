"""Long actions under way. Not journaled: what they do is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from domain.facts import UnreadFacts
from domain.jobs.model import Job, Told
from storage import tables
from storage.repository import Repository

_t = tables.jobs
_DUE = select(_t).order_by(_t.c.due_at, _t.c.id).limit(1).with_for_update(skip_locked=True)


class SqlJobs(Repository):
    """See ``domain.ports.JobRepository``."""

    def __init__(self, session: AsyncSession, *, clock: Callable[[], datetime]) -> None:
        super().__init__(session)
        self._clock = clock

    async def add(self, job: Job, *, after: timedelta = timedelta()) -> Job:
        statement = insert(_t).values(**_columns(job), due_at=self._clock() + after).returning(_t.c.id)
        job.id = int((await self._session.execute(statement)).scalar_one())
        return job

    async def is_any_due(self) -> bool:
        statement = select(_t.c.id).where(_t.c.due_at <= self._clock()).limit(1)
        return await self._session.scalar(statement) is not None

    async def find_due(self) -> Job | None:
        row = (await self._session.execute(_DUE.where(_t.c.due_at <= self._clock()))).one_or_none()
        return None if row is None else _job(row)

    async def find(self, job_id: int) -> Job | None:
        row = (await self._session.execute(select(_t).where(_t.c.id == job_id).with_for_update())).one_or_none()
        return None if row is None else _job(row)

    async def find_of(self, action_id: int) -> Job | None:
        statement = select(_t).where(_t.c.action_id == action_id).with_for_update()
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else _job(row)

    async def keep(self, job: Job) -> None:
        await self._session.execute(update(_t).where(_t.c.id == job.id).values(**_columns(job)))

    async def postpone(self, job: Job, pause: timedelta) -> None:
        values = {**_columns(job), "due_at": self._clock() + pause}
        for name in ("facts", "extra"):
            if isinstance(values[name], UnreadFacts):
                del values[name]  # what cannot be read stays as it is
        await self._session.execute(update(_t).where(_t.c.id == job.id).values(**values))

    async def count_failing(self, *, attempts: int) -> int:
        statement = select(func.count()).select_from(_t).where(_t.c.attempts >= attempts)
        return int(await self._session.scalar(statement) or 0)

    async def remove(self, job: Job) -> None:
        await self._session.execute(delete(_t).where(_t.c.id == job.id))


def _columns(job: Job) -> dict[str, Any]:
    told = asdict(job.told) if job.told else {"channel": None, "place": None, "edit": None, "extra": {}}
    names = ("kind", "action_id", "staff_id", "facts", "attempts", "created_at")
    return {name: getattr(job, name) for name in names} | told


def _job(row: Row[Any]) -> Job:
    told = None
    if row.channel is not None:
        told = Told(channel=row.channel, place=row.place, edit=row.edit, extra=row.extra)
    return Job(
        id=row.id,
        kind=row.kind,
        action_id=row.action_id,
        staff_id=row.staff_id,
        facts=row.facts,
        told=told,
        attempts=row.attempts,
        created_at=row.created_at,
    )
