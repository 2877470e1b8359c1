"""A group is bound to a customer by staff; whoever of outside is in it is greeted, those who come together in one go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.customers.model import Customer
from domain.groups.errors import GroupBoundElsewhere, GroupNotBound
from domain.groups.model import BoundGroup
from domain.notifications.model import Planned, Urgency
from domain.people.desk import customer_at_desk
from domain.people.model import Staff
from domain.ports import UnitOfWork

GATHERED = 10  # seconds within which those who come in are greeted together


async def owner_of(uow: UnitOfWork, customer: Customer) -> Staff | None:
    """Who looks after the customer and is still here."""
    owner = await uow.staff.get(customer.owner_id) if customer.owner_id is not None else None
    return owner if owner is not None and owner.is_active else None


async def bind_group(
    uow: UnitOfWork,
    actor: Staff,
    customer_id: int,
    *,
    channel: str,
    place: str,
    title: str | None,
    move: bool = False,
    now: datetime,
) -> BoundGroup:
    """Say whose group this is, and greet who is in it. The same customer again changes nothing.

    Raises RecordNotFound, and GroupBoundElsewhere unless ``move`` confirms that it goes to another customer.
    """
    customer = await customer_at_desk(uow, actor, customer_id)
    group = await uow.groups.find(channel, place)
    if group is not None and group.customer_id == customer.id:
        return group
    if group is not None and not move:
        raise GroupBoundElsewhere(customer_id=group.customer_id)
    if group is None:
        group = await uow.groups.add(
            BoundGroup(
                channel=channel,
                place=place,
                title=title,
                customer_id=customer.id,
                bound_by=actor.id,
                bound_at=now,
            )
        )
    else:
        group.customer_id, group.bound_by, group.bound_at = customer.id, actor.id, now
    uow.happened("group-bound", customer=customer.id)
    await greet(uow, group, now=now, anyway=True)
    return group


async def unbind_group(uow: UnitOfWork, actor: Staff, *, channel: str, place: str) -> BoundGroup:
    """Raises GroupNotBound, and RecordNotFound for a customer whom the actor may not see."""
    group = await uow.groups.find(channel, place)
    if group is None:
        raise GroupNotBound
    await customer_at_desk(uow, actor, group.customer_id)
    await uow.groups.remove(group)
    uow.happened("group-unbound", customer=group.customer_id)
    return group


async def greet(uow: UnitOfWork, group: BoundGroup, *, now: datetime, anyway: bool = False) -> None:
    """Plan the greeting of those in the group who were never greeted there; ``anyway``: also when we have seen nobody.

    Whoever comes within the same ten seconds is greeted by the same message, however many they are.
    """
    seconds = int(now.timestamp()) // GATHERED * GATHERED + GATHERED
    at = datetime.fromtimestamp(seconds, UTC)
    newcomers = await uow.groups.greet_newcomers(group.channel, group.place, at=at)
    if not newcomers and not anyway:
        return
    uow.plan(
        Planned(
            key="group-greeting",
            facts={"at": at, "anyway": anyway},
            due_at=at + timedelta(seconds=1),
            channel=group.channel,
            place=group.place,
            urgency=Urgency.URGENT,
            dedupe_key=f"group-greeting:{group.channel}:{group.place}:{seconds}",
            about=f"customer:{group.customer_id}",
        )
    )
