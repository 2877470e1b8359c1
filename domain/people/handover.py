"""What somebody looked after goes to somebody else, so that nothing is left without an owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from domain.customers.model import Customer
from domain.errors import NotAllowed
from domain.followups.model import Followup
from domain.jobs.model import HANDOVER, Job, Told
from domain.jobs.outcomes import job_outcome
from domain.leads.model import Lead
from domain.notifications.model import Planned, Urgency
from domain.opportunities.model import Opportunity
from domain.people.actions import may_look_after
from domain.people.errors import StaffNotFound
from domain.people.model import Staff
from domain.ports import UnitOfWork

Found = tuple[Sequence[Lead], Sequence[Customer], Sequence[Followup], Sequence[Opportunity]]
MOST_AT_ONCE = 50  # records in one transaction, some 35 ms of it, so that it does not keep others waiting


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """How many of each a person owns, or was given. ``more``: there may be more than were counted."""

    leads: int = 0
    customers: int = 0
    followups: int = 0
    opportunities: int = 0
    more: bool = False

    @property
    def total(self) -> int:
        return self.leads + self.customers + self.followups + self.opportunities

    def with_more(self, others: Belongings) -> Belongings:
        """Both together; whether there is more is for the later ones to say."""
        return Belongings(
            leads=self.leads + others.leads,
            customers=self.customers + others.customers,
            followups=self.followups + others.followups,
            opportunities=self.opportunities + others.opportunities,
            more=others.more,
        )


async def count_belongings(uow: UnitOfWork, owner_id: int) -> Belongings:
    """What there is to hand over, up to ``MOST_AT_ONCE``."""
    return _counted(await _belongings(uow, owner_id))


async def hand_over(
    uow: UnitOfWork, actor: Staff, from_id: int, to_id: int, *, told: Told | None = None, now: datetime
) -> Belongings:
    """Give leads, customers, open follow-ups and open opportunities to an active colleague, who is told once.

    Leaders give their own, and those of whom they look after. One action, undone as a whole. With ``more`` in the
    answer the rest follows as a job under the same action, and its end is said at ``told``. Raises NotAllowed and
    StaffNotFound.
    """
    giver, taker = await uow.staff.get(from_id), await uow.staff.get(to_id)
    if not actor.leads_others or not (giver.id == actor.id or may_look_after(actor, giver)):
        raise NotAllowed
    if not taker.is_active or taker.id == giver.id:
        raise StaffNotFound(name=taker.name)
    given = await _give(uow, giver, taker)
    uow.happened("records-handed-over", staff=giver.id, to=taker.id)
    if given.more:
        facts = {"from": giver.id, "to": taker.id, "given": asdict(given)}
        await uow.jobs.add(
            Job(
                kind=HANDOVER,
                action_id=await uow.action_id(),
                staff_id=actor.id,
                facts=facts,
                told=told,
                created_at=now,
            )
        )
    elif given.total:
        _tell_taker(uow, given, giver=giver, taker=taker, by=actor, now=now)
    return given


async def go_on_handing_over(uow: UnitOfWork, job: Job, now: datetime) -> None:
    """The next chunk: what is still the giver's, so that a record which somebody took meanwhile stays with them.

    Ends where nothing is left, or where the taker has left meanwhile; what they got until then can be undone as ever.
    """
    giver, taker = await uow.staff.get(job.facts["from"]), await uow.staff.get(job.facts["to"])
    actor = await uow.staff.get(job.staff_id) if job.staff_id is not None else giver
    uow.go_on(job.action_id)
    given = Belongings(**job.facts["given"])
    if taker.is_active:
        given = given.with_more(await _give(uow, giver, taker))
    if given.more and taker.is_active:
        job.facts["given"] = asdict(given)
        await uow.jobs.keep(job)
        return
    await uow.jobs.remove(job)
    _tell_taker(uow, given, giver=giver, taker=taker, by=actor, now=now)
    if job.told is not None:
        uow.plan(_outcome(job, job.told, given, giver=giver, taker=taker, now=now))


async def _give(uow: UnitOfWork, giver: Staff, taker: Staff) -> Belongings:
    found = await _belongings(uow, giver.id)
    leads, customers, followups, opportunities = found
    for followup in followups:
        followup.hand_to(taker.id)
    for lead in leads:
        lead.owner_id = taker.id
    for customer in customers:
        customer.owner_id = taker.id
    for opportunity in opportunities:
        opportunity.owner_id = taker.id
    return _counted(found)


async def _belongings(uow: UnitOfWork, owner_id: int) -> Found:
    left = MOST_AT_ONCE
    customers = await uow.customers.list_owned(owner_id, limit=left)
    left -= len(customers)
    leads = await uow.leads.list_owned(owner_id, limit=left)
    left -= len(leads)
    followups = await uow.followups.list_open(owner_id=owner_id, limit=left)
    left -= len(followups)
    return leads, customers, followups, await uow.opportunities.list_owned(owner_id, limit=left)


def _counted(found: Found) -> Belongings:
    leads, customers, followups, opportunities = found
    return Belongings(
        leads=len(leads),
        customers=len(customers),
        followups=len(followups),
        opportunities=len(opportunities),
        more=sum(map(len, found)) == MOST_AT_ONCE,
    )


def _counts(given: Belongings) -> dict[str, int]:
    names = ("leads", "customers", "followups", "opportunities")
    return {name: getattr(given, name) for name in names}


def _tell_taker(uow: UnitOfWork, given: Belongings, *, giver: Staff, taker: Staff, by: Staff, now: datetime) -> None:
    """Nobody is told of what they gave themselves."""
    if taker.id != by.id:
        facts = {"by": by.name, "from": giver.name, **_counts(given)}
        uow.plan(Planned(key="records-received", facts=facts, due_at=now, staff_id=taker.id, urgency=Urgency.URGENT))


def _outcome(job: Job, told: Told, given: Belongings, *, giver: Staff, taker: Staff, now: datetime) -> Planned:
    facts = {
        "action": job.action_id,
        "name": giver.name,
        "to": taker.name,
        "staff": giver.id,
        "stopped": given.more,
        **_counts(given),
    }
    return job_outcome("handover-finished", facts, told, now=now)
