"""Which of many company names and contact points are taken, and by whom: for lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, case, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from domain.records import Found
from storage.found import described, found
from storage.tables import contact_points, customers, leads


async def find_taken(
    session: AsyncSession, *, company_keys: Sequence[str], unique_keys: Sequence[str]
) -> Mapping[str, Found]:
    """By ``company:KEY`` or unique key. A converted lead is met as its customer; of several the oldest is given."""
    matches = union_all(
        select(
            literal("lead").label("record"),
            leads.c.id.label("id"),
            literal("company").label("matched"),
            (literal("company:") + leads.c.company_key).label("key"),
        ).where(leads.c.company_key.in_(set(company_keys)), leads.c.customer_id.is_(None)),
        select(
            literal("customer"), customers.c.id, literal("company"), literal("company:") + customers.c.name_key
        ).where(customers.c.name_key.in_(set(company_keys))),
        _by_points(unique_keys),
    ).subquery("matches")
    statement = described(matches).add_columns(matches.c.matched, matches.c.key).order_by(matches.c.id)
    taken: dict[str, Found] = {}
    for row in (await session.execute(statement)).mappings():
        taken.setdefault(row["key"], found(row, matched=row["matched"]))
    return taken


def _by_points(unique_keys: Sequence[str]) -> Select[Any]:
    point = contact_points.c
    record = case((point.lead_id.is_not(None), "lead"), (point.contact_id.is_not(None), "contact"), else_="customer")
    row_id = func.coalesce(point.lead_id, point.contact_id, point.customer_id)
    return select(record, row_id, point.kind, point.unique_key).where(point.unique_key.in_(set(unique_keys)))


async def find_anybodys(session: AsyncSession, record: str, record_id: int) -> Found | None:
    """A lead or customer, whoever owns it."""
    table = leads if record == "lead" else customers
    matches = select(literal(record).label("record"), table.c.id).where(table.c.id == record_id).subquery("matches")
    row = (await session.execute(described(matches))).mappings().one_or_none()
    return None if row is None else found(row)
