"""One chunk at a time of what is too long for one transaction. See docs/decisions/0015."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from domain.broadcasts.actions import go_on_broadcasting
from domain.care.greetings import go_on_caring
from domain.facts import UnreadFacts
from domain.jobs.model import (
    BROADCAST,
    CARE,
    ERASE,
    HANDOVER,
    IMPORT,
    KNOWN,
    LIST,
    MERGE,
    POINTS,
    RELEASE,
    SURVEY,
    UNDO,
    Job,
)
from domain.jobs.outcomes import job_outcome
from domain.jobs.undoing import go_on_undoing
from domain.leads.lists import go_on_saving
from domain.notifications.model import Planned, Urgency
from domain.people.handover import go_on_handing_over
from domain.people.model import Role
from domain.points.ledger import go_on_looking_back
from domain.ports import UnitOfWork
from domain.privacy.actions import go_on_erasing
from domain.surveys.segments import go_on_asking
from domain.tickets.merging import go_on_merging
from domain.tickets.passing import go_on_releasing
from domain.tickets.sorting import go_on_linking

LONGEST_PAUSE = timedelta(hours=1)
STUCK_AFTER = 6  # chunks that failed one after the other, within some two minutes: it is no passing fault
Chunk = Callable[[UnitOfWork, Job, datetime], Awaitable[None]]


class ChunkFailed(RuntimeError):
    """Names the job whose chunk failed; why is its cause, and without one its facts cannot be read."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"job {job.id}, {job.kind}")
        self.job_id = job.id


async def take_back(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """Whoever wrote this failed or died: what they wrote goes, at once or by a job of its own."""
    await uow.jobs.remove(job)
    await uow.journal.take_back(job.action_id, now=now)


KINDS: Mapping[str, Chunk] = {
    HANDOVER: go_on_handing_over,
    UNDO: go_on_undoing,
    LIST: go_on_saving,
    IMPORT: take_back,
    ERASE: go_on_erasing,
    BROADCAST: go_on_broadcasting,
    CARE: go_on_caring,
    SURVEY: go_on_asking,
    MERGE: go_on_merging,
    RELEASE: go_on_releasing,
    KNOWN: go_on_linking,
    POINTS: go_on_looking_back,
}


async def work_on_jobs(uow: UnitOfWork, now: datetime) -> int:
    """Do the next chunk of the job that waited longest; gives 0 when there is none. Raises ChunkFailed.

    The job's row is locked, so that two processes never do the same chunk. ``now`` is the moment that the chunk is done
    as of; what is due, the real clock says.
    """
    job = await uow.jobs.find_due()
    if job is None:
        return 0
    if isinstance(job.facts, UnreadFacts):
        raise ChunkFailed(job)
    try:
        await work_on(uow, job, now)
        await uow.flush()
    except Exception as error:
        raise ChunkFailed(job) from error
    return 1


async def work_on(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """Do the next chunk of this one."""
    job.attempts = 0
    await KINDS[job.kind](uow, job, now)


async def postpone_job(uow: UnitOfWork, error: Exception, now: datetime) -> None:
    """A chunk failed: try it again after a pause that grows, so that other jobs get their turn.

    Where it fails again and again, whoever asked for the work and the admins are told, once.
    """
    job = await uow.jobs.find(error.job_id) if isinstance(error, ChunkFailed) else None
    if job is None:
        return
    job.attempts += 1
    await uow.jobs.postpone(job, min(timedelta(seconds=2**job.attempts), LONGEST_PAUSE))
    if job.attempts == STUCK_AFTER:
        await _tell_stuck(uow, job, now)


async def _tell_stuck(uow: UnitOfWork, job: Job, now: datetime) -> None:
    facts = {"work": job.kind, "number": job.id}
    if job.told is not None:
        uow.plan(job_outcome("job-stuck", facts, job.told, now=now))
    for person in await uow.staff.list_active():
        if person.role is Role.ADMIN and (job.told is None or person.id != job.staff_id):
            uow.plan(
                Planned(key="job-stuck-admin", facts=facts, due_at=now, staff_id=person.id, urgency=Urgency.URGENT)
            )
