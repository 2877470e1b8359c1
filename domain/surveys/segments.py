"""Asking everybody of a segment: counted first, then asked in chunks under one action, each when they may be asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.jobs.beginning import begin_job
from domain.jobs.model import SURVEY, Job, Told
from domain.jobs.outcomes import job_outcome
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.surveys.asking import BY_HAND, add_asked, for_customers, plan_question, verdicts
from domain.surveys.errors import NobodyToAsk
from domain.surveys.model import Survey
from domain.surveys.queries import Candidate, Segment
from domain.surveys.windows import may_be_asked_at, zones_of

AT_ONCE = 50
MOST_COUNTED = 1000


@dataclass(frozen=True, kw_only=True)
class Preview:
    """``free`` of ``reached`` may be asked now; ``left_out`` counts the others by why. ``is_open``: there are more than
    were counted. ``names`` are the first three who get it."""

    reached: int
    free: int
    left_out: dict[str, int] = field(default_factory=dict)
    is_open: bool = False
    names: tuple[str, ...] = ()


async def preview(uow: UnitOfWork, actor: Staff, name: str, segment: Segment, *, now: datetime) -> Preview:
    """Who would be asked. Raises SurveyNotFound and SurveyForLeads."""
    survey = await for_customers(uow, name, now=now)
    found = await uow.surveys.list_segment(actor, segment, after=0, limit=MOST_COUNTED + 1)
    said = await verdicts(uow, survey.asks, [each.contact_id for each in found[:MOST_COUNTED]], now=now)
    free = [contact_id for contact_id, verdict in said.items() if verdict.is_allowed]
    people = [await uow.customers.find_contact(contact_id) for contact_id in free[:3]]
    return Preview(
        reached=len(said),
        free=len(free),
        left_out=dict(Counter(verdict.reason for verdict in said.values() if verdict.reason is not None)),
        is_open=len(found) > MOST_COUNTED,
        names=tuple(person.name for person in people if person is not None),
    )


async def ask_segment(
    uow: UnitOfWork, actor: Staff, name: str, segment: Segment, *, told: Told, now: datetime
) -> int | None:
    """Ask them all; gives how many, None where a job goes on with it and says its end at ``told``. Raises NobodyToAsk."""
    survey = await for_customers(uow, name, now=now)
    uow.happened("survey-sent-to-many", survey=survey.id)
    facts: dict[str, Any] = {
        "survey": survey.name,
        "grade": segment.grade,
        "tag": segment.tag,
        "cause": f"{BY_HAND}:{now:%Y-%m-%dT%H:%M:%S}",
        "after": 0,
        "asked": 0,
    }
    if await _ask_some(uow, actor, survey, facts, now=now):
        if not facts["asked"]:
            raise NobodyToAsk
        return int(facts["asked"])
    await begin_job(uow, SURVEY, facts, by=actor, told=told, now=now)
    return None


async def go_on_asking(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next chunk, as whoever sent it may see them; it ends where they have left."""
    uow.go_on(job.action_id)
    actor = await uow.staff.get(job.staff_id or 0)
    survey = await for_customers(uow, job.facts["survey"], now=now)
    if actor.is_active and not await _ask_some(uow, actor, survey, job.facts, now=now):
        await uow.jobs.keep(job)
        return
    if job.told is not None:
        facts = {"name": survey.name, "count": job.facts["asked"]}
        uow.plan(job_outcome("survey-sent-many", facts, job.told, now=now))
    await uow.jobs.remove(job)


async def _ask_some(uow: UnitOfWork, actor: Staff, survey: Survey, facts: dict[str, Any], *, now: datetime) -> bool:
    """The next of them, noted in ``facts``; gives whether that was the end."""
    segment = Segment(grade=facts["grade"], tag=facts["tag"])
    found = await uow.surveys.list_segment(actor, segment, after=facts["after"], limit=AT_ONCE)
    said = await verdicts(uow, survey.asks, [each.contact_id for each in found], now=now)
    company = await uow.company.get()
    zones = await zones_of(uow, {each.contact_id for each in found})
    for each in found:
        if said[each.contact_id].is_allowed:
            asked = Candidate(
                contact_id=each.contact_id,
                customer_id=each.customer_id,
                cause=facts["cause"],
                happened_at=now,
                about_id=each.about_id,
            )
            zone = zones[each.contact_id]
            answer = await add_asked(uow, survey, asked, by=actor, at=may_be_asked_at(now, zone, company))
            plan_question(uow, survey, [answer], zone=zone)
            facts["asked"] += 1
    facts["after"] = found[-1].contact_id if found else facts["after"]
    return len(found) < AT_ONCE
