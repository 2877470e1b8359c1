"""A lead, customer or contact as a list shows it, from its kind and id: for search and for the duplicate guard."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, case, func, select

from domain.records import Found
from storage.tables import activities, contacts, customers, leads, staff


def described(matches: FromClause) -> Select[Any]:
    """``matches`` has ``record`` and ``id``; every column of ``Found`` is added, in one statement."""
    record, row_id = matches.c.record, matches.c.id
    touched_lead = select(func.max(activities.c.at)).where(activities.c.lead_id == leads.c.id).scalar_subquery()
    touched_customer = (
        select(func.max(activities.c.at)).where(activities.c.customer_id == customers.c.id).scalar_subquery()
    )
    return (
        select(
            record,
            row_id,
            leads.c.company,
            case((record == "lead", leads.c.name), (record == "contact", contacts.c.name)).label("person"),
            customers.c.name.label("customer"),
            customers.c.short_name,
            customers.c.id.label("customer_id"),
            staff.c.id.label("owner_id"),
            staff.c.name.label("owner_name"),
            touched_lead.label("lead_touched_at"),
            touched_customer.label("customer_touched_at"),
        )
        .select_from(matches)
        .outerjoin(leads, and_(record == "lead", leads.c.id == row_id))
        .outerjoin(contacts, and_(record == "contact", contacts.c.id == row_id))
        .outerjoin(customers, customers.c.id == _customer_id(record, row_id))
        .outerjoin(staff, staff.c.id == case((record == "lead", leads.c.owner_id), else_=customers.c.owner_id))
    )


def _customer_id(record: ColumnElement[Any], row_id: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((record == "contact", contacts.c.customer_id), (record == "customer", row_id))


def found(row: Row[Any], *, matched: str | None = None) -> Found:
    is_lead = row.record == "lead"
    return Found(
        record=row.record,
        id=row.id,
        title=_title(row),
        person=row.person,
        owner_id=row.owner_id,
        owner_name=row.owner_name,
        last_touched_at=row.lead_touched_at if is_lead else row.customer_touched_at,
        matched=matched,
        customer_id=row.customer_id,
    )


def _title(row: Row[Any]) -> str:
    if row.record == "lead":
        return row.company or row.person or f"L{row.id}"
    return row.short_name or row.customer or ""
