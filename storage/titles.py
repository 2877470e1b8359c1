"""What people call records, several at once: for lists that name what they are about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, String, case, cast, func, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from domain.people.model import Staff
from domain.values.companies import short_company
from storage.tables import activities, contacts, customers, followups, leads, opportunities, tickets
from storage.visibility import (
    visible_activities,
    visible_contacts,
    visible_customers,
    visible_followups,
    visible_leads,
    visible_opportunities,
    visible_tickets,
)

_customer = func.coalesce(customers.c.short_name, customers.c.name)
_company = func.nullif(leads.c.company, "")
# A customer beside it is what the lead became.
_company_of_lead = case((customers.c.id.is_(None), _company), else_=null())
_nobody = cast(null(), String)


def _with_whom(table: Any) -> FromClause:
    """A row of the table with the lead or customer it belongs to."""
    joined: FromClause = table.outerjoin(leads, leads.c.id == table.c.lead_id).outerjoin(
        customers, customers.c.id == table.c.customer_id
    )
    return joined


_SOURCES: Mapping[str, tuple[Any, Any, Any, Any, Any]] = {
    # record: (table, visible, from, company, name)
    "lead": (leads, visible_leads, leads, _company, leads.c.name),
    "customer": (customers, visible_customers, customers, _nobody, _customer),
    "contact": (contacts, visible_contacts, contacts, _nobody, contacts.c.name),
    "opportunity": (opportunities, visible_opportunities, opportunities, _nobody, opportunities.c.name),
    "ticket": (tickets, visible_tickets, tickets, _nobody, tickets.c.title),
    "followup": (
        followups,
        visible_followups,
        _with_whom(followups),
        _company_of_lead,
        func.coalesce(_customer, leads.c.name),
    ),
    "activity": (
        activities,
        visible_activities,
        _with_whom(activities),
        _company_of_lead,
        func.coalesce(_customer, leads.c.name),
    ),
}


async def titles_of(
    session: AsyncSession, actor: Staff, records: Collection[tuple[str, int]]
) -> Mapping[tuple[str, int], str]:
    """Of ("lead", 12) …, by these; those that are gone, nobody's or not the actor's to see are left out. One statement."""
    wanted: dict[str, set[int]] = {}
    for record, record_id in records:
        if record in _SOURCES:
            wanted.setdefault(record, set()).add(record_id)
    if not wanted:
        return {}
    rows = await session.execute(union_all(*(_titles(record, ids, actor) for record, ids in sorted(wanted.items()))))
    return {
        (row.record, row.id): short_company(row.company) if row.company else row.name for row in rows if _named(row)
    }


def _named(row: Any) -> bool:
    return bool(row.company or row.name)


def _titles(record: str, ids: Collection[int], actor: Staff) -> Select[Any]:
    table, visible, source, company, name = _SOURCES[record]
    may_see: ColumnElement[bool] = visible(actor)
    return (
        select(
            literal(record).label("record"),
            table.c.id.label("id"),
            company.label("company"),
            name.label("name"),
        )
        .select_from(source)
        .where(table.c.id.in_(sorted(ids)), may_see)
    )
