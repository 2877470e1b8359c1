"""Who may be the same company under another spelling: few candidates by our own index, judged by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from sqlalchemy import Select, and_, column, or_, select
from sqlalchemy import table as plain_table
from sqlalchemy import text as literal_sql
from sqlalchemy.ext.asyncio import AsyncSession

from domain.records import Found, place_in_search
from domain.values.near_companies import Nearness, domain_mark, near_marks, nearness
from storage.dialects import is_sqlite
from storage.found import described, found
from storage.tables import customers, leads, search_entries

_MARKS_AT_ONCE = 400
_MOST_JUDGED = 200  # names that share a mark; the newest of them
_MARK = re.compile(r"\bq[0-9a-f]{12}\b")
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


async def find_near_many(session: AsyncSession, companies: Sequence[str]) -> Mapping[str, Found]:
    """Of many names those that somebody has nearly so, with the nearest record. A statement for each ``_MARKS_AT_ONCE``
    marks, however many names, and one to describe what was met."""
    asked = {name: near_marks(name) for name in dict.fromkeys(companies)}
    by_mark: dict[str, list[str]] = {}
    for name, marks in asked.items():
        for mark in marks:
            by_mark.setdefault(mark, []).append(name)
    best: dict[str, tuple[Nearness, Record]] = {}
    judged: set[Record] = set()
    for some in batched(by_mark, _MARKS_AT_ONCE):
        statement = candidates(some, sqlite=is_sqlite(session)).add_columns(search_entries.c.tokens)
        for row in await session.execute(statement.limit(_MOST_JUDGED * 5)):
            if (row.record, row.id) in judged:
                continue
            judged.add((row.record, row.id))
            shared = dict.fromkeys(name for mark in _MARK.findall(row.tokens) for name in by_mark.get(mark, ()))
            names = {known for known in (row.company, row.name, row.short_name) if known}
            for name, known in product(shared, names):
                near = nearness(name, known)
                if near > (best[name][0] if name in best else Nearness.NONE):
                    best[name] = (near, (row.record, row.id))
    met = dict.fromkeys((record for _, record in best.values()), "near_name")
    described_ = {(each.record, each.id): each for each in await _described(session, met)}
    return {name: described_[record] for name, (_, record) in best.items() if record in described_}


def batched(values: Iterable[str], size: int) -> Iterator[list[str]]:
    pending = list(values)
    for start in range(0, len(pending), size):
        yield pending[start : start + size]


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
    entry = search_entries.c
    places = [place_in_search(record, row_id) for record, row_id in met]
    matches = select(entry.record, entry.record_id.label("id")).where(entry.id.in_(places)).subquery("matches")
    rows = {(row.record, row.id): row for row in await session.execute(described(matches))}
    return [found(rows[key], matched=matched) for key, matched in met.items() if key in rows]
