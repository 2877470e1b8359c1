"""How somebody known is reached from now on: a phone or an e-mail that a report names."""

from __future__ import annotations

from collections.abc import Sequence

from domain.customers.model import ContactPoint
from domain.customers.points import without_repeats
from domain.followups.actions import Subject
from domain.people.model import Staff
from domain.ports import UnitOfWork

MOST = 10  # in one report


async def keep_reach(
    uow: UnitOfWork, actor: Staff, subject: Subject, points: Sequence[ContactPoint]
) -> Sequence[ContactPoint]:
    """Write the contact points on the person, else on the lead or customer; gives those that are new there.

    What the record has already, and what belongs to somebody else, is left as it is. Raises RecordNotFound.
    """
    wanted = without_repeats(points)[:MOST]
    if not wanted:
        return ()
    owned = await _owned(uow, actor, subject)
    if owned is None:
        return ()
    had = {(point.kind, point.value, point.extension) for point in owned}
    taken = await uow.customers.find_taken(
        company_keys=[], unique_keys=[point.unique_key for point in wanted if point.unique_key]
    )
    added = [
        point
        for point in wanted
        if (point.kind, point.value, point.extension) not in had and (point.unique_key or "") not in taken
    ]
    owned.extend(added)
    return added


async def _owned(uow: UnitOfWork, actor: Staff, subject: Subject) -> list[ContactPoint] | None:
    if subject.contact_id is not None:
        return (await uow.customers.get_contact_for(actor, subject.contact_id)).points
    if subject.lead_id is not None:
        return (await uow.leads.get_for(actor, subject.lead_id)).points
    if subject.customer_id is not None:
        return (await uow.customers.get_for(actor, subject.customer_id)).points
    return None
