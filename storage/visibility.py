"""Who may see what, in one place: own, team, all, and what was shared with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select, true

from domain.people.model import Role, Staff
from storage.tables import activities, contacts, customers, followups, leads, opportunities, record_shares, staff


@dataclass(frozen=True)
class Reach:
    """All of a person that decides what they see: who has the same may use the same statements."""

    id: int
    role: Role
    team: str | None


def reach_of(actor: Staff) -> Reach:
    return Reach(actor.id, actor.role, actor.team)


def sees_all(actor: Staff | Reach) -> bool:
    """Admins, and managers of no team in particular."""
    return actor.role is Role.ADMIN or (actor.role is Role.MANAGER and actor.team is None)


def _owned(actor: Staff | Reach, owner: ColumnElement[Any]) -> ColumnElement[bool]:
    """Managers also see what nobody owns, so that nothing is lost between owners; deputies what they stand in for."""
    stands_in_for = select(staff.c.id).where(staff.c.deputy_id == actor.id, staff.c.absent_until.is_not(None))
    if actor.role is not Role.MANAGER:
        return or_(owner == actor.id, owner.in_(stands_in_for))
    team = select(staff.c.id).where(staff.c.team == actor.team)
    return or_(owner == actor.id, owner.in_(team), owner.is_(None), owner.in_(stands_in_for))


def _shared(actor: Staff | Reach, record: str, table: Table) -> ColumnElement[bool]:
    mine = select(record_shares.c.record_id).where(
        record_shares.c.record == record, record_shares.c.staff_id == actor.id
    )
    return table.c.id.in_(mine)


def visible_leads(actor: Staff | Reach) -> ColumnElement[bool]:
    if sees_all(actor):
        return true()
    return or_(_owned(actor, leads.c.owner_id), _shared(actor, "lead", leads))


def visible_customers(actor: Staff | Reach) -> ColumnElement[bool]:
    """Agents see the customers of their tickets; until there are tickets, their own and what was shared with them."""
    if sees_all(actor):
        return true()
    return or_(_owned(actor, customers.c.owner_id), _shared(actor, "customer", customers))


def _of_visible(actor: Staff | Reach, table: Table) -> ColumnElement[bool]:
    return or_(
        table.c.lead_id.in_(select(leads.c.id).where(visible_leads(actor))),
        table.c.customer_id.in_(select(customers.c.id).where(visible_customers(actor))),
    )


def visible_contacts(actor: Staff | Reach) -> ColumnElement[bool]:
    if sees_all(actor):
        return true()
    return contacts.c.customer_id.in_(select(customers.c.id).where(visible_customers(actor)))


def visible_activities(actor: Staff | Reach) -> ColumnElement[bool]:
    """With their lead or customer; what is about neither belongs to who wrote it."""
    if sees_all(actor):
        return true()
    about_nobody = and_(activities.c.lead_id.is_(None), activities.c.customer_id.is_(None))
    return or_(and_(about_nobody, _owned(actor, activities.c.by_id)), _of_visible(actor, activities))


def visible_followups(actor: Staff | Reach) -> ColumnElement[bool]:
    """With their lead or customer, and to owner and creator."""
    if sees_all(actor):
        return true()
    return or_(_owned(actor, followups.c.owner_id), followups.c.created_by == actor.id, _of_visible(actor, followups))


def visible_opportunities(actor: Staff | Reach) -> ColumnElement[bool]:
    if sees_all(actor):
        return true()
    return or_(
        _owned(actor, opportunities.c.owner_id),
        opportunities.c.customer_id.in_(select(customers.c.id).where(visible_customers(actor))),
    )
