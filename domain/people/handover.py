"""What somebody looked after goes to somebody else, so that nothing is left without an owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.customers.model import Customer
from domain.errors import NotAllowed
from domain.followups.model import Followup
from domain.leads.model import Lead
from domain.notifications.model import Planned, Urgency
from domain.opportunities.model import Opportunity
from domain.people.actions import may_look_after
from domain.people.errors import StaffNotFound
from domain.people.model import Staff
from domain.ports import UnitOfWork

Found = tuple[Sequence[Lead], Sequence[Customer], Sequence[Followup], Sequence[Opportunity]]
MOST_AT_ONCE = 400  # records in one transaction, so that it does not keep others waiting


@dataclass(frozen=True, kw_only=True)
class Belongings:
    """How many of each a person owns, or was given. ``more``: there may be more than were counted."""

    leads: int
    customers: int
    followups: int
    opportunities: int
    more: bool = False

    @property
    def total(self) -> int:
        return self.leads + self.customers + self.followups + self.opportunities


async def count_belongings(uow: UnitOfWork, owner_id: int) -> Belongings:
    """What there is to hand over, up to ``MOST_AT_ONCE``."""
    return _counted(await _belongings(uow, owner_id))


async def hand_over(uow: UnitOfWork, actor: Staff, from_id: int, to_id: int, *, now: datetime) -> Belongings:
    """Give leads, customers, open follow-ups and open opportunities to an active colleague, who is told once.

    Leaders give their own, and those of whom they look after. One action, undone as a whole; with ``more`` in the
    answer it is to be asked again. Raises NotAllowed and StaffNotFound.
    """
    giver, taker = await uow.staff.get(from_id), await uow.staff.get(to_id)
    if not actor.leads_others or not (giver.id == actor.id or may_look_after(actor, giver)):
        raise NotAllowed
    if not taker.is_active or taker.id == giver.id:
        raise StaffNotFound(name=taker.name)
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
    given = _counted(found)
    uow.happened("records-handed-over", staff=giver.id, to=taker.id)
    if given.total and taker.id != actor.id:
        uow.plan(_news(given, giver=giver, taker=taker, by=actor, now=now))
    return given


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


def _news(given: Belongings, *, giver: Staff, taker: Staff, by: Staff, now: datetime) -> Planned:
    facts = {
        "by": by.name,
        "from": giver.name,
        "leads": given.leads,
        "customers": given.customers,
        "followups": given.followups,
        "opportunities": given.opportunities,
    }
    return Planned(key="records-received", facts=facts, due_at=now, staff_id=taker.id, urgency=Urgency.URGENT)
