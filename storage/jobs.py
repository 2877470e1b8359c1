"""Long actions under way. Not journaled: what they do is."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from domain.jobs.model import Job, Told
from storage import tables
from storage.repository import Repository

_t = tables.jobs
_DUE = select(_t).order_by(_t.c.due_at, _t.c.id).limit(1).with_for_update(skip_locked=True)


class SqlJobs(Repository):
    """See ``domain.ports.JobRepository``."""

    async def add(self, job: Job) -> Job:
        statement = insert(_t).values(**_columns(job)).returning(_t.c.id)
        job.id = int((await self._session.execute(statement)).scalar_one())
        return job

    async def find_due(self, now: datetime) -> Job | None:
        row = (await self._session.execute(_DUE.where(_t.c.due_at <= now))).one_or_none()
        return None if row is None else _job(row)

    async def find_of(self, action_id: int) -> Job | None:
        statement = select(_t).where(_t.c.action_id == action_id).with_for_update()
        row = (await self._session.execute(statement)).one_or_none()
        return None if row is None else _job(row)

    async def keep(self, job: Job) -> None:
        await self._session.execute(update(_t).where(_t.c.id == job.id).values(**_columns(job)))

    async def remove(self, job: Job) -> None:
        await self._session.execute(delete(_t).where(_t.c.id == job.id))


def _columns(job: Job) -> dict[str, Any]:
    told = asdict(job.told) if job.told else {"channel": None, "place": None, "edit": None, "extra": {}}
    names = ("kind", "action_id", "staff_id", "facts", "due_at", "attempts", "created_at")
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
        due_at=row.due_at,
        attempts=row.attempts,
        created_at=row.created_at,
    )
