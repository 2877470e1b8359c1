"""Follow-ups as screens show them: one statement for the rows with their names, one for the phones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.followups.queries import FollowupView
from domain.values.companies import short_company
from storage.ready import Given, Ready
from storage.tables import contact_points, contacts, customers, followups, leads, staff

_f = followups.c
_beside = contacts.alias("beside")
# Where nobody is named, the only person that a customer has is who is meant.
_only_one = (
    select(func.min(_beside.c.id))
    .where(_beside.c.customer_id == _f.customer_id)
    .having(func.count() == 1)
    .correlate(followups)
    .scalar_subquery()
)
_person = func.coalesce(_f.contact_id, _only_one)


async def followup_views_of(session: AsyncSession, ids: Sequence[int]) -> Sequence[FollowupView]:
    """Those few by due time, with titles, owner and the first phone known, by a statement that stands ready: every card of a follow-up asks for it."""
    if len(ids) == 1:
        return await read_followup_views(session, _OF_ONE, {"id": ids[0]})
    return await read_followup_views(session, _OF_IDS, {"ids": list(ids)})


async def read_followup_views(session: AsyncSession, statement: Ready, given: Given) -> Sequence[FollowupView]:
    """What a statement of ``followups_where`` finds that stands ready."""
    return await _views(session, await statement.mappings(session, given))


async def _views(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> Sequence[FollowupView]:
    phones = await _phones(session, rows)
    return [_view(row, phones) for row in rows]


def followups_where(which: ColumnElement[bool], *, latest_first: bool = False) -> Select[Any]:
    """The statement that ``read_followup_views`` reads the rows of."""
    order = (_f.due_at.desc(), _f.id.desc()) if latest_first else (_f.due_at, _f.id)
    customer_title = func.coalesce(customers.c.short_name, customers.c.name)
    return (
        select(
            followups,
            staff.c.name.label("owner_name"),
            customer_title.label("customer_title"),
            func.nullif(leads.c.company, "").label("lead_company"),
            leads.c.name.label("lead_person"),
            func.coalesce(contacts.c.name, leads.c.name).label("contact_name"),
            _person.label("person_id"),
            func.coalesce(customers.c.owner_id, leads.c.owner_id).label("record_owner_id"),
        )
        .join(staff, staff.c.id == _f.owner_id)
        .outerjoin(leads, leads.c.id == _f.lead_id)
        .outerjoin(customers, customers.c.id == _f.customer_id)
        .outerjoin(contacts, contacts.c.id == _person)
        .where(which)
        .order_by(*order)
    )


# PostgreSQL plans a statement anew each time it is given a list, which takes it longer than running this one.
_OF_ONE = Ready(followups_where(_f.id == bindparam("id")))
_OF_IDS = Ready.of_ids(lambda among: followups_where(among(_f.id, "ids")))
_points = contact_points.c
_POINTS = {"contact_id": _points.contact_id, "customer_id": _points.customer_id, "lead_id": _points.lead_id}
_NAMED_BY = {"contact_id": "person_id", "customer_id": "customer_id", "lead_id": "lead_id"}
_PHONES = Ready.of_ids(
    lambda among: (
        select(_points.value, *_POINTS.values())
        .where(_points.kind == "phone", or_(*(among(column, name) for name, column in _POINTS.items())))
        .order_by(_points.id)
    )
)


async def _phones(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """The first phone of each contact, customer and lead that the rows name."""
    wanted = {
        name: sorted({row[_NAMED_BY[name]] for row in rows if row[_NAMED_BY[name]] is not None}) for name in _POINTS
    }
    if not any(wanted.values()):
        return {}
    found: dict[tuple[str, int], str] = {}
    for point in await _PHONES.mappings(session, wanted):
        for name in _POINTS:
            if point[name] is not None:
                found.setdefault((name, point[name]), point["value"])
    return found


def _view(row: Mapping[str, Any], phones: dict[tuple[str, int], str]) -> FollowupView:
    record = "customer" if row["customer_id"] else "lead" if row["lead_id"] else None
    named: list[Any] = [(name, row[column]) for name, column in _NAMED_BY.items()]
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
        title=row["customer_title"]
        or (short_company(company) if (company := row["lead_company"]) else row["lead_person"]),
        contact_name=row["contact_name"],
        phone=next((phones[key] for key in named if key in phones), None),
        record_owner_id=row["record_owner_id"],
    )
