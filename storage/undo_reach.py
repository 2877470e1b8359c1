"""Whether somebody may touch the rows that an undo puts back: judged when it is pressed, by the role they have then.

Who did something may put it back, but not through a role that was taken from them since: a former manager's old handover
is not theirs to turn round.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.errors import RecordNotFound
from domain.people.actions import may_look_after
from domain.people.model import Role, Staff
from storage import tables
from storage.putting_back import by_table, chunks
from storage.recording import Change
from storage.references import references_from
from storage.visibility import (
    visible_activities,
    visible_broadcasts,
    visible_contacts,
    visible_customers,
    visible_followups,
    visible_leads,
    visible_opportunities,
    visible_survey_answers,
    visible_ticket_messages,
    visible_tickets,
)


def _visible_points(actor: Staff) -> ColumnElement[bool]:
    points, leads, customers, contacts = tables.contact_points.c, tables.leads, tables.customers, tables.contacts
    return or_(
        points.lead_id.in_(select(leads.c.id).where(visible_leads(actor))),
        points.customer_id.in_(select(customers.c.id).where(visible_customers(actor))),
        points.contact_id.in_(select(contacts.c.id).where(visible_contacts(actor))),
    )


_VISIBLE: Mapping[str, Callable[[Staff], ColumnElement[bool]]] = {
    "leads": visible_leads,
    "customers": visible_customers,
    "contacts": visible_contacts,
    "opportunities": visible_opportunities,
    "followups": visible_followups,
    "activities": visible_activities,
    "tickets": visible_tickets,
    "ticket_messages": visible_ticket_messages,
    "survey_answers": visible_survey_answers,
    "contact_points": _visible_points,
    "broadcasts": visible_broadcasts,
}
_WHOSE = ("owner_id", "by_id", "created_by", "staff_id", "asked_by", "closed_by", "bound_by", "decided_by")
_AT_DESK = frozenset({"identities", "inquiries", "bound_groups"})


async def must_reach(session: AsyncSession, actor: Staff, changes: Sequence[Change]) -> None:
    """Raises RecordNotFound for a row that the person sees neither as it is nor as it was."""
    if actor.role is Role.ADMIN:
        return
    people = {person.id: person for person in (await session.scalars(select(Staff))).all()}
    theirs = {person.id for person in people.values() if person.id == actor.id or may_look_after(actor, person)}
    seen = await _seen(session, actor, changes, theirs)
    for change in changes:
        values = [side for side in (change.before, change.after) if side is not None]
        if change.table == "staff":
            is_reached = change.row_id in theirs and not _raises_oneself(actor, change)
        elif change.table in {"company", "surveys"}:
            is_reached = actor.leads_others
        elif change.table in _AT_DESK and actor.role is Role.AGENT:
            is_reached = True  # whoever writes is the agents' to look after: see domain.people.desk
        elif change.table == "invitations":
            is_reached = True  # whoever used a code may give it back; whom it made of them is judged by their row
        else:
            is_reached = (change.table, change.row_id) in seen or any(
                _is_of(side, theirs) or _stands_on(change.table, side, seen) for side in values
            )
        if not is_reached and any(side.keys() - {"version"} for side in values):
            raise RecordNotFound(record=f"#{change.row_id}")


def _raises_oneself(actor: Staff, change: Change) -> bool:
    """Nobody gives themselves another role by undoing."""
    return change.row_id == actor.id and not {"role", "team", "sees", "is_active"}.isdisjoint(change.before or {})


def _is_of(values: Mapping[str, Any], theirs: set[int]) -> bool:
    return any(values.get(column) in theirs for column in _WHOSE)


def _stands_on(table: str, values: Mapping[str, Any], seen: set[tuple[str, int]]) -> bool:
    """Is it part of a record that they see, or that is theirs once it is back?"""
    return any((reference.target, reference.target_of(values)) in seen for reference in references_from(table))


async def _seen(
    session: AsyncSession, actor: Staff, changes: Sequence[Change], theirs: set[int]
) -> set[tuple[str, int]]:
    """Of the changed rows, and of those they belong to, the ones that the person sees; with what comes back as theirs, or as of
    whom they look after."""
    asked: dict[str, set[int]] = {}
    seen: set[tuple[str, int]] = set()
    for table, some in by_table(changes):
        asked.setdefault(table, set()).update(change.row_id for change in some)
        for change in some:
            for side in (change.before or {}, change.after or {}):
                for reference in references_from(table):
                    target = reference.target_of(side)
                    if target is not None:
                        asked.setdefault(reference.target, set()).add(target)
            if change.after is None and (change.before or {}).get("owner_id") in theirs:
                seen.add((table, change.row_id))
    for table, ids in asked.items():
        visible = _VISIBLE.get(table)
        for chunk in chunks(sorted(ids)) if visible is not None else ():
            rows = tables.JOURNALED[table]
            statement = select(rows.c.id).where(rows.c.id.in_(chunk), visible(actor))  # type: ignore[misc]
            seen.update((table, row_id) for row_id in (await session.scalars(statement)).all())
    return seen
