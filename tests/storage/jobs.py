"""Long actions, chunk by chunk."""

from __future__ import annotations

from datetime import datetime

from domain.jobs.work import work_on_jobs
from domain.journal.model import Source
from storage.engine import Database


async def next_chunk(database: Database, *, now: datetime) -> bool:
    """Do one chunk of what waits; False when nothing does."""
    async with database.unit_of_work() as uow:
        uow.acts(None, at=now, source=Source(channel="scheduler", delivery="jobs"))
        worked = await work_on_jobs(uow, now)
        await uow.commit()
    return bool(worked)


async def finish_jobs(database: Database, *, now: datetime) -> int:
    """Do all that waits; gives how many chunks it took."""
    chunks = 0
    while await next_chunk(database, now=now):
        chunks += 1
    return chunks
