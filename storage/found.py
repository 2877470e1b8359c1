"""A record as a list shows it, from its kind and id: for search and for the duplicate guard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, select

from domain.records import Found
from domain.values.companies import short_company
from storage.tables import activities, contacts, customers, leads, staff


def described(matches: FromClause) -> Select[Any]:
    """``matches`` has ``record`` and ``id``; every column of ``Found`` is added, in one statement."""
    record, row_id = matches.c.record, matches.c.id
    said = activities.alias("said")
    touched_lead = select(func.max(activities.c.at)).where(activities.c.lead_id == leads.c.id).scalar_subquery()
    touched_customer = (
        select(func.max(activities.c.at)).where(activities.c.customer_id == customers.c.id).scalar_subquery()
    )
    return (
        select(
            record,
            row_id,
            leads.c.company,
            case((record == "contact", contacts.c.name), else_=leads.c.name).label("person"),
            customers.c.name.label("customer"),
            customers.c.short_name,
            customers.c.id.label("customer_id"),
            staff.c.id.label("owner_id"),
            staff.c.name.label("owner_name"),
            touched_lead.label("lead_touched_at"),
            touched_customer.label("customer_touched_at"),
            leads.c.id.label("lead_id"),
            said.c.note,
            said.c.kind,
            said.c.at.label("said_at"),
        )
        .select_from(matches)
        .outerjoin(said, and_(record == "activity", said.c.id == row_id))
        .outerjoin(leads, leads.c.id == _lead_id(record, row_id, said))
        .outerjoin(contacts, and_(record == "contact", contacts.c.id == row_id))
        .outerjoin(customers, customers.c.id == _customer_id(record, row_id, said))
        .outerjoin(staff, staff.c.id == func.coalesce(said.c.by_id, customers.c.owner_id, leads.c.owner_id))
    )


def _lead_id(record: ColumnElement[Any], row_id: ColumnElement[Any], said: FromClause) -> ColumnElement[Any]:
    """What was said with a lead that became a customer was said with the customer."""
    return case((record == "lead", row_id), (said.c.customer_id.is_(None), said.c.lead_id))


def _customer_id(record: ColumnElement[Any], row_id: ColumnElement[Any], said: FromClause) -> ColumnElement[Any]:
    return case((record == "contact", contacts.c.customer_id), (record == "customer", row_id), else_=said.c.customer_id)


def found(row: Mapping[Any, Any], *, matched: str | None = None) -> Found:
    """``row`` has the columns of ``described`` by their names."""
    record = row["record"]
    touched = {"lead": row["lead_touched_at"], "activity": row["said_at"]}
    return Found(
        record=record,
        id=row["id"],
        title=_title(row),
        person=row["person"] if record != "activity" else None,
        owner_id=row["owner_id"],
        owner_name=row["owner_name"],
        last_touched_at=touched.get(record, row["customer_touched_at"]),
        matched=matched,
        customer_id=row["customer_id"],
        lead_id=row["lead_id"],
        note=row["note"],
        kind=row["kind"],
    )


def _title(row: Mapping[Any, Any]) -> str:
    if row["lead_id"] is not None:
        return short_company(row["company"]) if row["company"] else row["person"] or f"L{row['lead_id']}"
    return row["short_name"] or row["customer"] or ""
