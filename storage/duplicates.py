"""Who has it already: the same company name or contact point, whoever owns the record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, case, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from domain.customers.model import ContactPoint
from domain.records import Found
from storage.found import described, found
from storage.ready import Ready
from storage.tables import contact_points, customers, leads

_POINT_FIRST, _COMPANY_LAST = 1, 2
_MATCHES_A_RECORD = 4  # a record is often met by its name, its phone and its e-mail at once


async def find_duplicates(
    session: AsyncSession, *, company_key: str | None, points: Sequence[ContactPoint], limit: int
) -> Sequence[Found]:
    """Contact points before the company's name. A converted lead is met as its customer."""
    if not (company_key or points):
        return []
    given: dict[str, Any] = {"company_key": company_key, "most": limit * _MATCHES_A_RECORD}
    for number, point in enumerate(points):
        given |= {
            f"value{number}": point.value,
            f"kind{number}": point.kind,
            f"extension{number}": point.extension or "",
        }
    first: dict[tuple[str, int], Found] = {}
    statement = _statement(has_company=bool(company_key), points=len(points))
    for row in await statement.mappings(session, given):
        first.setdefault((row["record"], row["id"]), found(row, matched=row["matched"]))
    return list(first.values())[:limit]


@lru_cache
def _statement(*, has_company: bool, points: int) -> Ready:
    """Kept, because building it costs more than running it."""
    matches = union_all(*_by_company(has_company=has_company), *_by_points(points)).subquery("matches")
    return Ready(
        described(matches)
        .add_columns(matches.c.matched)
        .order_by(matches.c.rank, matches.c.id)
        .limit(bindparam("most"))
    )


def _match(record: Any, row_id: Any, matched: Any, rank: int) -> Select[Any]:
    return select(record.label("record"), row_id.label("id"), matched.label("matched"), literal(rank).label("rank"))


def _by_company(*, has_company: bool) -> list[Select[Any]]:
    if not has_company:
        return []
    company_key = bindparam("company_key", type_=String)
    by_name = literal("company")
    return [
        _match(literal("lead"), leads.c.id, by_name, _COMPANY_LAST).where(
            leads.c.company_key == company_key, leads.c.customer_id.is_(None)
        ),
        _match(literal("customer"), customers.c.id, by_name, _COMPANY_LAST).where(customers.c.name_key == company_key),
    ]


def _by_points(points: int) -> list[Select[Any]]:
    """The same value, also where it is not unique: a switchboard warns. Extensions tell people apart."""
    if not points:
        return []
    point = contact_points.c
    same = [
        and_(
            point.value == bindparam(f"value{number}"),
            point.kind == bindparam(f"kind{number}"),
            func.coalesce(point.extension, "") == bindparam(f"extension{number}"),
        )
        for number in range(points)
    ]
    record = case((point.lead_id.is_not(None), "lead"), (point.contact_id.is_not(None), "contact"), else_="customer")
    row_id = func.coalesce(point.lead_id, point.contact_id, point.customer_id)
    return [_match(record, row_id, point.kind, _POINT_FIRST).where(or_(*same))]
