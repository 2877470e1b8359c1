"""What a review's findings lead to: a follow-up for each sale that stands still, and leads that go to who has fewer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.errors import NotAllowed
from domain.followups.actions import Subject, When, plan_followup
from domain.notifications.quiet import calendar_of, hours_of
from domain.people.handover import Belongings, hand_over_some
from domain.people.model import Staff
from domain.ports import UnitOfWork
from domain.values.zones import at_local, local

MOST_PLANNED = 20


async def follow_up_stuck(
    uow: UnitOfWork, actor: Staff, opportunity_ids: Sequence[int], *, note: str, now: datetime
) -> int:
    """Plan a follow-up on their next working day for whoever has each of these sales, or for ``actor`` where nobody does.
    What has an open follow-up already is left out. One action; gives how many were planned."""
    if not actor.leads_others:
        raise NotAllowed
    sales = await uow.opportunities.list_unplanned(actor, opportunity_ids, limit=MOST_PLANNED)
    people = {person.id: person for person in await uow.staff.list_active()}
    company = await uow.company.get()
    for sale in sales:
        owner = people.get(sale.owner_id or 0, actor)
        day = calendar_of(owner, company).add_workdays(local(now, owner.timezone).date(), 1, hours_of(owner))
        when = When(at=at_local(day, owner.work_start, owner.timezone), has_hour=False)
        subject = Subject(customer_id=sale.customer_id, opportunity_id=sale.id)
        # Several may be of one customer: each says which sale it is about.
        await plan_followup(uow, actor, subject, when, note=f"{sale.name} · {note}", now=now, owner=owner)
    if sales:
        uow.happened("stuck-followed-up")
    return len(sales)


async def give_untouched(
    uow: UnitOfWork, actor: Staff, *, giver_id: int, taker_id: int, count: int, now: datetime
) -> Belongings:
    """Hand over so many leads that nobody has done anything with, the oldest first. Raises NotAllowed and StaffNotFound."""
    leads = await uow.leads.list_untouched(giver_id, limit=count)
    return await hand_over_some(uow, actor, [("lead", lead.id) for lead in leads], taker_id, now=now)
