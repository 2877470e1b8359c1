"""One chunk at a time of what is too long for one transaction. See docs/decisions/0013."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from domain.jobs.model import HANDOVER, IMPORT, LIST, UNDO, Job
from domain.leads.lists import go_on_saving
from domain.people.handover import go_on_handing_over
from domain.ports import UnitOfWork

LONGEST_PAUSE = timedelta(hours=1)
Chunk = Callable[[UnitOfWork, Job, datetime], Awaitable[None]]


async def go_on_undoing(uow: UnitOfWork, job: Job, now: datetime) -> None:
    await uow.journal.go_on_undoing(job, now=now)


async def take_back(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """Whoever wrote this failed or died: what they wrote goes, at once or by a job of its own."""
    await uow.jobs.remove(job)
    await uow.journal.take_back(job.action_id, now=now)


KINDS: Mapping[str, Chunk] = {
    HANDOVER: go_on_handing_over,
    UNDO: go_on_undoing,
    LIST: go_on_saving,
    IMPORT: take_back,
}


async def work_on_jobs(uow: UnitOfWork, now: datetime) -> int:
    """Do the next chunk of the job that waited longest; gives 0 when there is none.

    The job's row is locked, so that two processes never do the same chunk.
    """
    job = await uow.jobs.find_due(now)
    if job is None:
        return 0
    job.attempts = 0
    await KINDS[job.kind](uow, job, now)
    return 1


async def postpone_job(uow: UnitOfWork, now: datetime) -> None:
    """A chunk failed: try it again after a pause that grows, so that other jobs get their turn."""
    job = await uow.jobs.find_due(now)
    if job is not None:
        job.attempts += 1
        job.due_at = now + min(timedelta(seconds=2**job.attempts), LONGEST_PAUSE)
        await uow.jobs.keep(job)
