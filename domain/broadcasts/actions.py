"""Writing a broadcast, sending it with a second person's yes, holding it back, and answering an invitation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from domain.approvals.actions import approve, ask_approval, tell_asker
from domain.approvals.model import Approval
from domain.broadcasts.errors import BroadcastEmpty, BroadcastNotFound, BroadcastNotSo, NobodyToWriteTo, TooEarlyOrLate
from domain.broadcasts.model import FOLLOW, Answer, Broadcast, BroadcastAnswer, BroadcastState, Segment
from domain.broadcasts.planning import (
    Counted,
    Judged,
    about,
    is_by_day,
    judge_chunk,
    planned_for,
)
from domain.broadcasts.wording import checked_text
from domain.company.keeping import broadcasts_of
from domain.company.model import Company
from domain.errors import NotAllowed
from domain.jobs.beginning import begin_job
from domain.jobs.model import BROADCAST, Job, Told
from domain.jobs.outcomes import job_outcome
from domain.people.model import Identity, Role, Staff
from domain.ports import UnitOfWork

APPROVAL = "broadcast"
ROWS_AT_ONCE = 2000
SETTLED_WITHIN = timedelta(minutes=1)
"""What delivery had in hand when a broadcast was resumed stands in the outbox again by then: it may have been put off as
paused, and is looked for once more."""
STOPPED = "broadcast-stopped"
TAKEN_BACK = "undone"


@dataclass(frozen=True, kw_only=True)
class Composed:
    """What somebody wrote, and for whom. ``texts`` by language; empty ones are left out."""

    texts: Mapping[str, str]
    segment: Segment = field(default_factory=Segment)
    is_invitation: bool = False
    day: date | None = None
    hour: time | None = None


def approval_above(company: Company) -> int:
    """More readers than that need a second person's yes."""
    return broadcasts_of(company).approval_above


async def compose(uow: UnitOfWork, actor: Staff, new: Composed, *, now: datetime) -> Broadcast:
    """Keep a broadcast that nobody gets yet. Raises NotAllowed, BroadcastEmpty, TooLong, UnknownVariable, TooEarlyOrLate."""
    _may(actor)
    broadcast = Broadcast(texts={}, created_by=actor.id, created_at=now)
    _write(actor, broadcast, new)
    uow.happened("broadcast-written")
    return await uow.broadcasts.add(broadcast)


async def rewrite(uow: UnitOfWork, actor: Staff, broadcast_id: int, new: Composed) -> Broadcast:
    """Change one that was not sent or asked for. Raises what ``compose`` does, BroadcastNotFound and BroadcastNotSo."""
    broadcast = await _unsent(uow, actor, broadcast_id)
    _write(actor, broadcast, new)
    uow.happened("broadcast-written", broadcast=broadcast.id)
    return broadcast


def _write(actor: Staff, broadcast: Broadcast, new: Composed) -> None:
    texts = {language: text for language, typed in new.texts.items() if (text := checked_text(typed))}
    if not texts:
        raise BroadcastEmpty
    if new.hour is not None and not is_by_day(new.hour):
        raise TooEarlyOrLate
    within = actor.team if actor.role is Role.MANAGER else None
    broadcast.texts, broadcast.segment = texts, replace(new.segment, within=within).kept()
    broadcast.is_invitation, broadcast.day, broadcast.hour = new.is_invitation, new.day, new.hour


async def look(uow: UnitOfWork, broadcast: Broadcast, *, now: datetime) -> tuple[list[Judged], Counted, bool]:
    """The first chunk of the segment judged as of ``now``, its counts, and whether there is more to count."""
    company = await uow.company.get()
    judged, more = await judge_chunk(uow, company, broadcast.whom, broadcast, after=0, now=now)
    return list(judged), Counted.of(judged), more is not None


async def count_on(uow: UnitOfWork, actor: Staff, broadcast: Broadcast, told: Told, *, now: datetime) -> None:
    """Count a segment that is too large for one look; the outcome is said at ``told``."""
    await _add_job(uow, broadcast, actor, {"step": "count"}, told, now=now)


async def send(uow: UnitOfWork, actor: Staff, broadcast_id: int, *, now: datetime) -> tuple[Broadcast, Approval | None]:
    """Send it, or ask a second person when more get it than somebody may send alone; gives the approval asked for.

    Raises NobodyToWriteTo, BroadcastNotSo, and what ``ask_approval`` does.
    """
    broadcast = await _unsent(uow, actor, broadcast_id)
    _, counted, more = await look(uow, broadcast, now=now)
    if not counted.allowed and not more:
        raise NobodyToWriteTo
    if not more and counted.allowed <= approval_above(await uow.company.get()):
        await send_now(uow, actor, broadcast, now=now)
        return broadcast, None
    facts = {"broadcast": broadcast.id, "allowed": counted.allowed, "total": counted.total, "more": more}
    approval = await ask_approval(uow, APPROVAL, about(broadcast.id), by=actor, facts=facts, now=now)
    uow.happened("broadcast-asked", broadcast=broadcast.id)
    return broadcast, approval


async def send_approved(uow: UnitOfWork, actor: Staff, approval_id: int, *, now: datetime) -> Broadcast:
    """Say yes, and it goes out. Raises what ``approve`` does, and BroadcastNotSo."""
    approval = await approve(uow, actor, approval_id, now=now)
    broadcast = await uow.broadcasts.get(approval.facts["broadcast"])
    await send_now(uow, actor, broadcast, now=now)
    await tell_asker(uow, approval, now=now)
    return broadcast


async def send_now(uow: UnitOfWork, actor: Staff, broadcast: Broadcast, *, now: datetime) -> None:
    """Let it go out, whoever had to agree having agreed. Raises BroadcastNotSo.

    It may have gone out before, and that have been undone: whoever got it then does not get it again.
    """
    broadcast.start(now=now)
    uow.happened("broadcast-started", broadcast=broadcast.id)
    await _add_job(uow, broadcast, actor, {"step": FOLLOW}, None, now=now)


async def pause(uow: UnitOfWork, actor: Staff, broadcast_id: int) -> Broadcast:
    """Nothing more goes out until it is resumed; what comes due waits. Raises BroadcastNotSo."""
    broadcast = await _get(uow, actor, broadcast_id)
    broadcast.pause()
    uow.happened("broadcast-paused", broadcast=broadcast.id)
    return broadcast


async def resume(uow: UnitOfWork, actor: Staff, broadcast_id: int, *, now: datetime) -> Broadcast:
    """Go on. Raises BroadcastNotSo."""
    broadcast = await _get(uow, actor, broadcast_id)
    broadcast.resume()
    uow.happened("broadcast-resumed", broadcast=broadcast.id)
    await _add_job(uow, broadcast, actor, {"step": "release"}, None, now=now)
    return broadcast


async def stop(uow: UnitOfWork, actor: Staff, broadcast_id: int, *, now: datetime) -> Broadcast:
    """End it for good: what has not gone out stays unsaid. Raises BroadcastNotSo."""
    broadcast = await _get(uow, actor, broadcast_id)
    broadcast.stop()
    uow.happened("broadcast-stopped", broadcast=broadcast.id)
    await _add_job(uow, broadcast, actor, {"step": "withdraw"}, None, now=now)
    return broadcast


async def _add_job(
    uow: UnitOfWork,
    broadcast: Broadcast,
    actor: Staff,
    facts: dict[str, object],
    told: Told | None,
    *,
    now: datetime,
) -> None:
    await begin_job(uow, BROADCAST, {"broadcast": broadcast.id, "after": 0, **facts}, by=actor, told=told, now=now)


async def go_on_broadcasting(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next chunk of planning, counting, releasing or withdrawing; see docs/decisions/0024 and 0035.

    Its rows stand in the outbox with the chunk that says so: a process that dies between two leaves nobody out, and the
    keys of the rows let nobody have it twice.
    """
    number = job.facts["broadcast"]
    if not await uow.broadcasts.list_by_ids([number]):  # its writing was undone, too
        await uow.jobs.remove(job)
        return
    broadcast = await uow.broadcasts.get(number)
    step = job.facts["step"]
    more = await _STEPS[step](uow, broadcast, job, now)
    if more is not None:
        job.facts = {**job.facts, "after": more}
        await uow.jobs.keep(job)
    elif step == FOLLOW and broadcast.state is BroadcastState.SENDING:
        job.facts = {**job.facts, "step": "plan", "after": 0}
        await uow.jobs.keep(job)
    elif step == "release" and not job.facts.get("again"):
        job.facts = {**job.facts, "after": 0, "again": True}
        await uow.jobs.postpone(job, SETTLED_WITHIN)
    else:
        await uow.jobs.remove(job)


async def _follow_chunk(uow: UnitOfWork, broadcast: Broadcast, job: Job, now: datetime) -> int | None:
    """Make the outbox agree with what was begun, undone or done again: what an earlier planning left unsaid goes, so that
    everybody is judged anew; what was said stands."""
    if broadcast.state is BroadcastState.PAUSED:
        return None
    after = int(job.facts["after"])
    if broadcast.state is BroadcastState.STOPPED:
        return await _withdraw_chunk(uow, broadcast, job, now)
    return await uow.broadcasts.clear_unsaid(about(broadcast.id), TAKEN_BACK, after=after, limit=ROWS_AT_ONCE)


async def _plan_chunk(uow: UnitOfWork, broadcast: Broadcast, job: Job, now: datetime) -> int | None:
    uow.go_on(job.action_id)
    if broadcast.state in {BroadcastState.DRAFT, BroadcastState.STOPPED}:
        return None
    company = await uow.company.get()
    judged, more = await judge_chunk(uow, company, broadcast.whom, broadcast, after=int(job.facts["after"]), now=now)
    for each in judged:
        uow.plan(planned_for(broadcast, each))
    if more is None:
        broadcast.is_planned = True
    return more


async def _count_chunk(uow: UnitOfWork, broadcast: Broadcast, job: Job, now: datetime) -> int | None:
    company = await uow.company.get()
    judged, more = await judge_chunk(uow, company, broadcast.whom, broadcast, after=int(job.facts["after"]), now=now)
    counted = Counted.from_kept(job.facts.get("counted", {})) + Counted.of(judged)
    job.facts = {**job.facts, "counted": counted.kept()}
    if more is None and job.told is not None:
        facts = {"broadcast": broadcast.id, "counted": counted.kept()}
        uow.plan(job_outcome("broadcast-counted", facts, job.told, now=now))
    return more


async def _release_chunk(uow: UnitOfWork, broadcast: Broadcast, job: Job, now: datetime) -> int | None:
    if broadcast.state is not BroadcastState.SENDING:
        return None
    after = int(job.facts["after"])
    return await uow.broadcasts.release_paused(about(broadcast.id), now, after=after, limit=ROWS_AT_ONCE)


async def _withdraw_chunk(uow: UnitOfWork, broadcast: Broadcast, job: Job, now: datetime) -> int | None:
    after = int(job.facts["after"])
    return await uow.broadcasts.withdraw_pending(about(broadcast.id), STOPPED, after=after, limit=ROWS_AT_ONCE)


_STEPS = {
    FOLLOW: _follow_chunk,
    "plan": _plan_chunk,
    "count": _count_chunk,
    "release": _release_chunk,
    "withdraw": _withdraw_chunk,
}


async def answer_invitation(
    uow: UnitOfWork, identity: Identity, broadcast_id: int, answer: Answer, *, now: datetime
) -> Broadcast:
    """Keep what somebody answered, the last word counting. Raises BroadcastNotFound for whoever was not invited."""
    contact_id = identity.contact_id
    known = await uow.notifications.list_known([f"broadcast:{broadcast_id}:{contact_id}"])
    if contact_id is None or not known:
        raise BroadcastNotFound(broadcast=broadcast_id)
    [broadcast] = await uow.broadcasts.list_by_ids([broadcast_id])
    standing = await uow.broadcasts.find_answer(broadcast_id, contact_id)
    if standing is None:
        said = BroadcastAnswer(broadcast_id=broadcast_id, contact_id=contact_id, answer=answer, at=now)
        await uow.broadcasts.add_answer(said)
    elif standing.answer is not answer:
        standing.answer, standing.at = answer, now
    uow.happened("invitation-answered", broadcast=broadcast_id, contact=contact_id)
    return broadcast


async def _get(uow: UnitOfWork, actor: Staff, broadcast_id: int) -> Broadcast:
    _may(actor)
    return await uow.broadcasts.get_for(actor, broadcast_id)


async def _unsent(uow: UnitOfWork, actor: Staff, broadcast_id: int) -> Broadcast:
    """One that was neither sent nor asked for: what a second person is shown is what goes out."""
    broadcast = await _get(uow, actor, broadcast_id)
    broadcast.must_be_unsent()
    if await uow.approvals.find_open(APPROVAL, about(broadcast.id)) is not None:
        raise BroadcastNotSo(broadcast=broadcast.id, state="asked")
    return broadcast


def _may(actor: Staff) -> None:
    if not actor.leads_others:
        raise NotAllowed
