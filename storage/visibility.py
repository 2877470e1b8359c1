"""Who may see what, in one place: own, team, all, and what was shared with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, Table, and_, cast, exists, false, func, literal, or_, select, true

from domain.approvals.model import ApprovalState
from domain.people.model import Role, Scope, Staff
from domain.people.seeing import scope_of, sees_every_ticket
from domain.people.teams import SEPARATOR
from storage.tables import (
    activities,
    approvals,
    broadcasts,
    contacts,
    customers,
    followups,
    leads,
    opportunities,
    quotas,
    record_shares,
    staff,
    survey_answers,
    ticket_messages,
    tickets,
)


@dataclass(frozen=True)
class Reach:
    """All of a person that decides what they see: who has the same may use the same statements."""

    id: int
    role: Role
    team: str | None
    sees: Scope | None = None


def reach_of(actor: Staff) -> Reach:
    return Reach(actor.id, actor.role, actor.team, actor.sees)


def _scope(actor: Staff | Reach) -> Scope:
    return scope_of(actor.role, actor.team, actor.sees)


def sees_all(actor: Staff | Reach) -> bool:
    """Admins, managers of no team in particular, and whom an admin lets see everything."""
    return _scope(actor) is Scope.ALL


def in_team(column: ColumnElement[Any], team: str) -> ColumnElement[bool]:
    """Is the path in the column this team, or one below it? Not by LIKE, to which SQLite's ``North`` is ``north``.

    The staff are few: reading them all once a statement costs less than an index would save.
    """
    below = team + SEPARATOR
    return or_(column == team, func.substr(column, 1, len(below)) == below)


def _owned(actor: Staff | Reach, owner: ColumnElement[Any]) -> ColumnElement[bool]:
    """Who sees a team sees the teams below it, and what nobody owns, so that nothing is lost between owners; deputies see what
    they stand in for."""
    stands_in_for = select(staff.c.id).where(
        staff.c.deputy_id == actor.id, staff.c.absent_until.is_not(None), staff.c.absent_from.is_(None)
    )
    if _scope(actor) is not Scope.TEAM or actor.team is None:
        return or_(owner == actor.id, owner.in_(stands_in_for))
    team = select(staff.c.id).where(in_team(staff.c.team, actor.team))
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
    """Agents see also the customers of their tickets and of what waits in the queue."""
    if sees_all(actor):
        return true()
    theirs = [_owned(actor, customers.c.owner_id), _shared(actor, "customer", customers)]
    if actor.role is Role.AGENT:
        asked = tickets.c.customer_id
        theirs += [
            customers.c.id.in_(select(asked).where(tickets.c.assignee_id == actor.id, asked.is_not(None))),
            customers.c.id.in_(select(asked).where(tickets.c.queued_at.is_not(None), asked.is_not(None))),
        ]
    return or_(*theirs)


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


def visible_quotas(actor: Staff | Reach) -> ColumnElement[bool]:
    """One's own, and those of whom one leads or stands in for."""
    if sees_all(actor):
        return true()
    return _owned(actor, quotas.c.staff_id)


def visible_tickets(actor: Staff | Reach) -> ColumnElement[bool]:
    """Agents are one desk: they see every ticket, so that they can say who has it. Everybody else sees what is theirs,
    what they opened, and what their customers asked; managers also what nobody has."""
    if sees_every_ticket(actor.role, actor.team, actor.sees):
        return true()
    return or_(
        _owned(actor, tickets.c.assignee_id),
        tickets.c.opened_by == actor.id,
        tickets.c.customer_id.in_(select(customers.c.id).where(visible_customers(actor))),
    )


def visible_ticket_messages(actor: Staff | Reach) -> ColumnElement[bool]:
    if sees_all(actor):
        return true()
    return ticket_messages.c.ticket_id.in_(select(tickets.c.id).where(visible_tickets(actor)))


def visible_survey_answers(actor: Staff | Reach) -> ColumnElement[bool]:
    """With their customer or lead; a test belongs to who sent it, and what is about a colleague's work also to them."""
    if sees_all(actor):
        return true()
    own = or_(survey_answers.c.asked_by == actor.id, _owned_by_people(actor, survey_answers.c.about_id))
    return or_(own, _of_visible(actor, survey_answers))


def visible_broadcasts(actor: Staff | Reach) -> ColumnElement[bool]:
    """A manager's own and those to their team's customers, and what they are asked to agree to, or decided."""
    if sees_all(actor):
        return true()
    asked = and_(
        approvals.c.kind == "broadcast", approvals.c.subject == literal("broadcast:") + cast(broadcasts.c.id, String)
    )
    mine = or_(approvals.c.state == ApprovalState.OPEN, approvals.c.decided_by == actor.id)
    return or_(
        broadcasts.c.created_by == actor.id,
        in_team(broadcasts.c.segment["within"].as_string(), actor.team) if actor.team is not None else false(),
        exists().where(asked, mine),
    )


def _owned_by_people(actor: Staff | Reach, owner: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(owner.is_not(None), _owned(actor, owner))
