"""Who may be the same company under another spelling: few candidates by our own index, judged by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, column, literal, or_, select, union_all
from sqlalchemy import table as plain_table
from sqlalchemy import text as literal_sql
from sqlalchemy.ext.asyncio import AsyncSession

from domain.records import Found
from domain.values.near_companies import Nearness, domain_mark, near_marks, nearness
from storage.dialects import is_sqlite
from storage.found import described, found
from storage.tables import customers, leads, search_entries

_MOST_JUDGED = 200  # names that share a mark; the newest of them
_index = plain_table("search_index", column("rowid"), column("search_index"))
Record = tuple[str, int]


async def find_near(session: AsyncSession, *, company: str, emails: Sequence[str], limit: int) -> Sequence[Found]:
    """Nearest names first, then those who share a company's e-mail domain. A converted lead is met as its customer.

    One statement for the name, one for the domains, one to describe what was met.
    """
    met: dict[Record, str] = {}
    if company:
        met |= dict.fromkeys(await _near_names(session, company, limit), "near_name")
    domains = list(dict.fromkeys(mark for email in emails if (mark := domain_mark(email))))
    if domains and len(met) < limit:
        rows = await session.execute(candidates(domains, sqlite=is_sqlite(session)).limit(limit))
        met = {**dict.fromkeys(((row.record, row.id) for row in rows), "domain"), **met}
        met = dict(sorted(met.items(), key=lambda one: one[1] == "domain"))
    return await _described(session, dict(list(met.items())[:limit]))


async def _near_names(session: AsyncSession, company: str, limit: int) -> list[Record]:
    marks = near_marks(company)
    if not marks:
        return []
    asked = candidates(marks, sqlite=is_sqlite(session)).limit(_MOST_JUDGED)
    judged: list[tuple[Nearness, Record]] = []
    for row in await session.execute(asked):
        names = [name for name in (row.company, row.name, row.short_name) if name]
        near = max((nearness(company, name) for name in names), default=Nearness.NONE)
        if near:
            judged.append((near, (row.record, row.id)))
    judged.sort(key=lambda one: -one[0])  # stable, so that of equals the newest is first
    return [record for _, record in judged[:limit]]


def candidates(marks: Sequence[str], *, sqlite: bool) -> Select[Any]:
    """Leads and customers, whoever owns them, and contacts, that have one of the marks; newest first."""
    entry = search_entries.c
    statement = (
        select(entry.record, entry.record_id.label("id"), leads.c.company, customers.c.name, customers.c.short_name)
        .select_from(search_entries)
        .outerjoin(leads, and_(entry.record == "lead", leads.c.id == entry.record_id))
        .outerjoin(customers, and_(entry.record == "customer", customers.c.id == entry.record_id))
        .where(or_(entry.record != "lead", leads.c.customer_id.is_(None)))
    )
    if sqlite:
        # The index gives its rows in order and one by one, as for a search.
        words = " OR ".join(f'"{mark}"' for mark in marks)
        matching = statement.join(_index, entry.id == _index.c.rowid).where(_index.c.search_index.match(words))
        return matching.order_by(_index.c.rowid.desc())
    words = " | ".join(f"'{mark}'" for mark in marks)
    matching = statement.where(literal_sql("lexemes @@ CAST(:words AS tsquery)").bindparams(words=words))
    return matching.order_by(entry.id.desc())


async def _described(session: AsyncSession, met: dict[Record, str]) -> Sequence[Found]:
    if not met:
        return []
    matches = union_all(
        *(select(literal(record).label("record"), literal(row_id).label("id")) for record, row_id in met)
    ).subquery("matches")
    rows = {(row.record, row.id): row for row in await session.execute(described(matches))}
    return [found(rows[key], matched=matched) for key, matched in met.items() if key in rows]
