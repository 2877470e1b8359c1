"""Many leads at once: which are new, which are known, which lines cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any

from domain.company.keeping import sources_of
from domain.errors import CrmError
from domain.jobs.beginning import begin_job
from domain.jobs.model import LIST, Job, Told
from domain.jobs.outcomes import job_outcome
from domain.leads.actions import NewLead, lead_from
from domain.leads.model import Lead
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.records import Found
from domain.values.near_companies import near_marks, nearness

MOST = 200
MOST_AT_ONCE = 50  # leads in one transaction, so that it does not keep others waiting
MOST_COMPARED = 20  # earlier lines with which one is compared


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """``number`` counts the lines as they were pasted, from 1. ``wrong``: why nobody can tell what it says."""

    number: int
    new: NewLead
    wrong: CrmError | None = None


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """A line that is known: by an earlier line of the list, or by a record. ``certain``: a unique contact point is
    shared, not only the company's name."""

    number: int
    title: str
    certain: bool
    earlier: int | None = None
    found: Found | None = None
    is_near: bool = False  # only much like it


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    number: int
    error: CrmError


@dataclass(frozen=True, kw_only=True)
class CheckedList:
    """What saving would do. ``fresh`` are the leads to be added, not yet kept."""

    fresh: Sequence[tuple[int, Lead]]
    repeated: Sequence[Repeated]
    unreadable: Sequence[Unreadable]


async def check_list(
    uow: UnitOfWork, actor: Staff, lines: Sequence[ListLine], *, look_alikes: bool, now: datetime
) -> CheckedList:
    """Sort the lines of a list, in a few statements however many there are.

    ``look_alikes``: those whose company alone is known, or nearly so, count as new.
    """
    sources = sources_of(await uow.company.get())
    leads: list[tuple[int, Lead]] = []
    unreadable: list[Unreadable] = []
    for line in lines:
        if line.wrong is not None:
            unreadable.append(Unreadable(number=line.number, error=line.wrong))
            continue
        try:
            leads.append((line.number, lead_from(actor, line.new, sources, now=now)))
        except CrmError as error:
            unreadable.append(Unreadable(number=line.number, error=error))
    taken = await uow.customers.find_taken(
        company_keys=[] if look_alikes else [lead.company_key for _, lead in leads if lead.company_key],
        unique_keys=[point.unique_key for _, lead in leads for point in lead.points if point.unique_key],
    )
    fresh, repeated = _sorted_out(leads, taken, look_alikes=look_alikes)
    if not look_alikes and fresh:
        fresh, near = await _without_near(uow, fresh)
        repeated = sorted([*repeated, *near], key=lambda each: each.number)
    return CheckedList(fresh=fresh, repeated=repeated, unreadable=unreadable)


async def _without_near(
    uow: UnitOfWork, fresh: Sequence[tuple[int, Lead]]
) -> tuple[list[tuple[int, Lead]], list[Repeated]]:
    """Set apart what has nearly the name of a record, or of an earlier line: one looks before it is saved twice."""
    known = await uow.customers.find_near_many([lead.company for _, lead in fresh if lead.company])
    others: list[tuple[int, Lead]] = []
    near: list[Repeated] = []
    marked: dict[str, list[tuple[int, str]]] = {}
    for number, lead in fresh:
        marks = near_marks(lead.company) if lead.company else ()
        above = islice(dict.fromkeys(each for mark in marks for each in marked.get(mark, ())), MOST_COMPARED)
        earlier = next((at for at, company in above if nearness(company, lead.company)), None)
        found = known.get(lead.company)
        if found is None and earlier is None:
            others.append((number, lead))
            for mark in marks:
                marked.setdefault(mark, []).append((number, lead.company))
        else:
            near.append(
                Repeated(number=number, title=lead.company, certain=False, earlier=earlier, found=found, is_near=True)
            )
    return others, near


def _sorted_out(
    leads: Sequence[tuple[int, Lead]], taken: Mapping[str, Found], *, look_alikes: bool
) -> tuple[list[tuple[int, Lead]], list[Repeated]]:
    fresh: list[tuple[int, Lead]] = []
    repeated: list[Repeated] = []
    seen: dict[str, int] = {}
    for number, lead in leads:
        keys = [(point.unique_key, True) for point in lead.points if point.unique_key]
        if lead.company_key and not look_alikes:
            keys.append((f"company:{lead.company_key}", False))
        known = next(((key, certain) for key, certain in keys if key in taken or key in seen), None)
        if known is None:
            fresh.append((number, lead))
            seen.update(dict.fromkeys((key for key, _ in keys), number))
            continue
        key, certain = known
        repeated.append(
            Repeated(
                number=number,
                title=lead.company or lead.title,
                certain=certain,
                earlier=seen.get(key),
                found=taken.get(key),
            )
        )
    return fresh, repeated


async def save_list(
    uow: UnitOfWork,
    actor: Staff,
    lines: Sequence[ListLine],
    *,
    look_alikes: bool,
    told: Told | None = None,
    now: datetime,
) -> CheckedList:
    """Add all that is new under one action; what became known meanwhile is left out and named.

    What is more than ``MOST_AT_ONCE`` follows as a job under the same action, and its end is said at ``told``.
    """
    checked = await check_list(uow, actor, lines, look_alikes=look_alikes, now=now)
    if not checked.fresh:
        return checked
    at_once = checked.fresh[:MOST_AT_ONCE]
    await uow.leads.add_many([lead for _, lead in at_once])
    uow.happened("leads-added", count=len(checked.fresh))
    if len(at_once) < len(checked.fresh):
        later = {number for number, _ in checked.fresh[MOST_AT_ONCE:]}
        rest = [[line.number, _kept(line.new)] for line in lines if line.number in later]
        left_out = len(checked.repeated) + len(checked.unreadable)
        facts = {"rest": rest, "look_alikes": look_alikes, "count": len(at_once), "left_out": left_out}
        await begin_job(uow, LIST, facts, by=actor, told=told, now=now)
    return checked


def _kept(new: NewLead) -> dict[str, Any]:
    return {field.name: getattr(new, field.name) for field in fields(new)}


async def go_on_saving(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next lines of a long list; one that somebody else added in this moment is left out.

    Ends where nothing is left, or where whoever pasted it has left meanwhile: the other lines count as left out.
    """
    assert job.staff_id is not None
    actor = await uow.staff.get(job.staff_id)
    uow.go_on(job.action_id)
    if actor.is_active:
        await _save_next(uow, actor, job, now)
    else:
        job.facts["left_out"] += len(job.facts["rest"])
        job.facts["rest"] = []
    if job.facts["rest"]:
        await uow.jobs.keep(job)
        return
    await uow.jobs.remove(job)
    if job.told is not None:
        facts = {"count": job.facts["count"], "left_out": job.facts["left_out"], "action": job.action_id}
        uow.plan(job_outcome("list-finished", facts, job.told, now=now))


async def _save_next(uow: UnitOfWork, actor: Staff, job: Job, now: datetime) -> None:
    lines = [ListLine(number=number, new=NewLead(**kept)) for number, kept in job.facts["rest"][:MOST_AT_ONCE]]
    checked = await check_list(uow, actor, lines, look_alikes=job.facts["look_alikes"], now=now)
    await uow.leads.add_many([lead for _, lead in checked.fresh])
    job.facts["rest"] = job.facts["rest"][MOST_AT_ONCE:]
    job.facts["count"] += len(checked.fresh)
    job.facts["left_out"] += len(checked.repeated)
