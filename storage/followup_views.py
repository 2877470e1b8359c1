"""Follow-ups as screens show them: one statement for the rows with their names, one for the phones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncSession

from domain.followups.queries import FollowupView
from storage.tables import contact_points, contacts, customers, followups, leads, staff

_f = followups.c


async def followup_views(
    session: AsyncSession, which: ColumnElement[bool], *, limit: int, latest_first: bool = False
) -> Sequence[FollowupView]:
    """Those of ``which`` by due time, with titles, owner and the first phone known."""
    order = (_f.due_at.desc(), _f.id.desc()) if latest_first else (_f.due_at, _f.id)
    lead_title = func.coalesce(func.nullif(leads.c.company, ""), leads.c.name)
    customer_title = func.coalesce(customers.c.short_name, customers.c.name)
    statement = (
        select(
            followups,
            staff.c.name.label("owner_name"),
            func.coalesce(customer_title, lead_title).label("title"),
            func.coalesce(contacts.c.name, leads.c.name).label("contact_name"),
        )
        .join(staff, staff.c.id == _f.owner_id)
        .outerjoin(leads, leads.c.id == _f.lead_id)
        .outerjoin(customers, customers.c.id == _f.customer_id)
        .outerjoin(contacts, contacts.c.id == _f.contact_id)
        .where(which)
        .order_by(*order)
        .limit(limit)
    )
    rows = (await session.execute(statement)).mappings().all()
    phones = await _phones(session, rows)
    return [_view(row, phones) for row in rows]


async def _phones(session: AsyncSession, rows: Sequence[RowMapping]) -> dict[tuple[str, int], str]:
    """The first phone of each contact, customer and lead that the rows name."""
    points = contact_points.c
    columns = {"contact_id": points.contact_id, "customer_id": points.customer_id, "lead_id": points.lead_id}
    wanted = {name: {row[name] for row in rows if row[name] is not None} for name in columns}
    conditions = [columns[name].in_(ids) for name, ids in wanted.items() if ids]
    if not conditions:
        return {}
    statement = (
        select(points.value, *columns.values()).where(points.kind == "phone", or_(*conditions)).order_by(points.id)
    )
    found: dict[tuple[str, int], str] = {}
    for point in (await session.execute(statement)).mappings():
        for name in columns:
            if point[name] is not None:
                found.setdefault((name, point[name]), point["value"])
    return found


def _view(row: RowMapping, phones: dict[tuple[str, int], str]) -> FollowupView:
    record = "customer" if row["customer_id"] else "lead" if row["lead_id"] else None
    named: list[Any] = [(name, row[name]) for name in ("contact_id", "customer_id", "lead_id")]
    return FollowupView(
        id=row["id"],
        owner_id=row["owner_id"],
        owner_name=row["owner_name"],
        note=row["note"],
        due_at=row["due_at"],
        has_hour=row["has_hour"],
        is_deadline=row["is_deadline"],
        chosen=row["chosen"],
        recurrence=row["recurrence"],
        status=row["status"],
        closed_at=row["closed_at"],
        accepted_at=row["accepted_at"],
        record=record,
        record_id=row["customer_id"] or row["lead_id"],
        title=row["title"],
        contact_name=row["contact_name"],
        phone=next((phones[key] for key in named if key in phones), None),
    )
